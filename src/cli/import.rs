//! `kitei import documents`: existing text becomes documents, and what could not be decided is told.

use std::path::{Path, PathBuf};

use super::arguments::{Import, ImportDocuments, ImportFormat, ImportWhat};
use super::open::open;
use super::{Context, Failure, Outcome};
use crate::import::{Imported, Options, Picture, Source, Weight, adoption_table, import};
use crate::load::{Unread, read_beside, read_table};
use crate::locale::{Catalogue, Text};
use crate::publish::create_all;
use crate::source::{SourceDb, SourceFile};

/// The table of present versions, at the root.
const ADOPTION: &str = "adoption.csv";

/// Runs the command.
pub fn run(context: &mut Context, arguments: Import) -> Result<Outcome, Failure> {
    match arguments.what {
        ImportWhat::Documents(arguments) => documents(context, arguments),
    }
}

fn documents(context: &mut Context, arguments: ImportDocuments) -> Result<Outcome, Failure> {
    let snapshot = open(context, None, None)?;
    let handbook = snapshot.handbook();
    if let Some(owner) = arguments.owner.as_ref().filter(|owner| handbook.role(owner).is_none()) {
        return Err(Failure::new(Text::new("approve-unknown-role").arg("role", owner)));
    }
    let mut texts = SourceDb::default();
    for path in &arguments.files {
        let at = context.path(path);
        let unreadable = |reason: Text| {
            Failure::new(Text::new("csv-unreadable").arg("path", path.display().to_string()).arg("reason", reason))
        };
        let text = read_table(&at).map_err(unreadable)?;
        if text.starts_with("+++") {
            return Err(unreadable(Text::new("import-is-document")));
        }
        texts.add(path.display().to_string(), text);
    }
    let beside: Vec<_> = arguments.files.iter().map(|path| beside(context, path)).collect();
    let sources: Vec<Source<'_>> = texts
        .files()
        .zip(&beside)
        .map(|((_, file), beside)| Source { name: name(file.path()), text: file.text(), beside })
        .collect();
    // Ids are never used again, so those that only history knows count too.
    let used: Vec<String> = match handbook.history().timelines()? {
        Some(timelines) => timelines.documents().map(str::to_owned).collect(),
        None => Vec::new(),
    };
    let tier = arguments.tier.tier();
    let options = Options { tier, owner: arguments.owner, dates: arguments.dates };
    let imported = import(handbook, &sources, &options, &used).map_err(Failure::new)?;

    let config = &handbook.config;
    let mut files: Vec<(String, String)> = Vec::new();
    let mut pictures: Vec<(String, &Picture)> = Vec::new();
    for document in &imported {
        files.push((format!("{}/{}", config.folder(tier), document.file), document.text.clone()));
        pictures.extend(document.pictures.iter().map(|file| (format!("{}/{}", config.folder(tier), file.file), file)));
        let ledger = document.ledger.as_ref();
        files.extend(ledger.map(|text| (format!("{}/ledger/{}.toml", config.records_path, document.id), text.clone())));
    }
    let table = adoption_table(&imported)?;
    files.push((ADOPTION.to_owned(), table));

    let catalogue = &context.catalogue;
    let read: Vec<&SourceFile> = texts.files().map(|(_, file)| file).collect();
    match arguments.format {
        ImportFormat::Json => context.output.result(&json(&read, &imported, catalogue)),
        ImportFormat::Human => {
            if arguments.dry_run {
                for (path, text) in &files {
                    context.output.result(&format!("==> {path} <==\n{}\n", text.trim_start_matches('\u{feff}')));
                }
                for (path, picture) in &pictures {
                    let told = Text::new("import-picture-bytes").arg("bytes", picture.bytes.len());
                    let told = catalogue.text(&told.arg("source", &picture.source));
                    context.output.result(&format!("==> {path} <==\n{told}\n\n"));
                }
            }
            context.output.result(&human(&read, &imported, catalogue));
        }
    }
    let undecided = imported.iter().flat_map(|document| &document.findings);
    let undecided = undecided.filter(|finding| finding.weight == Weight::Undecided).count();
    if !arguments.dry_run {
        let root = arguments.out.map_or_else(|| snapshot.root().to_owned(), |out| context.path(&out));
        let written: Vec<(PathBuf, Vec<u8>)> = files
            .iter()
            .map(|(path, text)| (path, text.as_bytes().to_vec()))
            .chain(pictures.iter().map(|(path, picture)| (path, picture.bytes.clone())))
            .map(|(path, bytes)| (root.join(path), bytes))
            .collect();
        create_all(&written)?;
        for path in files.iter().map(|(path, _)| path).chain(pictures.iter().map(|(path, _)| path)) {
            context.output.progress(&catalogue.text(&Text::new("ledger-written").arg("path", path)));
        }
        context.output.progress(&catalogue.text(&Text::new("import-next").arg("table", ADOPTION)));
    }
    Ok(if undecided > 0 { Outcome::Errors } else { Outcome::Good })
}

/// Reads pictures beside a source. Converters write paths as seen from where they were run, so that those which lead into
/// the source's folder from here are understood, too.
fn beside(context: &Context, source: &Path) -> impl Fn(&str) -> Result<Vec<u8>, Unread> {
    let typed = source.parent().unwrap_or(Path::new("")).to_owned();
    let folder = context.path(&typed);
    move |path| match read_beside(&folder, path) {
        Err(Unread::Missing) => {
            let seen = Path::new(path).strip_prefix(typed.strip_prefix(".").unwrap_or(&typed)).ok();
            let seen = seen.and_then(Path::to_str).filter(|seen| !seen.is_empty() && *seen != path);
            seen.map_or(Err(Unread::Missing), |seen| read_beside(&folder, &seen.replace('\\', "/")))
        }
        found => found,
    }
}

/// A path's last part.
fn name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}

/// What was found, by source: what a person has to decide first, then what was done and may be looked at.
fn human(sources: &[&SourceFile], imported: &[Imported], catalogue: &Catalogue) -> String {
    let mut out = String::new();
    for (source, document) in sources.iter().zip(imported) {
        let heading = Text::new("import-heading-line").arg("id", document.id.as_str()).arg("title", &document.title);
        out.push_str(&format!("{}: {}\n", source.path(), catalogue.text(&heading)));
        for weight in [Weight::Undecided, Weight::Note] {
            let found: Vec<_> = document.findings.iter().filter(|finding| finding.weight == weight).collect();
            if found.is_empty() {
                continue;
            }
            let key = if weight == Weight::Undecided { "import-undecided" } else { "import-noted" };
            out.push_str(&format!("\n{}\n", catalogue.text(&Text::new(key).arg("count", found.len()))));
            for finding in found {
                let at = source.position(finding.span.start);
                let (message, help) = (catalogue.text(&finding.message), catalogue.text(&finding.help));
                out.push_str(&format!("{}:{}:{}: {message}\n    {help}\n", source.path(), at.line, at.column));
            }
        }
        out.push('\n');
    }
    out
}

fn json(sources: &[&SourceFile], imported: &[Imported], catalogue: &Catalogue) -> String {
    let documents = sources.iter().zip(imported).map(|(source, document)| {
        let findings: Vec<serde_json::Value> = document
            .findings
            .iter()
            .map(|finding| {
                let (start, end) = (source.position(finding.span.start), source.position(finding.span.end));
                serde_json::json!({
                    "kind": finding.weight,
                    "name": finding.message.key(),
                    "line": start.line,
                    "column": start.column,
                    "end_line": end.line,
                    "end_column": end.column,
                    "message": catalogue.text(&finding.message),
                    "help": catalogue.text(&finding.help),
                })
            })
            .collect();
        let pictures: Vec<serde_json::Value> = document
            .pictures
            .iter()
            .map(|picture| serde_json::json!({ "file": picture.file, "source": picture.source }))
            .collect();
        serde_json::json!({
            "source": source.path(),
            "id": document.id.as_str(),
            "title": document.title,
            "file": document.file,
            "pictures": pictures,
            "findings": findings,
        })
    });
    let log = serde_json::json!({ "schema": 1, "documents": documents.collect::<Vec<_>>() });
    format!("{log}\n")
}
