//! Adoption of an existing body of documents: tables of what was approved before there was a repository.
//!
//! A table is comma-separated, its first row names the columns, in any order. Every fault is reported with its place.
//! What the rows say is validated like any other request; this only reads them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::validate::{ApprovalRequest, ValidationContext};
use super::{EntryKind, PartialApproval, PastVersion, Subject};
use crate::locale::Text;
use crate::model::id::{DocumentId, Version};
use crate::parse::csv::{CsvFault, csv};
use crate::source::{Span, Spanned};

/// Columns of the table of approvals: name, and whether it must be there.
const APPROVALS: [(&str, bool); 11] = [
    ("id", true),
    ("version", true),
    ("approved_on", true),
    ("effective", true),
    ("role", true),
    ("approver", false),
    ("drafters", false),
    ("checked_by", false),
    ("changes", false),
    ("decision", false),
    ("original", false),
];

/// The names of the columns, in their usual order.
pub fn approval_columns() -> [&'static str; 11] {
    APPROVALS.map(|(name, _)| name)
}

/// Columns of the table of earlier versions.
const PAST: [(&str, bool); 5] =
    [("id", true), ("version", true), ("approved_on", false), ("effective", true), ("changes", false)];

/// What is wrong with a table, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFault {
    /// A cell, or a row.
    pub span: Span,
    /// What is wrong.
    pub reason: Text,
}

/// One row that could be read.
#[derive(Debug, Clone)]
pub struct TableRow<T> {
    /// What it says.
    pub value: T,
    cells: BTreeMap<&'static str, Span>,
    span: Span,
}

impl<T> TableRow<T> {
    /// A reason against what the row says, at the cell that it is about.
    pub fn fault(&self, reason: Text) -> TableFault {
        let column = match reason.key() {
            "approve-unknown-role" | "approve-wrong-rank" => "role",
            "approve-nobody" | "approve-not-in-office" | "approve-own-draft" | "approve-body-with-approver" => {
                "approver"
            }
            "approve-in-future" => "approved_on",
            "approve-before-decision" | "past-not-before" | "past-in-future" => "effective",
            "approve-other-version"
            | "approve-version-lower"
            | "approve-other-text"
            | "approve-already"
            | "past-version-taken"
            | "past-version-higher"
            | "past-version-twice" => "version",
            _ => "id",
        };
        TableFault { span: self.cells.get(column).copied().unwrap_or(self.span), reason }
    }
}

/// What ids in a table mean.
#[derive(Clone, Copy)]
pub struct TableContext<'h> {
    /// People and ledgers.
    pub known: ValidationContext<'h>,
    /// The document that an id means.
    pub document: &'h dyn Fn(&str) -> Option<DocumentId>,
}

/// A table under reading.
struct Table<'h> {
    context: TableContext<'h>,
    faults: Vec<TableFault>,
}

type Cells = BTreeMap<&'static str, Spanned<String>>;

impl Table<'_> {
    fn fault(&mut self, span: Span, reason: Text) {
        self.faults.push(TableFault { span, reason });
    }

    /// Rows by the names of their columns.
    fn rows(&mut self, text: &str, columns: &'static [(&'static str, bool)]) -> Vec<(Span, Cells)> {
        let (rows, faults) = csv(text);
        for fault in faults {
            let key = match fault.value {
                CsvFault::OpenQuote => "csv-open-quote",
                CsvFault::TextBehindQuote => "csv-text-behind-quote",
            };
            self.fault(fault.span, Text::new(key));
        }
        let mut rows = rows.into_iter();
        let Some(head) = rows.next() else {
            self.fault(Span::new(0, 0), Text::new("csv-empty"));
            return Vec::new();
        };
        let mut names: Vec<Option<&'static str>> = Vec::new();
        for cell in &head.cells {
            let known = columns.iter().map(|(name, _)| *name).find(|name| cell.value.eq_ignore_ascii_case(name));
            match known {
                None if cell.value.is_empty() => {}
                None => self.fault(cell.span, Text::new("csv-unknown-column").arg("name", &cell.value)),
                Some(name) if names.contains(&Some(name)) => {
                    self.fault(cell.span, Text::new("csv-column-twice").arg("name", name));
                }
                Some(_) => {}
            }
            names.push(known);
        }
        for (name, _) in columns.iter().filter(|(name, required)| *required && !names.contains(&Some(name))) {
            self.fault(head.span, Text::new("csv-missing-column").arg("name", *name));
        }
        let mut found = Vec::new();
        for row in rows {
            let mut cells = Cells::new();
            for (index, cell) in row.cells.into_iter().enumerate().filter(|(_, cell)| !cell.value.is_empty()) {
                match names.get(index).copied().flatten() {
                    Some(name) => {
                        cells.insert(name, cell);
                    }
                    None if index < names.len() => {}
                    None => self.fault(cell.span, Text::new("csv-extra-cell")),
                }
            }
            // What a missing column lacks was reported once, at the head.
            for (name, _) in columns.iter().filter(|(name, required)| *required && names.contains(&Some(name))) {
                if !cells.contains_key(name) {
                    self.fault(row.span, Text::new("csv-empty-cell").arg("name", *name));
                }
            }
            found.push((row.span, cells));
        }
        found
    }

    fn subject(&mut self, cells: &Cells) -> Option<DocumentId> {
        let cell = cells.get("id")?;
        let id = (self.context.document)(&cell.value);
        if id.is_none() {
            self.fault(cell.span, Text::new("no-such-document").arg("id", &cell.value));
        }
        id
    }

    fn version(&mut self, cells: &Cells) -> Option<Version> {
        let cell = cells.get("version")?;
        let version = Version::parse(&cell.value);
        if version.is_none() {
            self.fault(cell.span, Text::new("csv-bad-version").arg("text", &cell.value));
        }
        version
    }

    /// `2026-04-01`, or `2026/4/1` as spreadsheets write it.
    fn date(&mut self, cells: &Cells, name: &str) -> Option<Date> {
        let cell = cells.get(name)?;
        let mut parts = cell.value.split(['-', '/']).map(|part| part.parse::<i16>().ok().filter(|n| *n > 0));
        let date = match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Some(year)), Some(Some(month)), Some(Some(day)), None) if year >= 1000 => {
                let small = |number: i16| i8::try_from(number).unwrap_or(i8::MAX);
                Date::new(year, small(month), small(day)).ok()
            }
            _ => None,
        };
        if date.is_none() {
            self.fault(cell.span, Text::new("csv-bad-date").arg("text", &cell.value));
        }
        date
    }

    /// Ids of people, separated by `;` or `、`.
    fn people(&mut self, cells: &Cells, name: &str) -> Vec<String> {
        let Some(cell) = cells.get(name) else { return Vec::new() };
        let ids: Vec<String> =
            cell.value.split([';', '；', '、']).map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
        for id in ids.iter().filter(|id| self.context.known.is_unknown_person(id)) {
            self.faults.push(TableFault { span: cell.span, reason: Text::new("no-such-person").arg("person", id) });
        }
        ids
    }
}

fn text(cells: &Cells, name: &str) -> Option<String> {
    cells.get(name).map(|cell| cell.value.clone())
}

fn row<T>(value: T, cells: &Cells, span: Span) -> TableRow<T> {
    TableRow { value, cells: cells.iter().map(|(name, cell)| (*name, cell.span)).collect(), span }
}

/// Reads the table of approvals. `original` names the paper original of rows that name none.
pub fn approvals(
    context: TableContext<'_>,
    table: &str,
    original: Option<&str>,
) -> (Vec<TableRow<ApprovalRequest>>, Vec<TableFault>) {
    let mut reader = Table { context, faults: Vec::new() };
    let mut found = Vec::new();
    for (span, cells) in reader.rows(table, &APPROVALS) {
        let before = reader.faults.len();
        let (id, version) = (reader.subject(&cells), reader.version(&cells));
        let (approved_on, effective) = (reader.date(&cells, "approved_on"), reader.date(&cells, "effective"));
        let (drafters, checked_by) = (reader.people(&cells, "drafters"), reader.people(&cells, "checked_by"));
        let adopted_from = text(&cells, "original").or_else(|| original.map(str::to_owned));
        if adopted_from.is_none() {
            reader.fault(span, Text::new("adopt-no-original"));
        }
        let (Some(id), Some(approved_on), true) = (id, approved_on, reader.faults.len() == before) else { continue };
        let entry = PartialApproval {
            version,
            approved_on: Some(approved_on),
            effective,
            role: text(&cells, "role"),
            approver: text(&cells, "approver"),
            drafters,
            checked_by,
            changes: text(&cells, "changes"),
            decision: text(&cells, "decision"),
            adopted_from,
            ..PartialApproval::default()
        };
        let request = ApprovalRequest { subject: Subject::Document(id), entry, ratify: false, again: false };
        found.push(row(request, &cells, span));
    }
    (found, reader.faults)
}

/// A version of times before the repository, as a row states it.
#[derive(Debug, Clone)]
pub struct AdoptedVersion {
    /// The document.
    pub id: DocumentId,
    /// What to write.
    pub entry: PastVersion,
    /// Whether the ledger holds it already.
    pub recorded: bool,
}

/// Reads the table of earlier versions. Each must come before every approval of its document, those of `requests` among
/// them.
pub fn past(
    context: TableContext<'_>,
    table: &str,
    requests: &[TableRow<ApprovalRequest>],
) -> (Vec<TableRow<AdoptedVersion>>, Vec<TableFault>) {
    let mut reader = Table { context, faults: Vec::new() };
    let mut found: Vec<TableRow<AdoptedVersion>> = Vec::new();
    for (span, cells) in reader.rows(table, &PAST) {
        let before = reader.faults.len();
        let (id, version) = (reader.subject(&cells), reader.version(&cells));
        let (approved_on, effective) = (reader.date(&cells, "approved_on"), reader.date(&cells, "effective"));
        let (Some(id), Some(version), Some(effective), true) = (id, version, effective, reader.faults.len() == before)
        else {
            continue;
        };
        let entry = PastVersion { version, approved_on, effective, changes: text(&cells, "changes") };
        let ledger = context.known.ledgers.get(&id);
        let recorded = ledger.is_some_and(|ledger| entry.is_in(ledger));
        let row = row(AdoptedVersion { id, entry, recorded }, &cells, span);
        let reasons = contradictions(context.known, &row.value, &found, requests);
        reader.faults.extend(reasons.into_iter().map(|reason| row.fault(reason)));
        found.push(row);
    }
    // The ledger reads in the order of time.
    found.sort_by_key(|row| (row.value.id.clone(), row.value.entry.effective, row.value.entry.version));
    (found, reader.faults)
}

fn contradictions(
    context: ValidationContext<'_>,
    past: &AdoptedVersion,
    earlier: &[TableRow<AdoptedVersion>],
    requests: &[TableRow<ApprovalRequest>],
) -> Vec<Text> {
    let AdoptedVersion { id, entry, recorded } = past;
    let mut reasons = Vec::new();
    if earlier.iter().any(|row| row.value.id == *id && row.value.entry.version == entry.version) {
        reasons.push(Text::new("past-version-twice").arg("version", entry.version.to_string()));
    }
    if context.is_in_future(entry.effective) {
        reasons.push(Text::new("past-in-future").arg("date", entry.effective).arg("today", context.today));
    }
    let ledger = context.ledgers.get(id);
    let mut known = ledger.into_iter().flat_map(|ledger| &ledger.past);
    if !recorded && known.any(|known| known.version == entry.version) {
        reasons.push(Text::new("past-version-taken").arg("version", entry.version.to_string()));
    }
    let approved = ledger.into_iter().flat_map(|ledger| &ledger.approvals);
    let approved = approved.map(|approval| (approval.version, approval.effective));
    let adopted = requests.iter().map(|row| &row.value).filter(|request| request.subject.id() == Some(id));
    let adopted = adopted.filter_map(|request| Some((request.entry.version?, request.effective()?)));
    let approvals: Vec<(Version, Date)> = approved.chain(adopted).collect();
    if let Some(lowest) = approvals.iter().map(|(version, _)| *version).min().filter(|lowest| entry.version >= *lowest)
    {
        let text = Text::new("past-version-higher").arg("version", entry.version.to_string());
        reasons.push(text.arg("approved", lowest.to_string()));
    }
    if let Some(first) = approvals.iter().map(|(_, date)| *date).min().filter(|first| entry.effective >= *first) {
        reasons.push(Text::new("past-not-before").arg("date", entry.effective).arg("approved", first));
    }
    reasons
}
