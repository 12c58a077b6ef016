//! Why a text cannot be copied, each reason with its place. Judges nothing: the other files of the room do.

use crate::locale::Text;
use crate::parse::problem::{Problem, ProblemKind};
use crate::picture::DrawingFault;
use crate::source::Span;

/// One reason against a copy and where it lies in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Where.
    pub span: Span,
    /// Why.
    pub kind: RefusalKind,
}

/// The kinds of reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalKind {
    /// The front matter cannot be read whole.
    Form(ProblemKind),
    /// Not in Unicode normalisation form C.
    NotNfc,
    /// A character that is not seen or that turns the direction of what follows.
    Character(char),
    /// A line that ends in a blank which Markdown does not count as one.
    BlankAtEnd(char),
    /// A line that looks empty and is not.
    LooksEmpty,
    /// Nothing is at this path.
    TargetMissing(String),
    /// An address that is not safe to follow.
    TargetUnsafe(String),
    /// A target that is no reference.
    TargetMalformed(String),
    /// A file that cannot be read; the reason.
    FileUnreadable {
        /// The path.
        path: String,
        /// Why.
        reason: Text,
    },
    /// A drawing that cannot be read as one.
    Drawing {
        /// The path.
        path: String,
        /// What is wrong with it.
        fault: DrawingFault,
    },
    /// Words in the text that no reader of the page sees; their beginning.
    Hidden(String),
    /// A comment or another construct that a forge does not show.
    Comment,
    /// A mark of a merge conflict.
    Conflict,
    /// Words of a template that were to be replaced.
    Unfinished(String),
    /// Made canonical, this place would read otherwise.
    ReadsOtherwise,
    /// An approved copy that is not letter by letter canonical.
    NotCanonical,
}

impl Refusal {
    /// A fault of the front matter.
    pub(super) fn of_form(problem: Problem) -> Self {
        Self { span: problem.place.span, kind: RefusalKind::Form(problem.kind) }
    }

    /// What is wrong.
    pub fn text(&self) -> Text {
        let code = |c: &char| format!("U+{:04X}", u32::from(*c));
        match &self.kind {
            RefusalKind::Form(_) => Text::new("copy-form"),
            RefusalKind::NotNfc => Text::new("copy-not-nfc"),
            RefusalKind::Character(c) => Text::new("copy-character").arg("code", code(c)),
            RefusalKind::BlankAtEnd(c) => Text::new("copy-blank-at-end").arg("code", code(c)),
            RefusalKind::LooksEmpty => Text::new("copy-looks-empty"),
            RefusalKind::TargetMissing(target) => Text::new("copy-target-missing").arg("target", target),
            RefusalKind::TargetUnsafe(target) => Text::new("copy-target-unsafe").arg("target", target),
            RefusalKind::TargetMalformed(target) => Text::new("copy-target-malformed").arg("target", target),
            RefusalKind::FileUnreadable { path, reason } => {
                Text::new("copy-file-unreadable").arg("path", path).arg("reason", reason.clone())
            }
            RefusalKind::Drawing { path, fault } => {
                Text::new("copy-drawing").arg("path", path).arg("fault", fault.text())
            }
            RefusalKind::Hidden(words) => Text::new("copy-hidden").arg("words", words),
            RefusalKind::Comment => Text::new("copy-comment"),
            RefusalKind::Conflict => Text::new("copy-conflict"),
            RefusalKind::Unfinished(words) => Text::new("copy-unfinished").arg("words", words),
            RefusalKind::ReadsOtherwise => Text::new("copy-reads-otherwise"),
            RefusalKind::NotCanonical => Text::new("copy-not-canonical"),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Text {
        Text::new(match &self.kind {
            RefusalKind::Form(_) => "copy-form-help",
            RefusalKind::NotNfc => "copy-not-nfc-help",
            RefusalKind::Character(_) => "copy-character-help",
            RefusalKind::BlankAtEnd(_) | RefusalKind::LooksEmpty => "copy-blank-help",
            RefusalKind::TargetMissing(_) | RefusalKind::TargetUnsafe(_) | RefusalKind::TargetMalformed(_) => {
                "copy-target-help"
            }
            RefusalKind::FileUnreadable { .. } => "copy-file-unreadable-help",
            RefusalKind::Drawing { .. } => "copy-drawing-help",
            RefusalKind::Hidden(_) => "copy-hidden-help",
            RefusalKind::Comment => "copy-comment-help",
            RefusalKind::Conflict => "copy-conflict-help",
            RefusalKind::Unfinished(_) => "copy-unfinished-help",
            RefusalKind::ReadsOtherwise => "copy-reads-otherwise-help",
            RefusalKind::NotCanonical => "copy-not-canonical-help",
        })
    }
}
