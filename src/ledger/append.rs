//! New entries as text behind what a ledger file holds. Earlier bytes stay as they are, and the file keeps the ends of
//! lines that it has. Writes nothing: [`crate::publish`] does.

use super::entry::EntryKind;
use super::{Announcement, Approval, Ledger, PastVersion, Retirement, Review};

/// An entry of any kind that is to be appended. Two are equal where they would read back as the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewEntry {
    /// `[[history]]`.
    Past(PastVersion),
    /// `[[approval]]`.
    Approval(Box<Approval>),
    /// `[[review]]`.
    Review(Review),
    /// `[[retirement]]`.
    Retirement(Retirement),
    /// `[[announcement]]`.
    Announcement(Announcement),
}

impl NewEntry {
    /// The entry as TOML.
    pub fn to_toml(&self) -> String {
        match self {
            Self::Past(entry) => entry.to_toml(),
            Self::Approval(entry) => entry.to_toml(),
            Self::Review(entry) => entry.to_toml(),
            Self::Retirement(entry) => entry.to_toml(),
            Self::Announcement(entry) => entry.to_toml(),
        }
    }

    /// Whether a ledger holds this very entry: a run that died after writing it is then simply repeated.
    pub fn is_in(&self, ledger: &Ledger) -> bool {
        match self {
            Self::Past(entry) => entry.is_in(ledger),
            Self::Approval(entry) => entry.is_in(ledger),
            Self::Review(entry) => entry.is_in(ledger),
            Self::Retirement(entry) => entry.is_in(ledger),
            Self::Announcement(entry) => entry.is_in(ledger),
        }
    }
}

/// Entries as the text of a new ledger file, an empty line between two.
pub fn ledger_text(entries: &[NewEntry]) -> String {
    entries.iter().map(NewEntry::to_toml).collect::<Vec<_>>().join("\n")
}

/// What has to follow the text of a ledger file, so that it holds some more entries: an end of its last line where that
/// has none, an empty line, and the entries, with the ends of lines of the file.
pub fn addition(old: &str, entries: &[NewEntry]) -> String {
    let line_end = match old.rfind('\n') {
        Some(at) if old[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let ends = |text: &str| text.is_empty() || text.ends_with('\n');
    let mut text = String::new();
    if !ends(old) {
        text.push('\n');
    }
    let last_line = old.strip_suffix('\n').map(|old| old.strip_suffix('\r').unwrap_or(old));
    if !old.is_empty() && !last_line.is_some_and(|old| old.ends_with('\n')) {
        text.push('\n');
    }
    text.push_str(&ledger_text(entries));
    // No value of an entry holds an end of a line: each is written on one.
    text.replace('\n', line_end)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::approved_copy::CopyDigest;
    use crate::ledger::{ApprovalKind, BasedOn, PartialApproval, ReviewOutcome};
    use crate::model::id::{DocumentId, Version};
    use crate::source::{SourceDb, Span};

    fn approval() -> Approval {
        let entry = PartialApproval {
            version: Some(Version { major: 2, minor: 0 }),
            digest: Some(CopyDigest::of(b"x")),
            approved_on: Some(date(2026, 3, 20)),
            effective: Some(date(2026, 4, 1)),
            role: Some("board".into()),
            chair: Some("tanaka".into()),
            drafters: vec!["sato".into(), "a\"b\\c".into()],
            changes: Some("第8条を\n新設\u{1}\u{7f}".into()),
            decision: Some("取締役会議事録".into()),
            based_on: [(DocumentId::parse("C-5.12").unwrap(), Version { major: 1, minor: 3 })].into_iter().collect(),
            kind: ApprovalKind::Provisional,
            ratify_by: Some(date(2026, 5, 19)),
            adopted_from: Some("規程集".into()),
            ..PartialApproval::default()
        };
        entry.complete().unwrap()
    }

    fn review() -> NewEntry {
        NewEntry::Review(Review {
            reviewed_on: date(2026, 6, 1),
            reviewer: "sato".into(),
            outcome: ReviewOutcome::NoChange,
            reason: None,
            based_on: BasedOn::default(),
        })
    }

    fn read(text: &str) -> Ledger {
        let file = SourceDb::default().add("x", text.to_owned());
        let (ledger, problems) = Ledger::read(file, "P-01", text);
        assert!(problems.is_empty(), "{problems:?}\n{text}");
        ledger
    }

    #[test]
    fn an_entry_reads_back_as_written_whatever_its_texts_hold() {
        let entry = NewEntry::Approval(Box::new(approval()));
        let old = "# 手で書いた注記\n[[review]]\nreviewed_on = 2025-01-01\nreviewer = \"x\"\noutcome = \"no-change\"";
        let text = format!("{old}{}", addition(old, std::slice::from_ref(&entry)));
        let ledger = read(&text);
        assert_eq!(ledger.approvals[0].value, approval());
        assert_eq!(ledger.reviews.len(), 1);
        assert!(entry.is_in(&ledger));
        assert!(!review().is_in(&ledger));
    }

    #[test]
    fn every_key_of_an_entry_is_read_with_its_place() {
        let text = ledger_text(&[NewEntry::Approval(Box::new(approval()))]);
        let ledger = read(&text);
        let entry = &ledger.approvals[0];
        let at = |span: Span| &text[span.start..span.end];
        assert_eq!(at(entry.span_of("effective")), "2026-04-01");
        assert_eq!(at(entry.span_of("role")), "\"board\"");
        assert_eq!(entry.span_of("approver"), entry.span, "a key that is absent has the place of the entry");
        let drafters: Vec<(&str, &str)> =
            entry.placed("drafters", &entry.drafters).map(|(id, span)| (id.as_str(), at(span))).collect();
        assert_eq!(drafters, [("sato", "\"sato\""), ("a\"b\\c", "\"a\\\"b\\\\c\"")]);
        let read: Vec<&str> = entry.placed("against", entry.based_on.ids()).map(|(_, span)| at(span)).collect();
        assert_eq!(read, ["\"C-5.12\""]);
    }

    #[test]
    fn an_addition_keeps_the_ends_of_lines_and_one_empty_line_between() {
        let first = ledger_text(&[review()]);
        for (old, gap) in [("", ""), ("# 注", "\n\n"), ("# 注\n", "\n"), ("# 注\n\n", "")] {
            assert_eq!(addition(old, &[review()]), format!("{gap}{first}"), "{old:?}");
            let (old, gap) = (old.replace('\n', "\r\n"), gap.replace('\n', "\r\n"));
            if old.contains('\n') {
                let wanted = format!("{gap}{}", first.replace('\n', "\r\n"));
                assert_eq!(addition(&old, &[review()]), wanted, "{old:?}");
                assert!(review().is_in(&read(&format!("{old}{}", addition(&old, &[review()])))));
            }
        }
        assert_eq!(ledger_text(&[review(), review()]), format!("{first}\n{first}"));
    }

    #[test]
    fn neither_order_nor_case_of_what_an_entry_is_based_on_makes_it_another() {
        let versions = |ids: [&str; 2]| BasedOn(ids.map(|id| (id.to_owned(), Version { major: 1, minor: 0 })).to_vec());
        assert_eq!(versions(["S-a1", "P-01"]), versions(["P-01", "S-A1"]));
        assert_ne!(versions(["S-a1", "P-01"]), versions(["P-02", "S-A1"]));
    }
}
