//! hand-typed-article: 第3条 written as text where a reference to an own document should stand. Articles of outside
//! law are text and stay so.

use std::collections::BTreeMap;

use crate::check::outside::is_outside;
use crate::check::registry::rule;
use crate::check::wording::{Sentence, sentences};
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::document::Document;
use crate::model::outline::{HeadingKind, Number};
use crate::model::prose::ProseKind;

rule!("REF015", "hand-typed-article", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    // Titles by their last character, so that a number is compared with few of them.
    let mut titles: BTreeMap<char, Vec<&Document>> = BTreeMap::new();
    for document in &handbook.documents {
        let title = document.front.title.as_ref().map_or("", |title| title.value.trim());
        if let Some(last) = title.chars().next_back() {
            titles.entry(last).or_default().push(document);
        }
    }
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        for sentence in sentences(document, text) {
            if sentence.kind == ProseKind::Heading || !sentence.text.contains('条') {
                continue;
            }
            for citation in citations(&sentence.text) {
                if !sentence.is_linked(citation.from) && !is_outside(&sentence.text[..citation.from]) {
                    report(sink, document, &titles, &sentence, &citation);
                }
            }
        }
    }
}

fn report(
    sink: &mut Sink,
    document: &Document,
    titles: &BTreeMap<char, Vec<&Document>>,
    sentence: &Sentence,
    citation: &Citation,
) {
    let before = sentence.text[..citation.from].trim_end_matches(['」', '』', '（', '）', ' ', '　', 'の']);
    let supplement = before.ends_with("附則");
    let before = before.trim_end_matches("附則").trim_end_matches(['」', '』', 'の']);
    let named = before.chars().next_back().and_then(|last| titles.get(&last)).and_then(|documents| {
        documents.iter().find(|d| d.front.title.as_ref().is_some_and(|title| before.ends_with(title.value.trim())))
    });
    let heading = named.copied().unwrap_or(document).outline.headings.iter().find(|heading| {
        let article = heading.kind == HeadingKind::Article && heading.in_supplement == supplement;
        article && heading.number.is_some() && heading.number == citation.number
    });
    let message = Text::new("hand-typed-article").arg("written", &sentence.text[citation.from..citation.to]);
    let finding = sink.report(document.place(sentence.span(citation.from, citation.to)), message);
    match heading.and_then(|heading| heading.id.as_ref()) {
        Some(anchor) => {
            let id = named.and_then(|document| document.id()).map_or("", |id| id.as_str());
            let reference = format!("[[{id}#{}]]", anchor.value);
            finding.help(Text::new("hand-typed-article-help-meant").arg("reference", reference))
        }
        None => finding.help(Text::new("hand-typed-article-help")),
    };
}

/// 第N条 or 第N条のN in a text.
struct Citation {
    from: usize,
    to: usize,
    /// The number, where it is written in digits.
    number: Option<Number>,
}

/// Every citation of an article in a text.
fn citations(text: &str) -> Vec<Citation> {
    let mut found = Vec::new();
    for (from, start) in text.match_indices('第') {
        let rest = &text[from + start.len()..];
        let Some((main, behind)) = numeral(rest) else { continue };
        let Some(behind) = behind.strip_prefix('条') else { continue };
        let branch = behind.strip_prefix('の').and_then(numeral);
        let end = branch.map_or(behind, |(_, behind)| behind);
        let number = |digits: &str| digits.chars().map(narrow).collect::<String>().parse().ok();
        let branch = branch.map_or(Some(0), |(digits, _)| number(digits));
        let number = number(main).zip(branch).map(|(main, branch)| Number { main, branch });
        found.push(Citation { from, to: text.len() - end.len(), number });
    }
    found
}

/// The numeral that a text begins with, and what stands behind it.
fn numeral(text: &str) -> Option<(&str, &str)> {
    let is_numeral = |c: char| c.is_ascii_digit() || "０１２３４５６７８９〇一二三四五六七八九十百".contains(c);
    let end = text.find(|c: char| !is_numeral(c)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// A full-width digit as a plain one.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_width() {
        let text = "第3条と第１２条の２、第三条。第2項、次条、第4条の定め";
        let found: Vec<_> = citations(text)
            .into_iter()
            .map(|c| (&text[c.from..c.to], c.number.map(|number| (number.main, number.branch))))
            .collect();
        let expected =
            [("第3条", Some((3, 0))), ("第１２条の２", Some((12, 2))), ("第三条", None), ("第4条", Some((4, 0)))];
        assert_eq!(found, expected);
    }
}
