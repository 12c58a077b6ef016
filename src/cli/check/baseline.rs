//! `--baseline` and `--write-baseline`: findings that were there when the organisation began.

use std::path::Path;

use super::super::{Context, Failure, Outcome};
use crate::check::Report;
use crate::check::baseline::{Baseline, Known};
use crate::handbook::Handbook;
use crate::load::read_table;
use crate::locale::Text;
use crate::publish::{append_atomic, write_atomic};

/// Writes the findings of a report. A file that is there is replaced only where it is a baseline.
pub fn write(context: &Context, handbook: &Handbook, report: &Report, path: &Path) -> Result<Outcome, Failure> {
    let found = Baseline::of(handbook, report);
    let text = found.to_toml(&context.catalogue.get("baseline-comment"));
    let at = context.path(path);
    let exists = crate::load::absolute(&context.start, &at).is_some();
    let written = if exists {
        read(context, path)?;
        write_atomic(&at, text.as_bytes())
    } else {
        append_atomic(&at, None, text.as_bytes())
    };
    written?;
    let done = Text::new("baseline-written").arg("path", path.display().to_string()).arg("count", found.len());
    context.output.progress(&context.catalogue.text(&done));
    Ok(Outcome::Good)
}

/// Leaves known findings out of a report and tells which known ones occur no more; returns how many those are. Of
/// files that were not asked for nothing is told.
pub fn apply(
    context: &Context,
    handbook: &Handbook,
    report: &mut Report,
    path: &Path,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<usize, Failure> {
    let known = read(context, path)?;
    let before = report.diagnostics.len();
    let mut gone = known.apply(handbook, report);
    gone.retain(|(known, _)| wanted(&known.file));
    let left_out = before - report.diagnostics.len();
    let text = Text::new("baseline-applied").arg("count", left_out).arg("path", path.display().to_string());
    context.output.progress(&context.catalogue.text(&text));
    let count = gone.iter().map(|(_, count)| count).sum();
    if count > 0 {
        let text = Text::new("baseline-gone").arg("count", count).arg("path", path.display().to_string());
        context.output.complain(&context.catalogue.text(&text));
    }
    for (Known { file, rule, under, text, about }, count) in gone {
        let anchor = if under.is_empty() { String::new() } else { format!("#{under}") };
        let mut words: Vec<String> = std::iter::once(text).chain(about).filter(|word| !word.is_empty()).collect();
        if count > 1 {
            words.push(format!("×{count}"));
        }
        context.output.complain(format!("  {file}{anchor}: {rule} {}", words.join(" / ")).trim_end());
    }
    Ok(count)
}

fn read(context: &Context, path: &Path) -> Result<Baseline, Failure> {
    let shown = path.display().to_string();
    let text = read_table(&context.path(path))
        .map_err(|reason| Failure::new(Text::new("baseline-unreadable").arg("path", &shown).arg("reason", reason)))?;
    Baseline::parse(&text)
        .map_err(|reason| Failure::new(Text::new("baseline-malformed").arg("path", &shown).arg("reason", reason)))
}
