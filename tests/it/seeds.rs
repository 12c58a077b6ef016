//! The faults: one a rule, each in a place of its own.

/// A fault: the rule, the file, what is replaced (nothing: the text is appended), by what, and the text at which the
/// finding begins (nothing: the start of the file), in the last place where it stands.
pub struct Seed {
    /// Name of the rule.
    pub rule: &'static str,
    /// The file that is changed, or made.
    pub file: &'static str,
    /// What is replaced.
    pub old: &'static str,
    /// By what.
    pub new: &'static str,
    /// Where the finding begins.
    pub at: &'static str,
    /// The file in which it shows, where that is another one.
    pub shows: &'static str,
}

const fn seed(rule: &'static str, file: &'static str, old: &'static str, new: &'static str, at: &'static str) -> Seed {
    Seed { rule, file, old, new, at, shows: "" }
}

/// The same, where the fault shows in another file.
const fn shown(
    rule: &'static str,
    (file, old, new): (&'static str, &'static str, &'static str),
    (shows, at): (&'static str, &'static str),
) -> Seed {
    Seed { rule, file, old, new, at, shows }
}

/// A procedure of one sentence.
pub fn document(id: &str, title: &str, version: &str, text: &str) -> String {
    format!(
        "+++\nid = \"{id}\"\ntitle = \"{title}\"\nversion = \"{version}\"\nowner = \"isms-office\"\n\
         implements = [\"C-5.37\"]\n+++\n\n{text}\n"
    )
}

/// Rules that no change of this handbook can break in one run with the others, each with the reason.
pub const UNSEEDED: &[(&str, &str)] = &[
    ("ambiguous-path", "the file systems that the rule is about cannot hold the two files; its page is its test"),
    ("incomplete-history", "a clone that lacks history hides from other rules what their seeds change"),
    ("replaced-history", "with replaced objects every other seed is judged by a history that is not its own"),
];

/// A ledger of no document, whose commit has an earlier date than the one before it.
pub const LATE: &str = "records/ledger/S-999.toml";

/// What it says.
pub const LATE_TEXT: &str = "[[review]]\nreviewed_on = 2026-04-01\nreviewer = \"sato\"\noutcome = \"no-change\"\n";

/// A document that is larger than any text may be.
pub const HUGE: &str = "procedures/seed-huge.md";

/// Files that are no text.
pub const BYTES: &[(&str, &[u8])] = &[("procedures/latin.md", b"+++\nid = \"S-991\"\n+++\n\n\xe9\n")];

macro_rules! procedure {
    ($id:literal, $text:literal) => {
        concat!(
            "+++\nid = \"",
            $id,
            "\"\ntitle = \"種",
            $id,
            "\"\nversion = \"0.1\"\nowner = \"isms-office\"\nimplements = [\"C-5.37\"]\n+++\n\n",
            $text,
            "\n"
        )
    };
}

macro_rules! department {
    ($id:literal, $rest:literal) => {
        concat!("[[department]]\nid = \"", $id, "\"\nname = \"種\"\n", $rest, "\n")
    };
}

macro_rules! asset {
    ($id:literal, $owner:literal, $rest:literal) => {
        concat!(
            "[[asset]]\nid = \"",
            $id,
            "\"\nclass = \"internal\"\nname = \"種\"\nusers = \"種\"\nowner = \"",
            $owner,
            "\"\ndepartment = \"d1\"\nplace = \"種\"\npersonal_data = false\nconfidentiality = 1\nintegrity = 1\navailability = 1\n",
            $rest
        )
    };
}

macro_rules! waiver {
    ($rule:literal, $rest:literal) => {
        concat!("\n[[waiver]]\nrule = \"", $rule, "\"\ndocument = \"P-01\"\napproved_by = \"tanaka\"\n", $rest, "\n")
    };
}

/// Every fault.
pub const SEEDS: &[Seed] = &[
    // The configuration.
    seed(
        "waiver-unused",
        "kitei.toml",
        "",
        waiver!("raw-html", "reason = \"移行中\"\nexpires = 2027-03-31"),
        "\"raw-html\"",
    ),
    seed(
        "waiver-expired",
        "kitei.toml",
        "",
        waiver!("not-nfc", "reason = \"移行中\"\nexpires = 2026-03-31"),
        "2026-03-31",
    ),
    seed(
        "waiver-without-reason",
        "kitei.toml",
        "",
        waiver!("several-titles", "expires = 2027-03-30"),
        "\"several-titles\"",
    ),
    seed(
        "unknown-rule",
        "kitei.toml",
        "",
        "\n[rules]\nlong-sentence = { level = \"warn\" }\nvague-wording = { level = \"warn\" }\nRAW_HTML = { level = \"warn\" }\nno-such-rule = { level = \"warn\" }\n",
        "no-such-rule",
    ),
    seed("tier-without-approver", "kitei.toml", "approver = \"isms-manager\"", "# approver =", "[tiers.procedure]"),
    seed("unused-role", "records/roles.toml", "", "\n[[role]]\nid = \"idle\"\nname = \"使われない役割\"\n", "\"idle\""),
    seed(
        "codeowners-drift",
        ".github/CODEOWNERS",
        "",
        "# Written by `kitei export codeowners`; do not edit by hand.\n/policies/ @nobody-ex\n",
        "/policies/",
    ),
    // Coverage.
    shown(
        "control-without-standard",
        (
            "controls/7.2.md",
            "annex_a = [\"7.2\"]\n\n[[soa]]\ncontrol = \"7.2\"",
            "annex_a = [\"7.1\"]\n\n[[soa]]\ncontrol = \"7.1\"",
        ),
        ("kitei.toml", "[tiers.control]"),
    ),
    seed(
        "policy-not-implemented",
        "policies/seed-alone.md",
        "",
        "+++\nid = \"P-91\"\ntitle = \"具体化されない規程\"\nversion = \"0.1\"\nowner = \"isms-office\"\n+++\n\n### 目的 {#purpose}\n\n本文。\n",
        "\"P-91\"",
    ),
    seed("excluded-control-cited", "procedures/seed-cited.md", "", procedure!("S-902", "[[A.8.11]]に従う。"), "A.8.11"),
    seed("soa-incomplete", "controls/7.3.md", "reasons = [", "reasons = [] # [", "\"7.3\"\napplicable"),
    shown("clause-information-missing", ("procedures/management-review.md", "\"9.3.3\", ", ""), ("kitei.toml", "")),
    seed(
        "implemented-without-evidence",
        "controls/seed-unshown.md",
        "",
        "+++\nid = \"C-X.90\"\ntitle = \"種の対策基準\"\nversion = \"0.1\"\nowner = \"isms-office\"\nimplements = [\"P-11\"]\n\n[[soa]]\ncontrol = \"8.30\"\napplicable = true\nimplementation = \"implemented\"\nreasons = [\"risk\"]\njustification = \"種のため。\"\n+++\n\n## 要求事項 {#requirement}\n\n本文。\n",
        "\"implemented\"",
    ),
    seed("applicable-without-procedure", "controls/seed-unshown.md", "", "\nもう一つの文。\n", "\"8.30\"\napplicable"),
    // What falls due.
    shown(
        "review-overdue",
        ("records/ledger/C-5.34.toml", "approved_on = 2026-03-25", "approved_on = 2025-05-01"),
        ("controls/5.34.md", "\"C-5.34\""),
    ),
    shown(
        "review-due-soon",
        ("records/ledger/C-8.1.toml", "approved_on = 2026-03-25", "approved_on = 2025-12-01"),
        ("controls/8.1.md", "\"C-8.1\""),
    ),
    shown(
        "suspect-link",
        ("records/ledger/C-7.3.toml", "against = { \"P-14\" = \"3.0\" }", "against = { \"P-14\" = \"2.0\" }"),
        ("controls/7.3.md", "\"P-14\""),
    ),
    seed(
        "ratification-overdue",
        "records/ledger/S-19.toml",
        "role = \"isms-manager\"",
        "kind = \"provisional\"\nratify_by = 2026-04-30\nrole = \"ciso\"",
        "2026-04-30",
    ),
    seed(
        "not-announced",
        "records/ledger/C-6.3.toml",
        "[[announcement]]\nversion = \"1.0\"",
        "[[announcement]]\nversion = \"9.0\"",
        "2026-04-01",
    ),
    seed("exception-expired", "records/exceptions.toml", "expires = 2027-03-26", "expires = 2026-10-26", "2026-10-26"),
    // File format.
    seed("unreadable-file", HUGE, "", "大きすぎる。\n", ""),
    seed("invalid-encoding", "procedures/latin.md", "", "\u{e9}", "\u{fffd}"),
    seed("invalid-toml", "records/broken.toml", "", "title = \"閉じない\nkey = 1\n", "\nkey = 1"),
    seed("missing-front-matter", "procedures/seed-bare.md", "", "本文だけ。\n", ""),
    seed("missing-key", "controls/5.5.md", "owner = ", "# owner = ", "id = "),
    seed("unknown-key", "controls/5.6.md", "summary = ", "sumary = ", "sumary"),
    seed("wrong-type", "controls/5.7.md", "established = 2026-03-25", "established = \"2026-03-25\"", "\"2026-03-25\""),
    seed(
        "invalid-value",
        "controls/7.5.md",
        "implementation = \"implemented\"",
        "implementation = \"done\"",
        "\"done\"",
    ),
    seed("invalid-version", "controls/5.8.md", "version = \"1.0\"", "version = \"1\"", "\"1\""),
    // Identity.
    seed("duplicate-id", "controls/5.3.md", "id = \"C-5.3\"", "id = \"C-5.4\"", "\"C-5.4\""),
    seed("id-prefix-mismatch", "procedures/seed-letters.md", "", procedure!("X-903", "本文。"), "\"X-903\""),
    seed("version-skipped", "controls/7.6.md", "version = \"1.0\"", "version = \"3.0\"", "\"3.0\""),
    seed(
        "established-after-approval",
        "controls/7.8.md",
        "established = 2026-03-25",
        "established = 2026-05-25",
        "2026-05-25",
    ),
    seed("id-reused", "procedures/seed-reused.md", "", procedure!("S-990", "別の手順。"), "\"S-990\""),
    seed("misplaced-document", "memo.md", "", procedure!("S-904", "本文。"), ""),
    // The ledger.
    seed("unapproved-change", "controls/5.29.md", "", "\n承認されていない一文。\n", "\"1.0\""),
    seed("version-not-increased", "controls/5.30.md", "version = \"1.0\"", "version = \"0.9\"", "\"0.9\""),
    seed(
        "approved-text-missing",
        "records/ledger/C-5.31.toml",
        "",
        "\n\n[[approval]]\nversion = \"1.1\"\ndigest = \"sha256:4444444444444444444444444444444444444444444444444444444444444444\"\napproved_on = 2026-04-10\neffective = 2026-04-11\nrole = \"isms-office\"\napprover = \"sato\"\n",
        "\"sha256:4444",
    ),
    seed(
        "unapprovable-text",
        "procedures/seed-unapprovable.md",
        "",
        procedure!("S-906", "一行目。\n\u{3000}\n二行目。"),
        "\u{3000}",
    ),
    seed("copy-without-approval", "records/approved/S-907/1.0.md", "", procedure!("S-907", "誰も承認していない。"), ""),
    seed("approved-copy-altered", "records/approved/C-6.8/1.0.md", "title = \"", "title = \"改 ", ""),
    seed(
        "approver-lacks-role",
        "records/ledger/C-5.32.toml",
        "approver = \"tanaka\"",
        "approver = \"kato\"",
        "\"kato\"",
    ),
    seed(
        "self-approval",
        "records/ledger/C-5.33.toml",
        "drafters = [",
        "drafters = [\"tanaka\", ",
        "\"tanaka\"\ndrafters",
    ),
    seed("never-approved", "procedures/seed-draft.md", "", procedure!("S-905", "本文。"), "\"S-905\""),
    seed(
        "duplicate-version",
        "records/ledger/C-6.4.toml",
        "",
        "\n\n[[approval]]\nversion = \"1.0\"\ndigest = \"sha256:1111111111111111111111111111111111111111111111111111111111111111\"\napproved_on = 2026-04-10\neffective = 2026-04-11\nrole = \"ciso\"\napprover = \"tanaka\"\n",
        "\"1.0\"\ndigest",
    ),
    seed(
        "wrong-approver-rank",
        "records/ledger/C-6.5.toml",
        "role = \"ciso\"\napprover = \"tanaka\"",
        "role = \"isms-office\"\napprover = \"sato\"",
        "\"isms-office\"",
    ),
    seed(
        "overtaken-approval",
        "records/ledger/C-6.6.toml",
        "",
        "\n\n[[approval]]\nversion = \"2.0\"\ndigest = \"sha256:2222222222222222222222222222222222222222222222222222222222222222\"\napproved_on = 2026-10-10\neffective = 2027-04-01\nrole = \"ciso\"\napprover = \"tanaka\"\n\n[[approval]]\nversion = \"3.0\"\ndigest = \"sha256:3333333333333333333333333333333333333333333333333333333333333333\"\napproved_on = 2026-11-10\neffective = 2026-12-01\nrole = \"ciso\"\napprover = \"tanaka\"\n",
        "2026-12-01",
    ),
    seed(
        "effective-before-approval",
        "records/ledger/C-6.7.toml",
        "effective = 2026-04-01",
        "effective = 2026-03-01",
        "2026-03-01",
    ),
    seed("ledger-for-unknown-document", LATE, "", "# 種\n", ""),
    seed("impossible-commit-time", LATE, "", "# 種二つ目\n", ""),
    seed(
        "approver-out-of-office",
        "records/ledger/C-6.8.toml",
        "approver = \"tanaka\"",
        "approver = \"yamamoto\"",
        "\"yamamoto\"",
    ),
    shown(
        "recorded-late",
        ("kitei.toml", "announced_within = \"1 day\"", "announced_within = \"1 day\"\nrecorded_within = \"14 days\""),
        ("records/ledger/C-7.1.toml", "2026-03-25\neffective"),
    ),
    seed(
        "minor-change-too-large",
        "policies/education-and-training.md",
        "version = \"2.0\"",
        "version = \"2.1\"",
        "### 種の条",
    ),
    shown(
        "supplement-date-mismatch",
        ("records/ledger/P-08.toml", "effective = 2026-04-01", "effective = 2026-04-02"),
        ("policies/mobile-and-remote-work.md", "2026年4月1日から施行"),
    ),
    seed(
        "ledger-malformed",
        "records/ledger/C-7.9.toml",
        "[[announcement]]\nversion = \"1.0\"",
        "[[announcement]]\nversion = \"7.0\"",
        "\"7.0\"",
    ),
    seed("ledger-rewritten", "records/ledger/C-7.11.toml", "changes = \"制定\"", "changes = \"書き換え\"", ""),
    // Roles, people, tiers.
    seed("unknown-role", "controls/5.22.md", "", "\n[[role:nobody]]。\n", "nobody"),
    seed(
        "unknown-person",
        "records/ledger/C-7.12.toml",
        "drafters = [",
        "drafters = [\"kobayashi-x\", ",
        "\"kobayashi-x\"",
    ),
    seed(
        "unknown-classification",
        "controls/7.13.md",
        "owner = ",
        "classification = \"top-secret\"\nowner = ",
        "\"top-secret\"",
    ),
    seed("wrong-tier", "controls/5.23.md", "implements = [", "implements = [\"S-01\", ", "\"S-01\""),
    shown(
        "implements-cycle",
        ("policies/cryptography.md", "established = ", "implements = [\"C-8.24\"]\nestablished = "),
        ("controls/8.24.md", "\"P-07\""),
    ),
    seed("orphan-document", "controls/5.25.md", "implements = ", "# implements = ", "\"C-5.25\""),
    shown(
        "owner-role-vacant",
        (
            "records/people.toml",
            "role = \"legal-manager\", from = ",
            "role = \"legal-manager\", until = 2026-09-30, from = ",
        ),
        ("records/roles.toml", "\"legal-manager\""),
    ),
    seed(
        "contact-unreachable",
        "records/contacts.toml",
        "",
        "\n[[contact]]\nname = \"だれも出ない窓口\"\npurpose = \"種\"\n",
        "[[contact]]",
    ),
    seed(
        "duplicate-entry",
        "records/terms.toml",
        "",
        "\n[[term]]\nterm = \"供給者\"\ndefinition = \"二つ目の定義\"\n",
        "\"供給者\"",
    ),
    shown(
        "implements-not-in-force",
        (
            "records/ledger/P-09.toml",
            "",
            "\n\n[[retirement]]\napproved_on = 2026-11-10\neffective = 2027-04-01\nrole = \"board\"\n",
        ),
        ("controls/7.7.md", "\"P-09\""),
    ),
    seed(
        "quiz-unanswerable",
        "records/quizzes/seed.toml",
        "",
        "title = \"種\"\npass = 30\n\n[[question]]\ntext = \"どれですか。\"\nchoices = [\"一\", \"二\"]\nright = 1\npoints = 10\nexplanation = \"一です。\"\n",
        "30\n",
    ),
    // References.
    seed("broken-link", "controls/5.11.md", "", "\n[先](nothing.md)。\n", "nothing.md"),
    seed("broken-anchor", "controls/5.14.md", "", "\n[[P-05#nowhere]]。\n", "nowhere"),
    seed("unknown-document", "controls/5.16.md", "", "\n[[P-99]]。\n", "P-99"),
    seed("missing-item", "controls/5.17.md", "", "\n[[P-05#purpose/9]]。\n", "9]]。"),
    seed("unknown-term", "controls/5.18.md", "", "\n[[term:無い言葉]]。\n", "term:無い"),
    seed("unknown-record", "controls/5.24.md", "", "\n[[record:no-such-register]]。\n", "record:no-such"),
    seed("malformed-reference", "controls/5.26.md", "", "\n[[種別:番号]]と[[ＲＯＬＥ:ciso]]。\n", "種別:番号"),
    seed("unsafe-link", "controls/5.9.md", "", "\n[押す](javascript:alert(1))。\n", "javascript:"),
    seed("duplicate-anchor", "controls/5.27.md", "", "\n## 重複 {#requirement}\n\n文。\n", "requirement}\n\n文。"),
    seed("missing-image", "controls/5.10.md", "", "\n![図](nothing.png)\n", "nothing.png"),
    seed(
        "case-mismatched-path",
        "controls/5.12.md",
        "",
        "\n[規程](../policies/Cryptography.md)。\n",
        "../policies/Cryptography.md",
    ),
    seed("absolute-path", "controls/5.13.md", "", "\n[規程](/policies/cloud-use.md)。\n", "/policies/cloud-use.md"),
    shown(
        "link-to-retired",
        (
            "records/ledger/S-29.toml",
            "",
            "\n\n[[retirement]]\napproved_on = 2026-09-10\neffective = 2026-10-01\nrole = \"isms-manager\"\napprover = \"suzuki\"\n",
        ),
        ("procedures/seed-retired.md", "S-29"),
    ),
    seed("link-to-retired", "procedures/seed-retired.md", "", procedure!("S-906", "[[S-29]]に従う。"), "S-29"),
    seed(
        "reference-to-restricted",
        "procedures/seed-public.md",
        "",
        "+++\nid = \"S-907\"\ntitle = \"公開の手順\"\nversion = \"0.1\"\nowner = \"isms-office\"\nclassification = \"public\"\nimplements = [\"C-5.37\"]\n+++\n\n[[P-05]]に従う。\n",
        "P-05",
    ),
    seed(
        "hand-typed-article",
        "policies/supplier-management.md",
        "",
        "\n### 種 {#seed-typed}\n\n第1条に従う。\n",
        "第1条に従う",
    ),
    seed("first-paragraph-citation", "controls/5.15.md", "", "\n[[P-07#purpose]]第1項に従う。\n", "第1項"),
    seed(
        "unpublished-target",
        "policies/seed-approved.md",
        "",
        "+++\nid = \"P-90\"\ntitle = \"種の規程\"\nversion = \"1.0\"\nowner = \"isms-office\"\n+++\n\n### 目的 {#purpose}\n\n[[P-20#seed-new]]と[[S-30]]による。\n",
        "S-30",
    ),
    shown(
        "unpublished-target",
        (
            "records/ledger/S-30.toml",
            "",
            "\n\n[[retirement]]\napproved_on = 2026-11-10\neffective = 2027-04-01\nrole = \"isms-manager\"\napprover = \"suzuki\"\n",
        ),
        ("policies/seed-approved.md", "S-30"),
    ),
    shown(
        "broken-published-reference",
        ("policies/education-and-training.md", "", "\n### 種の条 {#seed-new}\n\n本文。\n"),
        ("policies/seed-approved.md", "P-20#seed-new"),
    ),
    // Security.
    seed("secret-in-text", "controls/5.35.md", "", "\n```\n-----BEGIN PRIVATE KEY-----\n```\n", "-----BEGIN"),
    seed("plain-http", "controls/5.36.md", "", "\n[外](http://example.com/a)。\n", "http://example.com/a"),
    shown(
        "missing-classification",
        ("kitei.toml", "classification = \"internal\"\n\n# 適用宣言書", "\n# 適用宣言書"),
        ("procedures/seed-draft.md", "\"S-905\""),
    ),
    // The standard.
    seed("unknown-annex-control", "controls/5.19.md", "annex_a = [", "annex_a = [\"5.99\", ", "\"5.99\""),
    seed("superseded-annex-number", "controls/5.20.md", "", "\n[[A.9.2.1]]。\n", "A.9.2.1"),
    seed("unknown-clause", "controls/5.21.md", "", "\n[[clause:11.1]]。\n", "11.1"),
    // Structure.
    shown(
        "required-section-missing",
        ("kitei.toml", "prefix = \"S\"", "prefix = \"S\"\nrequired_sections = [\"no-such-section\"]"),
        ("procedures/seed-draft.md", "\"S-905\""),
    ),
    seed("article-without-id", "policies/seed-alone.md", "", "\n### 無名の条\n\n本文。\n", "### 無名の条"),
    seed(
        "skipped-heading-level",
        "procedures/seed-levels.md",
        "",
        procedure!("S-908", "## 一 {#one}\n\n本文。\n\n#### 二 {#two}\n\n本文。"),
        "#### 二",
    ),
    seed(
        "empty-section",
        "procedures/seed-empty.md",
        "",
        procedure!("S-909", "## 空 {#empty}\n\n## 次 {#next}\n\n本文。"),
        "## 空",
    ),
    seed(
        "supplement-without-date",
        "policies/seed-supplement.md",
        "",
        "+++\nid = \"P-92\"\ntitle = \"施行期日のない規程\"\nversion = \"0.1\"\nowner = \"isms-office\"\n+++\n\n### 目的 {#purpose}\n\n本文。\n\n## 附則 {#supplement .supplement}\n\nこの規程は、役員会で定める。\n",
        "## 附則",
    ),
    seed("several-titles", "procedures/seed-titles.md", "", procedure!("S-910", "# 題名\n\n本文。"), "# 題名"),
    // Registers.
    seed(
        "invalid-definition",
        "records/definitions/seal.toml",
        "",
        "[register]\nid = \"seal\"\n[seal]\nid = { type = \"id\" }\nx = { type = \"number\", computed = \"siez\" }\n",
        "siez",
    ),
    seed("unknown-field", "records/departments/a.toml", "", department!("d1", "nmae = \"x\""), "nmae"),
    seed("missing-field", "records/departments/b.toml", "", "[[department]]\nid = \"d2\"\n", "\"d2\""),
    seed(
        "wrong-field-type",
        "records/departments/c.toml",
        "",
        department!("d3", "from = \"2026-04-01\""),
        "\"2026-04-01\"",
    ),
    seed("invalid-field-value", "records/departments/d.toml", "", department!("d4", "note = \"\""), "\"\""),
    seed("unknown-reference", "records/departments/e.toml", "", department!("d5", "became = [\"d99\"]"), "\"d99\""),
    seed("duplicate-row", "records/departments/f.toml", "", department!("d1", ""), "\"d1\""),
    seed(
        "register-rule",
        "records/departments/g.toml",
        "",
        department!("d6", "from = 2026-04-01\nuntil = 2026-03-31"),
        "2026-03-31",
    ),
    seed(
        "personal-in-register",
        "records/departments/h.toml",
        "",
        department!("d7", "note = \"連絡は03-0000-9110\""),
        "\"連絡は",
    ),
    seed(
        "row-overdue",
        "records/legal.toml",
        "",
        "[[law]]\nid = \"L-901\"\nname = \"種\"\noutline = \"種\"\ndepartment = \"d1\"\nmet_by = [\"P-05\"]\nchecked = 2025-10-31\nnext_check = 2026-10-31\n",
        "2026-10-31",
    ),
    seed("row-out-of-office", "records/assets/a.toml", "", asset!("A-901", "mori", ""), "\"mori\""),
    seed("stated-not-computed", "records/assets/b.toml", "", asset!("A-902", "watanabe", "importance = 3\n"), "3\n"),
    seed(
        "uncomputable-field",
        "records/risks.toml",
        "",
        "period = \"2026\"\ncriteria = \"c1\"\n\n[[risk]]\nid = \"R-901\"\nassets = [\"A-902\"]\nsource = \"種\"\nevent = \"種\"\noutcome = \"種\"\nfirst.threat = 1\nfirst.vulnerability = 1\nfirst.basis = \"種\"\nfirst.on = 2026-05-20\noptions = [\"avoid\"]\nowner = \"watanabe\"\n",
        "\"R-901\"",
    ),
    // The scale that the risk is rated by lacks one of its cells; the second fault is its own.
    seed(
        "missing-field",
        "records/criteria.toml",
        "",
        "[[criterion]]\nid = \"c1\"\nname = \"種\"\nlikelihood = { 3 = { 3 = 3 } }\nbands = [{ id = \"low\", from = 0, acceptable = true }]\npriority = { 9 = 1 }\n",
        "\"c1\"",
    ),
    // Text.
    seed("emphasis-not-rendered", "controls/5.28.md", "", "\nこれは**「重要」**です。\n", "**「重要」**"),
    seed("raw-html", "procedures/seed-html.md", "", procedure!("S-911", "<b>太字</b>。"), "<b>"),
    seed("not-nfc", "procedures/seed-nfd.md", "", procedure!("S-912", "か\u{3099}いよう。"), "か\u{3099}"),
    seed("half-width-kana", "procedures/seed-kana.md", "", procedure!("S-913", "ｶﾅを書く。"), "ｶﾅ"),
    seed(
        "invisible-character",
        "procedures/seed-invisible.md",
        "",
        procedure!("S-914", "見え\u{200b}ない。"),
        "\u{200b}",
    ),
    seed("full-width-code", "procedures/seed-wide.md", "", procedure!("S-915", "Ｐ－０５を見る。"), "Ｐ－０５"),
    seed(
        "mixed-style",
        "procedures/seed-style.md",
        "",
        procedure!("S-916", "書きます。読みます。出します。決める。"),
        "決める",
    ),
    seed("term-variant", "procedures/seed-variant.md", "", procedure!("S-917", "スタッフが行う。"), "スタッフ"),
    seed(
        "long-sentence",
        "procedures/seed-long.md",
        "",
        procedure!(
            "S-918",
            "長い文を、一つの文に収めようとして、条件と例外と手順と担当者と期限と記録と報告先と確認者とを、区切らずに続けて書き、読む人が途中で何の話だったかを忘れ、始めに戻って読み直さなければならなくなるまで、どこまでも続け、それでもまだ終わらずに、さらに別の条件を加えて、ようやくここで終える。"
        ),
        "長い文を",
    ),
    seed("vague-wording", "procedures/seed-vague.md", "", procedure!("S-919", "適宜、見直す。"), "適宜"),
];
