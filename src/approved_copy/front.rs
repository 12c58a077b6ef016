//! The front matter of a copy: the keys that the document states, in a fixed order, and what else was in effect.

use std::num::NonZeroUsize;

use super::characters::is_refused;
use super::refusal::{Refusal, RefusalKind};
use crate::model::document::{FrontMatter, Implementation, Numbering, SoaEntry};
use crate::model::in_effect::InEffect;
use crate::parse::toml_table::{TableWriter, TomlValue};
use crate::source::{Span, Spanned};

use unicode_normalization::is_nfc;

/// The lines from the first `+++` to the second. `in_effect` holds the document's own settings already.
pub fn text(front: &FrontMatter, in_effect: &InEffect, refusals: &mut Vec<Refusal>) -> String {
    let mut writer = Writer { refusals };
    // A key that is added to the front matter has to be added here: the compiler asks for it.
    let FrontMatter {
        id,
        number,
        title,
        version,
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
        // Of the starter, not of the document.
        level: _,
    } = front;
    let mut top = TableWriter::top();
    if let Some(id) = id {
        top.value("id", &id.value.as_str().to_owned());
    }
    writer.string(&mut top, "number", number);
    writer.string(&mut top, "title", title);
    value(&mut top, "version", version);
    writer.string(&mut top, "owner", owner);
    writer.string(&mut top, "approver", approver);
    writer.string(&mut top, "classification", classification);
    value(&mut top, "review_every", review_every);
    value(&mut top, "established", established);
    writer.set(&mut top, "audience", audience);
    writer.string(&mut top, "summary", summary);
    writer.set(&mut top, "implements", implements);
    writer.set(&mut top, "annex_a", annex_a);
    writer.set(&mut top, "clauses", clauses);
    if let Some(numbering) = numbering {
        top.value("numbering", &numbering_name(numbering.value).to_owned());
    }
    let mut out = String::from("+++\n");
    out.push_str(&top.into_text());
    out.push('\n');
    out.push_str(&writer.in_effect(front, in_effect));
    let mut decisions: Vec<&SoaEntry> = soa.iter().collect();
    decisions.sort_by(|a, b| a.control.value.cmp(&b.control.value));
    for decision in decisions {
        out.push('\n');
        out.push_str(&writer.decision(decision));
    }
    out.push_str("+++\n");
    out
}

fn numbering_name(numbering: Numbering) -> &'static str {
    match numbering {
        Numbering::Plain => "plain",
        Numbering::Articles => "articles",
    }
}

fn value<T: TomlValue>(table: &mut TableWriter, key: &str, value: &Option<Spanned<T>>) {
    if let Some(value) = value {
        table.value(key, &value.value);
    }
}

struct Writer<'r> {
    refusals: &'r mut Vec<Refusal>,
}

impl Writer<'_> {
    fn in_effect(&mut self, front: &FrontMatter, in_effect: &InEffect) -> String {
        let InEffect { tier, classification, approver, minor_approver, review_every, numbering } = in_effect;
        let given = |value: &str| Spanned::new(value.to_owned(), Span::default());
        let mut table = TableWriter::table("in_effect");
        table.value("form", &NonZeroUsize::MIN);
        table.value("tier", &tier.name().to_owned());
        // What the document states stands above already.
        if front.classification.is_none() {
            self.string(&mut table, "classification", &classification.as_deref().map(given));
        }
        if front.approver.is_none() {
            self.set(&mut table, "approver", &approver.iter().map(|role| given(role)).collect::<Vec<_>>());
        }
        self.set(&mut table, "minor_approver", &minor_approver.iter().map(|role| given(role)).collect::<Vec<_>>());
        if front.review_every.is_none()
            && let Some(interval) = review_every
        {
            table.value("review_every", interval);
        }
        if front.numbering.is_none() {
            table.value("numbering", &numbering_name(*numbering).to_owned());
        }
        table.into_text()
    }

    fn decision(&mut self, decision: &SoaEntry) -> String {
        // How far a control is carried out changes without an approval.
        let SoaEntry { control, applicable, implementation, reasons, justification, span: _ } = decision;
        let _: &Option<Spanned<Implementation>> = implementation;
        let mut table = TableWriter::array_entry("soa");
        table.value("control", &self.clean(control));
        table.value("applicable", &applicable.value);
        self.set(&mut table, "reasons", reasons);
        self.string(&mut table, "justification", justification);
        table.into_text()
    }

    fn string(&mut self, table: &mut TableWriter, key: &str, value: &Option<Spanned<String>>) {
        if let Some(value) = value {
            table.value(key, &self.clean(value));
        }
    }

    /// Lists say which, not in what order: sorted by code point, each value once, empty ones left out.
    fn set(&mut self, table: &mut TableWriter, key: &str, values: &[Spanned<String>]) {
        let mut values: Vec<String> = values.iter().map(|value| self.clean(value)).collect();
        values.sort_unstable();
        values.dedup();
        if !values.is_empty() {
            table.list(key, &values);
        }
    }

    /// A value with LF as line end; one that readers would not see as it is, is refused.
    fn clean(&mut self, value: &Spanned<String>) -> String {
        let text = value.value.replace("\r\n", "\n");
        if let Some(c) = text.chars().find(|c| is_refused(*c)) {
            self.refusals.push(Refusal { span: value.span, kind: RefusalKind::Character(c) });
        }
        if !is_nfc(&text) {
            self.refusals.push(Refusal { span: value.span, kind: RefusalKind::NotNfc });
        }
        text
    }
}
