//! long-sentence: a sentence of more characters than the tier allows.

use crate::check::registry::rule;
use crate::check::wording::sentences;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::prose::ProseKind;

rule!("TXT009", "long-sentence", Basis::OwnRule, Allow);

/// Longest sentence, in characters, where the tier sets no other.
const LIMIT: usize = 120;

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        let limit = handbook.config.tiers.get(&document.tier).and_then(|tier| tier.sentence_limit).unwrap_or(LIMIT);
        for sentence in sentences(document, text) {
            let length = sentence.text.trim().chars().count();
            if length > limit && sentence.kind != ProseKind::Heading {
                let message = Text::new("long-sentence").arg("length", length).arg("limit", limit);
                sink.report(document.place(sentence.whole()), message).help(Text::new("long-sentence-help"));
            }
        }
    }
}
