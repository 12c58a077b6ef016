//! hand-typed-article: 第3条 written as text where a reference to an own document should stand. Articles of outside
//! law are text and stay so.

use std::collections::BTreeMap;

use crate::check::registry::rule;
use crate::check::wording::{Sentence, sentences};
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::document::Document;
use crate::model::prose::ProseKind;

rule!("REF015", "hand-typed-article", Basis::OwnRule, Warn);

/// What law and other texts from outside are called. An article behind such a name in the same sentence is theirs.
const OUTSIDE: [&str; 22] = [
    "法",
    "法律",
    "規則",
    "省令",
    "政令",
    "府令",
    "条例",
    "条約",
    "憲法",
    "命令",
    "告示",
    "訓令",
    "契約",
    "約款",
    "協定",
    "指令",
    "定款",
    "規約",
    "ガイドライン",
    "GDPR",
    "CCPA",
    "同項",
];

/// Words that only end like the name of a law.
const INSIDE: [&str; 11] = ["方法", "手法", "作法", "寸法", "用法", "適法", "違法", "合法", "不法", "技法", "文法"];

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
            for (from, to, number) in citations(&sentence.text) {
                if sentence.is_linked(from) || is_outside(&sentence.text[..from]) {
                    continue;
                }
                report(sink, document, &titles, &sentence, (from, to, number));
            }
        }
    }
}

fn report(
    sink: &mut Sink,
    document: &Document,
    titles: &BTreeMap<char, Vec<&Document>>,
    sentence: &Sentence,
    (from, to, number): (usize, usize, Option<u32>),
) {
    let before = sentence.text[..from].trim_end_matches(['」', '』', '（', '）', ' ', '　', 'の']);
    let named = before.chars().next_back().and_then(|last| titles.get(&last)).and_then(|documents| {
        documents.iter().find(|d| d.front.title.as_ref().is_some_and(|title| before.ends_with(title.value.trim())))
    });
    let cited = named.copied().unwrap_or(document);
    let heading = cited.outline.headings.iter().find(|heading| {
        let plain = heading.number.is_some_and(|n| Some(n.main) == number && n.branch == 0);
        heading.kind == crate::model::outline::HeadingKind::Article && plain && !heading.in_supplement
    });
    let message = Text::new("hand-typed-article").arg("written", &sentence.text[from..to]);
    let finding = sink.report(document.place(sentence.span(from, to)), message);
    match heading.and_then(|heading| heading.id.as_ref()) {
        Some(anchor) => {
            let id = named.and_then(|document| document.id()).map_or("", |id| id.as_str());
            let reference = format!("[[{id}#{}]]", anchor.value);
            finding.help(Text::new("hand-typed-article-help-meant").arg("reference", reference))
        }
        None => finding.help(Text::new("hand-typed-article-help")),
    };
}

/// Every 第N条 in a text, with its number where that is written in digits.
fn citations(text: &str) -> Vec<(usize, usize, Option<u32>)> {
    let mut found = Vec::new();
    for (from, start) in text.match_indices('第') {
        let rest = &text[from + start.len()..];
        let is_numeral = |c: char| c.is_ascii_digit() || "０１２３４５６７８９〇一二三四五六七八九十百".contains(c);
        let Some(end) = rest.find(|c: char| !is_numeral(c)).filter(|end| *end > 0) else { continue };
        if !rest[end..].starts_with('条') {
            continue;
        }
        let digits: String = rest[..end].chars().map(narrow).collect();
        found.push((from, from + start.len() + end + '条'.len_utf8(), digits.parse().ok()));
    }
    found
}

/// A full-width digit as a plain one.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        c => c,
    }
}

/// Whether what stands before an article in its sentence names a text from outside.
fn is_outside(before: &str) -> bool {
    OUTSIDE.iter().any(|name| {
        before.match_indices(name).any(|(at, _)| {
            let upto = &before[..at + name.len()];
            let behind = &before[at + name.len()..];
            let ends = behind
                .chars()
                .next()
                .is_none_or(|c| matches!(c, '第' | '（' | '(' | '」' | '』' | '、' | 'の' | '及' | ' '));
            ends && !INSIDE.iter().any(|word| upto.ends_with(word))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_of_law_are_told_from_own_ones() {
        for law in [
            "個人情報保護法",
            "個人情報の保護に関する法律（平成15年法律第57号）",
            "同法施行規則第8条及び",
            "業務委託契約書の写しと契約の",
        ] {
            assert!(is_outside(law), "{law}");
        }
        for own in ["情報管理規程", "次の方法により、", "法務部の規程", ""] {
            assert!(!is_outside(own), "{own}");
        }
    }

    #[test]
    fn numbers_are_read_in_every_width() {
        let found: Vec<_> = citations("第3条と第１２条、第三条。第2項、次条").into_iter().map(|(.., n)| n).collect();
        assert_eq!(found, [Some(3), Some(12), None]);
    }
}
