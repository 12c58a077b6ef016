//! `kitei export`: files for other tools.

use super::arguments::{Export, ExportTarget};
use super::open::open_when;
use super::{Context, Failure, Outcome};
use crate::check::codeowners::codeowners;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Export) -> Result<Outcome, Failure> {
    let opened = open_when(context, &arguments.when)?;
    opened.tell_faults(context);
    let words = match arguments.target {
        ExportTarget::Codeowners => codeowners(&opened.handbook),
    };
    context.output.result(&words);
    Ok(Outcome::Good)
}
