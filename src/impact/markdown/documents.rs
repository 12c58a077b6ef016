//! The documents of a report: what differs, who has to approve, both wordings side by side.

use super::writer::{Writer, code, quoted, quoted_start};
use crate::changelog::ChangelogItem;
use crate::compare::markdown::grid;
use crate::impact::{ApprovalChange, DocumentChange, DocumentKind, Impact, Need, Standing, Step};
use crate::ledger::lifecycle::State;

/// Documents: a table of all, then each of them.
pub(super) fn documents(writer: &mut Writer<'_>, impact: &Impact) {
    if impact.documents.is_empty() {
        return;
    }
    let columns = ["impact-column-document", "impact-column-change", "impact-column-version", "impact-column-approval"];
    let heads: Vec<String> = columns.iter().map(|key| writer.say(key, &[])).collect();
    writer.line(&format!("| {} |", heads.join(" | ")));
    writer.line("|---|---|---|---|");
    for document in impact.documents.iter().take(writer.detail.list) {
        let cells = [
            name(document),
            writer.say(document.kind.key(), &[]),
            versions(document),
            document.approval.as_ref().map(|approval| need(writer, approval)).unwrap_or_default(),
        ];
        writer.line(&format!("| {} |", cells.join(" | ")));
    }
    writer.blank();
    let list = writer.detail.list;
    writer.list(&impact.documents, list, document);
}

pub(super) fn name(document: &DocumentChange) -> String {
    quoted(&format!("{} {}", document.number, document.title))
}

fn versions(document: &DocumentChange) -> String {
    let version = |standing: &Option<Standing>| {
        let standing = standing.as_ref()?;
        standing.version.clone().or_else(|| standing.in_force.clone())
    };
    match (version(&document.old), version(&document.new)) {
        (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
        (Some(old), None) => format!("{old} →"),
        (_, new) => new.unwrap_or_default(),
    }
}

fn need(writer: &Writer<'_>, approval: &ApprovalChange) -> String {
    let role = approval.role_name.as_deref().map(quoted).unwrap_or_default();
    match approval.need {
        Need::Needed if role.is_empty() => writer.say("impact-need-no-role", &[]),
        Need::Needed => writer.say("impact-need", &[("role", &role)]),
        Need::Recorded => writer.say("impact-need-recorded", &[("role", &role)]),
        Need::Stands => writer.say("impact-need-stands", &[]),
        Need::RaiseVersion => writer.say("impact-need-raise", &[]),
    }
}

fn document(writer: &mut Writer<'_>, document: &DocumentChange) {
    writer.heading(4, &name(document));
    let mut path = code(&document.path);
    if let Some(old) = &document.moved_from {
        path = writer.say("impact-moved-from", &[("new", &path), ("old", &code(old))]);
    }
    if !document.path.is_empty() {
        writer.line(&format!("- {}", writer.say("impact-path", &[("path", &path)])));
    }
    if let Some(standing) = &document.new {
        writer.line(&format!("- {}", state(writer, standing)));
    }
    if document.kind == DocumentKind::Particulars {
        writer.line(&format!("- {}", writer.say("impact-no-approval", &[])));
    }
    if let Some(approval) = &document.approval {
        self::approval(writer, approval);
    }
    if !document.items.is_empty() {
        writer.line(&format!("- {}", writer.say("impact-items", &[])));
        let items = writer.detail.items;
        for item in document.items.iter().take(items) {
            let text = change(writer, item);
            writer.line(&format!("  - {text}"));
        }
        if document.items.len() > items {
            let more = writer.more(document.items.len() - items);
            writer.line(&format!("  - {more}"));
        }
    }
    compare(writer, document);
}

/// A change in words; of editorial ones, where they stand.
fn change(writer: &mut Writer<'_>, item: &ChangelogItem) -> String {
    let text = quoted_start(&item.text);
    if item.places.is_empty() {
        return text;
    }
    let shown = writer.detail.items;
    let mut places: Vec<String> = item.places.iter().take(shown).map(|place| quoted(place)).collect();
    if item.places.len() > shown {
        places.push(writer.more(item.places.len() - shown));
    }
    let places = places.join(&writer.say("site-list-comma", &[]));
    writer.say("log-editorial-places", &[("text", &text), ("places", &places)])
}

fn compare(writer: &mut Writer<'_>, document: &DocumentChange) {
    let Some(table) = &document.table else { return };
    let mark = writer.mark();
    writer.blank();
    writer.line(&format!("<details><summary>{}</summary>", writer.say("impact-table", &[("id", &document.id)])));
    if writer.table(table.rows.len(), &grid(table)) {
        writer.line("</details>");
        writer.blank();
        return;
    }
    writer.back_to(mark);
    let old = document.compare.as_ref().map(|(old, _)| old.clone());
    let old = old.or_else(|| document.old.as_ref().and_then(|standing| standing.version.clone()));
    if let Some(old) = old {
        let command = code(&format!("kitei compare {} {old} tree", document.id));
        writer.line(&format!("- {}", writer.say("impact-compare", &[("command", &command)])));
    }
}

fn state(writer: &Writer<'_>, standing: &Standing) -> String {
    let state = writer.say(
        match standing.state {
            State::InForce => "state-in-force",
            State::Pending => "state-pending",
            State::Draft => "state-draft",
            State::Retired => "state-retired",
        },
        &[],
    );
    let mut text = match &standing.in_force {
        Some(version) => writer.say("impact-state-in-force", &[("version", version)]),
        None => writer.say("impact-state", &[("state", &state)]),
    };
    for (version, day) in &standing.pending {
        text += &writer.say("impact-state-pending", &[("version", version), ("date", &day.to_string())]);
    }
    text
}

fn approval(writer: &mut Writer<'_>, approval: &ApprovalChange) {
    let need = need(writer, approval);
    writer.line(&format!("- {}", writer.say("impact-approval", &[("need", &need), ("why", &approval.why)])));
    if approval.need == Need::RaiseVersion {
        return;
    }
    if let Some(day) = approval.effective {
        writer.line(&format!("  - {}", writer.say("impact-effective", &[("date", &day.to_string())])));
    }
    if approval.need != Need::Needed {
        return;
    }
    let people: Vec<String> = approval
        .eligible
        .iter()
        .map(|person| {
            let name = quoted(&format!("{}（{}）", person.name, person.id));
            if person.drafter && !approval.body { writer.say("impact-drafter", &[("name", &name)]) } else { name }
        })
        .collect();
    let people = people.join(&writer.say("site-list-comma", &[]));
    let key = match (approval.body, people.is_empty()) {
        (true, true) => "impact-body",
        (true, false) => "impact-members",
        (false, true) => "impact-nobody",
        (false, false) => "impact-eligible",
    };
    writer.line(&format!("  - {}", writer.say(key, &[("people", &people)])));
    if approval.step == Some(Step::Minor) {
        writer.line(&format!("  - {}", writer.say("impact-minor", &[])));
    }
}
