//! What falls due: by month as a calendar of reviews and of the year plan, and by the role that has to act.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::{Named, Page, RoleLink};
use crate::export::due::{Due, Kind, due};
use crate::model::id::DocumentId;
use crate::model::register::Task;
use crate::site::Site;

/// How many months the calendar shows.
const MONTHS: i32 = 12;
/// How many months ahead the list by role looks.
const AHEAD: i32 = 6;

/// Something that falls due, or several of one kind on one day for one role.
#[derive(Debug, Serialize)]
pub(super) struct Item {
    date: String,
    /// `review`, `ratification`, `effective`, `appointment`, `waiver`, `exception`.
    kind: &'static str,
    role: Option<RoleLink>,
    subjects: Vec<Subject>,
    overdue: bool,
}

#[derive(Debug, Serialize)]
struct Subject {
    name: String,
    /// Relative to the site, where it has a page.
    address: Option<String>,
}

/// A task of the year plan.
#[derive(Debug, Serialize)]
pub(super) struct TaskView {
    name: String,
    roles: Vec<RoleLink>,
    document: Option<Named>,
    record: Option<String>,
    months: Vec<u8>,
}

impl TaskView {
    pub(super) fn new(site: &Site<'_, '_>, task: &Task) -> Self {
        Self {
            name: task.name.value.clone(),
            roles: task.roles.iter().map(|role| RoleLink::new(site, &role.value)).collect(),
            document: task.document.as_ref().and_then(|pointer| site.pointer(pointer)),
            record: task.record.clone(),
            months: task.months.clone(),
        }
    }
}

#[derive(Serialize)]
struct CalendarPage {
    overdue: Vec<Item>,
    months: Vec<Month>,
    /// What is done every month.
    monthly: Vec<TaskView>,
}

#[derive(Serialize)]
struct Month {
    /// `2026-11`.
    id: String,
    year: i16,
    month: i8,
    items: Vec<Item>,
    tasks: Vec<TaskView>,
}

#[derive(Serialize)]
struct DuePage {
    roles: Vec<RoleDue>,
    until: String,
    overdue: usize,
}

#[derive(Serialize)]
struct RoleDue {
    /// `None`: nobody in particular.
    role: Option<RoleLink>,
    holders: Vec<String>,
    items: Vec<Item>,
    overdue: usize,
}

/// What falls due up to a day, of what readers of the site may know.
fn known(site: &Site<'_, '_>, until: Date) -> Vec<Due> {
    let mut found = due(site.edition.handbook, until);
    let shown = super::registers::shown(site.edition);
    let library = &site.edition.handbook.register_set.library;
    let is_shown = |row: &str| {
        let register = row.split_once('/').and_then(|(register, _)| library.position(register));
        register.is_some_and(|register| shown.contains(&register))
    };
    // The exception is as restricted as the document that it is made to, a row as its register.
    found.retain(|due| match due.kind {
        Kind::Exception => DocumentId::parse(&due.subject).is_some_and(|id| site.edition.entries.contains_key(&id)),
        Kind::Row => is_shown(&due.subject),
        _ => true,
    });
    found
}

fn subject(site: &Site<'_, '_>, due: &Due) -> Subject {
    let link = DocumentId::parse(&due.subject).and_then(|id| site.index.links.get(&id).cloned());
    match (due.kind, link) {
        (Kind::Review | Kind::Ratification | Kind::Effective, Some(link)) => Subject {
            name: match (due.kind, &due.version) {
                (Kind::Effective, Some(version)) => {
                    let version = site.catalogue.with_args("site-version", [("version", version.clone())]);
                    format!("{} {} {version}", link.number, link.title)
                }
                _ => format!("{} {}", link.number, link.title),
            },
            address: Some(link.address),
        },
        // Of a document that nobody may read yet, only its id is said.
        (Kind::Review | Kind::Ratification | Kind::Effective, None) => {
            Subject { name: due.subject.clone(), address: None }
        }
        (Kind::Appointment, _) => Subject { name: due.title.clone(), address: None },
        (Kind::Waiver, link) => {
            Subject { name: format!("{} {}", due.subject, due.title), address: link.map(|link| link.address) }
        }
        (Kind::Row, _) => Subject {
            name: format!("{} {}", due.title, due.subject.split_once('/').map_or("", |(_, id)| id)),
            address: Some(super::registers::address(&due.subject)),
        },
        (Kind::Exception, link) => Subject {
            name: format!("{} {}", due.title, link.as_ref().map_or(&due.subject, |link| &link.title)),
            address: link.map(|link| format!("{}#_exceptions", link.address)),
        },
    }
}

/// Puts together what is of one kind, on one day and for one role; the order of days stays.
fn items(site: &Site<'_, '_>, dues: &[&Due]) -> Vec<Item> {
    let mut groups: Vec<(&Due, Vec<Subject>)> = Vec::new();
    for due in dues {
        let same = |group: &&mut (&Due, Vec<Subject>)| {
            (group.0.date, group.0.kind, &group.0.role) == (due.date, due.kind, &due.role)
        };
        match groups.iter_mut().find(same) {
            Some((_, subjects)) => subjects.push(subject(site, due)),
            None => groups.push((due, vec![subject(site, due)])),
        }
    }
    let item = |(due, subjects): (&Due, Vec<Subject>)| Item {
        date: due.date.to_string(),
        kind: due.kind.name(),
        role: due.role.as_ref().map(|role| RoleLink::new(site, role)),
        subjects,
        overdue: due.overdue,
    };
    groups.into_iter().map(item).collect()
}

/// `calendar.html`.
pub(super) fn calendar(site: &Site<'_, '_>) -> Page {
    let today = site.edition.date;
    let first = today.first_of_month();
    let end = first.saturating_add(MONTHS.months()).saturating_sub(1.days());
    let dues = known(site, end);
    let tasks = &site.edition.handbook.registers.tasks;
    let months = (0..MONTHS).map(|ahead| {
        let start = first.saturating_add(ahead.months());
        let here = |due: &&Due| !due.overdue && due.date.first_of_month() == start;
        let yearly = tasks.iter().filter(|task| !task.months.is_empty() && task.falls_into(start.month()));
        Month {
            id: format!("{:04}-{:02}", start.year(), start.month()),
            year: start.year(),
            month: start.month(),
            items: items(site, &dues.iter().filter(here).collect::<Vec<_>>()),
            tasks: yearly.map(|task| TaskView::new(site, task)).collect(),
        }
    });
    let page = CalendarPage {
        overdue: items(site, &dues.iter().filter(|due| due.overdue).collect::<Vec<_>>()),
        months: months.collect(),
        monthly: tasks.iter().filter(|task| task.months.is_empty()).map(|task| TaskView::new(site, task)).collect(),
    };
    Page::new("calendar.html", "overview", page)
}

/// `due.html`.
pub(super) fn by_role(site: &Site<'_, '_>) -> Page {
    let today = site.edition.date;
    let until = today.saturating_add(AHEAD.months());
    let dues = known(site, until);
    let handbook = site.edition.handbook;
    let mut groups: BTreeMap<Option<&str>, Vec<&Due>> = BTreeMap::new();
    for due in &dues {
        groups.entry(due.role.as_deref()).or_default().push(due);
    }
    let place = |role: &Option<&str>| {
        let known = role.and_then(|id| handbook.roles.iter().position(|role| role.id.value == id));
        known.unwrap_or(usize::MAX)
    };
    let mut groups: Vec<(Option<&str>, Vec<&Due>)> = groups.into_iter().collect();
    groups.sort_by_key(|(role, _)| place(role));
    let roles = groups.into_iter().map(|(role, dues)| RoleDue {
        role: role.map(|role| RoleLink::new(site, role)),
        holders: role.map(|role| holders(site, role)).unwrap_or_default(),
        overdue: dues.iter().filter(|due| due.overdue).count(),
        items: items(site, &dues),
    });
    let page = DuePage {
        roles: roles.collect(),
        until: until.to_string(),
        overdue: dues.iter().filter(|due| due.overdue).count(),
    };
    Page::new("due.html", "overview", page)
}

/// What falls due for a role in the months that the list by role shows.
pub(super) fn of_role(site: &Site<'_, '_>, role: &str) -> Vec<Item> {
    let dues = known(site, site.edition.date.saturating_add(AHEAD.months()));
    items(site, &dues.iter().filter(|due| due.role.as_deref() == Some(role)).collect::<Vec<_>>())
}

/// Names of the people who hold a role on the date of the edition.
pub(super) fn holders(site: &Site<'_, '_>, role: &str) -> Vec<String> {
    let people = site.edition.handbook.people.iter().filter(|person| person.holds(role, site.edition.date));
    people.map(|person| person.name.value.clone()).collect()
}
