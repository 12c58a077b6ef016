//! mixed-style: sentences in である and in です・ます in one document, or in a manner other than the tier's.

use crate::check::registry::rule;
use crate::check::wording::{Sentence, sentences};
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::config::Style;
use crate::model::prose::ProseKind;

rule!("TXT007", "mixed-style", Basis::OwnRule, Note);

const POLITE: [&str; 8] = ["です", "ます", "ました", "ません", "ください", "でしょう", "ましょう", "でした"];

/// Last characters of a sentence in plain style: endings of verbs and adjectives. A noun at the end is neither.
const PLAIN: &str = "うくぐすつぬぶむるいただ";

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        let all = sentences(document, text);
        // Notes and quotations speak in their own voice, tables in as few words as they can.
        let judged = |s: &&Sentence| s.ended && !s.quoted && !matches!(s.kind, ProseKind::Cell | ProseKind::Heading);
        let styled: Vec<(&Sentence, Style)> =
            all.iter().filter(judged).filter_map(|sentence| Some((sentence, style(&sentence.text)?))).collect();
        let count = |wanted| styled.iter().filter(|(_, style)| *style == wanted).count();
        let (regulation, polite) = (count(Style::Regulation), count(Style::Polite));
        let own = handbook.config.tiers.get(&document.tier).and_then(|tier| tier.style);
        let wanted = own.unwrap_or(if polite > regulation { Style::Polite } else { Style::Regulation });
        // One finding a document: whoever corrects the first one reads the rest.
        let Some((sentence, _)) = styled.iter().find(|(_, style)| *style != wanted) else { continue };
        let (others, key, help) = match wanted {
            Style::Regulation => (polite, "mixed-style-polite", "mixed-style-polite-help"),
            Style::Polite => (regulation, "mixed-style-regulation", "mixed-style-regulation-help"),
        };
        let end = sentence.text.len();
        let start = sentence.text.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
        let place = document.place(sentence.span(start, end));
        sink.report(place, Text::new(key).arg("count", others)).help(Text::new(help));
    }
}

fn style(sentence: &str) -> Option<Style> {
    let sentence = sentence.trim_end_matches(['。', '）', ')', '*', ' ', '　']);
    if POLITE.iter().any(|end| sentence.ends_with(end)) {
        return Some(Style::Polite);
    }
    sentence.ends_with(|c| PLAIN.contains(c)).then_some(Style::Regulation)
}
