//! `kitei check`: findings of the working tree.

mod baseline;
mod fix;

use std::path::Path;

use super::arguments::Check;
use super::open::{open_when, report_clock};
use super::table::columns;
use super::{Context, Failure, Outcome};
use crate::check::waiver::{State, states};
use crate::check::{self, Report, Severity};
use crate::emit::emit;
use crate::handbook::Handbook;
use crate::locale::{Catalogue, Text};
use crate::source::Spanned;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Check) -> Result<Outcome, Failure> {
    let mut snapshot = open_when(context, &arguments.when)?;
    // What else is wrong with history is among the findings.
    report_clock(context, &snapshot, arguments.when.as_of);
    if arguments.waivers {
        context.output.result(&waivers(&snapshot, &context.catalogue));
        return Ok(Outcome::Good);
    }
    let paths: Vec<String> =
        arguments.paths.iter().map(|path| inside(context, snapshot.root(), path)).collect::<Result<_, _>>()?;
    let wanted = |path: &str| paths.is_empty() || paths.iter().any(|folder| is_below(path, folder));
    let mut report = report(&snapshot, &wanted);
    if let Some(path) = &arguments.write_baseline {
        return baseline::write(context, &snapshot, &report, path);
    }
    if let Some(what) = arguments.fix {
        let fixed = fix::run(context, &snapshot, &report, what, arguments.dry_run)?;
        if arguments.dry_run {
            return Ok(Outcome::Good);
        }
        if fixed > 0 {
            snapshot = open_when(context, &arguments.when)?;
            report = self::report(&snapshot, &wanted);
        }
    }
    let gone = match &arguments.baseline {
        Some(path) => baseline::apply(context, &snapshot, &mut report, path, &wanted)?,
        None => 0,
    };
    let color = context.output.color();
    let words = emit(arguments.format, &report, &snapshot.sources, &context.catalogue, color);
    context.output.styled(&words);
    let failed =
        report.count(Severity::Error) > 0 || (arguments.strict && (gone > 0 || report.count(Severity::Warning) > 0));
    Ok(if failed { Outcome::Errors } else { Outcome::Good })
}

/// Every waiver with what became of it, in the order of the configuration.
fn waivers(handbook: &Handbook, catalogue: &Catalogue) -> String {
    let configured = &handbook.config.waivers;
    if configured.is_empty() {
        return catalogue.get("waivers-none");
    }
    let headings = [
        "waivers-state",
        "waivers-rule",
        "waivers-document",
        "waivers-expires",
        "waivers-approved-by",
        "waivers-reason",
    ];
    let mut lines = vec![headings.map(|key| catalogue.get(key))];
    for (waiver, state) in configured.iter().zip(states(handbook)) {
        let state = match state {
            State::Used(count) => Text::new("waivers-used").arg("count", count),
            State::Unused => Text::new("waivers-unused"),
            State::Expired => Text::new("waivers-expired"),
            State::Incomplete => Text::new("waivers-incomplete"),
            State::UnknownRule => Text::new("waivers-unknown-rule"),
        };
        let anchor = waiver.anchor.as_ref().map_or(String::new(), |anchor| format!("#{}", anchor.value));
        let text = |value: &Option<Spanned<String>>| value.as_ref().map_or(String::new(), |value| value.value.clone());
        lines.push([
            catalogue.text(&state),
            waiver.rule.value.clone(),
            format!("{}{anchor}", waiver.document.value),
            waiver.expires.as_ref().map_or(String::new(), |expires| expires.value.to_string()),
            waiver.approved_by.as_ref().map_or("", |id| handbook.person_name(&id.value)).to_owned(),
            text(&waiver.reason),
        ]);
    }
    columns(&lines)
}

/// The findings in files that are asked for.
fn report(handbook: &Handbook, wanted: &dyn Fn(&str) -> bool) -> Report {
    let mut report = check::run(handbook);
    report.diagnostics.retain(|finding| wanted(handbook.sources.file(finding.place.file).path()));
    report
}

/// Whether a path is a file or folder, or lies below it; everything lies below the root.
fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// A path argument as a path from the root.
fn inside(context: &Context, root: &Path, path: &Path) -> Result<String, Failure> {
    let outside = || Failure::new(Text::new("path-outside").arg("path", path.display().to_string()));
    let absolute = crate::load::absolute(&context.start, path).ok_or_else(outside)?;
    let root = crate::load::absolute(&context.start, root).ok_or_else(outside)?;
    let relative = absolute.strip_prefix(&root).map_err(|_| outside())?;
    Ok(relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}
