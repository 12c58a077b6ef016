//! How numbers of chapters, articles, paragraphs and items read, in the language of the handbook.

use crate::locale::Language;
use crate::model::outline::{Heading, HeadingKind, Number};

/// 第3条の2, 第1章, 第2節; empty for headings without a number.
pub fn heading_number(heading: &Heading, language: Language) -> String {
    match (heading.number, language) {
        (None, _) => String::new(),
        (Some(number), Language::Ja) => {
            let unit = match heading.kind {
                HeadingKind::Chapter => "章",
                HeadingKind::Section => "節",
                _ => "条",
            };
            format!("第{}{unit}{}", number.main, branch(number, "の"))
        }
        (Some(number), Language::En) => {
            let unit = match heading.kind {
                HeadingKind::Chapter => "Chapter",
                HeadingKind::Section => "Section",
                _ => "Article",
            };
            format!("{unit} {}{}", number.main, branch(number, "-"))
        }
    }
}

/// A heading with its number: 第3条（適用範囲）, 第1章 総則.
pub fn heading_name(heading: &Heading, language: Language) -> String {
    let number = heading_number(heading, language);
    match (number.as_str(), heading.kind, language) {
        ("", ..) => heading.text.clone(),
        (number, HeadingKind::Article, Language::Ja) => format!("{number}（{}）", heading.text),
        (number, ..) => format!("{number} {}", heading.text),
    }
}

/// 第3条（適用範囲）: the heading of an article that stands, in Japanese, in brackets.
pub fn caption_in_brackets(heading: &Heading, language: Language) -> bool {
    heading.kind == HeadingKind::Article
        && !heading.deleted
        && language == Language::Ja
        && !heading.text.is_empty()
        && !heading.text.starts_with('（')
}

fn branch(number: Number, joint: &str) -> String {
    if number.branch == 0 { String::new() } else { format!("{joint}{}", number.branch) }
}

const KANA: [char; 46] = [
    'ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ', 'テ',
    'ト', 'ナ', 'ニ', 'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ', 'ム', 'メ', 'モ', 'ヤ', 'ユ', 'ヨ',
    'ラ', 'リ', 'ル', 'レ', 'ロ', 'ワ', 'ヲ', 'ン',
];

/// The mark before an item: (1), then ア, then (ア) in Japanese; (1), (a), (i) as plain numbers in English.
/// `depth` counts from 0.
pub fn item_mark(number: u32, depth: usize, language: Language) -> String {
    let kana = KANA.get(number as usize - usize::from(number > 0)).copied();
    match (depth, language) {
        (1, Language::Ja) => kana.map_or_else(|| number.to_string(), String::from),
        (2, Language::Ja) => kana.map_or_else(|| format!("({number})"), |kana| format!("({kana})")),
        (1, Language::En) => match u8::try_from(number).ok().filter(|n| (1..=26).contains(n)) {
            Some(n) => format!("({})", char::from(b'a' + n - 1)),
            None => format!("({number})"),
        },
        _ => format!("({number})"),
    }
}

/// How an article is cited inside its own document: 第5条第2項第1号ア. 第1項 is left out where the article has
/// one paragraph only, as legal drafting has it.
pub fn citation(heading: &Heading, paragraph: Option<u32>, items: &[u32], language: Language) -> String {
    let mut text = heading_number(heading, language);
    if text.is_empty() {
        text = match language {
            Language::Ja if heading.kind != HeadingKind::Supplement => format!("「{}」", heading.text),
            _ => heading.text.clone(),
        };
    } else if heading.in_supplement && language == Language::Ja {
        text = format!("附則{text}");
    } else if heading.in_supplement {
        text = format!("supplementary {text}");
    }
    if let Some(paragraph) = paragraph.filter(|n| *n > 1 || heading.paragraphs.len() > 1) {
        text += &match language {
            Language::Ja => format!("第{paragraph}項"),
            Language::En => format!(", paragraph {paragraph}"),
        };
    }
    for (depth, number) in items.iter().enumerate() {
        text += &match (depth, language) {
            (0, Language::Ja) => format!("第{number}号"),
            (0, Language::En) => format!(", item {}", item_mark(*number, 0, language)),
            _ => item_mark(*number, depth, language),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outline::Paragraph;
    use crate::source::Span;

    fn article(paragraphs: u32) -> Heading {
        Heading {
            level: 3,
            text: "目的".into(),
            span: Span::default(),
            id: None,
            anchor: "purpose".into(),
            kind: HeadingKind::Article,
            number: Some(Number { main: 3, branch: 2 }),
            deleted: false,
            in_supplement: false,
            implements: Vec::new(),
            paragraphs: (1..=paragraphs)
                .map(|number| Paragraph { span: Span::default(), number, items: vec![] })
                .collect(),
            end: 0,
        }
    }

    #[test]
    fn citations_read_as_in_regulations() {
        assert_eq!(citation(&article(2), Some(2), &[1, 2], Language::Ja), "第3条の2第2項第1号イ");
        assert_eq!(citation(&article(1), Some(1), &[4], Language::Ja), "第3条の2第4号");
        assert_eq!(citation(&article(2), Some(1), &[], Language::En), "Article 3-2, paragraph 1");
    }

    #[test]
    fn marks_never_run_out() {
        assert_eq!(item_mark(46, 1, Language::Ja), "ン");
        assert_eq!(item_mark(47, 1, Language::Ja), "47");
        assert_eq!(item_mark(0, 1, Language::Ja), "ア");
        assert_eq!(item_mark(27, 1, Language::En), "(27)");
    }
}
