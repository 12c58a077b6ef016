//! quiz-unanswerable: a quiz that nobody can answer rightly, or pass.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::quiz::Answer;
use crate::source::Place;

rule!("QUZ001", "quiz-unanswerable", Basis::OwnRule, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for quiz in handbook.registers.quizzes.values() {
        let at = |span| Place { file: quiz.place.file, span };
        if quiz.pass.value > quiz.total() {
            let message = Text::new("quiz-pass-above-total").arg("pass", quiz.pass.value).arg("total", quiz.total());
            sink.report(at(quiz.pass.span), message).help(Text::new("quiz-pass-above-total-help"));
        }
        for question in &quiz.questions {
            let Answer::Choice { choices, right } = &question.answer else { continue };
            let wrong = right.iter().find(|number| number.value > choices.len());
            if let Some(number) = wrong {
                let message =
                    Text::new("quiz-no-such-choice").arg("number", number.value).arg("choices", choices.len());
                sink.report(at(number.span), message).help(Text::new("quiz-no-such-choice-help"));
            } else if choices.len() < 2 || right.is_empty() || right.len() >= choices.len() {
                sink.report(at(question.text.span), Text::new("quiz-nothing-to-choose"))
                    .help(Text::new("quiz-nothing-to-choose-help"));
            }
        }
    }
}
