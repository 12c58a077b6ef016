//! The sections of a report, in the order in which a reviewer needs them.

use super::documents::name;
use super::writer::{Writer, code, quoted, quoted_start};
use crate::check::Severity;
use crate::impact::{ApprovalChange, CitationKind, DocumentChange, Finding, Impact, Revision, When};

/// Which revisions, and the numbers.
pub(super) fn head(writer: &mut Writer<'_>, impact: &Impact) {
    writer.heading(2, &writer.say("impact-title", &[]));
    let name = |revision: &Revision| match &revision.commit {
        Some(commit) => format!("{} ({})", code(&revision.name), commit.get(..12).unwrap_or(commit)),
        None => writer.say("impact-working-tree", &[]),
    };
    let (base, head) = (name(&impact.base), name(&impact.head));
    let date = impact.as_of.to_string();
    writer.line(&writer.say("impact-range", &[("base", &base), ("head", &head), ("date", &date)]));
    writer.blank();
    let of = |severity| impact.findings.new.iter().filter(|finding| finding.severity == severity).count();
    let documents = [("documents", impact.documents.len()), ("approve", impact.to_approve().count())];
    let numbers = [("authority", impact.authority.len()), ("suspects", impact.suspects.len())];
    let findings = [("errors", of(Severity::Error)), ("warnings", of(Severity::Warning))];
    writer.line(&writer.count("impact-summary", &[documents, numbers, findings].concat()));
    if impact.behind > 0 {
        writer.blank();
        writer.line("> [!WARNING]");
        writer.line(&format!("> {}", writer.count("impact-behind", &[("count", impact.behind)])));
    }
}

/// What decides who may decide.
pub(super) fn authority(writer: &mut Writer<'_>, impact: &Impact) {
    if impact.authority.is_empty() {
        return;
    }
    writer.line(&writer.say("impact-authority-lead", &[]));
    writer.blank();
    let (list, items) = (writer.detail.list, writer.detail.items.max(3));
    writer.list(&impact.authority, list, |writer, change| {
        let area = writer.say(change.area.key(), &[]);
        let what = writer.say(change.change.key(), &[]);
        let rewrites = if change.rewrites { writer.say("impact-rewrites", &[]) } else { String::new() };
        let path = if change.subject == change.path { String::new() } else { format!(" ({})", code(&change.path)) };
        let subject = if path.is_empty() { code(&change.subject) } else { quoted(&change.subject) };
        writer.line(&format!("- **{area}** {subject}{path}: {what}{rewrites}"));
        writer.list(&change.details, items, |writer, detail| writer.line(&format!("  - {}", quoted_start(detail))));
    });
}

/// What has to be read again.
pub(super) fn suspects(writer: &mut Writer<'_>, impact: &Impact) {
    let list = writer.detail.list;
    writer.list(&impact.suspects, list, |writer, suspect| {
        let when = match (suspect.when, suspect.on) {
            (When::Now, _) => writer.say("impact-when-now", &[]),
            (_, Some(day)) => writer.say("impact-when-day", &[("date", &day.to_string())]),
            (_, None) => writer.say("impact-when-approval", &[]),
        };
        let mut title = quoted(&format!("{} {}", suspect.id, suspect.title));
        if let Some(owner) = &suspect.owner {
            title = writer.say("impact-owned", &[("title", &title), ("owner", &quoted(owner))]);
        }
        let arguments = [
            ("title", title.as_str()),
            ("above", &suspect.above),
            ("version", &suspect.version),
            ("read", &suspect.read),
            ("when", &when),
        ];
        writer.line(&format!("- {}", writer.say("impact-suspect", &arguments)));
    });
    if !impact.suspects.is_empty() {
        writer.blank();
        writer.line(&writer.say("impact-suspects-todo", &[("command", &code("kitei review"))]));
    }
}

/// Cited places that are called otherwise.
pub(super) fn citations(writer: &mut Writer<'_>, impact: &Impact) {
    let (list, cited) = (writer.detail.list, writer.detail.items.max(3));
    writer.list(&impact.citations, list, |writer, citation| {
        let key = match (citation.kind, &citation.new) {
            (CitationKind::Gone, _) => "impact-citation-gone",
            (CitationKind::Reordered, Some(_)) => "impact-citation-moved",
            (CitationKind::Reordered, None) => "impact-citation-reordered",
            (CitationKind::Renumbered, _) => "impact-citation-renumbered",
        };
        let document = quoted(&format!("{} {}", citation.document, citation.title));
        let (old, new) = (quoted(&citation.old), citation.new.as_deref().map(quoted).unwrap_or_default());
        writer.line(&format!("- {}", writer.say(key, &[("document", &document), ("old", &old), ("new", &new)])));
        writer.list(&citation.cited_by, cited, |writer, by| {
            let place = code(&format!("{}:{}", by.path, by.line));
            let by = by.id.as_deref().map(|id| format!("{id} ")).unwrap_or_default();
            let place = format!("{by}{place}");
            writer.line(&format!("  - {}", writer.say("impact-cited-by", &[("place", &place)])));
        });
    });
}

/// Coverage of Annex A and the statement of applicability.
pub(super) fn annex(writer: &mut Writer<'_>, impact: &Impact) {
    let list = writer.detail.list;
    let comma = writer.say("site-list-comma", &[]);
    writer.list(&impact.coverage, list, |writer, change| {
        let join = |ids: &[String]| quoted(&ids.join(&comma));
        let mut text = format!("A.{}", change.control);
        if !change.added.is_empty() {
            text += &writer.say("impact-covered-by", &[("ids", &join(&change.added))]);
        }
        if !change.removed.is_empty() {
            text += &writer.say("impact-not-covered-by", &[("ids", &join(&change.removed))]);
        }
        if !change.covered {
            text += &writer.say("impact-uncovered", &[]);
        }
        writer.line(&format!("- {text}"));
    });
    writer.list(&impact.soa, list, |writer, change| {
        let words = |words: &Option<String>| match words {
            Some(words) => quoted(words),
            None => writer.say("impact-undecided", &[]),
        };
        let (old, new) = (words(&change.old), words(&change.new));
        let control = quoted(&change.control);
        let arguments = [("control", control.as_str()), ("id", &change.document), ("old", &old), ("new", &new)];
        writer.line(&format!("- {}", writer.say("impact-soa", &arguments)));
    });
}

/// Findings that came, and how many went.
pub(super) fn findings(writer: &mut Writer<'_>, impact: &Impact) {
    let findings = &impact.findings;
    if findings.new.is_empty() && findings.gone.is_empty() {
        return;
    }
    let list = writer.detail.list;
    let one = |writer: &mut Writer<'_>, finding: &Finding| {
        let severity = writer.say(
            match finding.severity {
                Severity::Error => "emit-error",
                Severity::Warning => "emit-warning",
                Severity::Note => "emit-note",
            },
            &[],
        );
        let place = code(&format!("{}:{}", finding.file, finding.line));
        writer.line(&format!("- **{severity}** {} {}（{place}）", finding.code, quoted(&finding.message)));
    };
    if !findings.new.is_empty() {
        writer.line(&format!("**{}**", writer.count("impact-new-findings", &[("count", findings.new.len())])));
        writer.blank();
        writer.list(&findings.new, list, |writer, finding| {
            one(writer, finding);
            if let Some(help) = finding.help.as_ref().filter(|_| finding.severity == Severity::Error) {
                writer.line(&format!("  - {}", writer.say("emit-help-line", &[("text", &quoted(help))])));
            }
        });
        writer.blank();
    }
    if !findings.gone.is_empty() {
        writer.line(&format!("**{}**", writer.count("impact-gone-findings", &[("count", findings.gone.len())])));
        writer.blank();
        writer.list(&findings.gone, list, one);
        writer.blank();
    }
    let total = [("errors", findings.errors), ("warnings", findings.warnings)];
    writer.line(&writer.count("impact-total", &total));
}

/// Who has to be told.
pub(super) fn announce(writer: &mut Writer<'_>, impact: &Impact) {
    let documents: Vec<&DocumentChange> = impact.to_announce().collect();
    if documents.is_empty() {
        return;
    }
    let list = writer.detail.list;
    let comma = writer.say("site-list-comma", &[]);
    writer.list(&documents, list, |writer, document| {
        let audience: Vec<String> = document.audience.iter().map(|role| quoted(&role.name)).collect();
        let audience = if audience.is_empty() { writer.say("compare-everyone", &[]) } else { audience.join(&comma) };
        let arguments = [("document", name(document)), ("audience", audience)];
        let arguments = arguments.each_ref().map(|(name, value)| (*name, value.as_str()));
        writer.line(&format!("- {}", writer.say("impact-audience", &arguments)));
    });
    writer.blank();
    writer.line(&writer.say("impact-announce-todo", &[("command", &code("kitei announce"))]));
}

/// Other files that changed.
pub(super) fn files(writer: &mut Writer<'_>, impact: &Impact) {
    let list = writer.detail.list;
    writer.list(&impact.files, list, |writer, file| {
        let change = writer.say(file.change.key(), &[]);
        writer.line(&format!("- {}: {change}", code(&file.path)));
    });
}

/// Ledger entries, ready to be pasted.
pub(super) fn entries(writer: &mut Writer<'_>, impact: &Impact) {
    let entries: Vec<(&DocumentChange, &ApprovalChange)> =
        impact.to_approve().filter(|(_, approval)| approval.entry.is_some()).collect();
    if entries.is_empty() {
        return;
    }
    let command = entries.first().map(|(document, _)| format!("kitei approve {}", document.id)).unwrap_or_default();
    writer.line(&writer.say("impact-entries-lead", &[("command", &code(&command))]));
    let limit = writer.detail.entries;
    writer.list(&entries, limit, |writer, (_, approval)| {
        writer.blank();
        writer.line(&code(&approval.ledger));
        writer.block("toml", approval.entry.as_deref().unwrap_or_default());
    });
}
