//! Findings as text: the last stage of `check`. One file a format; each is a pure function of the report, the
//! sources and the language. Nothing here prints, and no format leaves a finding out.
//!
//! Paths and messages carry words of files that others wrote: control characters in them never reach a terminal
//! or a log.

mod banner;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod sarif;
mod short;

use std::borrow::Cow;
use std::collections::BTreeMap;

use clap::builder::PossibleValue;

use crate::check::{Diagnostic, Report, Severity};
use crate::digest::sha256_hex;
use crate::locale::{Catalogue, Text};
use crate::source::{Place, Position, SourceDb};

pub use banner::{Banner, BannerFinding};

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Frames around source lines, for people.
    #[default]
    Human,
    /// One line a finding.
    Short,
    /// The contract for programs.
    Json,
    /// Workflow commands, which a forge shows at the changed lines.
    Github,
    /// SARIF 2.1.0, which code-scanning services read.
    Sarif,
    /// JUnit XML, which CI services show as test results.
    Junit,
    /// GitLab's code quality report.
    Gitlab,
}

impl Format {
    /// All formats, in the order in which help lists them.
    pub const ALL: [Self; 7] =
        [Self::Human, Self::Short, Self::Json, Self::Github, Self::Sarif, Self::Junit, Self::Gitlab];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
            Self::Github => "github",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Gitlab => "gitlab",
        }
    }
}

impl clap::ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    // Written by hand because the derive shows doc comments as help, in one language only.
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// All findings of a report in a format, ending with a line break unless empty. Colours apply to
/// [`Format::Human`] alone.
pub fn emit(format: Format, report: &Report, sources: &SourceDb, catalogue: &Catalogue, color: bool) -> String {
    match format {
        Format::Human => human::emit(report, sources, catalogue, color),
        Format::Short => short::emit(report, sources, catalogue),
        Format::Json => json::emit(report, sources, catalogue),
        Format::Github => github::emit(report, sources, catalogue),
        Format::Sarif => sarif::emit(report, sources, catalogue),
        Format::Junit => junit::emit(report, sources, catalogue),
        Format::Gitlab => gitlab::emit(report, sources, catalogue),
    }
}

/// The counts of a report in one sentence, as the human format ends with.
pub fn summary(report: &Report) -> Text {
    Text::new("emit-summary")
        .arg("errors", report.count(Severity::Error))
        .arg("warnings", report.count(Severity::Warning))
        .arg("documents", report.documents)
        .arg("date", report.as_of)
}

/// Where a finding begins and ends; the end is exclusive.
struct Located<'s> {
    path: Cow<'s, str>,
    start: Position,
    end: Position,
}

impl<'s> Located<'s> {
    fn of(diagnostic: &Diagnostic, sources: &'s SourceDb) -> Self {
        Self::at(diagnostic.place, sources)
    }

    fn at(place: Place, sources: &'s SourceDb) -> Self {
        let file = sources.file(place.file);
        let span = place.span;
        Self { path: plain(file.path()), start: file.position(span.start), end: file.position(span.end) }
    }
}

/// A text in which every character that could steer a terminal, break a line or reverse the reading direction
/// shows as U+FFFD.
fn plain(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    match text.contains(steers) {
        true => Cow::Owned(text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()),
        false => Cow::Borrowed(text),
    }
}

/// A message in words, safe to print and never longer than anybody reads.
pub(crate) fn words(catalogue: &Catalogue, text: &Text) -> String {
    plain(&catalogue.text(&text.shortened())).into_owned()
}

/// A name for each finding that stays while the text around it moves: rule, file, message and the words at its
/// place, and which of several that are alike it is. Services that track findings drop one that repeats a name.
fn fingerprints(report: &Report, sources: &SourceDb) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let name = |diagnostic: &Diagnostic| {
        let file = sources.file(diagnostic.place.file);
        let words = sources.text_at(diagnostic.place);
        let text = format!("{}\0{}\0{:?}\0{words}", diagnostic.rule.code, file.path(), diagnostic.message);
        let mut name = sha256_hex(text.as_bytes());
        name.truncate(32);
        let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count > 1 {
            name += &format!("-{count}");
        }
        name
    };
    report.diagnostics.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;
    use crate::check::find;
    use crate::locale::Language;
    use crate::source::{FileId, Place, Span};

    pub(super) fn ja() -> Catalogue {
        Catalogue::new(Language::Ja)
    }

    pub(super) fn en() -> Catalogue {
        Catalogue::new(Language::En)
    }

    pub(super) fn file(path: &str, text: &str) -> (SourceDb, FileId) {
        let mut sources = SourceDb::default();
        let file = sources.add(path, text.to_owned());
        (sources, file)
    }

    /// A finding of broken-link with its help.
    pub(super) fn finding(file: FileId, span: std::ops::Range<usize>) -> Diagnostic {
        Diagnostic {
            rule: find("broken-link").expect("the rule exists"),
            severity: Severity::Error,
            message: Text::new("broken-link").arg("path", "procedures/x.md"),
            place: Place { file, span: Span::from(span) },
            label: None,
            related: Vec::new(),
            help: Some(Text::new("broken-link-help")),
            fix: None,
        }
    }

    pub(super) fn report(diagnostics: Vec<Diagnostic>) -> Report {
        let authority = std::collections::BTreeSet::new();
        Report { as_of: jiff::civil::date(2026, 11, 20), documents: 26, diagnostics, authority }
    }

    /// Texts in which places are hard to show, each with every span worth trying.
    fn hard_texts() -> Vec<String> {
        let long = "あ".repeat((8 << 20) / 3);
        [
            "",
            "\n",
            "\r\n",
            "a\r\nb\r\n",
            "a\rb",
            "\t\t| 表\t|\n\tx",
            "情報\nセキュリティ",
            "\u{1b}[31m赤\u{202e}逆\0",
            "e\u{301}👨‍👩‍👧\u{200b}x",
        ]
        .into_iter()
        .map(str::to_owned)
        .chain([long])
        .collect()
    }

    #[test]
    fn no_place_makes_a_format_panic_or_print_much() {
        for text in hard_texts() {
            let (sources, file) = self::file("a\n\u{1b}.md", &text);
            let (length, far) = (text.len(), text.len() + 7);
            let edges =
                if length < 100 { (0..=length + 2).collect() } else { vec![0, 1, length / 2, length - 1, length, far] };
            let mut diagnostics = Vec::new();
            for start in &edges {
                for end in edges.iter().filter(|end| *end >= start) {
                    let mut one = finding(file, *start..*end);
                    let place = one.place;
                    one.label(Text::new("broken-link")).related(place, Text::new("broken-link"));
                    diagnostics.push(one);
                }
            }
            let report = report(diagnostics);
            for format in Format::ALL {
                let out = emit(format, &report, &sources, &ja(), false);
                assert!(out.len() < 4096 * report.diagnostics.len(), "{format:?}: {} bytes", out.len());
                assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "{format:?}: {out:?}");
            }
        }
    }

    #[test]
    fn a_format_has_the_name_that_the_command_line_takes() {
        for format in Format::ALL {
            assert_eq!(Format::from_str(format.name(), false), Ok(format));
        }
    }

    #[test]
    fn the_summary_counts_in_both_languages() {
        let (_, file) = self::file("a.md", "");
        let mut warning = finding(file, 0..0);
        warning.severity = Severity::Warning;
        let report = report(vec![finding(file, 0..0), warning.clone(), warning]);
        assert_eq!(ja().text(&summary(&report)), "エラー 1件、警告 2件（文書 26件を検査、2026-11-20 時点）");
        assert_eq!(en().text(&summary(&report)), "1 error, 2 warnings (26 documents checked, as of 2026-11-20)");
    }
}
