//! Dates as people write them in Japanese text: 2026年4月1日, 令和8年4月1日, 令和元年五月一日, in full-width digits or
//! not. TOML dates are read by [`super::toml_table`].

use jiff::civil::Date;

use crate::source::Span;

/// Names of eras and the year before their first.
const ERAS: [(&str, i16); 5] = [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911), ("明治", 1867)];

/// Every date in a text and where it stands. Days that no calendar has are no dates.
pub fn dates(text: &str) -> Vec<(Date, Span)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let mut reader = Reader { rest };
        match reader.date() {
            Some(date) => {
                let end = text.len() - reader.rest.len();
                found.push((date, Span::new(at, end)));
                at = end;
            }
            // A number is passed over as a whole: 12026年 is not the year 2026.
            None => at += skip(rest),
        }
    }
    found
}

fn skip(rest: &str) -> usize {
    let digits = rest.find(|c: char| digit(c).is_none()).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(1, char::len_utf8);
    digits.max(first)
}

/// The value of a decimal digit of any width.
fn digit(c: char) -> Option<i16> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '０'..='９' => u32::from(c) - u32::from('０'),
        _ => return None,
    };
    i16::try_from(value).ok()
}

/// The value of a numeral without tens: 〇 to 九.
fn numeral(c: char) -> Option<i16> {
    let at = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'].iter().position(|numeral| *numeral == c)?;
    i16::try_from(at).ok()
}

/// Reads from the start of what is left.
struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn date(&mut self) -> Option<Date> {
        let era = ERAS.iter().find(|(name, _)| self.rest.starts_with(name));
        let year = match era {
            Some((name, before)) => {
                self.rest = &self.rest[name.len()..];
                self.blanks();
                let year = if self.word("元") { 1 } else { self.number()? };
                before.checked_add(year)?
            }
            None => self.number().filter(|year| *year >= 1000)?,
        };
        self.unit("年")?;
        let month = self.number()?;
        self.unit("月")?;
        let day = self.number()?;
        self.unit("日")?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '　']);
    }

    fn word(&mut self, word: &str) -> bool {
        let rest = self.rest.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn unit(&mut self, unit: &str) -> Option<()> {
        self.blanks();
        self.word(unit).then(|| self.blanks_after(unit))
    }

    /// Blanks behind the last unit belong to what follows the date.
    fn blanks_after(&mut self, unit: &str) {
        if unit != "日" {
            self.blanks();
        }
    }

    /// A number in digits, or in numerals such as 十二 and 二〇二六.
    fn number(&mut self) -> Option<i16> {
        let of = |rest: &str, is: fn(char) -> bool| rest.find(|c: char| !is(c)).unwrap_or(rest.len());
        let length = of(self.rest, |c| digit(c).is_some());
        let (written, rest) = if length > 0 {
            self.rest.split_at(length)
        } else {
            self.rest.split_at(of(self.rest, |c| numeral(c).is_some() || c == '十'))
        };
        let value = match written.split_once('十') {
            Some((tens, ones)) => {
                let tens = if tens.is_empty() { 1 } else { single(tens)? };
                let ones = if ones.is_empty() { 0 } else { single(ones)? };
                tens * 10 + ones
            }
            None => positional(written)?,
        };
        self.rest = rest;
        Some(value)
    }
}

fn single(written: &str) -> Option<i16> {
    let mut numerals = written.chars();
    let value = numeral(numerals.next()?).filter(|value| *value > 0)?;
    numerals.next().is_none().then_some(value)
}

fn positional(written: &str) -> Option<i16> {
    let mut value: Option<i16> = None;
    for c in written.chars() {
        let next = digit(c).or_else(|| numeral(c))?;
        value = Some(value.unwrap_or(0).checked_mul(10)?.checked_add(next)?);
    }
    value
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(text: &str) -> Vec<(Date, &str)> {
        dates(text).into_iter().map(|(date, span)| (date, &text[span.start..span.end])).collect()
    }

    #[test]
    fn one_day_is_written_in_many_ways() {
        let day = date(2026, 4, 1);
        for text in [
            "2026年4月1日",
            "２０２６年４月１日",
            "2026 年 4 月 1 日",
            "2026年04月01日",
            "令和8年4月1日",
            "令和８年４月１日",
            "令和八年四月一日",
            "二〇二六年四月一日",
        ] {
            assert_eq!(read(text), [(day, text)]);
        }
        assert_eq!(read("令和元年五月三十一日")[0].0, date(2019, 5, 31));
        assert_eq!(read("平成三十一年四月三十日")[0].0, date(2019, 4, 30));
        assert_eq!(read("昭和64年1月7日")[0].0, date(1989, 1, 7));
        assert_eq!(read("令和十年十二月二十日")[0].0, date(2028, 12, 20));
    }

    #[test]
    fn dates_are_found_inside_sentences() {
        let text = "この規程は、令和6年4月1日から施行する。改正は2026年4月1日 から。";
        assert_eq!(read(text), [(date(2024, 4, 1), "令和6年4月1日"), (date(2026, 4, 1), "2026年4月1日")]);
    }

    #[test]
    fn what_is_no_day_is_no_date() {
        for text in [
            "",
            "2026年2月29日",
            "2026年13月1日",
            "12026年4月1日",
            "8年4月1日",
            "2026年4月",
            "令和年4月1日",
            "令和元年",
            "第八条の二十日",
            "99999999年1月1日",
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
        assert_eq!(read("2028年2月29日")[0].0, date(2028, 2, 29));
    }
}
