//! What the front matter says, as lines of a comparison: names of roles and labels as people know them.

use super::unit::{Line, LineKind, Unit, UnitKind};
use crate::handbook::Handbook;
use crate::locale::Catalogue;
use crate::model::document::{Document, SoaEntry};
use crate::model::id::{DocumentId, natural_cmp};
use crate::source::Spanned;

/// The unit of a document's front matter. The version is left out: it heads the columns.
pub fn unit(handbook: &Handbook, document: &Document, catalogue: &Catalogue) -> Unit {
    let front = &document.front;
    let own = |value: &Option<Spanned<String>>| value.as_ref().map(|value| value.value.clone());
    let comma = catalogue.get("site-list-comma");
    let join = |values: Vec<String>| joined(values, &comma);
    let plain = |values: &[Spanned<String>]| join(values.iter().map(|value| value.value.clone()).collect());
    let role = |id: Option<String>| id.map(|id| handbook.role_name(&id).to_owned());
    let audience = front.audience.iter().map(|role| handbook.role_name(&role.value).to_owned()).collect();
    let audience = join(audience).unwrap_or_else(|| catalogue.get("compare-everyone"));
    let label = handbook.classification_of(document).map(|id| handbook.classification_name(id).to_owned());
    let facts: [(&'static str, Option<String>); 12] = [
        ("id", document.id().map(DocumentId::to_string)),
        ("number", own(&front.number)),
        ("title", own(&front.title)),
        ("classification", label),
        ("audience", Some(audience)),
        ("owner", role(own(&front.owner))),
        ("approver", role(handbook.approver_of(document, false))),
        ("summary", own(&front.summary)),
        ("implements", plain(&front.implements)),
        ("annex_a", plain(&front.annex_a)),
        ("clauses", plain(&front.clauses)),
        ("review_every", handbook.review_every(document).map(|interval| interval.to_string())),
    ];
    let mut lines: Vec<Line> = facts
        .into_iter()
        .filter_map(|(name, value)| Some(Line::new(LineKind::Fact(name), catalogue.get(key(name)), value?)))
        .collect();
    let mut decisions: Vec<_> = front.soa.iter().collect();
    decisions.sort_by(|a, b| a.control.value.cmp(&b.control.value));
    for decision in decisions {
        let control = decision.control.value.as_str();
        let names =
            [("soa", "compare-soa"), ("soa-reasons", "compare-soa-reasons"), ("soa", "compare-soa-justification")];
        for ((name, key), part) in names.into_iter().zip(parts(decision, catalogue)) {
            let mark = catalogue.with_args(key, [("control", control.to_owned())]);
            lines.extend(part.map(|part| Line::new(LineKind::Fact(name), mark, part)));
        }
    }
    Unit {
        kind: UnitKind::Facts,
        rank: 0,
        id: None,
        number: String::new(),
        label: catalogue.get("compare-facts"),
        title: String::new(),
        deleted: false,
        in_supplement: false,
        lines,
    }
}

/// Sorted as people count, 5.9 before 5.10, each value once; none where there is no value.
fn joined(mut values: Vec<String>, comma: &str) -> Option<String> {
    values.sort_by(|a, b| natural_cmp(a, b));
    values.dedup();
    (!values.is_empty()).then(|| values.join(comma))
}

/// A decision of the statement of applicability in words: whether the control applies, the kinds of reasons, and the reason
/// itself. How far it is carried out changes without an approval, so that no version states it.
fn parts(decision: &SoaEntry, catalogue: &Catalogue) -> [Option<String>; 3] {
    let applicable = if decision.applicable.value { "site-tally-applicable" } else { "site-tally-excluded" };
    let reasons = decision.reasons.iter().map(|reason| {
        let key = format!("site-soa-reason-{}", reason.value);
        if catalogue.has(&key) { catalogue.get(&key) } else { reason.value.clone() }
    });
    [
        Some(catalogue.get(applicable)),
        joined(reasons.collect(), &catalogue.get("site-list-comma")),
        decision.justification.as_ref().map(|text| text.value.clone()),
    ]
}

/// The same on one line.
pub fn decision(decision: &SoaEntry, catalogue: &Catalogue) -> String {
    parts(decision, catalogue).into_iter().flatten().collect::<Vec<_>>().join(" / ")
}

/// The name of a fact, as a catalogue key.
pub fn key(name: &str) -> &'static str {
    match name {
        "id" => "list-id",
        "number" => "compare-number",
        "title" => "list-title",
        "classification" => "compare-classification",
        "audience" => "site-audience",
        "owner" => "site-owner",
        "approver" => "site-approved-by",
        "summary" => "compare-summary",
        "implements" => "site-implements",
        "annex_a" => "site-annex-a",
        "clauses" => "site-clauses",
        "review_every" => "compare-review-every",
        _ => "site-soa",
    }
}
