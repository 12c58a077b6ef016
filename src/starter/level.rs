//! A level of the reference handbook as a handbook of one's own: the documents marked with it or with a lower one, and
//! the registers, roles and people that go with them.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;

use super::document::{self, Choice};
use super::template::Templates;
use super::{ATTRIBUTES, FIRST_PAGE, IGNORED, LeftOut, Settings, Started, StarterError, handbook, register};
use crate::check::mentions;
use crate::handbook::{Handbook, Link};
use crate::load::{CONFIG_FILE, Files as _, MemoryFiles};
use crate::markup::escape;
use crate::model::document::{StartLevel, Tier};
use crate::model::people::Role;
use crate::publish::Artifacts;
use crate::standard;
use crate::workspace::{Snapshot, TreeRef, Workspace};

/// The page about what is not taken.
const LEFT_OUT_PAGE: &str = "LEFT-OUT.md";

/// A person for whom `people.toml` has an entry.
#[derive(Serialize)]
struct Person<'h> {
    id: String,
    name: &'h str,
    role: &'h str,
}

/// A line that names a year or a number to call.
#[derive(Serialize)]
struct DatedLine {
    path: String,
    number: usize,
}

/// The files of a level, and what became of everything else.
pub fn files(settings: &Settings, templates: &Templates, level: StartLevel) -> Result<Started, StarterError> {
    let handbook = resolved(&handbook::without_ledger(), settings);
    let choice = choose(&handbook, level);
    let mut files = MemoryFiles::default();
    let mut plain = Vec::new();
    for index in &choice.kept {
        let (text, replaced) = document::text(&choice, *index, settings);
        files.insert(handbook.documents[*index].path.clone(), text);
        plain.extend(replaced);
        for link in &handbook.links[*index] {
            if let Link::Attachment(path) = link
                && let Ok(bytes) = handbook::without_ledger().read(path)
            {
                files.insert(path.clone(), bytes);
            }
        }
    }
    let registers = handbook::registers();
    for (name, text) in &registers {
        let known = choice.records.contains(register::id(name)) && name != "roles.toml" && name != "people.toml";
        if let Some(text) = known.then(|| register::text(&choice, name, text)).flatten() {
            files.insert(format!("records/{name}"), text);
        }
    }
    files.insert(CONFIG_FILE, config(&choice, settings));
    let roles = registers.get("roles.toml").copied().unwrap_or_default();
    files.insert("records/roles.toml", roles);
    let used = used_roles(&resolved(&files, settings));
    let (head, entries) = register::split(roles);
    let entries: Vec<&str> = entries.into_iter().filter(|entry| used.contains(role_id(entry))).collect();
    files.insert("records/roles.toml", head.to_owned() + &entries.concat());
    let people = people(&handbook, &used);
    let page = |name: &str, values| templates.render(&format!("level.ja/{name}"), values);
    files.insert("records/people.toml", page("people.toml", context! { people => Serde(&people) })?);
    files.insert("records/ledger/.gitkeep", "");
    for name in [IGNORED, ATTRIBUTES] {
        files.insert(name, page(name, context! {})?);
    }

    let left_out: Vec<LeftOut> = left_out(&choice);
    let documents: Vec<_> = choice.kept.iter().map(|index| &handbook.documents[*index]).collect();
    let decided = documents.iter().map(|document| document.front.soa.len()).sum::<usize>();
    let by_role: BTreeMap<&str, &str> = people.iter().map(|person| (person.role, person.id.as_str())).collect();
    let values = context! {
        level => level.name(),
        documents => documents.len(),
        controls => documents.iter().filter(|document| document.tier == Tier::Control).count(),
        decided,
        open => standard::controls().len().saturating_sub(decided),
        person => Serde(by_role),
    };
    files.insert(FIRST_PAGE, page(FIRST_PAGE, values)?);
    let dated = dated(&choice, &files, settings);
    if !left_out.is_empty() || !plain.is_empty() || !dated.is_empty() {
        let values = context! { left_out => Serde(&left_out), plain => Serde(&plain), dated => Serde(dated) };
        files.insert(LEFT_OUT_PAGE, page(LEFT_OUT_PAGE, values)?);
    }
    let mut artifacts = Artifacts::default();
    for (path, bytes) in files.into_files() {
        artifacts.insert(path, bytes)?;
    }
    Ok(Started { artifacts, left_out, plain })
}

fn resolved(files: &MemoryFiles, settings: &Settings) -> Snapshot {
    #[expect(
        clippy::expect_used,
        reason = "the only reason not to load is a missing configuration, which is part of the program"
    )]
    let tree = Workspace::of_files(files.clone())
        .at(TreeRef::WorkingTree)
        .expect("the reference handbook has its configuration");
    tree.on(settings.today)
}

fn choose(handbook: &Handbook, level: StartLevel) -> Choice<'_> {
    let kept = handbook.documents.iter().enumerate().filter(|(_, document)| {
        // What is not marked belongs to the whole alone.
        document.front.level.as_ref().map_or(StartLevel::Comprehensive, |own| own.value) <= level
    });
    let kept: BTreeSet<usize> = kept.map(|(index, _)| index).collect();
    let registers = handbook::registers();
    let records = registers.keys().map(|name| register::id(name).to_owned());
    // The practices of the CISO go through the whole management of security.
    let records = records.filter(|id| level > StartLevel::Quick || id != "ciso-practices").collect();
    Choice { handbook, kept, records }
}

/// The configuration with the organisation's own names; accepted findings and addresses are the example company's.
fn config(choice: &Choice<'_>, settings: &Settings) -> String {
    let (head, entries) = register::split(handbook::handbook().get(CONFIG_FILE).copied().unwrap_or_default());
    let entries = entries.into_iter().filter(|entry| !entry.starts_with("[[waiver]]"));
    let old = entries.fold(head.to_owned(), |text, entry| text + entry);
    let name = escape::quoted(&settings.organisation);
    let mut text = String::new();
    for line in old.replace(handbook::ORGANISATION, &name).split_inclusive('\n') {
        let (key, value) = line.split_once('=').map_or(("", ""), |(key, value)| (key.trim(), value.trim()));
        match key {
            "timezone" => text.push_str(&format!("timezone = \"{}\"\n", escape::quoted(&settings.timezone))),
            "base_url" | "report_url" | "source_url" => text.push_str(&format!("# {line}")),
            "incident" if !choice.keeps(value.trim_matches('"').split('#').next().unwrap_or("")) => {}
            _ => text.push_str(line),
        }
    }
    text
}

/// Roles that anything in a handbook names, people apart.
fn used_roles(handbook: &Handbook) -> BTreeSet<String> {
    let linked = handbook.links.iter().flatten().filter_map(|link| match link {
        Link::Role(id) => Some(id.clone()),
        _ => None,
    });
    mentions::roles(handbook).iter().map(|mention| mention.written.to_owned()).chain(linked).collect()
}

fn role_id(entry: &str) -> &str {
    entry.split('"').nth(1).unwrap_or("")
}

/// A person for each role that somebody holds: an organisation joins those that one person holds.
fn people<'h>(handbook: &'h Handbook, used: &BTreeSet<String>) -> Vec<Person<'h>> {
    let roles = handbook.roles.iter().filter(|role| !role.body && used.contains(&role.id.value));
    let person = |(number, role): (usize, &'h Role)| Person {
        id: format!("p{:03}", number + 1),
        name: &role.name.value,
        role: &role.id.value,
    };
    roles.enumerate().map(person).collect()
}

fn left_out(choice: &Choice<'_>) -> Vec<LeftOut> {
    let ids = choice.handbook.by_id().filter(|(id, _)| !choice.keeps(id.as_str()));
    ids.map(|(id, document)| LeftOut { id: id.to_string(), title: document.title().to_owned() }).collect()
}

/// Lines of the documents taken that name a year, by which the example company has done something, or a number to call.
fn dated(choice: &Choice<'_>, files: &MemoryFiles, settings: &Settings) -> Vec<DatedLine> {
    let day = super::template::words_of(settings.today, crate::locale::Language::Ja);
    let mut found = Vec::new();
    for index in &choice.kept {
        let path = &choice.handbook.documents[*index].path;
        let bytes = files.read(path).unwrap_or_default();
        for (number, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
            let mut years = line.match_indices('年').filter(|(at, _)| {
                let before: String = line[..*at].chars().rev().take(4).collect();
                before.len() == 4 && before.bytes().all(|byte| byte.is_ascii_digit())
            });
            let called = ["内線", "03-0000-"].iter().any(|call| line.contains(call));
            if called || (years.next().is_some() && !line.contains(&day)) {
                found.push(DatedLine { path: path.clone(), number: number + 1 });
            }
        }
    }
    found
}
