//! `kitei check`: findings of the working tree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::arguments::Check;
use super::open::{Opened, open};
use super::table::columns;
use super::{Context, Failure, Outcome};
use crate::check::waiver::{State, states};
use crate::check::{self, Diagnostic, Edit, Report, Severity};
use crate::emit::emit;
use crate::handbook::Handbook;
use crate::locale::{Catalogue, Text};
use crate::publish::write_atomic;
use crate::source::Spanned;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Check) -> Result<Outcome, Failure> {
    let mut opened = open(context, arguments.as_of, None)?;
    if arguments.waivers {
        context.output.result(&waivers(&opened.handbook, &context.catalogue));
        return Ok(Outcome::Good);
    }
    let mut report = report(context, &opened, &arguments.paths)?;
    if arguments.fix {
        let (edits, files) = fix(&opened, &report)?;
        let done = Text::new("check-fixed").arg("edits", edits).arg("files", files);
        context.output.progress(&context.catalogue.text(&done));
        if edits > 0 {
            opened = open(context, arguments.as_of, None)?;
            report = self::report(context, &opened, &arguments.paths)?;
        }
    }
    let color = context.output.color();
    let words = emit(arguments.format, &report, &opened.handbook.sources, &context.catalogue, color);
    context.output.result(&words);
    let failed = report.count(Severity::Error) > 0 || (arguments.strict && report.count(Severity::Warning) > 0);
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

fn report(context: &Context, opened: &Opened, paths: &[PathBuf]) -> Result<Report, Failure> {
    let mut report = check::run(&opened.handbook);
    if !paths.is_empty() {
        let wanted: Vec<String> = paths.iter().map(|path| inside(context, opened, path)).collect::<Result<_, _>>()?;
        report.diagnostics.retain(|finding| {
            let path = opened.handbook.sources.file(finding.place.file).path();
            wanted.iter().any(|wanted| {
                wanted.is_empty()
                    || path == wanted
                    || path.strip_prefix(wanted.as_str()).is_some_and(|r| r.starts_with('/'))
            })
        });
    }
    Ok(report)
}

/// A path argument as a path from the root.
fn inside(context: &Context, opened: &Opened, path: &Path) -> Result<String, Failure> {
    let outside = || Failure::new(Text::new("path-outside").arg("path", path.display().to_string()));
    let absolute = crate::load::absolute(&context.start, path).ok_or_else(outside)?;
    let root = crate::load::absolute(&context.start, &opened.root).ok_or_else(outside)?;
    let relative = absolute.strip_prefix(&root).map_err(|_| outside())?;
    Ok(relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// Applies every mechanical correction; returns how many, in how many files. Of two that overlap the first is
/// applied, the other stays for the next run.
fn fix(opened: &Opened, report: &Report) -> Result<(usize, usize), Failure> {
    let mut by_file: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in report.diagnostics.iter().filter(|finding| finding.fix.is_some()) {
        by_file.entry(opened.handbook.sources.file(finding.place.file).path()).or_default().push(finding);
    }
    let mut applied = 0;
    let files = by_file.len();
    for (path, findings) in by_file {
        let (text, count) = fixed(&opened.handbook, &findings);
        applied += count;
        write_atomic(&opened.root.join(path), text.as_bytes()).map_err(|error| Failure::new(error.text()))?;
    }
    Ok((applied, files))
}

/// A file's text with the corrections of its findings, and how many were applied.
fn fixed(handbook: &Handbook, findings: &[&Diagnostic]) -> (String, usize) {
    let Some(first) = findings.first() else { return (String::new(), 0) };
    let mut text = handbook.sources.file(first.place.file).text().to_owned();
    let mut edits: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let free = |edit: &Edit| {
            edits.iter().all(|taken| edit.span.end <= taken.span.start || taken.span.end <= edit.span.start)
        };
        if fix.edits.iter().all(free) {
            edits.extend(&fix.edits);
            count += 1;
        }
    }
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    for edit in edits {
        text.replace_range(std::ops::Range::from(edit.span), &edit.replacement);
    }
    (text, count)
}
