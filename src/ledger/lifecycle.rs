//! Where a document stands on a date, by its ledger: in force, approved and pending, retired, draft.
//!
//! In force is the approval with the latest 施行日 that has come; of two with the same 施行日 the later entry.
//! A provisional approval (専決) is in force like any other, and marked. Its ratification (追認), which is the first
//! regular approval of the same version and text behind it, puts nothing into force: it takes the place of the
//! provisional entry from the day on which it was approved and is effective, and so ends the mark.
//! A retirement that has come ends what took effect before it or on the same day; what takes effect after it is
//! in force again.

use jiff::civil::Date;

use super::{Approval, ApprovalKind, Ledger, LedgerEntry, Retirement};
use crate::model::id::Version;

/// The state of a document, as `list` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// An approved version is in force.
    InForce,
    /// Approved, nothing in force yet.
    Pending,
    /// Nothing approved that is in force or pending.
    Draft,
    /// Retired.
    Retired,
}

impl State {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Pending => "pending",
            Self::Draft => "draft",
            Self::Retired => "retired",
        }
    }
}

/// Where a ledger stands on a date.
#[derive(Debug, Clone, Default)]
pub struct DocumentStatus<'l> {
    /// What is in force.
    pub in_force: Option<&'l LedgerEntry<Approval>>,
    /// Approved and in force from a later date on; by that date. An entry that another one of the same date, or a
    /// retirement on that date, keeps from ever being in force is not pending.
    pub pending: Vec<&'l LedgerEntry<Approval>>,
    /// The retirement that has come.
    pub retired: Option<&'l LedgerEntry<Retirement>>,
    /// The approval of the highest version; of equal versions the later entry.
    pub newest: Option<&'l LedgerEntry<Approval>>,
}

impl<'l> DocumentStatus<'l> {
    /// Where `ledger` stands on `date`.
    pub fn on(ledger: &'l Ledger, date: Date) -> Self {
        let ratified = |index: usize| {
            let come = |found: &&LedgerEntry<Approval>| found.approved_on.max(found.effective) <= date;
            ledger.ratification(index).filter(come)
        };
        // Most ledgers hold no 専決, and a long one would else be searched once for each of its entries.
        let provisional = ledger.approvals.iter().any(|approval| approval.kind == ApprovalKind::Provisional);
        let acts: Vec<(usize, &LedgerEntry<Approval>)> = ledger
            .approvals
            .iter()
            .enumerate()
            .filter(|(_, approval)| !provisional || ledger.ratified(approval).is_none())
            .collect();
        let latest = acts
            .iter()
            .filter(|(_, approval)| approval.effective <= date)
            .max_by_key(|(index, approval)| (approval.effective, *index));
        let from = latest.map(|(_, approval)| approval.effective);
        let latest = latest.map(|(index, approval)| ratified(*index).unwrap_or(approval));
        let retired = ledger
            .retirements
            .iter()
            .filter(|retirement| retirement.effective <= date)
            .max_by_key(|retirement| retirement.effective)
            .filter(|retirement| from.is_none_or(|from| from <= retirement.effective));
        let mut pending = Vec::new();
        for (at, &(_, approval)) in acts.iter().enumerate() {
            let effective = approval.effective;
            if effective <= date {
                continue;
            }
            let corrected = acts[at + 1..].iter().any(|(_, later)| later.effective == effective);
            let ended = ledger.retirements.iter().any(|retirement| retirement.effective == effective);
            if !corrected && !ended {
                pending.push(approval);
            }
        }
        pending.sort_by_key(|approval| approval.effective);
        let newest = ledger
            .approvals
            .iter()
            .enumerate()
            .max_by_key(|(index, approval)| (approval.version, *index))
            .map(|(_, approval)| approval);
        Self { in_force: if retired.is_some() { None } else { latest }, pending, retired, newest }
    }

    /// The state in one word.
    pub fn state(&self) -> State {
        match self {
            Self { in_force: Some(_), .. } => State::InForce,
            Self { pending, .. } if !pending.is_empty() => State::Pending,
            Self { retired: Some(_), .. } => State::Retired,
            _ => State::Draft,
        }
    }
}

/// The last day up to `today` on which the whole content was looked at: a major approval or a review. Versions of
/// times before the repository count where their 承認日, or else their 施行日, is recorded.
pub fn last_looked_at(ledger: &Ledger, today: Date) -> Option<Date> {
    let past = ledger.past.iter().enumerate().filter(|(index, version)| {
        !follows_in_major(version.version, ledger.past[..*index].iter().map(|earlier| earlier.version))
    });
    let past = past.map(|(_, version)| version.approved_on.unwrap_or(version.effective));
    let approved = major_approvals(ledger).map(|approval| approval.approved_on);
    let reviewed = ledger.reviews.iter().map(|review| review.reviewed_on);
    past.chain(approved).chain(reviewed).filter(|day| *day <= today).max()
}

/// Approvals of content as a whole: every one that is no minor step.
pub fn major_approvals(ledger: &Ledger) -> impl Iterator<Item = &LedgerEntry<Approval>> {
    ledger.approvals.iter().filter(|approval| !is_minor_step(ledger, approval))
}

/// Whether an approval of `ledger` only made an editorial change: an earlier entry, or a version of times before
/// the repository, has the same major and a lower minor number; a provisional entry counts once it is ratified, since
/// nobody with full authority has approved its content before. The first version of a major number is no minor
/// step, whatever its minor number, nor is a version that is approved again.
pub fn is_minor_step(ledger: &Ledger, approval: &LedgerEntry<Approval>) -> bool {
    let past = ledger.past.iter().map(|past| past.version);
    // Entries stand in file order, and the header of each begins at another byte.
    let earlier = |other: &LedgerEntry<Approval>| other.span.start < approval.span.start;
    let settled = ledger.approvals.iter().enumerate().filter(|(index, entry)| {
        let ratified = || ledger.ratification(*index).is_some_and(earlier);
        earlier(entry) && (entry.kind == ApprovalKind::Regular || ratified())
    });
    follows_in_major(approval.version, past.chain(settled.map(|(_, earlier)| earlier.version)))
}

/// Whether a version that is about to be approved would only be an editorial step; see [`is_minor_step`].
pub fn would_be_minor_step(ledger: &Ledger, version: Version) -> bool {
    let past = ledger.past.iter().map(|past| past.version);
    let settled = ledger
        .approvals
        .iter()
        .enumerate()
        .filter(|(index, entry)| entry.kind == ApprovalKind::Regular || ledger.ratification(*index).is_some());
    follows_in_major(version, past.chain(settled.map(|(_, earlier)| earlier.version)))
}

fn follows_in_major(version: Version, mut earlier: impl Iterator<Item = Version>) -> bool {
    earlier.any(|earlier| earlier.major == version.major && earlier.minor < version.minor)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn ledger(text: &str) -> Ledger {
        let file = crate::source::SourceDb::default().add("records/ledger/P-01.toml", text.to_owned());
        let (ledger, problems) = crate::ledger::Ledger::read(file, "P-01", text);
        assert!(problems.is_empty(), "{problems:?}");
        ledger
    }

    fn approval(version: &str, approved_on: &str, effective: &str) -> String {
        let digest = "0".repeat(64);
        format!(
            "[[approval]]\nversion = \"{version}\"\ndigest = \"sha256:{digest}\"\napproved_on = {approved_on}\n\
             effective = {effective}\nrole = \"board\"\n\n"
        )
    }

    fn retirement(effective: &str) -> String {
        format!("[[retirement]]\napproved_on = 2026-01-01\neffective = {effective}\nrole = \"board\"\n\n")
    }

    fn review(on: &str, rest: &str) -> String {
        format!("[[review]]\nreviewed_on = {on}\nreviewer = \"sato\"\noutcome = \"no-change\"\n{rest}\n\n")
    }

    fn in_force(ledger: &Ledger, day: Date) -> Option<String> {
        DocumentStatus::on(ledger, day).in_force.map(|approval| approval.version.to_string())
    }

    fn pending(ledger: &Ledger, day: Date) -> Vec<String> {
        DocumentStatus::on(ledger, day).pending.iter().map(|approval| approval.version.to_string()).collect()
    }

    #[test]
    fn an_approval_is_pending_until_its_date_and_in_force_from_that_day_on() {
        let ledger =
            ledger(&(approval("1.0", "2025-03-20", "2025-04-01") + &approval("2.0", "2026-03-20", "2026-04-01")));
        assert_eq!(DocumentStatus::on(&ledger, date(2025, 3, 31)).state(), State::Pending);
        assert_eq!(pending(&ledger, date(2025, 3, 31)), ["1.0", "2.0"]);
        assert_eq!(in_force(&ledger, date(2025, 4, 1)).as_deref(), Some("1.0"));
        assert_eq!(in_force(&ledger, date(2026, 3, 31)).as_deref(), Some("1.0"));
        assert_eq!(in_force(&ledger, date(2026, 4, 1)).as_deref(), Some("2.0"));
        assert!(pending(&ledger, date(2026, 4, 1)).is_empty());
    }

    #[test]
    fn of_two_approvals_for_one_day_the_later_entry_is_in_force() {
        let ledger =
            ledger(&(approval("2.0", "2026-03-20", "2026-04-01") + &approval("1.1", "2026-03-10", "2026-04-01")));
        assert_eq!(in_force(&ledger, date(2026, 4, 1)).as_deref(), Some("1.1"));
        assert_eq!(pending(&ledger, date(2026, 3, 31)), ["1.1"]);
        assert_eq!(DocumentStatus::on(&ledger, date(2026, 4, 1)).newest.unwrap().version.to_string(), "2.0");
    }

    #[test]
    fn an_overtaken_approval_takes_over_on_its_own_date() {
        // What the ledger says is published; that the earlier decision comes back is for a rule to report.
        let ledger =
            ledger(&(approval("2.0", "2026-03-01", "2026-10-01") + &approval("3.0", "2026-04-01", "2026-05-01")));
        assert_eq!(in_force(&ledger, date(2026, 9, 30)).as_deref(), Some("3.0"));
        assert_eq!(in_force(&ledger, date(2026, 10, 1)).as_deref(), Some("2.0"));
    }

    #[test]
    fn a_retirement_ends_what_took_effect_before_it_and_a_later_approval_revives_the_document() {
        let text = approval("1.0", "2025-03-20", "2025-04-01") + &retirement("2026-04-01");
        let retired = ledger(&text);
        assert_eq!(DocumentStatus::on(&retired, date(2026, 3, 31)).state(), State::InForce);
        assert_eq!(DocumentStatus::on(&retired, date(2026, 4, 1)).state(), State::Retired);
        assert!(DocumentStatus::on(&retired, date(2026, 4, 1)).in_force.is_none());

        let same_day = ledger(&(text.clone() + &approval("2.0", "2026-03-20", "2026-04-01")));
        assert!(pending(&same_day, date(2026, 3, 31)).is_empty());
        assert_eq!(DocumentStatus::on(&same_day, date(2026, 4, 1)).state(), State::Retired);

        let revived = ledger(&(text + &approval("2.0", "2026-09-20", "2026-10-01")));
        assert_eq!(DocumentStatus::on(&revived, date(2026, 9, 30)).state(), State::Pending);
        assert!(DocumentStatus::on(&revived, date(2026, 9, 30)).retired.is_some());
        assert_eq!(DocumentStatus::on(&revived, date(2026, 10, 1)).state(), State::InForce);
        assert!(DocumentStatus::on(&revived, date(2026, 10, 1)).retired.is_none());
    }

    fn provisional(version: &str, on: &str) -> String {
        approval(version, on, on).trim_end().to_owned() + "\nkind = \"provisional\"\nratify_by = 2026-06-01\n\n"
    }

    /// Version in force and whether it is marked provisional.
    fn marked(ledger: &Ledger, day: Date) -> Option<(String, bool)> {
        let approval = DocumentStatus::on(ledger, day).in_force?;
        Some((approval.version.to_string(), approval.kind == ApprovalKind::Provisional))
    }

    #[test]
    fn a_provisional_approval_is_in_force_and_marked_until_it_is_ratified() {
        let text = provisional("2.0", "2026-04-10") + &approval("2.0", "2026-05-20", "2026-05-20");
        let ledger = ledger(&(approval("1.0", "2025-03-20", "2025-04-01") + &text));
        let version = |text: &str, mark| Some((text.to_owned(), mark));
        assert_eq!(marked(&ledger, date(2026, 4, 9)), version("1.0", false));
        assert_eq!(marked(&ledger, date(2026, 4, 10)), version("2.0", true));
        assert_eq!(marked(&ledger, date(2026, 5, 19)), version("2.0", true));
        assert_eq!(marked(&ledger, date(2026, 5, 20)), version("2.0", false));
        assert!(pending(&ledger, date(2026, 4, 10)).is_empty(), "a ratification puts nothing into force");
    }

    #[test]
    fn a_ratification_does_not_bring_back_what_was_replaced_meanwhile() {
        let text = provisional("2.0", "2026-04-10") + &approval("3.0", "2026-04-20", "2026-05-01");
        let ledger = ledger(&(text + &approval("2.0", "2026-05-20", "2026-05-20")));
        assert_eq!(in_force(&ledger, date(2026, 6, 1)).as_deref(), Some("3.0"));
    }

    #[test]
    fn a_ratification_does_not_revive_what_was_retired_meanwhile() {
        let text = provisional("2.0", "2026-04-10") + &retirement("2026-05-01");
        let ledger = ledger(&(text + &approval("2.0", "2026-05-20", "2026-05-20")));
        assert_eq!(DocumentStatus::on(&ledger, date(2026, 6, 1)).state(), State::Retired);
    }

    #[test]
    fn an_editorial_step_needs_content_that_full_authority_approved() {
        let text = approval("1.0", "2025-03-20", "2025-04-01") + &provisional("2.0", "2026-04-10");
        let minor = |text: &str| would_be_minor_step(&ledger(text), Version { major: 2, minor: 1 });
        assert!(!minor(&text));
        assert!(minor(&(text.clone() + &approval("2.0", "2026-05-20", "2026-05-20"))));
        let before = ledger(
            &(text + &approval("2.1", "2026-05-01", "2026-05-01") + &approval("2.0", "2026-05-20", "2026-05-20")),
        );
        assert!(!is_minor_step(&before, &before.approvals[2]), "ratified only afterwards");
    }

    #[test]
    fn nothing_approved_is_a_draft() {
        assert_eq!(DocumentStatus::on(&ledger(""), date(2026, 4, 1)).state(), State::Draft);
    }

    #[test]
    fn a_review_is_due_after_the_last_major_approval_or_review() {
        let base = approval("1.0", "2025-03-20", "2025-04-01");
        let minor = base.clone() + &approval("1.1", "2026-02-01", "2026-02-01");
        assert_eq!(last_looked_at(&ledger(&minor), date(2026, 11, 20)), Some(date(2025, 3, 20)));
        let major = minor.clone() + &approval("2.0", "2026-03-20", "2026-04-01");
        assert_eq!(last_looked_at(&ledger(&major), date(2026, 11, 20)), Some(date(2026, 3, 20)));
        assert_eq!(last_looked_at(&ledger(&major), date(2026, 3, 19)), Some(date(2025, 3, 20)));
        let reviewed = minor + &review("2026-03-01", "");
        assert_eq!(last_looked_at(&ledger(&reviewed), date(2026, 11, 20)), Some(date(2026, 3, 1)));
        // The same text approved once more in full was looked at once more.
        let again = base + &approval("1.0", "2026-05-01", "2026-05-01");
        assert_eq!(last_looked_at(&ledger(&again), date(2026, 11, 20)), Some(date(2026, 5, 1)));
    }

    #[test]
    fn versions_before_the_repository_count() {
        let past = "[[history]]\nversion = \"2.0\"\napproved_on = 2024-03-20\neffective = 2024-04-01\n\n\
                    [[history]]\nversion = \"2.1\"\neffective = 2025-04-01\n\n";
        assert_eq!(last_looked_at(&ledger(past), date(2026, 11, 20)), Some(date(2024, 3, 20)));
        let minor = past.to_owned() + &approval("2.2", "2026-03-20", "2026-04-01");
        assert_eq!(last_looked_at(&ledger(&minor), date(2026, 11, 20)), Some(date(2024, 3, 20)));
        let adopted = past.to_owned() + &approval("2.0", "2026-03-20", "2026-04-01");
        assert_eq!(last_looked_at(&ledger(&adopted), date(2026, 11, 20)), Some(date(2026, 3, 20)));
    }
}
