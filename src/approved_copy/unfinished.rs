//! Text that nobody has finished: conflicts left by a merge, and what the templates of `kitei new` ask to be replaced.

use super::refusal::{Refusal, RefusalKind};
use crate::source::Span;

/// Beginnings of the lines with which git marks a conflict. A line of `=======` alone may underline a heading.
const CONFLICT: [&str; 3] = ["<<<<<<< ", "||||||| ", ">>>>>>> "];

/// Sentences of the templates, in both languages.
const TEMPLATE: [&str; 9] = [
    "ここに定めを書く。",
    "ここに定めを書きます。",
    "満たすべきことを「〜しなければならない」で書く。",
    "なぜ必要かを書く。",
    "はい・いいえで答えられる問いを書く。",
    "State here what holds.",
    "State what must hold.",
    "State why it is needed.",
    "Write questions that can be answered with yes or no.",
];

/// Words in brackets that stand for a name to come.
const STAND_INS: [&str; 8] =
    ["[OWNER]", "[COMPANY]", "[COMPANY NAME]", "[ORGANISATION]", "[ORGANIZATION]", "[TBD]", "[TODO]", "[DATE]"];

/// Checks the body of a text. What is shown as code is an example of something.
pub fn check(text: &str, body: Span, refusals: &mut Vec<Refusal>) {
    let (mut at, mut fenced) = (body.start, false);
    for line in text[body.start..body.end].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let shown = line.trim_end();
        if shown.trim_start().starts_with("```") || shown.trim_start().starts_with("~~~") {
            fenced = !fenced;
        }
        let mut refuse = |from: usize, length: usize, kind| {
            refusals.push(Refusal { span: Span::new(start + from, start + from + length), kind });
        };
        // Git marks conflicts inside code, too.
        if CONFLICT.iter().any(|mark| shown.starts_with(mark)) {
            refuse(0, shown.len(), RefusalKind::Conflict);
        }
        if fenced {
            continue;
        }
        for words in TEMPLATE.iter().chain(&STAND_INS) {
            if let Some(from) = shown.find(words).filter(|from| !is_code(&shown[..*from])) {
                refuse(from, words.len(), RefusalKind::Unfinished((*words).to_owned()));
            }
        }
        if let Some(from) = shown.find("{{").filter(|from| !is_code(&shown[..*from]))
            && let Some(length) = shown[from..].find("}}")
        {
            let length = length + "}}".len();
            refuse(from, length, RefusalKind::Unfinished(shown[from..from + length].to_owned()));
        }
    }
}

/// Whether what follows stands inside a span of code.
fn is_code(before: &str) -> bool {
    before.matches('`').count() % 2 == 1
}
