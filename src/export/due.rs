//! What falls due, for whom and when: reviews, ratifications, versions that take effect, appointments, waivers and
//! exceptions that end, rows of registers.

use jiff::civil::Date;
use serde::Serialize;

use crate::handbook::Handbook;
use crate::ledger::ApprovalKind;
use crate::model::id::{DocumentId, natural_cmp};
use crate::register::data::Stated;
use crate::register::definition::FieldType;

/// What kind of thing falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The planned review of a document in force.
    Review,
    /// A provisional approval is to be ratified.
    Ratification,
    /// An approved version takes effect.
    Effective,
    /// A person's appointment to a role ends.
    Appointment,
    /// A waiver ends.
    Waiver,
    /// An exception to an article ends.
    Exception,
    /// A date of a row falls due.
    Row,
}

impl Kind {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Ratification => "ratification",
            Self::Effective => "effective",
            Self::Appointment => "appointment",
            Self::Waiver => "waiver",
            Self::Exception => "exception",
            Self::Row => "row",
        }
    }
}

/// One thing that falls due. The field names are a contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Due {
    /// The day: for a review the last day on which it is in time.
    pub date: Date,
    /// What kind of thing.
    pub kind: Kind,
    /// Document id, person id, rule name, or register and row (`legal/L-001`).
    pub subject: String,
    /// Title of the document, or name.
    pub title: String,
    /// Role that has to act (role id), where one is known.
    pub role: Option<String>,
    /// Version concerned, where there is one.
    pub version: Option<String>,
    /// Whether the day has passed.
    pub overdue: bool,
    /// A name for the event that stays the same when its date moves.
    pub uid: String,
}

/// Everything due up to `until`, and everything overdue, by date.
pub fn due(handbook: &Handbook, until: Date) -> Vec<Due> {
    let mut found = Vec::new();
    let today = handbook.today;
    let ids: Vec<&DocumentId> = handbook.ledgers.keys().collect();
    for id in ids {
        document(handbook, id, &mut found);
    }
    for person in &handbook.people {
        for appointment in &person.roles {
            if let Some(end) = appointment.until.as_ref().filter(|end| end.value >= today) {
                found.push(Due {
                    date: end.value,
                    kind: Kind::Appointment,
                    subject: person.id.value.clone(),
                    title: person.name.value.clone(),
                    role: Some(appointment.role.value.clone()),
                    version: None,
                    overdue: false,
                    uid: format!(
                        "appointment-{}-{}-{}",
                        person.id.value, appointment.role.value, appointment.from.value
                    ),
                });
            }
        }
    }
    for waiver in &handbook.config.waivers {
        if let Some(end) = &waiver.expires {
            found.push(Due {
                date: end.value,
                kind: Kind::Waiver,
                subject: waiver.document.value.clone(),
                title: waiver.rule.value.clone(),
                role: None,
                version: None,
                overdue: end.value < today,
                uid: format!("waiver-{}-{}", waiver.rule.value, waiver.document.value),
            });
        }
    }
    for exception in handbook.exceptions.iter().filter(|exception| exception.is_open(today)) {
        let document = handbook.index_of(&exception.document).map(|index| &handbook.documents[index]);
        found.push(Due {
            date: exception.expires.value,
            kind: Kind::Exception,
            subject: exception.document.value.clone(),
            title: exception.id.value.clone(),
            role: document.and_then(|document| document.front.owner.as_ref()).map(|owner| owner.value.clone()),
            version: None,
            overdue: exception.is_expired(today),
            uid: format!("exception-{}", exception.id.value),
        });
    }
    rows(handbook, &mut found);
    found.retain(|due| due.date <= until);
    found.sort_by(|a, b| {
        let key = |due: &Due| (due.date, due.kind);
        key(a).cmp(&key(b)).then_with(|| natural_cmp(&a.subject, &b.subject)).then_with(|| a.cmp(b))
    });
    found
}

/// Open rows whose definition names a date that falls due, and that do not say it was done.
fn rows(handbook: &Handbook, found: &mut Vec<Due>) {
    let set = &handbook.register_set;
    for row in set.data.rows.iter().filter(|row| row.is_open(handbook.today)) {
        let definition = &set.library.definitions[row.kind.register];
        let fields = &definition.kinds[row.kind.kind].fields;
        let Some(due) = definition.due.as_ref().filter(|due| due.kind == row.kind.kind) else { continue };
        let Some(Stated::Date(date)) = row.values.get(due.on).map(|stated| &stated.value) else { continue };
        if due.done.is_some_and(|done| row.values.has(done)) {
            continue;
        }
        let Some(Stated::Word(id)) = set.data.id(&set.library, row).map(|id| &id.value) else { continue };
        // A row may say who has to act; otherwise whoever keeps the register has to ask.
        let stated = fields.iter().position(|field| matches!(field.value, FieldType::Role));
        let role = match stated.and_then(|role| row.values.get(role)).map(|role| &role.value) {
            Some(Stated::Word(role)) => Some(role.clone()),
            _ => definition.owner.clone(),
        };
        let period = set.data.period(row).map(|period| format!("-{period}")).unwrap_or_default();
        let register = &definition.id.value;
        let language = handbook.config.language;
        found.push(Due {
            date: *date,
            kind: Kind::Row,
            subject: format!("{register}/{id}"),
            title: format!("{} {}", definition.name.get(language), fields[due.on].label.get(language)),
            role: role.filter(|role| handbook.role(role).is_some()),
            version: None,
            overdue: *date < handbook.today,
            uid: format!("row-{register}-{id}{period}"),
        });
    }
}

fn document(handbook: &Handbook, id: &DocumentId, found: &mut Vec<Due>) {
    let today = handbook.today;
    let standing = handbook.status(id);
    let Some(document) = handbook.published_or_tree(id) else { return };
    let entry = |date: Date, kind: Kind, role: Option<String>, version: Option<String>, uid: String| Due {
        date,
        kind,
        subject: id.to_string(),
        title: document.title().to_owned(),
        role,
        version,
        overdue: date < today,
        uid,
    };
    if let Some(approval) = standing.in_force {
        let owner = document.front.owner.as_ref().map(|owner| owner.value.clone());
        let version = Some(approval.version.to_string());
        if let Some(next) = handbook.review_dates(id, document).and_then(|dates| dates.next) {
            found.push(entry(next, Kind::Review, owner, version.clone(), format!("review-{id}")));
        }
        if approval.kind == ApprovalKind::Provisional
            && let Some(by) = approval.ratify_by
        {
            let role = handbook.approver_of(document, false);
            let uid = format!("ratification-{id}-{}", approval.version);
            found.push(entry(by, Kind::Ratification, role, version, uid));
        }
    }
    for approval in standing.pending {
        let version = approval.version.to_string();
        let uid = format!("effective-{id}-{version}");
        let owner = document.front.owner.as_ref().map(|owner| owner.value.clone());
        found.push(entry(approval.effective, Kind::Effective, owner, Some(version), uid));
    }
}
