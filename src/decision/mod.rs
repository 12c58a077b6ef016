//! Decisions that are about to be recorded: judged against the handbook, so that nothing is written into the ledger
//! that could not stand there. Every reason against a decision is found, not only the first.
//!
//! Stands between the graph and the commands that write the ledger. Pure: asks nobody, writes nothing.

pub mod adoption;
pub mod announcement;
pub mod approval;
mod authority;
pub mod retirement;
pub mod review;
mod subject;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::export::ledger::NewEntry;
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::ledger::Ledger;

pub use subject::Subject;

/// A decision that may be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What it is about.
    pub subject: Subject,
    /// What to write.
    pub entry: NewEntry,
    /// Whether the ledger holds this very entry already, as after a run that died half-way.
    pub recorded: bool,
}

impl Judged {
    fn new(subject: &Subject, entry: NewEntry, ledger: Option<&Ledger>) -> Self {
        let recorded = ledger.is_some_and(|ledger| entry.is_in(ledger));
        Self { subject: subject.clone(), entry, recorded }
    }
}

/// What may be recorded, or every reason against it.
pub type Judgement = Result<Judged, Vec<Text>>;

/// A day that cannot have come yet anywhere on earth: time zones differ by about a day.
fn not_yet(handbook: &Handbook, day: Date) -> bool {
    handbook.today.checked_add(1.day()).is_ok_and(|tomorrow| day > tomorrow)
}
