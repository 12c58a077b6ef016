//! What keeps history from vouching for what rests on it: parts that the repository does not hold or shows otherwise,
//! objects that cannot be read, clocks that ran back. Nothing is decided here; whoever rests on history says so.

use jiff::civil::Date;

use super::Handbook;
use super::recorded::{Recorded, short};
use crate::history::{HistoryError, Obstacle};
use crate::ledger::Ledger;
use crate::locale::Text;
use crate::source::Span;

/// What keeps history from vouching for what rests on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A part of history is hidden or shown otherwise.
    Obstacle(Obstacle),
    /// Something of it cannot be read.
    Unreadable(HistoryError),
    /// The newest commit was made on a day that has not come.
    Future(Recorded, Date),
}

impl Fault {
    /// The fault in words.
    pub fn text(&self) -> Text {
        match self {
            Self::Obstacle(Obstacle::Shallow) => Text::new("fault-shallow"),
            Self::Obstacle(Obstacle::Partial) => Text::new("fault-partial"),
            Self::Obstacle(Obstacle::Grafts) => Text::new("fault-grafts"),
            Self::Obstacle(Obstacle::Replaced(refs)) => Text::new("fault-replaced").arg("count", refs.len()),
            Self::Unreadable(error) => Text::new("fault-unreadable").arg("reason", error.text()),
            Self::Future(commit, day) => Text::new("fault-future").arg("commit", commit.name()).arg("day", *day),
        }
    }

    /// What to do.
    pub fn help(&self) -> Text {
        match self {
            Self::Obstacle(Obstacle::Shallow) => Text::new("fault-shallow-help"),
            Self::Obstacle(Obstacle::Partial) => Text::new("fault-partial-help"),
            Self::Obstacle(Obstacle::Grafts) => Text::new("fault-grafts-help"),
            Self::Obstacle(Obstacle::Replaced(refs)) => Text::new("fault-replaced-help")
                .arg("refs", refs.iter().map(String::as_str).collect::<Vec<_>>().join(" ")),
            Self::Unreadable(_) => Text::new("fault-unreadable-help"),
            Self::Future(..) => Text::new("fault-future-help"),
        }
    }

    /// Whether nothing that rests on the missing part can be judged at all.
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::Unreadable(_))
    }
}

/// An entry of the ledger that came with a commit whose clock cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RanBack {
    /// The commit that brought the entry.
    pub recorded: Recorded,
    /// One that it follows, and whose clock says a later day.
    pub before: Recorded,
}

impl Handbook {
    /// What is known of history's faults without reading more of it.
    pub fn history_faults(&self) -> Vec<Fault> {
        self.history().obstacles().into_iter().map(Fault::Obstacle).collect()
    }

    /// The same, the history of records among it.
    pub fn all_history_faults(&self) -> Vec<Fault> {
        let mut faults = self.history_faults();
        let unread = self.history().unread().map(Fault::Unreadable);
        faults.extend(unread.filter(|fault| !faults.contains(fault)));
        faults
    }

    /// Whether an entry of a ledger came with a commit whose clock cannot be right.
    pub fn ran_back(&self, ledger: &Ledger, span: Span) -> Option<RanBack> {
        let recorded = self.recorded(ledger, span)?;
        let before = self.history().recorded()?.before_its_time(recorded.commit)?;
        Some(RanBack { recorded, before })
    }
}

impl RanBack {
    /// Names of the two commits, short as people write them.
    pub fn names(&self) -> (String, String) {
        (short(self.recorded.commit), short(self.before.commit))
    }
}
