//! Where documents of the handbook are in their lives: what is published of them, when they are to be reviewed, and what
//! they rest on. What a ledger by itself puts into force is [`crate::ledger::lifecycle`]'s.

use jiff::civil::Date;

use super::Handbook;
use crate::ledger::lifecycle::{DocumentStatus, last_looked_at};
use crate::ledger::{Approval, LedgerEntry};
use crate::model::document::Document;
use crate::model::id::{DocumentId, Version};

/// Review dates of a document in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewDates {
    /// The last major approval or review.
    pub last: Date,
    /// When the next review is due; `None` without an interval.
    pub next: Option<Date>,
}

/// A document it implements whose newer major version was not looked at yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The document above.
    pub id: DocumentId,
    /// The version that was read.
    pub read: Version,
    /// The version in force.
    pub in_force: Version,
}

impl Handbook {
    /// What the ledger says of a document on the handbook's date.
    pub fn status(&self, id: &DocumentId) -> DocumentStatus<'_> {
        self.status_on(id, self.today)
    }

    /// What the ledger says of a document on a date.
    pub fn status_on(&self, id: &DocumentId, date: Date) -> DocumentStatus<'_> {
        self.ledgers.get(id).map(|ledger| DocumentStatus::on(ledger, date)).unwrap_or_default()
    }

    /// The wording of a document that is in force on the handbook's date: the tree's where it is the same, else that of the
    /// approved copy.
    pub fn published(&self, id: &DocumentId) -> Option<&Document> {
        Some(self.judged_version(id, self.status(id).in_force?)?.document)
    }

    /// The wording in force, or the tree's where nothing is in force.
    pub fn published_or_tree(&self, id: &DocumentId) -> Option<&Document> {
        self.published(id).or_else(|| self.document(id))
    }

    /// Review dates of a document as published, by major approvals and reviews up to the handbook's date.
    pub fn review_dates(&self, id: &DocumentId, published: &Document) -> Option<ReviewDates> {
        let last = last_looked_at(self.ledgers.get(id)?, self.today)?;
        Some(ReviewDates { last, next: self.review_every(published).map(|interval| interval.after(last)) })
    }

    /// Documents above whose major version in force is newer than what the approval in force, or a later
    /// review, was read against.
    pub fn suspects(&self, id: &DocumentId) -> Vec<Suspect> {
        let newer = |(above, read): (DocumentId, Version)| {
            let in_force = self.status(&above).in_force?.version;
            (in_force.major > read.major).then_some(Suspect { id: above, read, in_force })
        };
        self.read_against(id).into_iter().filter_map(newer).collect()
    }

    /// Documents above, each with the version that the approval in force, or a later review, was read against.
    pub fn read_against(&self, id: &DocumentId) -> Vec<(DocumentId, Version)> {
        let Some(ledger) = self.ledgers.get(id) else { return Vec::new() };
        let Some(approval) = self.status(id).in_force else { return Vec::new() };
        let mut read: Vec<(&str, Version)> = approval.based_on.iter().collect();
        // Before the content in force was approved, a review may have read what the document no longer rests on.
        let of_content = |entry: &&LedgerEntry<Approval>| entry.version.major == approval.version.major;
        let since = ledger.approvals.iter().filter(of_content).map(|entry| entry.approved_on).min();
        for review in ledger.reviews.iter().filter(|r| r.reviewed_on <= self.today) {
            for (id, version) in review.based_on.iter() {
                match read.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(id)) {
                    Some((_, known)) => *known = (*known).max(version),
                    None if since.is_none_or(|since| since <= review.reviewed_on) => read.push((id, version)),
                    None => {}
                }
            }
        }
        read.into_iter().filter_map(|(above, read)| Some((DocumentId::parse(above)?, read))).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::load::MemoryFiles;
    use crate::workspace::{Snapshot, TreeRef, Workspace};

    fn approval(version: &str, approved_on: &str, effective: &str) -> String {
        let digest = "0".repeat(64);
        format!(
            "[[approval]]\nversion = \"{version}\"\ndigest = \"sha256:{digest}\"\napproved_on = {approved_on}\n\
             effective = {effective}\nrole = \"board\"\n\n"
        )
    }

    fn review(on: &str, rest: &str) -> String {
        format!("[[review]]\nreviewed_on = {on}\nreviewer = \"sato\"\noutcome = \"no-change\"\n{rest}\n\n")
    }

    fn handbook(today: Date, ledgers: &[(&str, String)]) -> Snapshot {
        let mut files = MemoryFiles::default();
        files.insert("kitei.toml", "[tiers.policy]\nfolder = \"policies\"\nreview_every = \"1 year\"\n");
        for id in ["P-01", "P-02"] {
            files.insert(format!("policies/{id}.md"), format!("+++\nid = \"{id}\"\nversion = \"1.0\"\n+++\n"));
        }
        for (id, text) in ledgers {
            files.insert(format!("records/ledger/{id}.toml"), text.as_str());
        }
        Workspace::of_files(files).at(TreeRef::WorkingTree).unwrap().on(today)
    }

    #[test]
    fn a_review_falls_due_on_28_february_after_a_leap_day() {
        let handbook = handbook(date(2025, 3, 1), &[("P-01", approval("1.0", "2024-02-29", "2024-03-01"))]);
        let id = DocumentId::parse("P-01").unwrap();
        let dates = handbook.review_dates(&id, handbook.document(&id).unwrap()).unwrap();
        assert_eq!(dates, ReviewDates { last: date(2024, 2, 29), next: Some(date(2025, 2, 28)) });
    }

    #[test]
    fn a_newer_major_version_above_is_suspect_until_a_review_has_read_it() {
        let above = |version: &str| {
            approval("1.0", "2025-03-20", "2025-04-01") + &approval(version, "2026-03-20", "2026-04-01")
        };
        let below = approval("1.0", "2025-05-01", "2025-05-01").trim_end().to_owned()
            + "\nagainst = { \"P-01\" = \"1.0\" }\n\n";
        let id = DocumentId::parse("P-02").unwrap();
        let suspects = |today, version: &str, below: String| {
            let handbook = handbook(today, &[("P-01", above(version)), ("P-02", below)]);
            handbook
                .suspects(&id)
                .into_iter()
                .map(|s| format!("{} {} {}", s.id, s.read, s.in_force))
                .collect::<Vec<_>>()
        };
        let late = date(2026, 11, 20);
        assert_eq!(suspects(late, "2.0", below.clone()), ["P-01 1.0 2.0"]);
        // A minor step above, and a major one that is not in force yet, change nothing.
        assert!(suspects(late, "1.1", below.clone()).is_empty());
        assert!(suspects(date(2026, 3, 31), "2.0", below.clone()).is_empty());
        let reviewed =
            |on: &str, read: &str| below.clone() + &review(on, &format!("against = {{ \"P-01\" = \"{read}\" }}"));
        assert!(suspects(late, "2.0", reviewed("2026-04-10", "2.0")).is_empty());
        assert_eq!(suspects(late, "2.0", reviewed("2026-04-10", "1.0")), ["P-01 1.0 2.0"]);
        assert_eq!(
            suspects(late, "2.0", reviewed("2026-11-21", "2.0")),
            ["P-01 1.0 2.0"],
            "not reviewed yet on that day"
        );
        assert_eq!(suspects(late, "2.0", below.clone() + &review("2026-04-10", "")), ["P-01 1.0 2.0"]);
    }

    #[test]
    fn what_a_former_content_rested_on_makes_the_present_one_not_suspect() {
        let above = approval("1.0", "2025-03-20", "2025-04-01") + &approval("2.0", "2026-06-20", "2026-07-01");
        let read = review("2025-06-01", "against = { \"P-01\" = \"1.0\" }");
        let first = approval("1.0", "2025-05-01", "2025-05-01") + &read;
        let suspects = |below: String| {
            let handbook = handbook(date(2026, 11, 20), &[("P-01", above.clone()), ("P-02", below)]);
            handbook.suspects(&DocumentId::parse("P-02").unwrap()).len()
        };
        assert_eq!(suspects(first.clone()), 1);
        assert_eq!(suspects(first.clone() + &approval("1.1", "2026-01-10", "2026-01-10")), 1, "the same content");
        assert_eq!(suspects(first + &approval("2.0", "2026-01-10", "2026-01-10")), 0, "it names nothing above");
    }
}
