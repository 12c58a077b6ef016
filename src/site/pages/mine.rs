//! What concerns a role: a page for each, and one page where readers choose theirs. The choice stays in the browser:
//! the page holds everything, marked with the roles that it concerns, and the script shows what was chosen.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use serde::Serialize;

use super::due::{Item, TaskView};
use super::people::{RoleView, role_view};
use super::quiz::QuizLink;
use super::{Page, RoleLink, quiz};
use crate::changelog::{ChangelogEntry, EntryKind};
use crate::handbook::Handbook;
use crate::markup::html::identifier;
use crate::model::document::Tier;
use crate::model::id::DocumentId;
use crate::model::people::Role;
use crate::site::Site;
use crate::site::index::DocumentLink;

/// How many months back changes are told, and how many of them unless the reader chooses a date.
const MONTHS: i32 = 12;
const RECENT: i32 = 3;
/// How many months back the page of a role tells them.
const OWN: i32 = 6;

/// What stands in a page for everybody.
const EVERYONE: &str = "everyone";

/// Role ids as they stand in pages; `everyone` where there is none.
pub(super) fn marks<'a>(roles: impl Iterator<Item = &'a str>) -> Vec<String> {
    let marks: BTreeSet<String> = roles.map(identifier).collect();
    if marks.is_empty() { vec![EVERYONE.to_owned()] } else { marks.into_iter().collect() }
}

/// The page of a role, relative to the site. No two roles have one page, on file systems without case either.
pub(in crate::site) fn path(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for c in id.chars() {
        let plain = c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if plain || (!c.is_ascii() && c.is_alphanumeric() && c.to_lowercase().eq([c])) {
            name.push(c);
        } else {
            name.push_str(&format!("_{:x}_", u32::from(c)));
        }
    }
    format!("roles/{name}.html")
}

/// The first role of each id.
pub(in crate::site) fn roles(handbook: &Handbook) -> impl Iterator<Item = &Role> {
    let mut seen = BTreeSet::new();
    handbook.roles.iter().filter(move |role| seen.insert(role.id.value.as_str()))
}

#[derive(Serialize)]
struct ChangeView<'a> {
    number: &'a str,
    title: &'a str,
    address: Option<&'a str>,
    version: Option<&'a str>,
    effective: String,
    pending: bool,
    first: bool,
    retired: bool,
    changes: Option<&'a str>,
    roles: Vec<String>,
}

/// Changes of some months and of days to come. Those of times before the repository are history, and a ratification changes
/// nothing that anybody has to do.
fn changes<'a>(site: &'a Site<'_, '_>, months: i32) -> Vec<ChangeView<'a>> {
    let from = site.edition.date.saturating_sub(months.months());
    let told = |entry: &&ChangelogEntry| {
        entry.effective >= from && !matches!(entry.kind, EntryKind::BeforeRecords | EntryKind::Ratified)
    };
    let view = |entry: &'a ChangelogEntry| {
        let id = DocumentId::parse(&entry.id);
        let link = id.as_ref().and_then(|id| site.index.links.get(id));
        ChangeView {
            number: &entry.number,
            title: &entry.title,
            address: link.map(|link| link.address.as_str()),
            version: entry.version.as_deref(),
            effective: entry.effective.to_string(),
            pending: entry.pending,
            first: entry.kind == EntryKind::Established,
            retired: entry.kind == EntryKind::Retired,
            changes: entry.changes.as_deref(),
            roles: id.map(|id| concerned(site, &id)).unwrap_or_else(|| vec![EVERYONE.to_owned()]),
        }
    };
    site.log.iter().filter(told).map(view).collect()
}

/// Whom a document concerns: those who must know it, and its owner and approver.
fn concerned(site: &Site<'_, '_>, id: &DocumentId) -> Vec<String> {
    let Some(entry) = site.edition.entries.get(id) else { return vec![EVERYONE.to_owned()] };
    let front = &entry.document.front;
    let mut roles = marks(front.audience.iter().map(|role| role.value.as_str()));
    roles.extend(front.owner.iter().map(|role| identifier(&role.value)));
    roles.extend(site.edition.handbook.approver_of(entry.document, false).map(|role| identifier(&role)));
    roles.sort();
    roles.dedup();
    roles
}

/// Documents that everybody must know, by tier.
fn for_everyone<'a>(site: &'a Site<'_, '_>) -> BTreeMap<Tier, Vec<&'a DocumentLink>> {
    let mut tiers: BTreeMap<Tier, Vec<&DocumentLink>> = BTreeMap::new();
    for (id, entry) in &site.edition.entries {
        if let Some(link) = site.index.links.get(id).filter(|_| entry.document.front.audience.is_empty()) {
            tiers.entry(entry.document.tier).or_default().push(link);
        }
    }
    tiers
}

#[derive(Serialize)]
struct TierView<'a> {
    tier: Tier,
    documents: Vec<&'a DocumentLink>,
}

fn tiers<'a>(site: &'a Site<'_, '_>) -> Vec<TierView<'a>> {
    // What tells people what to do comes first.
    let mut everyone = for_everyone(site);
    [Tier::Procedure, Tier::Policy, Tier::Control]
        .into_iter()
        .filter_map(|tier| Some(TierView { tier, documents: everyone.remove(&tier)? }))
        .collect()
}

#[derive(Serialize)]
struct RolePage<'a> {
    role: RoleView<'a>,
    everyone: Vec<TierView<'a>>,
    changes: Vec<ChangeView<'a>>,
    tasks: Vec<TaskView>,
    due: Vec<Item>,
    quizzes: Vec<QuizLink<'a>>,
}

/// The page of a role.
pub(in crate::site) fn role(site: &Site<'_, '_>, role: &Role) -> Page {
    let id = &role.id.value;
    let mark = identifier(id);
    let own = |roles: &[String]| roles.contains(&mark);
    let tasks = &site.edition.handbook.registers.tasks;
    let page = RolePage {
        role: role_view(site, role),
        everyone: tiers(site),
        changes: changes(site, OWN).into_iter().filter(|change| own(&change.roles)).collect(),
        tasks: tasks
            .iter()
            .filter(|task| task.roles.iter().any(|known| known.value == *id))
            .map(|task| TaskView::new(site, task))
            .collect(),
        due: super::due::of_role(site, id),
        quizzes: quiz::links(site)
            .into_iter()
            .filter(|quiz| own(&quiz.roles) || quiz.roles.iter().any(|role| role == EVERYONE))
            .collect(),
    };
    Page { root: "../".to_owned(), ..Page::new("role.html", "my", page) }
}

#[derive(Serialize)]
struct MyPage<'a> {
    departments: Vec<Department<'a>>,
    roles: Vec<Choice<'a>>,
    everyone: Vec<TierView<'a>>,
    documents: Vec<RoleDocument<'a>>,
    changes: Vec<ChangeView<'a>>,
    /// From when changes are told before the reader chooses a date.
    since: String,
    tasks: Vec<RoleTask>,
    quizzes: Vec<QuizLink<'a>>,
}

#[derive(Serialize)]
struct Department<'a> {
    name: &'a str,
    roles: Vec<Choice<'a>>,
}

#[derive(Serialize, Clone)]
struct Choice<'a> {
    mark: String,
    name: &'a str,
    address: String,
}

#[derive(Serialize)]
struct RoleDocument<'a> {
    document: &'a DocumentLink,
    summary: Option<&'a str>,
    roles: Vec<String>,
    /// Whether somebody must know it, not only keep or approve it.
    audience: Vec<RoleLink>,
}

#[derive(Serialize)]
struct RoleTask {
    task: TaskView,
    roles: Vec<String>,
}

fn choice<'a>(role: &'a Role) -> Choice<'a> {
    Choice { mark: identifier(&role.id.value), name: &role.name.value, address: path(&role.id.value) }
}

/// `my.html`.
pub(super) fn my(site: &Site<'_, '_>) -> Page {
    let handbook = site.edition.handbook;
    let mut departments: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for person in &handbook.people {
        let Some(department) = &person.department else { continue };
        let held = roles(site.edition.handbook).filter(|role| person.holds(&role.id.value, site.edition.date));
        departments.entry(&department.value).or_default().extend(held.map(|role| role.id.value.as_str()));
    }
    let departments = departments.into_iter().filter(|(_, held)| !held.is_empty()).map(|(name, held)| Department {
        name,
        roles: roles(site.edition.handbook).filter(|role| held.contains(role.id.value.as_str())).map(choice).collect(),
    });
    let documents = site.edition.entries.iter().filter(|(_, entry)| !entry.document.front.audience.is_empty());
    let documents = documents.filter_map(|(id, entry)| {
        let front = &entry.document.front;
        Some(RoleDocument {
            document: site.index.links.get(id)?,
            summary: front.summary.as_ref().map(|summary| summary.value.as_str()),
            roles: marks(front.audience.iter().map(|role| role.value.as_str())),
            audience: front.audience.iter().map(|role| RoleLink::new(site, &role.value)).collect(),
        })
    });
    let page = MyPage {
        departments: departments.collect(),
        roles: roles(site.edition.handbook).map(choice).collect(),
        everyone: tiers(site),
        documents: documents.collect(),
        changes: changes(site, MONTHS),
        since: site.edition.date.saturating_sub(RECENT.months()).to_string(),
        tasks: handbook
            .registers
            .tasks
            .iter()
            .map(|task| RoleTask {
                roles: marks(task.roles.iter().map(|role| role.value.as_str())),
                task: TaskView::new(site, task),
            })
            .collect(),
        quizzes: quiz::links(site),
    };
    Page::new("my.html", "my", page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_roles_share_a_page() {
        assert_eq!(path("dept-head"), "roles/dept-head.html");
        assert_eq!(path("部門長"), "roles/部門長.html");
        let ids = ["a", "A", "a/b", "a b", "a_20_b", "..", "a.", "a:"];
        let pages: BTreeSet<String> = ids.iter().map(|id| path(id).to_lowercase()).collect();
        assert_eq!(pages.len(), ids.len());
        assert!(pages.iter().all(|page| page.matches('/').count() == 1 && !page.contains("..")));
    }
}
