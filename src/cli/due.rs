//! `kitei due`: what falls due, for whom and when.

use super::arguments::{Due as Arguments, DueFormat};
use super::open::{open_when, report_history};
use super::table::columns;
use super::{Context, Failure, Outcome};
use crate::changelog::feed::host;
use crate::export::calendar::calendar;
use crate::export::due::{Due, due};
use crate::handbook::Handbook;
use crate::locale::{Catalogue, Text};
use crate::markup::markdown_escape::escape_markdown;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Arguments) -> Result<Outcome, Failure> {
    let snapshot = open_when(context, &arguments.when)?;
    report_history(context, &snapshot, arguments.when.as_of);
    let handbook = snapshot.handbook();
    let until = arguments.within.after(handbook.today);
    let dues = due(handbook, until);
    let catalogue = &context.catalogue;
    let words = match arguments.format {
        DueFormat::Table => table(&dues, handbook, catalogue),
        DueFormat::Markdown => markdown(&dues, handbook, catalogue),
        DueFormat::Json => serde_json::to_string_pretty(&dues)?,
        DueFormat::Ics => calendar(
            &dues,
            &handbook.config.title,
            host(handbook.config.base_url.as_deref().unwrap_or("")),
            handbook.today,
            |due| title(due, handbook, catalogue),
        ),
    };
    context.output.result(&words);
    Ok(Outcome::Good)
}

fn kind(due: &Due, catalogue: &Catalogue) -> String {
    catalogue.get(&format!("due-{}", due.kind.name()))
}

fn role<'h>(due: &'h Due, handbook: &'h Handbook) -> &'h str {
    due.role.as_deref().map_or("", |role| handbook.role_name(role))
}

fn title(due: &Due, handbook: &Handbook, catalogue: &Catalogue) -> String {
    let text = Text::new("due-event")
        .arg("kind", kind(due, catalogue))
        .arg("subject", &due.subject)
        .arg("title", &due.title)
        .arg("role", role(due, handbook));
    catalogue.text(&text)
}

fn cells(due: &Due, handbook: &Handbook, catalogue: &Catalogue) -> [String; 6] {
    let note = if due.overdue { catalogue.get("due-overdue") } else { String::new() };
    [
        due.date.to_string(),
        kind(due, catalogue),
        due.subject.clone(),
        due.title.clone(),
        role(due, handbook).to_owned(),
        note,
    ]
}

fn headings(catalogue: &Catalogue) -> [String; 6] {
    ["due-date", "due-kind", "list-id", "list-title", "due-role", "list-note"].map(|key| catalogue.get(key))
}

fn table(dues: &[Due], handbook: &Handbook, catalogue: &Catalogue) -> String {
    if dues.is_empty() {
        return catalogue.get("due-nothing");
    }
    let mut lines = vec![headings(catalogue)];
    lines.extend(dues.iter().map(|due| cells(due, handbook, catalogue)));
    columns(&lines)
}

/// A checklist by role, as an issue takes it.
fn markdown(dues: &[Due], handbook: &Handbook, catalogue: &Catalogue) -> String {
    let day = Text::new("due-heading").arg("date", handbook.today);
    let mut text = format!("# {}\n", catalogue.text(&day));
    if dues.is_empty() {
        return format!("{text}\n{}\n", catalogue.get("due-nothing"));
    }
    let mut roles: Vec<&str> = dues.iter().map(|due| role(due, handbook)).collect();
    roles.sort_unstable();
    roles.dedup();
    for name in roles {
        let heading = if name.is_empty() { catalogue.get("due-no-role") } else { escape_markdown(name) };
        text.push_str(&format!("\n## {heading}\n\n"));
        for due in dues.iter().filter(|due| role(due, handbook) == name) {
            let late = if due.overdue { format!(" **{}**", catalogue.get("due-overdue")) } else { String::new() };
            text.push_str(&format!(
                "- [ ] {} {} {} {}{late}\n",
                due.date,
                kind(due, catalogue),
                escape_markdown(&due.subject),
                escape_markdown(&due.title)
            ));
        }
    }
    text
}
