//! minor-change-too-large: a version that says it is editorial and adds or removes an article, or changes what is
//! required or forbidden. The tree's draft is compared before anybody approves it, the versions in force and pending
//! afterwards.

use std::collections::BTreeMap;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::ledger::lifecycle::{is_minor_step, would_be_minor_step};
use crate::ledger::{Approval, Ledger, LedgerEntry};
use crate::locale::Text;
use crate::model::content::{Alert, Block, Inline, Kind, Step};
use crate::model::document::Document;
use crate::model::id::{DocumentId, Version};
use crate::model::outline::{Heading, HeadingKind};
use crate::source::{Place, Span};

rule!("LED014", "minor-change-too-large", Basis::Clause("7.5.2"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let ledgers: Vec<_> = handbook.ledgers.iter().collect();
    sink.each(&ledgers, |(id, ledger), sink| {
        let standing = handbook.status(id);
        for approval in standing.in_force.into_iter().chain(standing.pending) {
            if !is_minor_step(ledger, approval) {
                continue;
            }
            let Some(new) = handbook.judged_version(id, approval) else { continue };
            let place = match new.copy {
                Some(_) => Where::Ledger(ledger.place(approval.span_of("version"))),
                None => Where::Tree(new.document),
            };
            let text = new.text(handbook);
            compare(handbook, sink, (id, ledger), approval.version, (new.document, text), &place);
        }
        let draft = handbook.document(id).and_then(|document| Some((document, document.front.version.as_ref()?.value)));
        if let Some((document, version)) = draft
            && standing.newest.is_some_and(|newest| newest.version < version)
            && would_be_minor_step(ledger, version)
        {
            let text = handbook.sources.file(document.file).text();
            compare(handbook, sink, (id, ledger), version, (document, text), &Where::Tree(document));
        }
    });
}

/// Where differences are reported: in the text where it is the tree's, at the approval where only its copy holds it.
enum Where<'h> {
    Tree(&'h Document),
    Ledger(Place),
}

impl Where<'_> {
    fn of(&self, span: Span) -> Place {
        match self {
            Self::Tree(document) => document.place(span),
            Self::Ledger(place) => *place,
        }
    }

    /// Of what is no longer there.
    fn gone(&self) -> Place {
        match self {
            Self::Tree(document) => {
                let version = document.front.version.as_ref();
                version.map_or_else(|| document.head_place(), |version| document.place(version.span))
            }
            Self::Ledger(place) => *place,
        }
    }
}

/// The approval of the version that an editorial step starts from.
fn base(ledger: &Ledger, version: Version) -> Option<&LedgerEntry<Approval>> {
    let earlier = ledger
        .approvals
        .iter()
        .filter(|approval| approval.version.major == version.major && approval.version < version);
    earlier.max_by_key(|approval| (approval.version, approval.span.start))
}

fn compare(
    handbook: &Handbook,
    sink: &mut Sink,
    (id, ledger): (&DocumentId, &Ledger),
    version: Version,
    (new, text): (&Document, &str),
    place: &Where<'_>,
) {
    let Some(base) = base(ledger, version) else { return };
    let Some(old) = handbook.approved_version(id, base) else { return };
    let (before, after) = (base.version.to_string(), version.to_string());
    let help = Text::new("minor-change-too-large-help").arg("major", version.next_major().to_string());
    let mut report = |place: Place, text: Text| {
        let text = text.arg("old", before.as_str()).arg("new", after.as_str());
        sink.report(place, text).help(help.clone());
    };
    let (added, removed) = differences(articles(old.document), articles(new));
    for heading in added {
        report(place.of(heading.span), Text::new("minor-change-too-large-added").arg("article", &heading.text));
    }
    for heading in removed {
        report(place.gone(), Text::new("minor-change-too-large-removed").arg("article", &heading.text));
    }
    obligations((old.document, old.text(handbook)), (new, text), place, &mut report);
}

/// What tells an article from others: its id, or its heading where it has none, and whether it still has effect.
type ArticleKey<'d> = (&'d str, bool);

fn articles(document: &Document) -> Vec<(ArticleKey<'_>, &Heading)> {
    let articles = document.outline.headings.iter().filter(|heading| heading.kind == HeadingKind::Article);
    articles
        .map(|heading| ((heading.id.as_ref().map_or(&*heading.text, |id| &id.value), heading.deleted), heading))
        .collect()
}

/// Articles that only the new and only the old text has. Headings without an id that were only worded anew pair off.
fn differences<'d>(
    old: Vec<(ArticleKey<'d>, &'d Heading)>,
    new: Vec<(ArticleKey<'d>, &'d Heading)>,
) -> (Vec<&'d Heading>, Vec<&'d Heading>) {
    let only = |these: &[(ArticleKey<'d>, &'d Heading)], those: &[(ArticleKey<'d>, &'d Heading)]| {
        let known: BTreeMap<ArticleKey<'_>, ()> = those.iter().map(|(key, _)| (*key, ())).collect();
        these.iter().filter(|(key, _)| !known.contains_key(key)).map(|(_, heading)| *heading).collect::<Vec<_>>()
    };
    let (mut added, mut removed) = (only(&new, &old), only(&old, &new));
    let nameless = |heading: &&Heading| heading.id.is_none() && !heading.deleted;
    let pairs = added.iter().filter(|h| nameless(h)).count().min(removed.iter().filter(|h| nameless(h)).count());
    for headings in [&mut added, &mut removed] {
        let mut left = pairs;
        headings.retain(|heading| {
            let paired = left > 0 && nameless(heading);
            left -= usize::from(paired);
            !paired
        });
    }
    (added, removed)
}

/// Compares what is required and what is forbidden, in whatever order it stands.
fn obligations(
    (old, old_text): (&Document, &str),
    (new, text): (&Document, &str),
    place: &Where<'_>,
    report: &mut dyn FnMut(Place, Text),
) {
    let was = blocks(old, old_text);
    let is = blocks(new, text);
    for (kind, changed, removed) in [
        (Alert::Important, "minor-change-too-large-required", "minor-change-too-large-required-removed"),
        (Alert::Caution, "minor-change-too-large-forbidden", "minor-change-too-large-forbidden-removed"),
    ] {
        let mut left: Vec<&str> = was.iter().filter(|block| block.0 == kind).map(|block| &*block.1).collect();
        for (_, words, span) in is.iter().filter(|block| block.0 == kind) {
            match left.iter().position(|known| known == words) {
                Some(at) => drop(left.remove(at)),
                None => report(place.of(*span), Text::new(changed)),
            }
        }
        let fewer = was.iter().filter(|block| block.0 == kind).count() > is.iter().filter(|b| b.0 == kind).count();
        if fewer && !left.is_empty() {
            report(place.gone(), Text::new(removed));
        }
    }
}

/// Every alert of a text that requires or forbids, the outermost ones: its kind, its words, its place.
fn blocks(document: &Document, text: &str) -> Vec<(Alert, String, Span)> {
    let content = &document.content;
    let mut found: Vec<(Alert, String, Span)> = Vec::new();
    for step in content.walk() {
        match step {
            Step::Enter(node) => match node.kind {
                Kind::Block(Block::Alert(alert @ (Alert::Important | Alert::Caution))) => {
                    if found.last().is_none_or(|(.., outer)| outer.end <= node.span.start) {
                        found.push((alert, String::new(), node.span));
                    }
                }
                Kind::Inline(Inline::Text(words) | Inline::Code(words) | Inline::Typed(words)) => {
                    if let Some((_, text_of_alert, place)) = found.last_mut()
                        && place.contains(node.span.start)
                    {
                        text_of_alert.push_str(content.words(node, words, text));
                    }
                }
                Kind::Block(_) | Kind::Inline(_) => {}
            },
            // Where one item or paragraph ends matters; where a line is broken does not.
            Step::Leave(node) => {
                if matches!(node.kind, Kind::Block(Block::Paragraph(_) | Block::Item(_)))
                    && let Some((_, words, place)) = found.last_mut()
                    && place.contains(node.span.start)
                {
                    words.push('\n');
                }
            }
        }
    }
    found
}
