//! vague-wording: 適宜, 必要に応じて and 速やかに where nobody can tell who has to act, or until when.

use crate::check::registry::rule;
use crate::check::wording::sentences;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("TXT010", "vague-wording", Basis::OwnRule, Allow);

/// Words that leave the time open.
const WHEN: [&str; 5] = ["速やかに", "すみやかに", "遅滞なく", "可能な限り早く", "なるべく早く"];

/// Words that leave open whether anything is done, unless somebody is named to decide.
const WHETHER: [&str; 4] = ["適宜", "必要に応じて", "必要に応じ、", "随時"];

/// What sets an end.
const DEADLINE: [&str; 6] = ["以内", "までに", "日まで", "当日", "翌日", "営業日"];

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        for sentence in sentences(document, text) {
            let words = &sentence.text;
            let deadline = DEADLINE.iter().any(|end| words.contains(end));
            let somebody =
                sentence.has_link() || ["は、", "が、", "者は", "者が"].iter().any(|mark| words.contains(mark));
            let when = WHEN.iter().filter(|_| !deadline).map(|word| (word, "vague-wording-when-help"));
            let whether = WHETHER.iter().filter(|_| !somebody).map(|word| (word, "vague-wording-whether-help"));
            for (word, help) in when.chain(whether) {
                for (at, _) in words.match_indices(word) {
                    let place = document.place(sentence.span(at, at + word.len()));
                    sink.report(place, Text::new("vague-wording").arg("word", *word)).help(Text::new(help));
                }
            }
        }
    }
}
