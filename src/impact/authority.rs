//! Changes of what decides who may decide: people, roles, tiers, rules, waivers, other settings, the ledger, the
//! forge's pipelines and owners, and what the pages are made of.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::settings::{Settings, settings};
use super::{Change, Side};
use crate::handbook::Handbook;
use crate::ledger::Ledger;
use crate::load::CONFIG_FILE;
use crate::locale::{Catalogue, Text};
use crate::model::people::{Person, Role};
use crate::parse::entries::{Entry, entries};
use crate::source::FileId;

/// What kind of authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// People and the offices they hold.
    Person,
    /// Roles.
    Role,
    /// Who approves what, and other settings of a tier.
    Tier,
    /// Levels of rules.
    Rule,
    /// Findings that are accepted.
    Waiver,
    /// Other settings.
    Setting,
    /// What was decided.
    Ledger,
    /// What runs on every change.
    Pipeline,
    /// Who has to look at a change.
    Owners,
    /// What the pages are made of.
    Site,
}

impl Area {
    /// Its name, as a catalogue key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Person => "impact-area-person",
            Self::Role => "impact-area-role",
            Self::Tier => "impact-area-tier",
            Self::Rule => "impact-area-rule",
            Self::Waiver => "impact-area-waiver",
            Self::Setting => "impact-area-setting",
            Self::Ledger => "impact-area-ledger",
            Self::Pipeline => "impact-area-pipeline",
            Self::Owners => "impact-area-owners",
            Self::Site => "impact-area-site",
        }
    }
}

/// One changed thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuthorityChange {
    /// What kind.
    pub area: Area,
    /// What became of it.
    pub change: Change,
    /// What it is called.
    pub subject: String,
    /// The file that says so.
    pub path: String,
    /// What differs, in words.
    pub details: Vec<String>,
    /// Whether a record that has to stand was changed or taken away.
    pub rewrites: bool,
}

/// What a thing says: by the name of each fact, its values.
type Facts = BTreeMap<String, BTreeSet<String>>;

/// Every change, in the order of [`Area`], then by subject.
pub(super) fn changes(base: &Side<'_>, head: &Side<'_>, catalogue: &Catalogue) -> Vec<AuthorityChange> {
    let mut found = people(base.handbook, head.handbook, catalogue);
    found.extend(roles(base.handbook, head.handbook, catalogue));
    found.extend(configuration(base.handbook, head.handbook, catalogue));
    found.extend(ledgers(base.handbook, head.handbook, catalogue));
    let paths: BTreeSet<&String> = base.watched.keys().chain(head.watched.keys()).collect();
    for path in paths {
        let (old, new) = (base.watched.get(path), head.watched.get(path));
        let area = new.or(old).map_or(Area::Site, |(area, _)| *area);
        found.extend(Change::of(old, new).map(|change| AuthorityChange {
            area,
            change,
            subject: path.clone(),
            path: path.clone(),
            details: Vec::new(),
            rewrites: false,
        }));
    }
    found.sort_by_key(|change| change.area);
    found
}

fn people(base: &Handbook, head: &Handbook, catalogue: &Catalogue) -> Vec<AuthorityChange> {
    let facts = |handbook: &Handbook, person: &Person| -> Facts {
        let offices = person.roles.iter().map(|office| {
            let until = office.until.as_ref().map(|until| until.value.to_string()).unwrap_or_default();
            format!("{} {}～{until}", handbook.role_name(&office.role.value), office.from.value)
        });
        facts(
            [
                ("impact-name", vec![person.name.value.clone()]),
                ("impact-mail", person.emails.iter().map(|mail| mail.value.clone()).collect()),
                ("impact-forge", person.forge.iter().map(|forge| forge.value.clone()).collect()),
                ("impact-department", person.department.iter().map(|name| name.value.clone()).collect()),
                ("impact-office", offices.collect()),
            ],
            catalogue,
        )
    };
    let read = |handbook: &Handbook| -> BTreeMap<String, (String, FileId, Facts)> {
        let people = handbook.people.iter();
        let read = |person: &Person| {
            let id = person.id.value.clone();
            (id.clone(), (format!("{}（{id}）", person.name.value), person.place.file, facts(handbook, person)))
        };
        people.map(read).collect()
    };
    compared(Area::Person, (base, read(base)), (head, read(head)), catalogue)
}

fn roles(base: &Handbook, head: &Handbook, catalogue: &Catalogue) -> Vec<AuthorityChange> {
    let read = |handbook: &Handbook| -> BTreeMap<String, (String, FileId, Facts)> {
        let read = |role: &Role| {
            let body = catalogue.get(if role.body { "impact-yes" } else { "impact-no" });
            let duties = role.responsibilities.iter().map(|duty| duty.value.clone()).collect();
            let facts = facts(
                [
                    ("impact-name", vec![role.name.value.clone()]),
                    ("impact-body-setting", vec![body]),
                    ("impact-duty", duties),
                ],
                catalogue,
            );
            (role.id.value.clone(), (format!("{}（{}）", role.name.value, role.id.value), role.place.file, facts))
        };
        handbook.roles.iter().map(read).collect()
    };
    compared(Area::Role, (base, read(base)), (head, read(head)), catalogue)
}

fn facts<const N: usize>(named: [(&'static str, Vec<String>); N], catalogue: &Catalogue) -> Facts {
    named.into_iter().map(|(key, values)| (catalogue.get(key), values.into_iter().collect())).collect()
}

type Things = BTreeMap<String, (String, FileId, Facts)>;

fn compared(
    area: Area,
    (base, old): (&Handbook, Things),
    (head, new): (&Handbook, Things),
    catalogue: &Catalogue,
) -> Vec<AuthorityChange> {
    let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let none = Facts::new();
    let change = |id: &String| {
        let (before, after) = (old.get(id), new.get(id));
        let change = Change::of(before.map(|thing| &thing.2), after.map(|thing| &thing.2))?;
        let (handbook, (subject, file, _)) = after.map(|thing| (head, thing)).or(before.map(|thing| (base, thing)))?;
        Some(AuthorityChange {
            area,
            change,
            subject: subject.clone(),
            path: handbook.sources.file(*file).path().to_owned(),
            details: details(before.map_or(&none, |thing| &thing.2), after.map_or(&none, |thing| &thing.2), catalogue),
            rewrites: false,
        })
    };
    ids.into_iter().filter_map(change).collect()
}

/// Each fact that differs, in words.
fn details(old: &Facts, new: &Facts, catalogue: &Catalogue) -> Vec<String> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let none = BTreeSet::new();
    let mut found = Vec::new();
    for name in names {
        let (before, after) = (old.get(name).unwrap_or(&none), new.get(name).unwrap_or(&none));
        let gone: Vec<&String> = before.difference(after).collect();
        let come: Vec<&String> = after.difference(before).collect();
        let say = |key: &'static str, value: &str, now: &str| {
            catalogue.text(&Text::new(key).arg("name", name).arg("value", value).arg("now", now))
        };
        if let ([gone], [come]) = (gone.as_slice(), come.as_slice()) {
            found.push(say("impact-fact-changed", gone, come));
            continue;
        }
        found.extend(gone.into_iter().map(|value| say("impact-fact-removed", value, "")));
        found.extend(come.into_iter().map(|value| say("impact-fact-added", value, "")));
    }
    found
}

/// Settings by what they belong to: a tier, a rule, a waiver.
fn configuration(base: &Handbook, head: &Handbook, catalogue: &Catalogue) -> Vec<AuthorityChange> {
    let text = |handbook: &Handbook| {
        handbook.sources.by_path(CONFIG_FILE).map(|file| handbook.sources.file(file).text().to_owned())
    };
    let (old, new) = (text(base), text(head));
    if old == new {
        return Vec::new();
    }
    let change = |area, subject: &str, change, details| AuthorityChange {
        area,
        change,
        subject: subject.to_owned(),
        path: CONFIG_FILE.to_owned(),
        details,
        rewrites: false,
    };
    let read = |text: &Option<String>| text.as_deref().map_or(Some(Settings::new()), settings);
    let (Some(before), Some(after)) = (read(&old), read(&new)) else {
        let unreadable = vec![catalogue.get("impact-unreadable")];
        return vec![change(Area::Setting, CONFIG_FILE, Change::Changed, unreadable)];
    };
    let (before, after) = (grouped(before), grouped(after));
    let groups: BTreeSet<&(Area, String)> = before.keys().chain(after.keys()).collect();
    let none = Facts::new();
    let changed = |group: &(Area, String)| {
        let (old, new) = (before.get(group), after.get(group));
        let kind = Change::of(old, new)?;
        Some(change(group.0, &group.1, kind, details(old.unwrap_or(&none), new.unwrap_or(&none), catalogue)))
    };
    groups.into_iter().filter_map(changed).collect()
}

fn grouped(settings: Settings) -> BTreeMap<(Area, String), Facts> {
    let mut found: BTreeMap<(Area, String), Facts> = BTreeMap::new();
    for (path, values) in settings {
        let area = match path.split(['.', '[']).next() {
            Some("tiers") => Area::Tier,
            Some("rules") => Area::Rule,
            Some("waiver") => Area::Waiver,
            _ => Area::Setting,
        };
        // The table is the subject, the key in it the fact; keys of an inline table belong to the table's key.
        let parts: Vec<&str> = path.split('.').collect();
        let depth = match area {
            Area::Tier | Area::Rule => parts.len().min(2),
            // A document's id holds a dot: the table ends with its bracket.
            Area::Waiver => path.find("].").map_or(1, |end| path[..end].matches('.').count() + 1),
            _ => 1,
        };
        let (subject, name) = (parts[..depth].join("."), parts[depth..].join("."));
        found.entry((area, subject)).or_default().entry(if name.is_empty() { path } else { name }).or_insert(values);
    }
    found
}

/// Entries of ledgers that are new, and those that are no longer there.
fn ledgers(base: &Handbook, head: &Handbook, catalogue: &Catalogue) -> Vec<AuthorityChange> {
    let read = |handbook: &Handbook| -> BTreeMap<String, (String, Option<BTreeSet<Entry>>)> {
        let read = |ledger: &Ledger| {
            let file = handbook.sources.file(ledger.file);
            let entries = entries(file.text()).map(|found| found.into_iter().map(|(entry, _)| entry).collect());
            (ledger.name.to_ascii_uppercase(), (file.path().to_owned(), entries))
        };
        handbook.ledgers.values().chain(&handbook.other_ledgers).map(read).collect()
    };
    let (old, new) = (read(base), read(head));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let change = |name: &String| {
        let (before, after) = (old.get(name), new.get(name));
        let change = Change::of(before.map(|ledger| &ledger.1), after.map(|ledger| &ledger.1))?;
        let (path, _) = after.or(before)?;
        let none = Some(BTreeSet::new());
        let entries =
            (before.map_or(&none, |ledger| &ledger.1).as_ref(), after.map_or(&none, |ledger| &ledger.1).as_ref());
        let (Some(before), Some(after)) = entries else {
            let details = vec![catalogue.get("impact-unreadable")];
            return Some(AuthorityChange {
                area: Area::Ledger,
                change,
                subject: name.clone(),
                path: path.clone(),
                details,
                rewrites: true,
            });
        };
        let say = |key: &'static str, entry: &Entry| catalogue.text(&Text::new(key).arg("entry", entry.label()));
        let gone: Vec<String> = before.difference(after).map(|entry| say("impact-entry-gone", entry)).collect();
        let come = after.difference(before).map(|entry| say("impact-entry-added", entry));
        Some(AuthorityChange {
            area: Area::Ledger,
            change,
            subject: name.clone(),
            path: path.clone(),
            rewrites: !gone.is_empty(),
            details: gone.into_iter().chain(come).collect(),
        })
    };
    names.into_iter().filter_map(change).collect()
}
