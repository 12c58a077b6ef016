//! `records/quizzes/*.toml`.

use std::num::NonZeroUsize;

use super::register::pointer;
use super::toml_table::TableReader;
use crate::model::quiz::{Answer, Question, Quiz};
use crate::source::{FileId, Place, Spanned};

/// Reads a form whose title was read already; `None` where something is missing without which there is none.
pub fn quiz(file: FileId, title: Option<&Spanned<String>>, top: &mut TableReader<'_, '_>) -> Option<Quiz> {
    let place = Place { file, span: top.span() };
    let summary = top.string("summary").map(|summary| summary.value);
    let audience = top.strings("audience");
    let pass = top.required::<NonZeroUsize>("pass");
    let repeat = top.string("repeat").map(|repeat| repeat.value);
    let questions = top.tables("question", |entry| question(file, entry));
    let pass = pass?;
    Some(Quiz {
        title: title?.value.clone(),
        summary,
        audience,
        pass: Spanned::new(pass.value.get(), pass.span),
        repeat,
        questions,
        place,
    })
}

fn question(file: FileId, entry: &mut TableReader<'_, '_>) -> Option<Question> {
    let text = entry.required("text");
    // What is asked tells which kind of answer must be there; the key of the other kind is then unknown.
    let answer = if entry.has("choices") {
        let choices = entry.strings("choices");
        entry.require("right");
        Some(Answer::Choice { choices, right: entry.numbers("right", 1..=usize::MAX) })
    } else {
        entry.required("correct").map(|correct| Answer::Truth(correct.value))
    };
    let points = entry.required::<NonZeroUsize>("points");
    let explanation = entry.required("explanation");
    let article = entry.string("article").map(|written| pointer(file, written));
    Some(Question {
        text: text?,
        answer: answer?,
        points: points?.value.get(),
        explanation: explanation?.value,
        article,
        span: entry.span(),
    })
}
