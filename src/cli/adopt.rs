//! `kitei approve --adopt --csv`: records what was approved before there was a repository, in bulk.

use std::path::Path;

use super::arguments::Approve;
use super::pen::{complain, write};
use super::{Context, Failure, Outcome};
use crate::decision::adoption::{self, Fault};
use crate::decision::approval::{self, InForce};
use crate::decision::{Judged, Subject};
use crate::export::ledger::NewEntry;
use crate::load::read_table;
use crate::locale::Text;
use crate::source::{FileId, SourceDb};
use crate::workspace::Snapshot;

/// Reads the tables, tells every fault in them, and writes only where there is none.
pub fn run(context: &Context, snapshot: &Snapshot, arguments: &Approve) -> Result<Outcome, Failure> {
    let handbook = snapshot.handbook();
    let mut sources = SourceDb::default();
    let csv = arguments.csv.as_deref().map(|path| table(context, &mut sources, path)).transpose()?;
    let history = arguments.history.as_deref().map(|path| table(context, &mut sources, path)).transpose()?;
    let text = |file: FileId| sources.file(file).text();
    let original = arguments.original.as_deref();
    let (rows, mut csv_faults) = match csv {
        Some(file) => adoption::approvals(handbook, text(file), original),
        None => (Vec::new(), Vec::new()),
    };
    let (past, past_faults) = match history {
        Some(file) => adoption::past(handbook, text(file), &rows),
        None => (Vec::new(), Vec::new()),
    };
    let known: Vec<InForce> =
        past.iter().map(|row| (row.value.id.clone(), row.value.entry.effective, row.value.entry.version)).collect();
    let mut entries: Vec<Judged> = past
        .into_iter()
        .map(|row| Judged {
            subject: Subject::Document(row.value.id),
            entry: NewEntry::Past(row.value.entry),
            recorded: row.value.recorded,
        })
        .collect();
    let wishes: Vec<_> = rows.iter().map(|row| row.value.clone()).collect();
    for (row, judgement) in rows.iter().zip(approval::judge(handbook, &wishes, &known)) {
        match judgement {
            Ok(judged) => entries.push(judged),
            Err(reasons) => csv_faults.extend(reasons.into_iter().map(|reason| row.fault(reason))),
        }
    }
    let good = csv_faults.is_empty() && past_faults.is_empty();
    for (file, faults) in [(csv, csv_faults), (history, past_faults)] {
        tell(context, &sources, file, faults);
    }
    if !good {
        return Ok(Outcome::Errors);
    }
    write(context, snapshot, arguments.manner, entries)
}

/// `path:line:column: reason`, in the order of the table.
fn tell(context: &Context, sources: &SourceDb, file: Option<FileId>, mut faults: Vec<Fault>) {
    let Some(file) = file.map(|file| sources.file(file)) else { return };
    faults.sort_by_key(|fault| fault.span);
    for fault in faults {
        let at = file.position(fault.span.start);
        let place = format!("{}:{}:{}", file.path(), at.line, at.column);
        complain(context, &Text::new("csv-fault").arg("place", place).arg("reason", fault.reason));
    }
}

fn table(context: &Context, sources: &mut SourceDb, path: &Path) -> Result<FileId, Failure> {
    let shown = path.display().to_string();
    let text = read_table(&context.path(path)).map_err(|reason| {
        let text = Text::new("csv-unreadable").arg("path", &shown);
        Failure::new(text.arg("reason", reason))
    })?;
    Ok(sources.add(shown, text))
}
