//! What every command that writes the ledger does: prints the reasons against a request, or shows the entries, asks
//! whether to write them, and appends them, each file whole or not at all.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::open::{open, report_history};
use super::prompt::Prompter;
use super::{Context, Failure, Outcome};
use crate::approved_copy::{Attachment, CopyDigest};
use crate::check::{Report, gate};
use crate::emit::{Format, emit};
use crate::handbook::Handbook;
use crate::ledger::append::{addition, ledger_text};
use crate::ledger::validate::{ValidatedEntry, Validation};
use crate::ledger::{NewEntry, Subject};
use crate::load::APPROVED_FOLDER;
use crate::locale::Text;
use crate::picture;
use crate::publish::{Appended, DecisionFiles, sweep, write_decision};
use crate::workspace::Snapshot;

/// How entries are written, whatever their kind.
#[derive(Debug, Clone, Copy, Args)]
pub struct WriteArgs {
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Only show.
    #[arg(long)]
    pub dry_run: bool,
    /// Without asking.
    #[arg(long, short)]
    pub yes: bool,
}

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
        match handbook.subject(text) {
            Ok(subject) => known.push(subject),
            Err(reason) => reasons.push(reason),
        }
    }
    for reason in &reasons {
        complain(context, reason);
    }
    if reasons.is_empty() { Ok(known) } else { Err(Failure::Refused) }
}

/// Writes what may be recorded; where there is a reason against any of it, prints them all and writes nothing.
pub fn record(
    context: &Context,
    snapshot: &Snapshot,
    arguments: WriteArgs,
    validations: Vec<(Subject, Validation)>,
) -> Result<Outcome, Failure> {
    let (mut entries, mut refused) = (Vec::new(), Vec::<(Text, Vec<String>)>::new());
    for (subject, validation) in validations {
        match validation {
            Ok(validated) => entries.push(validated),
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
    write(context, snapshot, arguments, entries)
}

/// Shows the entries, asks, and writes. Entries that the ledger holds already are left alone.
pub fn write(
    context: &Context,
    snapshot: &Snapshot,
    arguments: WriteArgs,
    entries: Vec<ValidatedEntry>,
) -> Result<Outcome, Failure> {
    let handbook = snapshot.handbook();
    let records = &handbook.config.records_path;
    let created = new_copies(snapshot, &entries)?;
    let (recorded, new): (Vec<ValidatedEntry>, Vec<ValidatedEntry>) =
        entries.into_iter().partition(|entry| entry.recorded);
    let path = |subject: &Subject| match handbook.subject_ledger(subject) {
        Some(ledger) => handbook.sources.file(ledger.file).path().to_owned(),
        None => format!("{records}/ledger/{}.toml", subject.name()),
    };
    let mut unchanged: Vec<String> = recorded.iter().map(|entry| path(&entry.subject)).collect();
    unchanged.dedup();
    for path in unchanged {
        report(context, &Text::new("ledger-recorded").arg("path", path));
    }
    // All entries of a ledger are written at once.
    let mut files: BTreeMap<Subject, Vec<NewEntry>> = BTreeMap::new();
    for ValidatedEntry { subject, entry, .. } in new {
        files.entry(subject).or_default().push(entry);
    }
    let mut shown = String::new();
    for (subject, entries) in &files {
        shown.push_str(&format!("# {}\n{}\n", path(subject), ledger_text(entries)));
    }
    for (path, _) in &created {
        shown.push_str(&format!("# {}\n", path.display()));
    }
    context.output.result(&shown);
    if arguments.dry_run || (files.is_empty() && created.is_empty()) {
        return Ok(Outcome::Good);
    }
    if !arguments.yes && !Prompter::new(context).confirm("ask-write", "--yes")? {
        return Ok(Outcome::Errors);
    }
    sweep(&snapshot.root().join(records).join("ledger"));
    let appended = files.iter().map(|(subject, entries)| {
        let old = handbook.subject_ledger(subject).map(|ledger| handbook.sources.file(ledger.file).text());
        let addition = addition(old.unwrap_or_default(), entries).into_bytes();
        Appended { path: snapshot.root().join(path(subject)), before: old.map(|old| old.as_bytes().to_vec()), addition }
    });
    let written = created.iter().map(|(path, _)| path.display().to_string()).chain(files.keys().map(path));
    let written: Vec<String> = written.collect();
    let appended = appended.collect();
    let created = created.into_iter().map(|(path, bytes)| (snapshot.root().join(path), bytes)).collect();
    write_decision(&DecisionFiles { created, appended })?;
    for path in written {
        report(context, &Text::new("ledger-written").arg("path", path));
    }
    Ok(Outcome::Good)
}

/// The approved copies of approvals that have none yet, with the pictures and attachments beside them: path below the root
/// and bytes.
fn new_copies(snapshot: &Snapshot, entries: &[ValidatedEntry]) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
    let handbook = snapshot.handbook();
    let mut created = BTreeMap::new();
    for ValidatedEntry { subject, entry, .. } in entries {
        let (Subject::Document(id), NewEntry::Approval(approval)) = (subject, entry) else { continue };
        if handbook.copies.of_approval(id, approval).is_some() {
            continue;
        }
        let faults = || Failure::new(Text::new("approve-has-faults"));
        let document = handbook.document(id).ok_or_else(faults)?;
        let copy = handbook.copy_of_tree(document).map_err(|_| faults())?;
        if copy.digest() != approval.digest {
            return Err(faults());
        }
        let folder = PathBuf::from(&handbook.config.records_path).join(APPROVED_FOLDER).join(id.as_str());
        for Attachment { name, path } in &copy.attachments {
            let at = folder.join(name);
            let known = handbook.attachments.contains_key(&at.to_string_lossy().replace('\\', "/"));
            if !known {
                created.insert(at, attached(snapshot, name, path)?);
            }
        }
        created.insert(folder.join(format!("{}.md", approval.version)), copy.text.into_bytes());
    }
    Ok(created.into_iter().collect())
}

/// The bytes of a file beside a copy, which have to be those of its name.
fn attached(snapshot: &Snapshot, name: &str, path: &str) -> Result<Vec<u8>, Failure> {
    let changed = || Failure::new(Text::new("approve-file-changed").arg("path", path));
    let bytes = snapshot.files().read(path).map_err(|_| changed())?;
    let bytes = picture::reduced(path, &bytes).map_err(|_| changed())?;
    match Attachment::named_digest(name) == Some(CopyDigest::of(&bytes)) {
        true => Ok(bytes.into_owned()),
        false => Err(changed()),
    }
}

fn report(context: &Context, text: &Text) {
    context.output.progress(&context.catalogue.text(text));
}

/// Prints a reason on standard error.
pub fn complain(context: &Context, text: &Text) {
    context.output.complain(&context.catalogue.text(text));
}
