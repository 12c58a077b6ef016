//! A finding: what, where, why, and what to do.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::registry::Rule;
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::config::Level;
use crate::source::{FileId, Place, Span};

/// How much a finding counts. Ordered from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For information.
    Note,
    /// To be looked at; fails a run only under `--strict`.
    Warning,
    /// Fails a run.
    Error,
}

impl Severity {
    /// The severity of a level; `None` where the rule is switched off.
    pub fn of(level: Level) -> Option<Self> {
        match level {
            Level::Allow => None,
            Level::Note => Some(Self::Note),
            Level::Warn => Some(Self::Warning),
            Level::Deny => Some(Self::Error),
        }
    }

    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A replacement of one span of the finding's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// A mechanical correction in the finding's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Edits that do not overlap.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule.
    pub rule: &'static Rule,
    /// How much it counts; a rule may lower it below its level for a single finding.
    pub severity: Severity,
    /// What is wrong: one phrase.
    pub message: Text,
    /// Where.
    pub place: Place,
    /// What to say at the place, where it adds to the message.
    pub label: Option<Text>,
    /// Other places that matter, each with what to say there.
    pub related: Vec<(Place, Text)>,
    /// What to do.
    pub help: Option<Text>,
    /// A mechanical correction.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Adds what to do.
    pub fn help(&mut self, text: Text) -> &mut Self {
        self.help = Some(text);
        self
    }

    /// Adds what to say at the place.
    pub fn label(&mut self, text: Text) -> &mut Self {
        self.label = Some(text);
        self
    }

    /// Adds another place that matters.
    pub fn related(&mut self, place: Place, text: Text) -> &mut Self {
        self.related.push((place, text));
        self
    }

    /// Adds a correction by one replacement.
    pub fn fix(&mut self, span: Span, replacement: impl Into<String>) -> &mut Self {
        self.fix = Some(Fix { edits: vec![Edit { span, replacement: replacement.into() }] });
        self
    }
}

/// All findings of a run.
#[derive(Debug)]
pub struct Report {
    /// The date they were judged by.
    pub as_of: Date,
    /// Number of documents in the tree.
    pub documents: usize,
    /// Findings in order of file, place and code.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that say who may decide and what was decided: configuration, roles, people, ledger, `CODEOWNERS`. People
    /// are shown findings in them first; programs get one order of files.
    pub authority: BTreeSet<FileId>,
}

impl Report {
    /// A report over a handbook.
    pub fn new(handbook: &Handbook, diagnostics: Vec<Diagnostic>) -> Self {
        let decides = |file: &FileId| {
            handbook.is_authority(*file) || handbook.is_ledger(*file) || handbook.codeowners.contains(file)
        };
        let authority = diagnostics.iter().map(|finding| finding.place.file).filter(decides).collect();
        Self { as_of: handbook.today, documents: handbook.documents.len(), diagnostics, authority }
    }

    /// Findings about who may decide and what was decided, then all others; each group in its order.
    pub fn authority_first(&self) -> (Vec<&Diagnostic>, Vec<&Diagnostic>) {
        self.diagnostics.iter().partition(|finding| self.authority.contains(&finding.place.file))
    }

    /// Number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }
}
