//! `[[announcement]]`: a version was made known to those concerned (周知).

use jiff::civil::Date;

use super::entry::entry_kind;
use crate::model::id::Version;

entry_kind! {
    /// One `[[announcement]]` (周知).
    Announcement, as far as it is known PartialAnnouncement, "announcement" in announcements
    required {
        /// Announced version.
        #[arg(skip)]
        version: Version,
        /// Day.
        #[arg(long, value_name = "DATE")]
        on: Date,
    }
    optional {
        /// Role ids; everyone where empty.
        #[arg(long, value_name = "ROLE")]
        to: Vec<String>,
        /// How.
        #[arg(long, value_name = "TEXT")]
        means: Option<String>,
        /// Where the evidence lies.
        #[arg(long, value_name = "TEXT")]
        evidence: Option<String>,
    }
}
