//! `kitei export`: files for other tools.

use super::arguments::{Export, ExportTarget};
use super::open::{open_when, report_history};
use super::{Context, Failure, Outcome};
use crate::check::codeowners::codeowners;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Export) -> Result<Outcome, Failure> {
    let snapshot = open_when(context, &arguments.when)?;
    report_history(context, &snapshot, arguments.when.as_of);
    let words = match arguments.target {
        ExportTarget::Codeowners => codeowners(&snapshot),
    };
    context.output.result(&words);
    Ok(Outcome::Good)
}
