//! For people: a frame around the source line, as rustc draws it, then what the finding rests on and what to do.
//!
//! Only the line where a place begins is shown, and of a long line a window around it: Japanese paragraphs are
//! single lines, and a hostile file may be one line of megabytes.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{plain, summary, words};
use crate::check::{Report, Severity};
use crate::locale::Catalogue;
use crate::source::{Place, SourceDb};

/// Columns shown before a place at most.
const BEFORE: usize = 40;
/// Columns of source shown at most.
const WIDTH: usize = 100;

/// The frames of a report and its summary.
pub(super) fn emit(report: &Report, sources: &SourceDb, catalogue: &Catalogue, color: bool) -> String {
    // Lines are cut here, by width; the renderer would cut within wide characters.
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(10 * WIDTH);
    let mut out = String::new();
    let (first, rest) = report.authority_first();
    // Headings only where there is anything to tell apart.
    let headed = !first.is_empty() && !rest.is_empty();
    let starts = [(0, "emit-authority"), (first.len(), "emit-others")];
    for (nth, diagnostic) in first.into_iter().chain(rest).enumerate() {
        if let Some((_, heading)) = starts.iter().find(|(start, _)| headed && *start == nth) {
            out.push_str(&format!("── {} ──\n\n", catalogue.get(heading)));
        }
        let (level, name) = match diagnostic.severity {
            Severity::Error => (Level::ERROR, "emit-error"),
            Severity::Warning => (Level::WARNING, "emit-warning"),
            Severity::Note => (Level::NOTE, "emit-note"),
        };
        let message = words(catalogue, &diagnostic.message);
        let title = level.with_name(catalogue.get(name)).primary_title(message.as_str()).id(diagnostic.rule.code);
        let mut frames = vec![Frame::new(sources, diagnostic.place)];
        frames.extend(diagnostic.related.iter().map(|(place, _)| Frame::new(sources, *place)));
        let labels =
            std::iter::once(diagnostic.label.as_ref()).chain(diagnostic.related.iter().map(|(_, text)| Some(text)));
        let mut group = Group::with_title(title);
        for (index, (frame, label)) in frames.iter().zip(labels).enumerate() {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            group = group.element(frame.snippet(kind, label.map(|label| words(catalogue, label))));
        }
        let basis = words(catalogue, &diagnostic.rule.basis.text());
        group = group.element(Level::NOTE.with_name(catalogue.get("emit-basis")).message(basis));
        if let Some(help) = &diagnostic.help {
            let help = words(catalogue, help);
            group = group.element(Level::HELP.with_name(catalogue.get("emit-help")).message(help));
        }
        let mut text = renderer.render(&[group]);
        let mut at = text.find(&message).map_or(0, |at| at + message.len());
        for frame in &frames {
            at = frame.correct_column(&mut text, at);
        }
        out.push_str(&text);
        out.push_str("\n\n");
    }
    out.push_str(&words(catalogue, &summary(report)));
    out.push('\n');
    out
}

/// What is shown of a place.
struct Frame<'s> {
    path: Cow<'s, str>,
    line: usize,
    column: usize,
    source: String,
    /// Bytes of `source` that are underlined.
    start: usize,
    end: usize,
}

impl<'s> Frame<'s> {
    fn new(sources: &'s SourceDb, place: Place) -> Self {
        let file = sources.file(place.file);
        let text = file.text();
        let position = file.position(place.span.start);
        let line_span = file.line(place.span.start);
        let line_start = line_span.start;
        let line = text[std::ops::Range::from(line_span)].trim_end_matches(['\r', '\n']);
        let start = boundary(line, place.span.start.saturating_sub(line_start));
        let end = boundary(line, place.span.end.saturating_sub(line_start)).max(start);

        let left =
            line[..start].char_indices().rev().scan(0, |sum, (at, c)| within(sum, c, BEFORE).then_some(at)).last();
        let left = left.unwrap_or(start);
        let shown = line[left..]
            .char_indices()
            .scan(0, |sum, (at, c)| within(sum, c, WIDTH).then_some(at + c.len_utf8()))
            .last();
        let right = left + shown.unwrap_or(0);
        let (before, after) = (if left > 0 { "…" } else { "" }, if right < line.len() { "…" } else { "" });
        let (start, end) = (start.min(right), end.min(right));
        let mut source = before.to_owned();
        // The renderer makes blanks of tabulators, but lets some control characters through.
        let mut push = |text: &str| {
            for (index, part) in text.split('\t').enumerate() {
                source.push_str(if index > 0 { "\t" } else { "" });
                source.push_str(&plain(part));
            }
            source.len()
        };
        let (start, end, _) = (push(&line[left..start]), push(&line[start..end]), push(&line[end..right]));
        source.push_str(after);
        Self { path: plain(file.path()), line: position.line, column: position.column, source, start, end }
    }

    fn snippet(&self, kind: AnnotationKind, label: Option<String>) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let annotation = kind.span(self.start..self.end).label(label);
        Snippet::source(self.source.as_str()).line_start(self.line).path(self.path.as_ref()).annotation(annotation)
    }

    /// The renderer takes the column from the source it is given, which is only a window: puts the true one in
    /// its place, searching from byte `from`. Returns where to search for the next frame.
    fn correct_column(&self, text: &mut String, from: usize) -> usize {
        let column = self.source[..self.start].chars().count() + 1;
        let shown = format!("{}:{}:{column}", self.path, self.line);
        let Some(at) = text.get(from..).and_then(|rest| rest.find(&shown)) else { return from };
        let right = format!("{}:{}:{}", self.path, self.line, self.column);
        text.replace_range(from + at..from + at + shown.len(), &right);
        from + at + right.len()
    }
}

/// The character boundary at or before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Adds a character's columns to `sum`; whether it still fits into `limit`. Beyond ASCII every character counts
/// as wide, so that a window is rather too narrow than too broad.
fn within(sum: &mut usize, c: char, limit: usize) -> bool {
    *sum += match c {
        '\t' => 4,
        c if c.is_ascii() => 1,
        _ => 2,
    };
    *sum <= limit
}

#[cfg(test)]
mod tests {
    use super::super::tests::{en, file, finding, ja, report};
    use super::*;
    use crate::locale::Text;

    #[test]
    fn a_finding_is_a_frame_in_both_languages() {
        let (mut sources, file) = file("policies/a.md", "題名\r\n\t[手順](x)\r\n");
        let other = sources.add("records/ledger/P-01.toml", "a = 1\n".repeat(11));
        let mut one = finding(file, 18..19);
        one.label(Text::new("language-name"));
        one.related(Place { file: other, span: (60..61).into() }, Text::new("language-name"));
        let mut two = finding(file, 19..19);
        (two.severity, two.help) = (Severity::Note, None);
        let report = report(vec![one, two]);
        let ja_expected = "\
エラー[REF001]: リンク先のファイル「procedures/x.md」がありません
  --> policies/a.md:2:7
   |
 2 |     [手順](x)
   |            ^ 日本語
   |
  ::: records/ledger/P-01.toml:11:1
   |
11 | a = 1
   | - 日本語
   |
   = 根拠: ISO/IEC 27001:2022 箇条 7.5.3
   = 対処: パスを確かめてください。文書へのリンクは [[文書ID]] と書くと、ファイルを移しても切れません。

情報[REF001]: リンク先のファイル「procedures/x.md」がありません
 --> policies/a.md:2:8
  |
2 |     [手順](x)
  |             ^
  |
  = 根拠: ISO/IEC 27001:2022 箇条 7.5.3

エラー 1件、警告 0件（文書 26件を検査、2026-11-20 時点）
";
        assert_eq!(emit(&report, &sources, &ja(), false), ja_expected);
        let en_expected = "\
error[REF001]: the link leads to no file: “procedures/x.md”
  --> policies/a.md:2:7
   |
 2 |     [手順](x)
   |            ^ English
   |
  ::: records/ledger/P-01.toml:11:1
   |
11 | a = 1
   | - English
   |
   = basis: ISO/IEC 27001:2022 clause 7.5.3
   = help: Correct the path. A link by id, such as [[P-01]], survives a move of the file.

note[REF001]: the link leads to no file: “procedures/x.md”
 --> policies/a.md:2:8
  |
2 |     [手順](x)
  |             ^
  |
  = basis: ISO/IEC 27001:2022 clause 7.5.3

1 error, 0 warnings (26 documents checked, as of 2026-11-20)
";
        assert_eq!(emit(&report, &sources, &en(), false), en_expected);
    }

    #[test]
    fn what_decides_who_may_decide_comes_first() {
        let (mut sources, text) = file("policies/a.md", "題名\n");
        let ledger = sources.add("records/ledger/P-01.toml", "a = 1\n".to_owned());
        let mut report = report(vec![finding(text, 0..0), finding(ledger, 0..1)]);
        report.authority.insert(ledger);
        let out = emit(&report, &sources, &en(), false);
        let at = |words: &str| out.find(words).unwrap_or_else(|| panic!("{words} is not in {out}"));
        let order = [
            "── who may decide, and what was decided ──",
            "records/ledger/P-01.toml:1:1",
            "── everything else ──",
            "policies/a.md:1:1",
        ];
        assert!(order.map(at).is_sorted(), "{out}");
        report.diagnostics.pop();
        assert!(!emit(&report, &sources, &en(), false).contains("──"), "one group needs no heading");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place_and_keeps_its_column() {
        let line = format!("{}リンク{}", "前".repeat(1000), "後".repeat(1000));
        let (sources, file) = file("a.md", &line);
        let mut one = finding(file, 3000..3009);
        one.help = None;
        let expected = format!(
            "\
エラー[REF001]: リンク先のファイル「procedures/x.md」がありません
 --> a.md:1:1001
  |
1 | …{}リンク{}…
  | {}^^^^^^
  |
  = 根拠: ISO/IEC 27001:2022 箇条 7.5.3

エラー 1件、警告 0件（文書 26件を検査、2026-11-20 時点）
",
            "前".repeat(20),
            "後".repeat(27),
            " ".repeat(41),
        );
        assert_eq!(emit(&report(vec![one]), &sources, &ja(), false), expected);
    }

    #[test]
    fn colours_change_nothing_but_add_escapes() {
        let (sources, file) = file("policies/a.md", "題名\n[手順](x)\n");
        let report = report(vec![finding(file, 16..17)]);
        let colored = emit(&report, &sources, &ja(), true);
        let mut without = String::new();
        for (index, part) in colored.split('\u{1b}').enumerate() {
            without.push_str(if index == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) });
        }
        assert!(colored.contains("\u{1b}["));
        assert_eq!(without, emit(&report, &sources, &ja(), false));
    }
}
