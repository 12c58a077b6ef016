//! supplement-date-mismatch: the 施行期日 that a document's 附則 states is not the 施行日 of its approval.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::ledger::lifecycle::{DocumentStatus, is_minor_step};
use crate::ledger::{Approval, Ledger, LedgerEntry};
use crate::locale::Text;
use crate::model::document::Document;
use crate::model::outline::{Heading, HeadingKind};
use crate::parse::date::dates;
use crate::source::{Span, Spanned};

rule!("LED015", "supplement-date-mismatch", Basis::Clause("7.5.2"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (id, ledger) in &handbook.ledgers {
        let standing = DocumentStatus::on(ledger, handbook.today);
        for approval in standing.in_force.into_iter().chain(standing.pending) {
            let Some(entry) = handbook.judged_version(id, approval) else { continue };
            let text = entry.text(handbook);
            let stated = stated(entry.document, text);
            let allowed = allowed(ledger, approval);
            // A 附則 also states the dates of earlier versions, and of articles that take effect later.
            if stated.iter().any(|date| allowed.contains(date)) {
                continue;
            }
            let Some(last) = stated.into_iter().max_by_key(|date| date.value) else { continue };
            let effective = approval.effective;
            let message = Text::new("supplement-date-mismatch").arg("stated", last.value).arg("effective", effective);
            let (place, other, label) = match entry.copy {
                None => {
                    let label = "supplement-date-mismatch-effective";
                    (entry.document.place(last.span), ledger.place(approval.span_of("effective")), label)
                }
                // The wording of the tree is another one: its text cannot be pointed at.
                Some(_) => {
                    let label = "supplement-date-mismatch-stated";
                    (ledger.place(approval.span_of("effective")), entry.document.place(last.span), label)
                }
            };
            sink.report(place, message)
                .related(other, Text::new(label))
                .help(Text::new("supplement-date-mismatch-help").arg("effective", effective));
        }
    }
}

/// The dates that a version's 附則 may state: its own 施行日, also of an earlier approval of the same version; for an
/// editorial change, which leaves the 附則 as it is, that of any version with the same major number too.
fn allowed(ledger: &Ledger, approval: &LedgerEntry<Approval>) -> BTreeSet<Date> {
    let minor = is_minor_step(ledger, approval);
    let own = approval.version;
    let approved = ledger.approvals.iter().map(|entry| (entry.version, entry.effective));
    let past = ledger.past.iter().map(|entry| (entry.version, entry.effective));
    approved
        .chain(past)
        .filter(|(version, _)| *version == own || (minor && version.major == own.major && *version < own))
        .map(|(_, effective)| effective)
        .collect()
}

/// The dates on which a document's 附則 says that something takes effect.
fn stated(document: &Document, text: &str) -> Vec<Spanned<Date>> {
    let mut found = Vec::new();
    for heading in document.outline.headings.iter().filter(|heading| is_supplement(heading)) {
        let start = heading.span.start;
        let Some(supplement) = text.get(start..heading.end) else { continue };
        for (date, span) in dates(supplement) {
            let at = Span::new(start + span.start, start + span.end);
            let below = document.outline.headings.iter().take_while(|heading| heading.span.end <= at.start).last();
            let titled = below.is_some_and(|heading| heading.text.contains("施行"));
            if takes_effect(&supplement[..span.start], &supplement[span.end..], titled) {
                found.push(Spanned::new(date, at));
            }
        }
    }
    found.extend(stated_in_english(document, text));
    found
}

/// Words before a date that say in English that something takes effect on it.
const TAKES_EFFECT: [&str; 8] = [
    "takes effect on",
    "take effect on",
    "takes effect from",
    "comes into force on",
    "enters into force on",
    "in force from",
    "effective from",
    "effective date:",
];

/// The dates on which an English text says that it takes effect, wherever it says so.
fn stated_in_english(document: &Document, text: &str) -> Vec<Spanned<Date>> {
    let body = document.body;
    let Some(shown) = text.get(body.start..body.end) else { return Vec::new() };
    let lower = shown.to_ascii_lowercase();
    let mut found = Vec::new();
    for words in TAKES_EFFECT {
        for (at, _) in lower.match_indices(words) {
            let rest = &shown[at + words.len()..];
            let start = rest.len() - rest.trim_start().len();
            let Some(date) = rest.get(start..start + 10).and_then(|date| date.parse::<Date>().ok()) else { continue };
            let from = body.start + at + words.len() + start;
            found.push(Spanned::new(date, Span::new(from, from + 10)));
        }
    }
    found
}

fn is_supplement(heading: &Heading) -> bool {
    heading.kind == HeadingKind::Supplement || (heading.kind == HeadingKind::Plain && heading.text.starts_with("附則"))
}

/// Whether the words around a date say that something takes effect on it: 施行 soon behind it (…から施行する), or
/// 施行日 and the like shortly before it. Under a heading such as 施行期日 the date alone is enough.
fn takes_effect(before: &str, behind: &str, titled: bool) -> bool {
    const NEAR: usize = 12;
    let mut behind = behind.trim_start();
    if let Some(bracket) = behind.strip_prefix(['（', '('])
        && let Some((_, rest)) = bracket.split_once(['）', ')'])
    {
        behind = rest.trim_start();
    }
    let until = ["まで", "前", "以前"].iter().any(|word| behind.starts_with(word));
    let sentence: String = behind.chars().take_while(|c| *c != '。').take(NEAR).collect();
    let lead = before.rsplit(['。', '\n']).next().unwrap_or("");
    let lead: String = lead.chars().rev().take(NEAR).collect::<Vec<_>>().into_iter().rev().collect();
    !until && (titled || sentence.contains("施行") || lead.contains("施行"))
}

#[cfg(test)]
mod tests {
    use super::takes_effect;

    #[test]
    fn the_words_around_a_date_tell_what_it_is() {
        for (before, behind) in [
            ("この規程は、", "から施行する。"),
            ("この規程は、", "より、これを施行する。"),
            ("この規程は、", "（以下「施行日」という。）から施行する。"),
            ("施行日：", "\n"),
            ("この規程の施行期日は、", "とする。"),
            ("", "施行"),
        ] {
            assert!(takes_effect(before, behind, false), "{before}…{behind}");
        }
        for (before, behind) in [
            ("この規程の施行の際現に効力を有する契約で、", "までに結んだものは、なお従前の例による。"),
            ("取締役会は、", "にこの規程を承認した。"),
            ("この規程は施行する。", "に見直した。"),
            ("", "までの間、第5条は施行しない。"),
        ] {
            assert!(!takes_effect(before, behind, false), "{before}…{behind}");
        }
        assert!(takes_effect("", "", true));
    }
}
