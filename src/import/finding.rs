//! What an import could not decide, or decided so that a person should know.

use crate::locale::Text;
use crate::source::Span;

/// How much a finding asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Done, and told so that it can be looked at.
    Note,
    /// A person has to decide.
    Undecided,
}

/// A finding in a source. Its help is the message of the same name with `-help` behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where in the source.
    pub span: Span,
    /// How much it asks for.
    pub weight: Weight,
    /// What it is about.
    pub message: Text,
    /// What to do.
    pub help: Text,
}

/// Findings of one source.
#[derive(Debug, Default)]
pub(super) struct Findings(pub(super) Vec<Finding>);

impl Findings {
    /// Tells what a person should know.
    pub(super) fn note(&mut self, span: Span, message: Text, help: &'static str) {
        self.0.push(Finding { span, weight: Weight::Note, message, help: Text::new(help) });
    }

    /// Tells what a person has to decide.
    pub(super) fn undecided(&mut self, span: Span, message: Text, help: &'static str) {
        self.0.push(Finding { span, weight: Weight::Undecided, message, help: Text::new(help) });
    }
}
