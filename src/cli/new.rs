//! `kitei new`: a document with the next id of its tier and the sections such a document has, or a row of a register.

use dialoguer::Input;

use super::arguments::{New, TierName};
use super::open::open;
use super::{Context, Failure, Outcome};
use crate::export::row::{new_file, new_row as row_text};
use crate::export::starter::{NewDocument, next_id, text};
use crate::locale::Text;
use crate::publish::append_atomic;
use crate::register::definition::Definition;
use crate::standard;
use crate::workspace::Snapshot;

/// Runs the command.
pub fn run(context: &mut Context, arguments: New) -> Result<Outcome, Failure> {
    let snapshot = open(context, arguments.as_of, None)?;
    let handbook = snapshot.handbook();
    let Ok(tier) = <TierName as clap::ValueEnum>::from_str(&arguments.what, false) else {
        return new_row(context, &snapshot, &arguments);
    };
    let Some(title) = arguments.title else {
        return Err(Failure::new(Text::new("new-without-title")));
    };
    if let Some(number) = arguments.annex_a.first().filter(|number| standard::control(number).is_none()) {
        return Err(Failure::new(Text::new("new-no-control").arg("number", number)));
    }
    for id in &arguments.implements {
        if handbook.index_of(id).is_none() {
            return Err(Failure::new(Text::new("no-such-document").arg("id", id)));
        }
    }
    let owner = match arguments.owner {
        Some(owner) => owner,
        None if context.output.interactive() => {
            let prompt = context.catalogue.get("ask-owner");
            let asked: Result<String, _> = Input::new().with_prompt(prompt).interact_text();
            asked.map_err(|_| Failure::new(Text::new("interrupted")))?
        }
        None => return Err(Failure::new(Text::new("flag-needed").arg("flag", "--owner"))),
    };
    if handbook.role(&owner).is_none() {
        return Err(Failure::new(Text::new("approve-unknown-role").arg("role", owner)));
    }
    // Ids are never used again, so those that only history knows count too.
    let used: Vec<String> = match handbook.history().timelines()? {
        Some(timelines) => timelines.documents().map(str::to_owned).collect(),
        None => Vec::new(),
    };
    let annex = arguments.annex_a.first().map(String::as_str).filter(|_| tier == TierName::Control);
    let tier = tier.tier();
    let id = next_id(handbook, tier, annex, &used)
        .ok_or_else(|| Failure::new(Text::new("new-no-id").arg("tier", tier.name())))?;
    let taken = handbook.document(&id).is_some()
        || handbook.ledgers.contains_key(&id)
        || used.iter().any(|used| used.eq_ignore_ascii_case(id.as_str()));
    if taken {
        return Err(Failure::new(Text::new("new-taken").arg("id", id.as_str())));
    }
    let file =
        arguments.file.unwrap_or_else(|| format!("{}.md", annex.map_or(id.as_str().to_lowercase(), str::to_owned)));
    if file.contains(['/', '\\']) || !file.ends_with(".md") {
        return Err(Failure::new(Text::new("new-bad-file").arg("file", file)));
    }
    let path = format!("{}/{file}", handbook.config.folder(tier));
    let document = NewDocument { tier, id, title, owner, implements: arguments.implements, annex_a: arguments.annex_a };
    let at = snapshot.root().join(&path);
    append_atomic(&at, None, text(handbook, &document).as_bytes())?;
    context.output.result(&path);
    Ok(Outcome::Good)
}

/// Appends a row to a file of a register, with the next id.
fn new_row(context: &Context, snapshot: &Snapshot, arguments: &New) -> Result<Outcome, Failure> {
    let set = &snapshot.register_set;
    let Some(definition) = set.library.get(&arguments.what) else {
        let known = set.library.definitions.iter().map(|known| known.id.value.as_str()).collect::<Vec<_>>();
        let text = Text::new("new-unknown").arg("what", &arguments.what).arg("known", known.join(", "));
        return Err(Failure::new(text));
    };
    let kind = match &arguments.kind {
        Some(name) => definition.kind(name).ok_or_else(|| {
            let kinds: Vec<&str> = definition.kinds.iter().map(|kind| kind.name.value.as_str()).collect();
            let text = Text::new("export-register-kind").arg("id", &definition.id.value);
            Failure::new(text.arg("kinds", kinds.join(", ")))
        })?,
        None => 0,
    };
    let register = set.library.position(&definition.id.value);
    // The next id cannot be told while rows are unread.
    if register.is_some_and(|register| set.data.unread.contains(&register) || set.library.is_faulty(register)) {
        return Err(Failure::new(Text::new("export-register-incomplete").arg("id", &definition.id.value)));
    }
    let path = row_file(snapshot, definition, arguments.file.as_deref())?;
    let year = snapshot.today.year();
    let row = row_text(snapshot, definition, &definition.kinds[kind], year, &context.catalogue);
    let at = snapshot.root().join(&path);
    match snapshot.sources.by_path(&path).map(|file| snapshot.sources.file(file).text()) {
        Some(text) => {
            let line = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
            append_atomic(&at, Some(text.as_bytes()), format!("{line}\n{row}").as_bytes())?;
        }
        None => {
            let head = new_file(definition, year, &context.catalogue);
            append_atomic(&at, None, format!("{head}\n{row}").as_bytes())?;
        }
    }
    context.output.result(&path);
    Ok(Outcome::Good)
}

/// The file that takes a new row: the named one, the only one, or that of the newest period.
fn row_file(snapshot: &Snapshot, definition: &Definition, named: Option<&str>) -> Result<String, Failure> {
    let (records, id) = (&snapshot.config.records_path, &definition.id.value);
    let only = format!("{records}/{id}.toml");
    if let Some(name) = named {
        if name.contains(['/', '\\']) || !name.ends_with(".toml") {
            return Err(Failure::new(Text::new("new-bad-row-file").arg("file", name)));
        }
        return Ok(if name == format!("{id}.toml") { only } else { format!("{records}/{id}/{name}") });
    }
    let register = snapshot.register_set.library.position(id);
    let files = snapshot.register_set.data.files.iter().filter(|file| Some(file.register) == register);
    let mut files: Vec<(Option<&str>, &str)> = files
        .map(|file| {
            let period = file.period.as_ref().map(|period| period.value.as_str());
            (period, snapshot.sources.file(file.file).path())
        })
        .collect();
    files.sort_unstable();
    match files.as_slice() {
        [] => Ok(only),
        [(_, path)] => Ok((*path).to_owned()),
        [.., (before, _), (newest, path)] if newest > before => Ok((*path).to_owned()),
        _ => {
            let paths: Vec<&str> = files.iter().map(|(_, path)| *path).collect();
            Err(Failure::new(Text::new("new-which-file").arg("files", paths.join(", "))))
        }
    }
}
