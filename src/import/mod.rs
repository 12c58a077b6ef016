//! Existing text → documents: regulations as Markdown, typed by hand or made of Word files by a converter, become
//! articles with stable names, typed citations become references, tables of versions become entries of the ledger.
//!
//! Whatever is not certain stays as it was typed and is told with its place. Writes no file, and reads none but the
//! pictures that [`Source::beside`] serves.
//!
//! ```text
//! source → blocks → facts (front matter, versions)
//!                 → parts (章, 条, 項, 号) → text with references → read back and compared
//! ```

mod articles;
mod blocks;
mod captions;
mod citations;
mod clean;
mod facts;
mod finding;
mod history;
mod marks;
mod numeral;
mod pictures;
mod structure;
mod tables;
mod targets;
mod text;
mod verify;
mod words;

use std::collections::BTreeSet;

use citations::Citable;
use facts::Facts;
use finding::Findings;
pub use finding::{Finding, Weight};
use structure::{Content, Kind, Part};
use targets::Target;

use crate::export::starter::next_id;
use crate::handbook::Handbook;
use crate::ledger::append::ledger_text;
use crate::ledger::{NewEntry, PastVersion};
use crate::load::Unread;
use crate::locale::Text;
use crate::model::document::{Numbering, Tier};
use crate::model::id::DocumentId;
use crate::parse;
use crate::source::{SourceDb, Span};

/// What 改訂日 and other days without a name of their own mean in the tables of versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Dates {
    /// 施行日.
    Effective,
    /// 承認日.
    Approved,
    /// Both: decided and in force on the same day.
    Both,
}

/// What all documents of an import have in common.
#[derive(Debug, Clone)]
pub struct Options {
    /// Their tier.
    pub tier: Tier,
    /// Owner (role id) of those that name none.
    pub owner: Option<String>,
    /// What days without a name of their own mean.
    pub dates: Option<Dates>,
}

/// Reads a picture by its path from the folder of the text, which it never leaves.
pub type Beside<'s> = dyn Fn(&str) -> Result<Vec<u8>, Unread> + 's;

/// A text to import.
#[derive(Clone, Copy)]
pub struct Source<'s> {
    /// The file's name, by which the original is known afterwards.
    pub name: &'s str,
    /// Its text.
    pub text: &'s str,
    /// The pictures beside it.
    pub beside: &'s Beside<'s>,
}

/// A picture that goes with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its path from the document's folder.
    pub file: String,
    /// Its path from the source's folder.
    pub source: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A document that was made of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// The file's name.
    pub file: String,
    /// The file's text.
    pub text: String,
    /// Its pictures, in the order in which the text shows them first.
    pub pictures: Vec<Picture>,
    /// Its ledger: the versions before the present one.
    pub ledger: Option<String>,
    /// The row of the present version in the table that `kitei approve --adopt --csv` takes.
    pub approval: [String; 11],
    /// What was found, in the order of the source.
    pub findings: Vec<Finding>,
}

/// Imports texts as documents of one tier; `used` are ids that must not be given again.
///
/// # Errors
/// Where no id can be given.
pub fn import(
    handbook: &Handbook,
    sources: &[Source<'_>],
    options: &Options,
    used: &[String],
) -> Result<Vec<Imported>, Text> {
    let mut used = used.to_vec();
    let mut read = Vec::new();
    for source in sources {
        let id = next_id(handbook, options.tier, None, &used)
            .ok_or_else(|| Text::new("new-no-id").arg("tier", options.tier.name()))?;
        used.push(id.to_string());
        let mut findings = Findings::default();
        let (facts, left) = facts::facts(handbook, blocks::blocks(source.text), options.dates, &mut findings);
        let mut parts = articles::parts(&left, &mut findings);
        let file = file_name(source, &id);
        let taken = beside(handbook, options.tier, stem(&file));
        let pictures = pictures::Settler::new(source.beside, stem(&file), taken, &mut findings).parts(&mut parts);
        captions::name(&mut parts);
        let title = title(source, &facts, &mut findings);
        let target = Target::of_parts(id.as_str(), &title, &parts);
        read.push(Read { source: *source, id, title, file, facts, parts, pictures, target, findings });
    }
    let known: Vec<Target> = handbook.documents.iter().filter_map(Target::of_document).collect();
    let targets: Vec<Target> = known.into_iter().chain(read.iter().map(|read| read.target.clone())).collect();
    Ok(read.into_iter().map(|read| read.finish(handbook, options, &targets)).collect())
}

/// A source that was read, before its citations are looked up among all that are imported.
struct Read<'s> {
    source: Source<'s>,
    id: DocumentId,
    title: String,
    file: String,
    facts: Facts,
    parts: Vec<Part>,
    pictures: Vec<Picture>,
    target: Target,
    findings: Findings,
}

fn title(source: &Source<'_>, facts: &Facts, findings: &mut Findings) -> String {
    match facts.title.as_ref().filter(|words| !words.is_blank()) {
        Some(words) => words.as_str().split_whitespace().collect::<Vec<_>>().join("　"),
        None => {
            let stem = source.name.rsplit_once('.').map_or(source.name, |(stem, _)| stem);
            let stem = if stem.trim().is_empty() { source.name } else { stem };
            let text = Text::new("import-no-title").arg("title", stem);
            findings.undecided(Span::new(0, 0), text, "import-no-title-help");
            stem.to_owned()
        }
    }
}

impl Read<'_> {
    fn finish(mut self, handbook: &Handbook, options: &Options, targets: &[Target]) -> Imported {
        let others: Vec<Target> = targets.iter().filter(|target| target.id != self.id.as_str()).cloned().collect();
        let citable = Citable::new(&self.target, &others, paragraphs(&self.parts));
        let body = text::body(&self.parts, &citable, &mut self.findings);
        let numbered = self.parts.iter().any(|part| matches!(part.kind, Kind::Article { .. }));
        if !numbered {
            self.findings.note(Span::new(0, 0), Text::new("import-no-articles"), "import-no-articles-help");
        }
        let front = self.front(handbook, options, numbered);
        let text = format!("{front}\n{body}");
        let file = SourceDb::default().add("imported.md", text.clone());
        let (document, _) = parse::document::document(file, "imported.md", &text, options.tier, Numbering::Plain);
        verify::verify(&document, &self.parts, &mut self.findings);
        self.leftovers();
        let approval = self.approval(handbook, options);
        let ledger = self.ledger();
        let mut findings = std::mem::take(&mut self.findings.0);
        let source = self.source.text;
        for finding in &mut findings {
            // Words that were put in between stand at the last byte before them.
            let (start, end) = (finding.span.start.min(source.len()), finding.span.end.min(source.len()));
            finding.span = Span::new(source.floor_char_boundary(start), source.ceil_char_boundary(end));
        }
        findings.sort_by_key(|finding| finding.span);
        Imported {
            id: self.id,
            title: self.title,
            file: self.file,
            text,
            pictures: self.pictures,
            ledger,
            approval,
            findings,
        }
    }

    /// What a converter may leave that needs a person's hand: HTML, tables with merged cells.
    fn leftovers(&mut self) {
        let findings = &mut self.findings;
        for content in self.parts.iter().flat_map(|part| &part.contents) {
            match content {
                Content::Table(table) if table.merged => {
                    findings.undecided(table.span, Text::new("import-merged"), "import-merged-help");
                }
                Content::Paragraph { words, .. } if html(words.as_str()).is_some() => {
                    let at = html(words.as_str()).unwrap_or(0);
                    findings.undecided(words.span(at..at + 1), Text::new("import-html"), "import-html-help");
                }
                _ => {}
            }
        }
    }

    fn front(&mut self, handbook: &Handbook, options: &Options, numbered: bool) -> String {
        let tier = handbook.config.tier(options.tier);
        let mut out = String::from("+++\n");
        let mut string =
            |key: &str, value: &str| out.push_str(&format!("{key} = {}\n", toml::Value::String(value.to_owned())));
        string("id", self.id.as_str());
        if let Some(number) = &self.facts.number {
            string("number", number);
        }
        string("title", &self.title);
        let start = Span::new(0, 0);
        match self.facts.version {
            Some(version) => string("version", &version.to_string()),
            None => self.findings.undecided(start, Text::new("import-no-version"), "import-no-version-help"),
        }
        match self.facts.owner.as_ref().or(options.owner.as_ref()) {
            Some(owner) => string("owner", owner),
            None if self.facts.unknown_owner => {}
            None => self.findings.undecided(start, Text::new("import-no-owner"), "import-no-owner-help"),
        }
        let usual = tier.classification.as_ref().map(|label| label.value.as_str());
        if let Some(label) = self.facts.classification.as_deref().filter(|label| Some(*label) != usual) {
            string("classification", label);
        }
        if let Some(date) = self.facts.established {
            out.push_str(&format!("established = {date}\n"));
        }
        let numbering = if numbered { Numbering::Articles } else { Numbering::Plain };
        // Said even where the tier says so too: the numbers of an imported text are those of its source.
        if numbering != tier.numbering || numbered {
            out.push_str(&format!("numbering = \"{}\"\n", if numbered { "articles" } else { "plain" }));
        }
        out + "+++\n"
    }

    /// Earlier versions as entries of the ledger, those of which it is certain when they took effect.
    fn ledger(&self) -> Option<String> {
        let earlier = self.facts.history.iter().rev().skip(1).rev();
        let entries = earlier.filter_map(|row| {
            let changes = Some(row.changes.clone()).filter(|changes| !changes.is_empty());
            let (version, approved_on) = (row.version, row.approved_on);
            Some(NewEntry::Past(PastVersion { version, approved_on, effective: row.effective?, changes }))
        });
        let text = ledger_text(&entries.collect::<Vec<_>>());
        (!text.is_empty()).then_some(text)
    }

    fn approval(&mut self, handbook: &Handbook, options: &Options) -> [String; 11] {
        let newest = self.facts.history.last().cloned();
        let mut people = |names: &[String], span: Span| -> String {
            let mut ids = Vec::new();
            for name in names {
                match handbook.people.iter().find(|person| person.name.value == *name) {
                    Some(person) => ids.push(person.id.value.clone()),
                    None => {
                        let text = Text::new("import-person").arg("name", name);
                        self.findings.undecided(span, text, "import-person-help");
                    }
                }
            }
            ids.join(";")
        };
        let role = handbook.config.tier(options.tier).approver.map_or(String::new(), |role| role.value);
        let body = handbook.role(&role).is_some_and(|role| role.body);
        let span = newest.as_ref().map_or(Span::new(0, 0), |row| row.span);
        let of = |row: &dyn Fn(&history::PastRow) -> Vec<String>| newest.as_ref().map_or_else(Vec::new, row);
        let drafters = people(&of(&|row| row.drafters.clone()), span);
        let checked_by = people(&of(&|row| row.checked_by.clone()), span);
        let approver = if body { String::new() } else { people(&of(&|row| row.approvers.clone()), span) };
        let earlier = self.facts.history.iter().rev().skip(1).rev();
        let named: Vec<(Span, String)> = earlier
            .filter_map(|row| {
                let names = row.drafters.iter().chain(&row.checked_by).chain(&row.approvers);
                let names: Vec<&str> = names.map(String::as_str).collect();
                (!names.is_empty()).then(|| (row.span, format!("{}: {}", row.version, names.join("・"))))
            })
            .collect();
        if let Some((first, _)) = named.first() {
            let names: Vec<&str> = named.iter().map(|(_, names)| names.as_str()).collect();
            let text = Text::new("import-names").arg("names", names.join("、"));
            self.findings.note(*first, text, "import-names-help");
        }
        if let (true, Some(row)) = (body, newest.as_ref().filter(|row| !row.approvers.is_empty())) {
            let text = Text::new("import-names").arg("names", format!("{}: {}", row.version, row.approvers.join("・")));
            self.findings.note(row.span, text, "import-names-body-help");
        }
        let date = |date: Option<jiff::civil::Date>| date.map_or(String::new(), |date| date.to_string());
        [
            self.id.to_string(),
            self.facts.version.map_or(String::new(), |version| version.to_string()),
            date(newest.as_ref().and_then(|row| row.approved_on)),
            date(newest.as_ref().and_then(|row| row.effective)),
            role,
            approver,
            drafters,
            checked_by,
            newest.as_ref().map_or(String::new(), |row| row.changes.clone()),
            String::new(),
            self.source.name.to_owned(),
        ]
    }
}

/// The paragraphs of a text and its first items, where short names are defined.
fn paragraphs(parts: &[Part]) -> impl Iterator<Item = &str> {
    parts.iter().flat_map(|part| &part.contents).flat_map(|content| match content {
        Content::Paragraph { words, .. } => vec![words.as_str()],
        Content::Items(items) => items.iter().map(|item| item.words.as_str()).collect(),
        _ => Vec::new(),
    })
}

/// Where raw HTML begins in a text.
fn html(text: &str) -> Option<usize> {
    let starts = |at: usize| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    text.match_indices('<')
        .map(|(at, _)| at)
        .find(|at| starts(*at) && !text[..*at].ends_with('\\') && text[*at..].contains('>'))
}

/// The source's name where it is plain, else the id.
fn file_name(source: &Source<'_>, id: &DocumentId) -> String {
    let stem = stem(source.name).to_ascii_lowercase();
    let plain =
        !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if plain { format!("{stem}.md") } else { format!("{}.md", id.as_str().to_lowercase()) }
}

/// A file's name without its ending.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The names of files in a folder below a tier's, in small letters: those that no picture may take.
fn beside(handbook: &Handbook, tier: Tier, folder: &str) -> BTreeSet<String> {
    let folder = format!("{}/{folder}/", handbook.config.folder(tier)).to_lowercase();
    let documents = handbook.documents.iter().map(|document| document.path.as_str());
    let paths = documents.chain(handbook.attachments.keys().map(String::as_str)).map(str::to_lowercase);
    paths.filter_map(|path| path.strip_prefix(&folder).map(str::to_owned)).collect()
}

/// The table of the present versions for `kitei approve --adopt --csv`, as a spreadsheet opens it.
///
/// # Errors
/// Never in memory; the library's words.
pub fn adoption_table(imported: &[Imported]) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(crate::ledger::adoption::approval_columns())?;
    for document in imported {
        writer.write_record(&document.approval)?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}
