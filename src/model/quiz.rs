//! `records/quizzes/*.toml`: questions by which readers check for themselves what they know (理解度確認テスト).

use super::reference::Pointer;
use crate::source::{Place, Span, Spanned};

/// What counts as the right answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// ○ or ×.
    Truth(bool),
    /// Some of several choices.
    Choice {
        /// The choices, in order.
        choices: Vec<Spanned<String>>,
        /// Numbers of the right ones, from 1.
        right: Vec<Spanned<usize>>,
    },
}

/// One `[[question]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: Spanned<String>,
    /// Its answer.
    pub answer: Answer,
    /// What it counts.
    pub points: usize,
    /// Why the answer is right.
    pub explanation: String,
    /// The article that says so.
    pub article: Option<Pointer>,
    /// The whole table.
    pub span: Span,
}

/// One form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiz {
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    pub summary: Option<String>,
    /// Who is asked (role ids); empty: everyone.
    pub audience: Vec<Spanned<String>>,
    /// Points from which it is passed.
    pub pass: Spanned<usize>,
    /// How often it is to be taken, in words.
    pub repeat: Option<String>,
    /// Questions, in order.
    pub questions: Vec<Question>,
    /// The file.
    pub place: Place,
}

impl Quiz {
    /// All points that there are.
    pub fn total(&self) -> usize {
        self.questions.iter().map(|question| question.points).sum()
    }
}
