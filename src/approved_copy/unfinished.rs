//! Text that nobody has finished: conflicts left by a merge, and what the templates of `kitei new` ask to be replaced.

use super::refusal::{Refusal, RefusalKind};
use crate::source::Span;

/// Beginnings of the lines with which git marks a conflict. A line of `=======` alone may underline a heading.
const CONFLICT: [&str; 3] = ["<<<<<<< ", "||||||| ", ">>>>>>> "];

/// Sentences of the templates of `kitei new`, in both languages, which say what to write.
const TEMPLATE: [&str; 29] = [
    "ここに定めを書く。",
    "ここに定めを書きます。",
    "State here what holds.",
    "State what must hold.",
    "State why it is needed.",
    "Write questions that can be answered with yes or no.",
    "満たすべきことを「〜しなければならない」で書く。",
    "なぜ必要かを書く。",
    "はい・いいえで答えられる問いを書く。",
    "State what this policy lays down, and what for.",
    "State to whom, to which work and to which information it applies.",
    "State what must be done and what must not.",
    "State when an exception may be made and who approves it.",
    "Enter the effective date when the policy is approved.",
    "この規程は、何のために何を定めるかを書く。",
    "この規程は、だれの、どの業務と情報に適用するかを書く。",
    "守るべきことを「〜しなければならない」「〜してはならない」で書く。",
    "例外を認める条件と、だれが承認するかを書く。",
    "施行日は、承認のときに書き入れる。",
    "State who does what.",
    "State which record is left.",
    "State what must always be done.",
    "State what must never be done.",
    "State which records are kept, where and for how long.",
    "だれが、何をするかを書きます。",
    "何を記録に残すかを書きます。",
    "必ず行うことを書きます。",
    "してはならないことを書きます。",
    "残す記録と、保管する場所と期間を書きます。",
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
            for (from, _) in shown.match_indices(words).filter(|(from, _)| !is_code(&shown[..*from])) {
                refuse(from, words.len(), RefusalKind::Unfinished((*words).to_owned()));
            }
        }
        for (from, _) in shown.match_indices("{{").filter(|(from, _)| !is_code(&shown[..*from])) {
            if let Some(length) = shown[from..].find("}}").map(|length| length + "}}".len()) {
                refuse(from, length, RefusalKind::Unfinished(shown[from..from + length].to_owned()));
            }
        }
    }
}

/// Whether what follows stands inside a span of code.
fn is_code(before: &str) -> bool {
    before.matches('`').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut refusals = Vec::new();
        check(text, Span::new(0, text.len()), &mut refusals);
        refusals.iter().map(|refusal| &text[refusal.span.start..refusal.span.end]).collect()
    }

    #[test]
    fn every_sentence_of_a_template_that_says_what_to_write_is_found() {
        for template in [
            include_str!("../../site/starters/policy.en.md"),
            include_str!("../../site/starters/policy.ja.md"),
            include_str!("../../site/starters/control.en.md"),
            include_str!("../../site/starters/control.ja.md"),
            include_str!("../../site/starters/procedure.en.md"),
            include_str!("../../site/starters/procedure.ja.md"),
        ] {
            let lines = template
                .lines()
                .map(|line| line.trim_start_matches(|c: char| "-> .".contains(c) || c.is_ascii_digit()));
            let asked =
                lines.filter(|line| !(line.is_empty() || line.starts_with(['#', '[']) || line.contains("role:OWNER")));
            assert_eq!(found(template), asked.collect::<Vec<_>>());
        }
    }

    #[test]
    fn marks_of_conflicts_and_stand_ins_are_found_outside_code() {
        let text = "本文\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> x\n\n担当は[OWNER]、`{{company}}` は{{company}}。\n\n```\n[TBD]\n```\n";
        assert_eq!(found(text), ["<<<<<<< HEAD", ">>>>>>> x", "[OWNER]", "{{company}}"]);
        assert!(found("見出し\n=======\n\n[担当](a.md)は[[P-01]]による。\n").is_empty());
    }
}
