//! `[[review]]`: a document was reviewed.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;

use super::entry::{BasedOn, entry_kind};
use crate::parse::toml_table::{KeyReader, TomlValue};

entry_kind! {
    /// One `[[review]]`.
    Review, as far as it is known PartialReview, "review" in reviews
    required {
        /// Day of the review.
        #[arg(id = "on", long = "on", value_name = "DATE")]
        reviewed_on: Date,
        /// Person id.
        #[arg(long, value_name = "PERSON")]
        reviewer: String,
        /// What it found.
        #[arg(
            long,
            value_name = "OUTCOME",
            value_parser = PossibleValuesParser::new(ReviewOutcome::NAMES).try_map(ReviewOutcome::typed)
        )]
        outcome: ReviewOutcome,
    }
    optional {
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Versions in force of what the document implements, as read at the review.
        #[arg(skip)]
        based_on = "against": BasedOn,
    }
}

/// What a review found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewOutcome {
    /// Still right.
    NoChange,
    /// To be revised.
    Revise,
    /// To be retired.
    Retire,
}

impl ReviewOutcome {
    /// Allowed values, as written.
    pub const NAMES: [&str; 3] = ["no-change", "revise", "retire"];

    /// The outcome of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::NoChange, Self::Revise, Self::Retire]
            .into_iter()
            .zip(Self::NAMES)
            .find_map(|(outcome, n)| (n == name).then_some(outcome))
    }

    /// The name as written.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    fn typed(name: String) -> Result<Self, String> {
        Self::from_name(&name).ok_or(name)
    }
}

impl TomlValue for ReviewOutcome {
    fn read(value: &KeyReader<'_>) -> Option<Self> {
        value.choice(&Self::NAMES, Self::from_name)
    }

    fn to_toml(&self) -> String {
        self.name().to_owned().to_toml()
    }
}
