//! Registers with a definition as pages: a table of each kind of row, and a section for each row that has an id.
//!
//! A register is shown where its label is at most that of the most restricted document that the same site shows; one
//! without a label, or with one that the organisation does not have, is shown nowhere. A part of a handbook for fewer
//! readers has no registers at all.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Label, Named, Page};
use crate::handbook::edition::Edition;
use crate::locale::{Catalogue, Language};
use crate::markup::html::address_part;
use crate::model::reference::{Pointer, Target};
use crate::parse::reference::short_target;
use crate::register::data::{RegisterRow, Stated};
use crate::register::definition::{Definition, Field, FieldType, Kind, Period, TextFormat};
use crate::register::judge::Computed;
use crate::site::Site;
use crate::site::reference::{annex_address, clause_address, role_address};
use crate::source::Place;
use crate::standard;

/// Columns of the table of rows that have a section of their own.
const COLUMNS: usize = 6;

/// Registers that readers of an edition see, by position in the library.
pub(in crate::site) fn shown(edition: &Edition<'_>) -> Vec<usize> {
    let handbook = edition.handbook;
    if handbook.edition.is_some() {
        return Vec::new();
    }
    let rank = |id: &str| handbook.config.classifications.iter().position(|label| label.id.value == id);
    let labels = edition.entries.values().filter_map(|entry| rank(handbook.classification_of(entry.document)?));
    let Some(highest) = labels.max() else { return Vec::new() };
    let set = &handbook.register_set;
    let kept: BTreeSet<usize> = set.data.files.iter().map(|file| file.register).collect();
    let is_shown = |register: &usize| {
        let label = set.library.definitions[*register].classification.as_deref().and_then(rank);
        label.is_some_and(|label| label <= highest)
    };
    kept.into_iter().filter(is_shown).collect()
}

/// Where a register is shown, relative to the site.
pub(in crate::site) fn path(id: &str) -> String {
    format!("registers/{id}.html")
}

/// The address of a register, or of one of its rows.
pub(in crate::site) fn address(written: &str) -> String {
    match written.split_once('/') {
        Some((register, row)) => {
            let row = row.split_once('@').map_or(row, |(row, _)| row);
            format!("registers/{}.html#{}", address_part(register), address_part(row))
        }
        None => path(&address_part(written)),
    }
}

/// A register that holds what a clause demands.
#[derive(Serialize)]
pub(super) struct Evidence {
    name: String,
    /// Whether it has a row.
    kept: bool,
    /// Where it is shown, if it is.
    address: Option<String>,
    rows: usize,
    /// The latest day that its rows state and that has come.
    newest: Option<String>,
}

/// Registers whose rows are evidence of a clause, kept or not. One that readers may not see is named without figures.
pub(super) fn evidence(site: &Site<'_, '_>, covered: &str) -> Vec<Evidence> {
    let set = &site.edition.handbook.register_set;
    let shown = shown(site.edition);
    let covers =
        |written: &str| written == covered || written.strip_prefix(covered).is_some_and(|rest| rest.starts_with('#'));
    let registers = set.library.definitions.iter().enumerate();
    let registers = registers.filter(|(_, known)| known.covers.iter().any(|cover| covers(&cover.value)));
    let evidence = registers.map(|(register, definition)| {
        let rows = || set.data.rows.iter().filter(move |row| row.kind.register == register && row.void.is_none());
        let days = rows().flat_map(|row| row.values.iter()).filter_map(|(_, stated)| match stated.value {
            Stated::Date(day) if day <= site.edition.date => Some(day),
            _ => None,
        });
        let address = shown.contains(&register).then(|| path(&definition.id.value));
        Evidence {
            name: definition.name.get(site.options.language).to_owned(),
            kept: rows().next().is_some(),
            rows: rows().count(),
            newest: days.max().map(|day| day.to_string()).filter(|_| address.is_some()),
            address,
        }
    });
    evidence.collect()
}

#[derive(Serialize)]
struct RegistersPage {
    registers: Vec<RegisterLink>,
}

/// A register as the list shows it.
#[derive(Serialize)]
struct RegisterLink {
    name: String,
    address: String,
    rows: usize,
    label: Option<Label>,
}

/// `registers.html`.
pub(super) fn registers(site: &Site<'_, '_>) -> Page {
    let set = &site.edition.handbook.register_set;
    let links = shown(site.edition).into_iter().map(|register| {
        let definition = &set.library.definitions[register];
        RegisterLink {
            name: definition.name.get(site.options.language).to_owned(),
            address: path(&definition.id.value),
            rows: set.data.rows.iter().filter(|row| row.kind.register == register && row.void.is_none()).count(),
            label: definition.classification.as_deref().map(|id| Label::named(site, id)),
        }
    });
    Page::new("registers.html", "overview", RegistersPage { registers: links.collect() })
}

#[derive(Serialize)]
struct RegisterPage {
    name: String,
    label: Option<Label>,
    owner: Option<Named>,
    laid_down_in: Option<Named>,
    covers: Vec<Named>,
    /// Whether rows belong to periods.
    periods: bool,
    /// What files say of all their rows: the period, and label and value of each key.
    heads: Vec<HeadView>,
    kinds: Vec<KindView>,
}

#[derive(Serialize)]
struct HeadView {
    period: Option<String>,
    fields: Vec<FieldView>,
}

#[derive(Serialize)]
struct KindView {
    name: String,
    title: String,
    /// Labels of the columns.
    columns: Vec<String>,
    rows: Vec<RowView>,
    /// Whether each row has a section of its own.
    sections: bool,
}

#[derive(Serialize)]
struct RowView {
    id: Option<String>,
    anchor: Option<String>,
    period: Option<String>,
    /// `open`, `closed` or `void`.
    state: &'static str,
    closed_on: Option<String>,
    void: Option<String>,
    cells: Vec<CellView>,
    fields: Vec<FieldView>,
}

#[derive(Serialize)]
struct FieldView {
    label: String,
    cell: CellView,
}

/// A value, or why a computed one is not there.
#[derive(Serialize, Default)]
struct CellView {
    parts: Vec<PartView>,
    why: Option<String>,
}

#[derive(Serialize)]
struct PartView {
    words: String,
    address: Option<String>,
    date: bool,
}

/// The page of a register.
pub(in crate::site) fn register(site: &Site<'_, '_>, position: usize) -> Page {
    let view = View { site, position, language: site.options.language };
    let definition = view.definition();
    let handbook = site.edition.handbook;
    let owner = definition.owner.as_deref().filter(|owner| handbook.role(owner).is_some());
    let laid_down_in = definition.laid_down_in.as_deref();
    let page = RegisterPage {
        name: definition.name.get(view.language).to_owned(),
        label: definition.classification.as_deref().map(|id| Label::named(site, id)),
        owner: owner.map(|id| Named { name: handbook.role_name(id).to_owned(), address: role_address(id) }),
        laid_down_in: laid_down_in.and_then(|written| site.pointer(&pointer(written))),
        covers: definition.covers.iter().filter_map(|cover| view.standard(&cover.value)).collect(),
        periods: definition.period != Period::None,
        heads: view.heads(),
        kinds: (0..definition.kinds.len()).map(|kind| view.kind(kind)).collect(),
    };
    Page { root: "../".to_owned(), ..Page::new("register.html", "overview", page) }
}

/// A mention of a document whose place nobody asks for.
fn pointer(written: &str) -> Pointer {
    let (document, fragment) = match short_target(written) {
        Target::Document { id: Some(id), fragment } => (crate::model::id::DocumentId::parse(&id), fragment),
        _ => (None, None),
    };
    let place = Place { file: crate::source::FileId::DETACHED, span: crate::source::Span::default() };
    Pointer { written: written.to_owned(), document, fragment, place }
}

struct View<'v, 's, 'h> {
    site: &'v Site<'s, 'h>,
    position: usize,
    language: Language,
}

impl<'v> View<'v, '_, '_> {
    fn definition(&self) -> &'v Definition {
        &self.site.edition.handbook.register_set.library.definitions[self.position]
    }

    fn catalogue(&self) -> &Catalogue {
        &self.site.catalogue
    }

    /// `clause:8.2` and `control:5.9` by name.
    fn standard(&self, written: &str) -> Option<Named> {
        let (kind, number) = written.split_once(':')?;
        let number = number.split_once('#').map_or(number, |(number, _)| number);
        match kind {
            "clause" => standard::clause(number)
                .map(|clause| Named { name: self.site.clause_name(clause), address: clause_address(clause.id) }),
            _ => standard::control(number)
                .map(|control| Named { name: self.site.control_name(control), address: annex_address(control.id) }),
        }
    }

    fn heads(&self) -> Vec<HeadView> {
        let head = &self.definition().head;
        if head.is_empty() {
            return Vec::new();
        }
        let files = self.site.edition.handbook.register_set.data.files.iter();
        let files = files.filter(|file| file.register == self.position);
        let heads = files.map(|file| HeadView {
            period: file.period.as_ref().map(|period| period.value.clone()),
            fields: (0..)
                .zip(head)
                .filter_map(|(at, field)| Some((field, file.head.get(at)?)))
                .map(|(field, value)| FieldView {
                    label: field.label.get(self.language).to_owned(),
                    cell: self.cell(&field.value, &value.value),
                })
                .collect(),
        });
        heads.collect()
    }

    fn kind(&self, at: usize) -> KindView {
        let definition = self.definition();
        let kind = &definition.kinds[at];
        let data = &self.site.edition.handbook.register_set.data;
        let rows = data.rows.iter().enumerate();
        let mut rows: Vec<(usize, &RegisterRow)> =
            rows.filter(|(_, row)| row.kind.register == self.position && row.kind.kind == at).collect();
        // The newest period first, and within it what is open.
        let today = self.site.edition.date;
        rows.sort_by_key(|(_, row)| (std::cmp::Reverse(data.period(row)), !row.is_open(today)));
        let sections = kind.id().is_some();
        let columns: Vec<usize> = (0..kind.fields.len()).take(if sections { COLUMNS } else { usize::MAX }).collect();
        let mut anchors = BTreeSet::new();
        let rows = rows.into_iter().map(|(position, row)| self.row(kind, &columns, position, row, &mut anchors));
        KindView {
            name: kind.name.value.clone(),
            title: definition.word(&kind.name.value, self.language).to_owned(),
            rows: rows.collect(),
            columns: columns.iter().map(|at| kind.fields[*at].label.get(self.language).to_owned()).collect(),
            sections,
        }
    }

    fn row(
        &self,
        kind: &Kind,
        columns: &[usize],
        position: usize,
        row: &RegisterRow,
        anchors: &mut BTreeSet<String>,
    ) -> RowView {
        let set = &self.site.edition.handbook.register_set;
        let id = set.data.id(&set.library, row).map(|id| id.value.to_string());
        let period = set.data.period(row).map(str::to_owned);
        // Where an id stands for rows of several periods, it leads to the newest.
        let anchor = id.as_ref().map(|id| match (anchors.insert(id.clone()), &period) {
            (false, Some(period)) => format!("{id}-{period}"),
            _ => id.clone(),
        });
        let state = match (row.void.is_some(), row.is_open(self.site.edition.date)) {
            (true, _) => "void",
            (false, true) => "open",
            (false, false) => "closed",
        };
        let fields = kind.fields.iter().enumerate().map(|(at, field)| (field, self.value(position, row, at, field)));
        // The heading of a section is the id already.
        let fields = fields.filter(|(field, cell)| {
            !matches!(field.value, FieldType::Id(_)) && (!cell.parts.is_empty() || cell.why.is_some())
        });
        RowView {
            id,
            anchor,
            period,
            state,
            closed_on: row.closed_on.as_ref().map(|day| day.value.to_string()),
            void: row.void.as_ref().map(|reason| reason.value.clone()),
            cells: columns.iter().map(|at| self.value(position, row, *at, &kind.fields[*at])).collect(),
            fields: fields
                .map(|(field, cell)| FieldView { label: field.label.get(self.language).to_owned(), cell })
                .collect(),
        }
    }

    /// What a row has in a field: as stated, else as computed.
    fn value(&self, position: usize, row: &RegisterRow, at: usize, field: &Field) -> CellView {
        if let Some(stated) = row.values.get(at) {
            return self.cell(&field.value, &stated.value);
        }
        match self.site.edition.handbook.register_judgement().computed[position].get(&at) {
            Some(Computed::Value(value)) => self.cell(&field.value, value),
            Some(Computed::None(why)) => CellView { parts: Vec::new(), why: Some(self.catalogue().text(why)) },
            None => CellView::default(),
        }
    }

    fn cell(&self, of: &FieldType, value: &Stated) -> CellView {
        let parts = match (of, value) {
            (FieldType::List(items), Stated::List(values)) => {
                values.iter().map(|value| self.part(items.first().unwrap_or(of), &value.value, items)).collect()
            }
            (of, value) => vec![self.part(of, value, std::slice::from_ref(of))],
        };
        CellView { parts, why: None }
    }

    fn part(&self, of: &FieldType, value: &Stated, items: &[FieldType]) -> PartView {
        let plain = |words: String| PartView { words, address: None, date: false };
        match value {
            Stated::YesNo(flag) => plain(self.catalogue().get(if *flag { "site-yes" } else { "site-no" })),
            Stated::Date(date) => PartView { words: date.to_string(), address: None, date: true },
            Stated::Number(number) => match of {
                FieldType::Number { unit: Some(unit), .. } => plain(format!("{number} {unit}")),
                _ => plain(number.to_string()),
            },
            Stated::Word(word) => {
                let found = items.iter().find_map(|item| self.word(item, word));
                found.map_or_else(
                    || plain(word.clone()),
                    |found| PartView {
                        words: found.name,
                        address: Some(found.address).filter(|at| !at.is_empty()),
                        date: false,
                    },
                )
            }
            other => plain(other.to_string()),
        }
    }

    /// A word as readers know it, and where it leads; the address is empty where it leads nowhere.
    fn word(&self, of: &FieldType, word: &str) -> Option<Named> {
        let handbook = self.site.edition.handbook;
        let named = |name: &str, address: String| Some(Named { name: name.to_owned(), address });
        let library = &handbook.register_set.library;
        match of {
            FieldType::Choice(_) => named(self.definition().word(word, self.language), String::new()),
            FieldType::Person(_) => named(handbook.person_name(word), String::new()),
            FieldType::Role => handbook.role(word).and_then(|role| named(&role.name.value, role_address(word))),
            FieldType::Classification => named(handbook.classification_name(word), String::new()),
            FieldType::Row(target) => {
                let register = &library.definitions[target.to?.register];
                named(word, address(&format!("{}/{word}", register.id.value)))
            }
            FieldType::Department => {
                let register = &library.definitions[library.provider("department")?];
                named(&self.department(word), address(&format!("{}/{word}", register.id.value)))
            }
            FieldType::Document => self.site.pointer(&pointer(word)),
            FieldType::Control => match standard::control(word) {
                Some(control) => named(&self.site.control_name(control), annex_address(control.id)),
                None => self.site.pointer(&pointer(word)),
            },
            FieldType::Clause => self.standard(word),
            FieldType::Text(TextFormat::Url) => named(word, word.to_owned()),
            FieldType::Link => self.link(word),
            _ => None,
        }
    }

    fn link(&self, word: &str) -> Option<Named> {
        let library = &self.site.edition.handbook.register_set.library;
        if word.starts_with("https://") || word.starts_with("http://") {
            return Some(Named { name: word.to_owned(), address: word.to_owned() });
        }
        if let Some((register, id)) = word.split_once('/')
            && let Some(definition) = library.get(register)
        {
            let name = format!("{} {id}", definition.name.get(self.language));
            return Some(Named { name, address: address(word) });
        }
        self.standard(word).or_else(|| self.site.pointer(&pointer(word)))
    }

    /// The name of a department, or what is written where it has none.
    fn department(&self, id: &str) -> String {
        let set = &self.site.edition.handbook.register_set;
        let name = set.library.provider("department").and_then(|register| {
            let row = set.data.rows.iter().find(|row| {
                row.kind.register == register
                    && set.data.id(&set.library, row).is_some_and(|found| found.value.to_string() == id)
            })?;
            let field = set.library.definitions[register].kinds[row.kind.kind].field("name")?;
            Some(row.values.get(field)?.value.to_string())
        });
        name.unwrap_or_else(|| id.to_owned())
    }
}
