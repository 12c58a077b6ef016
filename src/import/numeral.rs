//! Numerals as regulations write them: 3, ３, 十二, 〇, ③, and the numbers of articles made of them.

use crate::model::outline::Number;

const KANJI: &str = "〇一二三四五六七八九";

/// The number that a text begins with, and how many bytes it takes. No number is larger than 9999: what is longer is a
/// telephone number or a year that nothing is numbered by.
pub(super) fn numeral(text: &str) -> Option<(u32, usize)> {
    let decimal = |c: char| match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    };
    let mut value = 0u32;
    let mut length = 0;
    for digit in text.chars() {
        let Some(number) = decimal(digit) else { break };
        value = value.checked_mul(10)?.checked_add(number).filter(|value| *value < 10_000)?;
        length += digit.len_utf8();
    }
    if length > 0 { Some((value, length)) } else { kanji(text) }
}

/// 十二, 二十, 百三, and by position 一〇.
pub(super) fn kanji(text: &str) -> Option<(u32, usize)> {
    let digit = |c: char| KANJI.chars().position(|known| known == c).and_then(|at| u32::try_from(at).ok());
    let length: usize =
        text.chars().take_while(|c| digit(*c).is_some() || "十百".contains(*c)).map(char::len_utf8).sum();
    let written = &text[..length];
    if written.is_empty() {
        return None;
    }
    if !written.contains(['十', '百']) {
        let value = written.chars().try_fold(0u32, |value, c| value.checked_mul(10)?.checked_add(digit(c)?));
        return Some((value.filter(|value| *value < 10_000)?, length));
    }
    let (mut total, mut open) = (0u32, None);
    for c in written.chars() {
        match (c, open.take()) {
            ('百', before) => total = total.checked_add(before.unwrap_or(1) * 100)?,
            ('十', before) => total = total.checked_add(before.unwrap_or(1) * 10)?,
            (c, None) => open = digit(c),
            (_, Some(_)) => return None,
        }
    }
    Some((total.checked_add(open.unwrap_or(0))?, length))
}

/// ① to ⑳.
pub(super) fn circled(c: char) -> Option<u32> {
    matches!(c, '①'..='⑳').then(|| u32::from(c) - u32::from('①') + 1)
}

/// 第3条, 第三条の二, 第１２章: the number before and behind a unit, and how many bytes it takes.
pub(super) fn numbered(text: &str, unit: char) -> Option<(Number, usize)> {
    let rest = text.strip_prefix('第')?;
    let (main, length) = numeral(rest.trim_start_matches(BLANKS))?;
    let blanks = rest.len() - rest.trim_start_matches(BLANKS).len();
    let behind = rest[blanks + length..].trim_start_matches(BLANKS);
    let behind = behind.strip_prefix(unit)?;
    let branch = behind.strip_prefix('の').and_then(numeral).filter(|(branch, _)| *branch > 1);
    let (branch, end) = match branch {
        Some((branch, length)) => (branch, &behind['の'.len_utf8() + length..]),
        None => (0, behind),
    };
    (main > 0).then_some((Number { main, branch }, text.len() - end.len()))
}

/// Blanks that people put between a number and its unit.
pub(super) const BLANKS: [char; 4] = [' ', '　', '\t', '\u{a0}'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_manner() {
        for (text, value) in
            [("3条", 3), ("１２", 12), ("十二、", 12), ("二十", 20), ("百三", 103), ("一〇", 10), ("三十四条", 34)]
        {
            assert_eq!(numeral(text).map(|(value, _)| value), Some(value), "{text}");
        }
        for text in ["", "条", "123456789", "一二十"] {
            assert_eq!(numeral(text), None, "{text}");
        }
    }

    #[test]
    fn branches_belong_to_the_number() {
        let number = |text| numbered(text, '条').map(|(number, length)| (number.main, number.branch, &text[length..]));
        assert_eq!(number("第３条の２（目的）"), Some((3, 2, "（目的）")));
        assert_eq!(number("第 10 条　文"), Some((10, 0, "　文")));
        assert_eq!(number("第三条の規定"), Some((3, 0, "の規定")));
        assert_eq!(number("第3項"), None);
        assert_eq!(number("第0条"), None);
    }
}
