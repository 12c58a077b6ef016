read -r -a ids <<< "${IDS//,/ }"
options=(--yes "--on=$APPROVED_ON" "--effective=$EFFECTIVE" "--drafter=$DRAFTERS" "--changes=$CHANGES")
if [ -n "${APPROVER:-}" ]; then options+=("--approver=$APPROVER"); fi
if [ -n "${CHAIR:-}" ]; then options+=("--chair=$CHAIR"); fi
if [ -n "${CHECKED_BY:-}" ]; then options+=("--checked-by=$CHECKED_BY"); fi
if [ -n "${RECORDED_BY:-}" ]; then options+=("--recorded-by=$RECORDED_BY"); fi
if [ -n "${DECISION:-}" ]; then options+=("--decision=$DECISION"); fi
kitei approve "${options[@]}" -- "${ids[@]}"
kitei check
