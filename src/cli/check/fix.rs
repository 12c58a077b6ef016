//! `--fix`: writes mechanical corrections, or shows them. Approved text is left alone unless asked for.

use similar::TextDiff;

use super::super::arguments::FixWhat;
use super::super::{Context, Failure};
use crate::check::Report;
use crate::check::fix::{FixedFile, plan};
use crate::locale::Text;
use crate::publish::write_atomic;
use crate::workspace::Snapshot;

/// Corrects what can be corrected, or with `dry_run` only shows the difference. Returns how many findings were.
pub fn run(
    context: &Context,
    snapshot: &Snapshot,
    report: &Report,
    what: FixWhat,
    dry_run: bool,
) -> Result<usize, Failure> {
    let mut files = plan(snapshot, report);
    let ending: Vec<FixedFile> = files.iter().filter(|file| file.ends.is_some()).cloned().collect();
    if what == FixWhat::Drafts {
        files.retain(|file| file.ends.is_none());
    }
    for file in &files {
        if dry_run {
            context.output.result(&difference(file));
        } else {
            write_atomic(&snapshot.root().join(&file.path), file.new.as_bytes())?;
        }
    }
    let count = |files: &[FixedFile]| files.iter().map(|file| file.count).sum::<usize>();
    let key = if dry_run { "check-would-fix" } else { "check-fixed" };
    let done = Text::new(key).arg("edits", count(&files)).arg("files", files.len());
    context.output.progress(&context.catalogue.text(&done));
    if !ending.is_empty() {
        let key = if what == FixWhat::Approved { "check-fix-ended" } else { "check-fix-held-back" };
        let text = Text::new(key).arg("edits", count(&ending)).arg("files", ending.len());
        context.output.complain(&context.catalogue.text(&text));
    }
    for file in &ending {
        let Some((id, version)) = &file.ends else { continue };
        let text = Text::new("check-fix-approval").arg("id", id.as_str()).arg("version", version.to_string());
        context.output.complain(&context.catalogue.text(&text.arg("path", &file.path).arg("edits", file.count)));
    }
    Ok(count(&files))
}

/// The difference in the form that `git apply` reads.
fn difference(file: &FixedFile) -> String {
    let (old, new) = (format!("a/{}", file.path), format!("b/{}", file.path));
    TextDiff::from_lines(&file.old, &file.new).unified_diff().context_radius(3).header(&old, &new).to_string()
}
