//! What every command that writes the ledger does: tells the reasons against a decision, or shows the entries, asks,
//! and appends them, each file whole or not at all.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::arguments::Manner;
use super::ask::Asker;
use super::open::{open, report_history};
use super::{Context, Failure, Outcome};
use crate::check::{Report, gate};
use crate::decision::{Judged, Judgement, Subject};
use crate::emit::{Format, emit};
use crate::export::ledger::appended;
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::publish::{append_atomic, sweep};
use crate::workspace::Snapshot;

/// Opens the handbook for a decision. Refused while a file that says who may decide, or what was decided, has a fault
/// of form: a typo there could give somebody a right.
pub fn open_for_decision(context: &mut Context, as_of: Option<Date>) -> Result<Snapshot, Failure> {
    let snapshot = open(context, as_of, None)?;
    report_history(context, &snapshot, as_of);
    refuse(context, &snapshot, "decision-unreadable", &gate::before_decision(&snapshot))?;
    Ok(snapshot)
}

/// Reports faults that stop a command, each with its place.
pub fn refuse(context: &Context, handbook: &Handbook, key: &'static str, faults: &Report) -> Result<(), Failure> {
    if faults.diagnostics.is_empty() {
        return Ok(());
    }
    let lines = emit(Format::Short, faults, &handbook.sources, &context.catalogue, false);
    context.output.complain(&format!("{}\n{}", context.catalogue.get(key), lines.trim_end()));
    Err(Failure::Refused)
}

/// What was typed → what it names. Every unknown name is reported.
pub fn subjects(context: &Context, handbook: &Handbook, written: &[String]) -> Result<Vec<Subject>, Failure> {
    let (mut known, mut reasons) = (Vec::new(), Vec::new());
    for text in written {
        match Subject::parse(handbook, text) {
            Ok(subject) => known.push(subject),
            Err(reason) => reasons.push(reason),
        }
    }
    for reason in &reasons {
        complain(context, reason);
    }
    if reasons.is_empty() { Ok(known) } else { Err(Failure::Refused) }
}

/// Writes what may be recorded; where there is a reason against any of it, tells them all and writes nothing.
pub fn record(
    context: &Context,
    snapshot: &Snapshot,
    manner: Manner,
    judgements: Vec<(Subject, Judgement)>,
) -> Result<Outcome, Failure> {
    let (mut entries, mut refused) = (Vec::new(), Vec::<(Text, Vec<String>)>::new());
    for (subject, judgement) in judgements {
        match judgement {
            Ok(judged) => entries.push(judged),
            Err(reasons) => {
                for reason in reasons {
                    match refused.iter_mut().find(|(known, _)| *known == reason) {
                        Some((_, names)) => names.push(subject.name().to_owned()),
                        None => refused.push((reason, vec![subject.name().to_owned()])),
                    }
                }
            }
        }
    }
    if !refused.is_empty() {
        for (reason, names) in refused {
            complain(context, &Text::new("refused").arg("ids", names.join(", ")).arg("reason", reason));
        }
        return Ok(Outcome::Errors);
    }
    write(context, snapshot, manner, entries)
}

/// Shows the entries, asks, and writes. Entries that the ledger holds already are left alone.
pub fn write(context: &Context, snapshot: &Snapshot, manner: Manner, entries: Vec<Judged>) -> Result<Outcome, Failure> {
    let handbook = snapshot.handbook();
    let records = &handbook.config.records_path;
    let (recorded, new): (Vec<Judged>, Vec<Judged>) = entries.into_iter().partition(|entry| entry.recorded);
    let path = |subject: &Subject| match subject.ledger(handbook) {
        Some(ledger) => handbook.sources.file(ledger.file).path().to_owned(),
        None => format!("{records}/ledger/{}.toml", subject.name()),
    };
    let mut told: Vec<String> = recorded.iter().map(|entry| path(&entry.subject)).collect();
    told.dedup();
    for path in told {
        tell(context, &Text::new("ledger-recorded").arg("path", path));
    }
    // All entries of a ledger are written at once.
    let mut files: BTreeMap<&Subject, String> = BTreeMap::new();
    for entry in &new {
        let text = files.entry(&entry.subject).or_default();
        *text = appended(text, &entry.entry.to_toml());
    }
    let mut shown = String::new();
    for (subject, text) in &files {
        shown.push_str(&format!("# {}\n{text}\n", path(subject)));
    }
    context.output.result(&shown);
    if manner.dry_run || files.is_empty() {
        return Ok(Outcome::Good);
    }
    if !manner.yes && !Asker::new(context).confirm("ask-write", "--yes")? {
        return Ok(Outcome::Errors);
    }
    sweep(&snapshot.root().join(records).join("ledger"));
    for (subject, text) in &files {
        let old = subject.ledger(handbook).map(|ledger| handbook.sources.file(ledger.file).text());
        let addition = match old {
            Some(old) => appended(old, text)[old.len()..].to_owned(),
            None => text.clone(),
        };
        let file = path(subject);
        append_atomic(&snapshot.root().join(&file), old.map(str::as_bytes), addition.as_bytes())?;
        tell(context, &Text::new("ledger-written").arg("path", file));
    }
    Ok(Outcome::Good)
}

fn tell(context: &Context, text: &Text) {
    context.output.progress(&context.catalogue.text(text));
}

/// Tells a reason on standard error.
pub fn complain(context: &Context, text: &Text) {
    context.output.complain(&context.catalogue.text(text));
}
