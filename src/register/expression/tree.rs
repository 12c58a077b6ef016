//! An expression as written: its parts and their places, before anything is known of what its names mean.

use std::ops::Range;

use crate::register::number::Number;

/// A range of bytes of an expression.
pub type At = Range<usize>;

/// One part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub at: At,
}

/// A name with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub at: At,
}

/// What a part can be.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// `0.5`.
    Number(Number),
    /// `'word'`.
    Text(String),
    /// `yes`, `no`.
    YesNo(bool),
    /// The row that the expression is of.
    This,
    /// `criteria.bands`: names with dots between them.
    Path(Vec<Name>),
    /// `['a', 'b']`.
    List(Vec<Node>),
    /// `if … then … else …`; without `else` there is no value otherwise.
    If(Box<[Node; 2]>, Option<Box<Node>>),
    /// `not …`.
    Not(Box<Node>),
    /// `-…`.
    Negative(Box<Node>),
    /// Two parts and what stands between them.
    Binary(Operator, Box<[Node; 2]>),
    /// `count(result where value > 0)`.
    Call {
        /// The function.
        function: Name,
        /// What it is given.
        arguments: Vec<Node>,
        /// Which of the rows count.
        condition: Option<Box<Node>>,
    },
}

/// What can stand between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `=`.
    Equal,
    /// `!=`.
    Unequal,
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `>`.
    More,
    /// `>=`.
    AtLeast,
    /// `in`.
    In,
    /// `+`.
    Plus,
    /// `-`.
    Minus,
    /// `*`.
    Times,
    /// `/`.
    Over,
}
