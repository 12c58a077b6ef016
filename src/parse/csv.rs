//! Comma-separated values (RFC 4180) with the place of every cell, so that a fault can be pointed at.

use crate::source::{Span, Spanned};

/// One row; rows of empty cells only are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells, without quotation marks and blanks around them; spans as written.
    pub cells: Vec<Spanned<String>>,
    /// From its first cell to its last.
    pub span: Span,
}

/// What can be wrong with the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvFault {
    /// A quotation mark is never closed; everything behind it is lost.
    OpenQuote,
    /// Text behind a closing quotation mark.
    TextBehindQuote,
}

/// Reads a whole text. Line ends may be CRLF, LF or CR, within quotation marks too.
pub fn csv(text: &str) -> (Vec<Row>, Vec<Spanned<CsvFault>>) {
    let bytes = text.as_bytes();
    let (mut rows, mut faults, mut cells) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    // Every separator is ASCII, so each position at which a cell begins or ends is a character's.
    loop {
        let start = at;
        let mut value = String::new();
        if bytes.get(at) == Some(&b'"') {
            let mut from = at + 1;
            loop {
                let Some(length) = text[from..].find('"') else {
                    faults.push(Spanned::new(CsvFault::OpenQuote, start..start + 1));
                    at = bytes.len();
                    break;
                };
                value.push_str(&text[from..from + length]);
                at = from + length + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                value.push('"');
                from = at + 1;
            }
            let rest = at + text[at..].find([',', '\n', '\r']).unwrap_or(text.len() - at);
            if !text[at..rest].trim().is_empty() {
                faults.push(Spanned::new(CsvFault::TextBehindQuote, at..rest));
            }
            at = rest;
        } else {
            at += text[at..].find([',', '\n', '\r']).unwrap_or(text.len() - at);
            value.push_str(&text[start..at]);
        }
        cells.push(Spanned::new(value.trim().to_owned(), start..at));
        if bytes.get(at) == Some(&b',') {
            at += 1;
            continue;
        }
        let row = std::mem::take(&mut cells);
        if row.iter().any(|cell: &Spanned<String>| !cell.value.is_empty()) {
            let span = Span::new(row[0].span.start, at);
            rows.push(Row { cells: row, span });
        }
        if at >= bytes.len() {
            return (rows, faults);
        }
        at += if text[at..].starts_with("\r\n") { 2 } else { 1 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<Vec<String>> {
        let (rows, faults) = csv(text);
        assert!(faults.is_empty(), "{faults:?}");
        rows.into_iter().map(|row| row.cells.into_iter().map(|cell| cell.value).collect()).collect()
    }

    #[test]
    fn cells_may_hold_commas_quotes_and_line_ends() {
        assert_eq!(values("a,b\r\n\"1,\n2\",\"say \"\"x\"\"\"\n"), [["a", "b"], ["1,\n2", "say \"x\""]]);
        assert_eq!(values(" a ,\n,\n\nb,c"), [["a", ""], ["b", "c"]]);
        assert!(values("").is_empty() && values("\n\r\n,,\n").is_empty());
    }

    #[test]
    fn every_cell_knows_its_place() {
        let text = "列,\"値\"\n甲,乙";
        let (rows, _) = csv(text);
        let written: Vec<&str> =
            rows.iter().flat_map(|row| &row.cells).map(|cell| &text[std::ops::Range::from(cell.span)]).collect();
        assert_eq!(written, ["列", "\"値\"", "甲", "乙"]);
    }

    #[test]
    fn faults_of_form_are_told_and_the_rest_is_read() {
        let (rows, faults) = csv("a,\"b\"x\nc,\"open\nd");
        let kinds: Vec<CsvFault> = faults.iter().map(|fault| fault.value).collect();
        assert_eq!(kinds, [CsvFault::TextBehindQuote, CsvFault::OpenQuote]);
        assert_eq!(rows.len(), 2);
        assert_eq!(faults[1].span, Span::new(9, 10));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[a\",\r\n 規]{0,40}") {
            let (rows, faults) = csv(&text);
            for span in rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.span)).chain(faults.iter().map(|f| f.span)) {
                proptest::prop_assert!(text.get(std::ops::Range::from(span)).is_some());
            }
        }
    }
}
