//! Quizzes (理解度確認テスト): readers check for themselves what they know. Nothing is sent and nothing is recorded.

use serde::Serialize;

use super::{Named, Page, RoleLink};
use crate::markup::html::address_part;
use crate::model::quiz::{Answer, Question, Quiz};
use crate::site::Site;

/// Where a quiz is taken, relative to the site.
pub(in crate::site) fn path(name: &str) -> String {
    format!("quiz/{name}.html")
}

fn address(name: &str) -> String {
    format!("quiz/{}.html", address_part(name))
}

/// A quiz as lists show it.
#[derive(Debug, Serialize)]
pub(super) struct QuizLink<'a> {
    title: &'a str,
    summary: Option<&'a str>,
    address: String,
    questions: usize,
    audience: Vec<RoleLink>,
    repeat: Option<&'a str>,
    /// What the page of the reader's role picks by: role ids as they stand in pages, `everyone` where nobody is named.
    pub(super) roles: Vec<String>,
}

/// All quizzes, by the name of their file.
pub(super) fn links<'a>(site: &'a Site<'_, '_>) -> Vec<QuizLink<'a>> {
    let quizzes = &site.edition.handbook.registers.quizzes;
    quizzes
        .iter()
        .map(|(name, quiz)| QuizLink {
            title: &quiz.title,
            summary: quiz.summary.as_deref(),
            address: address(name),
            questions: quiz.questions.len(),
            audience: audience(site, quiz),
            repeat: quiz.repeat.as_deref(),
            roles: super::mine::marks(quiz.audience.iter().map(|role| role.value.as_str())),
        })
        .collect()
}

fn audience(site: &Site<'_, '_>, quiz: &Quiz) -> Vec<RoleLink> {
    quiz.audience.iter().map(|role| RoleLink::new(site, &role.value)).collect()
}

#[derive(Serialize)]
struct QuizzesPage<'a> {
    quizzes: Vec<QuizLink<'a>>,
}

/// `quizzes.html`.
pub(super) fn quizzes(site: &Site<'_, '_>) -> Page {
    Page::new("quizzes.html", "my", QuizzesPage { quizzes: links(site) })
}

#[derive(Serialize)]
struct QuizPage<'a> {
    title: &'a str,
    summary: Option<&'a str>,
    audience: Vec<RoleLink>,
    pass: usize,
    total: usize,
    repeat: Option<&'a str>,
    questions: Vec<QuestionView<'a>>,
}

#[derive(Serialize)]
struct QuestionView<'a> {
    text: &'a str,
    /// ○ or ×.
    truth: bool,
    /// Whether more than one choice is right.
    several: bool,
    choices: Vec<ChoiceView>,
    points: usize,
    explanation: &'a str,
    article: Option<Named>,
}

#[derive(Serialize)]
struct ChoiceView {
    text: String,
    right: bool,
}

/// The page of one quiz.
pub(in crate::site) fn quiz(site: &Site<'_, '_>, quiz: &Quiz) -> Page {
    let page = QuizPage {
        title: &quiz.title,
        summary: quiz.summary.as_deref(),
        audience: audience(site, quiz),
        pass: quiz.pass.value,
        total: quiz.total(),
        repeat: quiz.repeat.as_deref(),
        questions: quiz.questions.iter().map(|one| question(site, one)).collect(),
    };
    Page { root: "../".to_owned(), ..Page::new("quiz.html", "my", page) }
}

fn question<'a>(site: &Site<'_, '_>, question: &'a Question) -> QuestionView<'a> {
    let choices: Vec<ChoiceView> = match &question.answer {
        Answer::Truth(correct) => [("site-quiz-true", *correct), ("site-quiz-false", !*correct)]
            .map(|(key, right)| ChoiceView { text: site.catalogue.get(key), right })
            .into(),
        Answer::Choice { choices, right } => choices
            .iter()
            .zip(1..)
            .map(|(text, number)| ChoiceView {
                text: text.value.clone(),
                right: right.iter().any(|known| known.value == number),
            })
            .collect(),
    };
    QuestionView {
        text: &question.text.value,
        truth: matches!(question.answer, Answer::Truth(_)),
        several: choices.iter().filter(|choice| choice.right).count() > 1,
        choices,
        points: question.points,
        explanation: &question.explanation,
        article: question.article.as_ref().and_then(|pointer| site.pointer(pointer)),
    }
}
