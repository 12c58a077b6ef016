//! The language of registers: text → tree → code whose every name and type is known. An expression that could go wrong
//! by what it says is refused here, at its column; at run time only data can be absent, too large or divided by 0.
//!
//! Knows definitions, no data.

pub mod checker;
pub mod code;
mod lexer;
mod parser;
pub mod tree;

pub use code::{Code, Function, Type};
pub use parser::parse;
use tree::At;

use crate::locale::Text;

/// What is wrong with an expression, and where in it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpressionFault {
    /// The range of bytes in the expression.
    pub at: At,
    /// What is wrong there.
    pub kind: FaultKind,
}

impl ExpressionFault {
    /// A fault in a range of bytes.
    pub fn new(at: At, kind: FaultKind) -> Self {
        Self { at, kind }
    }
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum FaultKind {
    /// A text that is never closed.
    OpenQuote,
    /// Digits that are no number.
    NoNumber,
    /// A character that the language does not have.
    OddCharacter(char),
    /// More words and signs than this.
    TooLong(usize),
    /// More parts within parts than this.
    TooDeep(usize),
    /// Something else should stand here; catalogue key of what.
    Expected(&'static str),
    /// No field, kind or register has the name; one that looks much like it.
    UnknownName(String, Option<String>),
    /// A name that stands for several fields.
    Group(String),
    /// No function has the name; one that looks much like it.
    UnknownFunction(String, Option<String>),
    /// A function with the wrong number of arguments; how many it takes.
    Arguments(String, &'static str),
    /// A condition behind a function that counts no rows.
    NeedlessWhere(String),
    /// Another type is needed: the needed one and the one that is there.
    WrongType(Text, Text),
    /// Two types that cannot be compared, or be results of one `if`.
    Unlike(Text, Text),
    /// A word outside a choice; the words of the choice.
    NoSuchWord(String, Vec<String>),
    /// A register of several kinds of rows, of which none is named.
    SeveralKinds(String, Vec<String>),
    /// Rows without a date that would order them.
    NoOrder(String),
    /// `this` where there is no row.
    NoRow,
}

impl FaultKind {
    /// The fault in words: one phrase.
    pub fn text(&self) -> Text {
        match self {
            Self::OpenQuote => Text::new("expression-open-quote"),
            Self::NoNumber => Text::new("expression-no-number"),
            Self::OddCharacter(c) => Text::new("expression-odd-character").arg("character", c.to_string()),
            Self::TooLong(limit) => Text::new("expression-too-long").arg("limit", *limit),
            Self::TooDeep(limit) => Text::new("expression-too-deep").arg("limit", *limit),
            Self::Expected(what) => Text::new("expression-expected").arg("what", Text::new(what)),
            Self::UnknownName(name, Some(meant)) => {
                Text::new("expression-unknown-name-nearest").arg("name", name).arg("meant", meant)
            }
            Self::UnknownName(name, None) => Text::new("expression-unknown-name").arg("name", name),
            Self::Group(name) => Text::new("expression-group").arg("name", name),
            Self::UnknownFunction(name, Some(meant)) => {
                Text::new("expression-unknown-function-nearest").arg("name", name).arg("meant", meant)
            }
            Self::UnknownFunction(name, None) => Text::new("expression-unknown-function").arg("name", name),
            Self::Arguments(name, form) => Text::new("expression-arguments").arg("name", name).arg("form", *form),
            Self::NeedlessWhere(name) => Text::new("expression-needless-where").arg("name", name),
            Self::WrongType(needed, found) => {
                Text::new("expression-wrong-type").arg("needed", needed.clone()).arg("found", found.clone())
            }
            Self::Unlike(one, other) => {
                Text::new("expression-unlike").arg("one", one.clone()).arg("other", other.clone())
            }
            Self::NoSuchWord(word, allowed) => {
                Text::new("expression-no-such-word").arg("word", word).arg("allowed", allowed.join(", "))
            }
            Self::SeveralKinds(register, kinds) => {
                let kinds: Vec<String> = kinds.iter().map(|kind| format!("{register}.{kind}")).collect();
                Text::new("expression-several-kinds").arg("register", register).arg("kinds", kinds.join(", "))
            }
            Self::NoOrder(kind) => Text::new("expression-no-order").arg("kind", kind),
            Self::NoRow => Text::new("expression-no-row"),
        }
    }
}
