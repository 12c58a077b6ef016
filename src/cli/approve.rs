//! `kitei approve`: records that versions were approved. Asks for what is missing on a terminal, refuses what
//! could not stand as an approval, shows what it is about to write, and writes each entry whole or not at all.

use dialoguer::{Confirm, Input, Select};
use jiff::civil::Date;

use super::arguments::Approve;
use super::open::{Opened, open};
use super::{Context, Failure, Outcome};
use crate::clock;
use crate::digest::Digest;
use crate::export::ledger::{NewApproval, appended};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::id::{DocumentId, Version};
use crate::publish::append_atomic;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Approve) -> Result<Outcome, Failure> {
    let opened = open(context, None, None)?;
    let handbook = &opened.handbook;
    let ids = required_ids(handbook, &arguments.ids)?;
    let mut pen = Pen::new(context, &opened, arguments.yes, arguments.dry_run);
    let approved_on = match arguments.on {
        Some(date) => date,
        None => pen.ask_date("ask-approved-on", clock::today(&handbook.config.timezone))?,
    };
    let effective = match arguments.effective {
        Some(date) => date,
        None => pen.ask_date("ask-effective", approved_on)?,
    };
    if effective < approved_on && arguments.retroactive.is_none() {
        let text = Text::new("approve-before-decision").arg("effective", effective).arg("approved", approved_on);
        return Err(Failure::new(text));
    }
    for id in &ids {
        let target = target(handbook, id)?;
        let role = match arguments.role.clone().or_else(|| handbook.approver_of(target.document, target.minor)) {
            Some(role) => role,
            None => pen.ask("ask-role", "--role")?,
        };
        let body = handbook.role(&role).map(|role| role.body);
        let Some(body) = body else { return Err(Failure::new(Text::new("approve-unknown-role").arg("role", role))) };
        check_rank(handbook, &target, id, &role)?;
        let approver = match (&arguments.approver, body) {
            (Some(person), _) => Some(person.clone()),
            (None, true) => None,
            (None, false) => Some(pen.ask("ask-approver", "--approver")?),
        };
        if let Some(person) = &approver {
            check_approver(handbook, person, &role, body, approved_on)?;
            if arguments.drafters.contains(person) && arguments.self_approval.is_none() {
                return Err(Failure::new(Text::new("approve-own-draft").arg("person", handbook.person_name(person))));
            }
        }
        let named = arguments.drafters.iter().chain(&arguments.checked_by);
        for person in named.chain(&arguments.chair).chain(&arguments.recorded_by) {
            known_person(handbook, person)?;
        }
        let entry = NewApproval {
            version: target.version,
            digest: target.digest,
            approved_on,
            effective,
            role,
            approver,
            chair: arguments.chair.clone(),
            drafters: arguments.drafters.clone(),
            checked_by: arguments.checked_by.clone(),
            recorded_by: arguments.recorded_by.clone(),
            changes: arguments.changes.clone(),
            reason: arguments.reason.clone(),
            decision: arguments.decision.clone(),
            against: against(handbook, id, effective),
            pull_request: arguments.pull_request.clone(),
            kind: crate::model::ledger::ApprovalKind::Regular,
            ratify_by: None,
            adopted_from: None,
            retroactive: arguments.retroactive.clone(),
            self_approval: arguments.self_approval.clone(),
        };
        pen.add(id, entry.to_toml());
    }
    pen.write()
}

/// What is about to be approved.
struct Target<'h> {
    document: &'h crate::model::Document,
    version: Version,
    digest: Digest,
    minor: bool,
}

/// The tree's text of a document, where it can be approved.
fn target<'h>(handbook: &'h Handbook, id: &DocumentId) -> Result<Target<'h>, Failure> {
    let refuse = |key| Failure::new(Text::new(key).arg("id", id.as_str()));
    let index = handbook.index(id).ok_or_else(|| refuse("no-such-document"))?;
    let document = &handbook.documents[index];
    if handbook.problems.iter().any(|problem| problem.place.file == document.file) {
        return Err(refuse("approve-has-faults"));
    }
    let version = document.front.version.as_ref().ok_or_else(|| refuse("approve-has-faults"))?.value;
    let digest = handbook.digests[index].ok_or_else(|| refuse("approve-has-faults"))?;
    let newest = handbook.standing(id).newest;
    if let Some(newest) = newest {
        let told =
            |key| Failure::new(Text::new(key).arg("id", id.as_str()).arg("version", newest.version.value.to_string()));
        if version == newest.version.value {
            let same = Digest::parse(&newest.digest.value) == Some(digest);
            return Err(told(if same { "approve-already" } else { "approve-other-text" }));
        }
        if version < newest.version.value {
            return Err(told("approve-version-lower"));
        }
    }
    let minor = newest.is_some_and(|newest| newest.version.value.major == version.major);
    Ok(Target { document, version, digest, minor })
}

/// The role must be the document's approver; for a minor version the delegated one will do.
fn check_rank(handbook: &Handbook, target: &Target<'_>, id: &DocumentId, role: &str) -> Result<(), Failure> {
    let full = handbook.approver_of(target.document, false);
    let delegated = handbook.approver_of(target.document, true).filter(|_| target.minor);
    if [&full, &delegated].into_iter().flatten().any(|allowed| allowed == role)
        || (full.is_none() && delegated.is_none())
    {
        return Ok(());
    }
    let needed = full.or(delegated).unwrap_or_default();
    Err(Failure::new(
        Text::new("approve-wrong-rank")
            .arg("id", id.as_str())
            .arg("role", handbook.role_name(role))
            .arg("needed", handbook.role_name(&needed)),
    ))
}

fn check_approver(handbook: &Handbook, person: &str, role: &str, body: bool, on: Date) -> Result<(), Failure> {
    known_person(handbook, person)?;
    let holds = handbook.person(person).is_some_and(|person| person.holds(role, on));
    if holds || body {
        return Ok(());
    }
    Err(Failure::new(
        Text::new("approve-not-in-office")
            .arg("person", handbook.person_name(person))
            .arg("role", handbook.role_name(role))
            .arg("date", on),
    ))
}

/// Fails for a person who is not in `people.toml`.
pub fn known_person(handbook: &Handbook, person: &str) -> Result<(), Failure> {
    match handbook.person(person) {
        Some(_) => Ok(()),
        None => Err(Failure::new(Text::new("no-such-person").arg("person", person))),
    }
}

/// Ids as typed → ids of documents that the tree or the ledger knows.
pub fn required_ids(handbook: &Handbook, written: &[String]) -> Result<Vec<DocumentId>, Failure> {
    written
        .iter()
        .map(|text| {
            DocumentId::parse(text)
                .filter(|id| handbook.document(id).is_some() || handbook.ledgers.contains_key(id))
                .map(|id| handbook.document(&id).and_then(|document| document.id()).cloned().unwrap_or(id))
                .ok_or_else(|| Failure::new(Text::new("no-such-document").arg("id", text)))
        })
        .collect()
}

/// Versions in force, on a date, of what a document implements.
pub fn against(handbook: &Handbook, id: &DocumentId, on: Date) -> Vec<(DocumentId, Version)> {
    let Some(document) = handbook.document(id) else { return Vec::new() };
    let mut found: Vec<(DocumentId, Version)> = handbook
        .implements(document)
        .filter_map(|(above, _)| {
            let above = DocumentId::parse(above)?;
            let version = handbook.standing_on(&above, on).in_force?.version.value;
            Some((above, version))
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Collects entries, shows them, and appends them to their ledger files.
pub struct Pen<'c, 'o> {
    context: &'c Context,
    opened: &'o Opened,
    yes: bool,
    dry_run: bool,
    entries: Vec<(DocumentId, String)>,
}

impl<'c, 'o> Pen<'c, 'o> {
    /// `yes` writes without asking, `dry_run` only shows.
    pub fn new(context: &'c Context, opened: &'o Opened, yes: bool, dry_run: bool) -> Self {
        Self { context, opened, yes, dry_run, entries: Vec::new() }
    }

    /// Adds an entry for a document.
    pub fn add(&mut self, id: &DocumentId, entry: String) {
        self.entries.push((id.clone(), entry));
    }

    fn prompt(&self, key: &str, flag: &str) -> Result<String, Failure> {
        if !self.context.output.interactive() {
            return Err(Failure::new(Text::new("flag-needed").arg("flag", flag)));
        }
        Ok(self.context.catalogue.get(key))
    }

    /// Asks for a text on a terminal; elsewhere fails naming the flag.
    pub fn ask(&self, key: &str, flag: &str) -> Result<String, Failure> {
        Input::new().with_prompt(self.prompt(key, flag)?).interact_text().map_err(|_| interrupted())
    }

    /// Asks for a date on a terminal; elsewhere the proposal is taken.
    pub fn ask_date(&self, key: &str, proposal: Date) -> Result<Date, Failure> {
        if !self.context.output.interactive() {
            return Ok(proposal);
        }
        let prompt = self.context.catalogue.get(key);
        Input::new().with_prompt(prompt).default(proposal).interact_text().map_err(|_| interrupted())
    }

    /// Asks for one of several words.
    pub fn choose(&self, key: &str, flag: &str, words: &[&str]) -> Result<String, Failure> {
        let prompt = self.prompt(key, flag)?;
        let chosen = Select::new().with_prompt(prompt).items(words).default(0).interact().map_err(|_| interrupted())?;
        Ok(words.get(chosen).copied().unwrap_or_default().to_owned())
    }

    /// Shows the entries, asks, and writes.
    pub fn write(self) -> Result<Outcome, Failure> {
        let records = &self.opened.handbook.config.records_path;
        let path = |id: &DocumentId| format!("{records}/ledger/{}.toml", id.as_str());
        let mut shown = String::new();
        for (id, entry) in &self.entries {
            shown.push_str(&format!("# {}\n{entry}\n", path(id)));
        }
        self.context.output.result(&shown);
        if self.dry_run {
            return Ok(Outcome::Good);
        }
        if !self.yes {
            let prompt = self.prompt("ask-write", "--yes")?;
            if !Confirm::new().with_prompt(prompt).default(true).interact().map_err(|_| interrupted())? {
                return Ok(Outcome::Errors);
            }
        }
        for (id, entry) in &self.entries {
            let handbook = &self.opened.handbook;
            let (file, old) = match handbook.ledgers.get(id) {
                Some(ledger) => {
                    let source = handbook.sources.file(ledger.file);
                    (source.path().to_owned(), Some(source.text()))
                }
                None => (path(id), None),
            };
            let addition = match old {
                Some(old) => appended(old, entry)[old.len()..].to_owned(),
                None => entry.clone(),
            };
            append_atomic(&self.opened.root.join(&file), old.map(str::as_bytes), addition.as_bytes())
                .map_err(|error| Failure::new(error.text()))?;
            let done = Text::new("ledger-written").arg("path", file);
            self.context.output.progress(&self.context.catalogue.text(&done));
        }
        Ok(Outcome::Good)
    }
}

fn interrupted() -> Failure {
    Failure::new(Text::new("interrupted"))
}
