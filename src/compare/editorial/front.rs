//! The front matter of two wordings. Summary and owner may differ in a minor version and are kept as corrections.

use super::{At, CorrectedPlace, Correction, MajorKind, MajorReason};
use crate::model::document::{Document, FrontMatter, SoaEntry};
use crate::model::outline::Outline;
use crate::source::{Span, Spanned};

/// A value as a message shows it, and where it is.
type Value = (String, Option<Span>);

/// Adds what differs to the reasons, and answers with what a minor version may change.
pub(super) fn compare(old: &Document, new: &Document, reasons: &mut Vec<MajorReason>) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for ((key, (before, was)), (_, (after, is))) in facts(old).into_iter().zip(facts(new)) {
        if before == after {
            continue;
        }
        match key {
            "summary" | "owner" => {
                let places = vec![CorrectedPlace { at: At::default(), span: is }];
                corrections.push(Correction { before, after, places });
            }
            _ => {
                let kind = MajorKind::FrontMatter(key);
                reasons.push(MajorReason { kind, at: At::default(), new: is, old: was, before, after });
            }
        }
    }
    corrections
}

/// Every fact that is part of what is approved. The version is what both wordings differ in; the level of a reference
/// handbook and how far a control is carried out are no part of an approved copy.
fn facts(document: &Document) -> Vec<(&'static str, Value)> {
    let FrontMatter {
        id,
        number,
        title,
        version: _,
        owner,
        approver,
        classification,
        review_every,
        established,
        audience,
        summary,
        implements,
        annex_a,
        clauses,
        soa,
        numbering,
        level: _,
    } = &document.front;
    let Outline { numbering: in_effect, .. } = &document.outline;
    vec![
        ("id", one(id.as_ref())),
        ("number", one(number.as_ref())),
        ("title", one(title.as_ref())),
        ("owner", one(owner.as_ref())),
        ("approver", one(approver.as_ref())),
        ("classification", one(classification.as_ref())),
        ("review_every", one(review_every.as_ref())),
        ("established", one(established.as_ref())),
        ("audience", several(audience)),
        ("summary", one(summary.as_ref())),
        ("implements", several(implements)),
        ("annex_a", several(annex_a)),
        ("clauses", several(clauses)),
        ("soa", (soa.iter().map(decision).collect::<Vec<_>>().join("; "), soa.first().map(|entry| entry.span))),
        ("numbering", (format!("{in_effect:?}").to_lowercase(), numbering.as_ref().map(|numbering| numbering.span))),
        ("tier", (document.tier.name().to_owned(), None)),
    ]
}

fn one<T: ToString>(value: Option<&Spanned<T>>) -> Value {
    value.map_or((String::new(), None), |value| (value.value.to_string(), Some(value.span)))
}

fn several(values: &[Spanned<String>]) -> Value {
    // Quoted, so that no two lists read alike.
    let text = values.iter().map(|value| format!("{:?}", value.value)).collect::<Vec<_>>().join(", ");
    (text, values.first().map(|value| value.span))
}

fn decision(entry: &SoaEntry) -> String {
    let SoaEntry { control, applicable, implementation: _, reasons, justification, span: _ } = entry;
    let justification = one(justification.as_ref()).0;
    format!("{:?} {} [{}] {justification:?}", control.value, applicable.value, several(reasons).0)
}
