//! What is wrong with rows, and what their computed fields come to, on the handbook's day.

use std::collections::BTreeMap;

use super::data::values::near;
use super::data::{Data, RegisterRow, Stated};
use super::definition::{Choices, Definition, Field, FieldType, KindRef, Personal};
use super::evaluator::{Datum, Evaluator, Why};
use super::finding::{Fault, RegisterFinding};
use super::index::{Lookup, RowIndex};
use super::library::Library;
use super::surroundings::{DocumentLookup, NameKind, Surroundings};
use crate::locale::{Text, Words};
use crate::source::{Place, Span, Spanned};
use crate::standard;

/// What a computed field came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Computed {
    /// A value.
    Value(Stated),
    /// None, and why.
    None(Text),
}

/// Everything that is known of rows beyond what they state.
#[derive(Debug, Default)]
pub struct Judgement {
    /// What is wrong.
    pub findings: Vec<RegisterFinding>,
    /// Computed fields of each row, by field.
    pub computed: Vec<BTreeMap<usize, Computed>>,
}

/// Judges all rows.
pub fn judge(library: &Library, data: &Data, around: &dyn Surroundings) -> Judgement {
    let evaluator = Evaluator::new(library, data, around);
    let mut judge = Judge { library, data, around, evaluator, findings: Vec::new(), absent: BTreeMap::new() };
    let mut computed = vec![BTreeMap::new(); data.rows.len()];
    for (at, _) in data.files.iter().enumerate() {
        judge.head(at);
    }
    for at in 0..data.rows.len() {
        judge.row(at);
    }
    for (register, definition) in library.definitions.iter().enumerate() {
        for (kind, fields) in definition.kinds.iter().enumerate() {
            let kind = KindRef { register, kind };
            judge.duplicates(kind, fields.key.as_slice());
            for field in 0..fields.fields.len() {
                judge.computed(kind, field, &mut computed);
            }
            for field in 0..fields.fields.len() {
                judge.required_if(kind, field);
            }
        }
        judge.ids(register);
        judge.rules(register, definition);
        judge.due(register, definition);
        judge.personal(register, definition);
    }
    judge.departures();
    Judgement { findings: judge.findings, computed }
}

struct Judge<'d> {
    library: &'d Library,
    data: &'d Data,
    around: &'d dyn Surroundings,
    evaluator: Evaluator<'d>,
    findings: Vec<RegisterFinding>,
    /// Open rows that name somebody who does not hold the role that the field asks for: by person and role.
    absent: BTreeMap<(String, String), Vec<Place>>,
}

/// The first line of a file, for what concerns the whole of it.
fn start_of(file: crate::source::FileId) -> Place {
    Place { file, span: Span::default() }
}

impl<'d> Judge<'d> {
    fn report(&mut self, fault: Fault, place: Place, message: Text, help: Text) -> &mut RegisterFinding {
        self.findings.push(RegisterFinding::new(fault, place, message, help));
        self.findings.last_mut().expect("a finding was pushed on the line above")
    }

    fn fields(&self, kind: KindRef) -> &'d [Field] {
        &self.library.definitions[kind.register].kinds[kind.kind].fields
    }

    fn missing(&mut self, place: Place, label: &Words, row: Text) {
        let message = Text::new("missing-field").arg("row", row).arg("field", label);
        let help = Text::new("missing-field-help").arg("field", label);
        self.report(Fault::MissingField, place, message, help);
    }

    fn head(&mut self, at: usize) {
        let file = &self.data.files[at];
        let definition = &self.library.definitions[file.register];
        for (field_at, field) in definition.head.iter().enumerate() {
            if field.required && !file.head.has(field_at) {
                let row = Text::new("register-this-file");
                self.missing(start_of(file.file), &field.label, row);
            }
            if let Some(stated) = file.head.get(field_at) {
                let period = file.period.as_ref().map(|period| period.value.as_str());
                self.references(&field.value, &field.label, stated, file.file, period, None);
            }
        }
    }

    fn row(&mut self, at: RowIndex) {
        let row = &self.data.rows[at];
        if row.void.is_some() {
            return;
        }
        let fields = self.fields(row.kind);
        let place = self.data.place(self.library, row);
        for (field_at, field) in fields.iter().enumerate() {
            let needed = field.required || matches!(field.value, FieldType::Id(_));
            if needed && field.computed.is_none() && !row.values.has(field_at) && self.evaluator.is_in_use(at, field_at)
            {
                self.missing(place, &field.label, self.evaluator.row_name(at));
            }
            if let Some(stated) = row.values.get(field_at) {
                self.references(&field.value, &field.label, stated, row.place.file, self.data.period(row), Some(at));
            }
        }
    }

    /// Looks up what a value refers to.
    fn references(
        &mut self,
        of: &'d FieldType,
        label: &Words,
        stated: &Spanned<Stated>,
        file: crate::source::FileId,
        period: Option<&str>,
        row: Option<RowIndex>,
    ) {
        let items = if let FieldType::List(items) = of { items.as_slice() } else { std::slice::from_ref(of) };
        let values =
            if let Stated::List(values) = &stated.value { values.as_slice() } else { std::slice::from_ref(stated) };
        for value in values {
            let Stated::Word(word) = &value.value else { continue };
            let mut unknown = None;
            let known = items.iter().any(|item| match self.is_known(item, word, period, row) {
                Ok(()) => true,
                Err(found) => {
                    unknown.get_or_insert(found);
                    false
                }
            });
            let Some(Unknown { help, meant }) = unknown.filter(|_| !known) else { continue };
            let message = Text::new("unknown-reference").arg("field", label).arg("written", word);
            let place = Place { file, span: value.span };
            self.report(Fault::UnknownReference, place, message, help).replacement =
                meant.map(|meant| format!("\"{meant}\""));
        }
    }

    /// Whether a word is known as a value of a type.
    fn is_known(
        &self,
        of: &'d FieldType,
        word: &str,
        period: Option<&str>,
        row: Option<RowIndex>,
    ) -> Result<(), Unknown> {
        let named = |kind: NameKind, key: &'static str| match self.around.is_known(kind, word) {
            true => Ok(()),
            false => Err(Unknown::new(Text::new(key), near(word, self.around.names(kind).into_iter()))),
        };
        match of {
            FieldType::Row(target) => target.to.map_or(Ok(()), |kind| self.is_row(kind, word, period)),
            FieldType::Person(_) => named(NameKind::Person, "unknown-reference-person"),
            FieldType::Role => named(NameKind::Role, "unknown-reference-role"),
            FieldType::Classification => named(NameKind::Classification, "unknown-reference-classification"),
            FieldType::Term => named(NameKind::Term, "unknown-reference-term"),
            FieldType::Document => self.is_document(word),
            FieldType::Department => self.is_department(word),
            FieldType::Control => match standard::control(word).is_some() || self.around.is_own_control(word) {
                true => Ok(()),
                false => Err(Unknown::new(Text::new("unknown-reference-control"), None)),
            },
            FieldType::Clause => {
                match word.strip_prefix("clause:").is_some_and(|number| standard::clause(number).is_some()) {
                    true => Ok(()),
                    false => Err(Unknown::new(Text::new("unknown-reference-clause"), None)),
                }
            }
            FieldType::Link => self.is_link(word, period),
            FieldType::Choice(Choices::Bands(_)) => self.is_band(of, word, row),
            _ => Ok(()),
        }
    }

    fn is_row(&self, kind: KindRef, word: &str, period: Option<&str>) -> Result<(), Unknown> {
        if self.data.unread.contains(&kind.register) {
            return Ok(());
        }
        match self.evaluator.index.find(kind.register, word, period) {
            Lookup::Row(found) if self.data.rows[found].kind == kind => Ok(()),
            _ => {
                let definition = &self.library.definitions[kind.register];
                let help = Text::new("unknown-reference-row").arg("register", &definition.name);
                let help = help.arg("id", &definition.id.value);
                Err(Unknown::new(help, near(word, self.evaluator.index.ids_of(kind.register))))
            }
        }
    }

    fn is_document(&self, word: &str) -> Result<(), Unknown> {
        match self.around.document(word) {
            DocumentLookup::Found => Ok(()),
            DocumentLookup::NoPlace => Err(Unknown::new(Text::new("unknown-reference-place"), None)),
            DocumentLookup::NoDocument => {
                let near = near(word, self.around.names(NameKind::Document).into_iter());
                Err(Unknown::new(Text::new("unknown-reference-document"), near))
            }
        }
    }

    fn is_department(&self, word: &str) -> Result<(), Unknown> {
        let Some(register) = self.library.provider("department") else { return Ok(()) };
        if self.data.unread.contains(&register) || !self.evaluator.index.with_id(register, word).is_empty() {
            return Ok(());
        }
        let help = Text::new("unknown-reference-row").arg("register", &self.library.definitions[register].name);
        let help = help.arg("id", &self.library.definitions[register].id.value);
        Err(Unknown::new(help, near(word, self.evaluator.index.ids_of(register))))
    }

    fn is_link(&self, word: &str, period: Option<&str>) -> Result<(), Unknown> {
        if word.starts_with("https://") || word.starts_with("http://") {
            return Ok(());
        }
        if let Some((register, id)) = word.split_once('/')
            && let Some(register) = self.library.position(register)
        {
            if self.data.unread.contains(&register) {
                return Ok(());
            }
            return match self.evaluator.index.find(register, id, period) {
                Lookup::Row(_) => Ok(()),
                _ => {
                    let definition = &self.library.definitions[register];
                    let help = Text::new("unknown-reference-row").arg("register", &definition.name);
                    let near = near(id, self.evaluator.index.ids_of(register));
                    let near = near.map(|near| format!("{}/{near}", definition.id.value));
                    Err(Unknown { help: help.arg("id", &definition.id.value), meant: near })
                }
            };
        }
        if word.starts_with("clause:") {
            return self.is_known(&FieldType::Clause, word, period, None);
        }
        match self.around.document(word) {
            DocumentLookup::Found => Ok(()),
            DocumentLookup::NoPlace => Err(Unknown::new(Text::new("unknown-reference-place"), None)),
            DocumentLookup::NoDocument if self.around.is_file(word) => Ok(()),
            DocumentLookup::NoDocument => Err(Unknown::new(Text::new("unknown-reference-link"), None)),
        }
    }

    /// Whether a word is the id of a step of the scale that its field takes its words from.
    fn is_band(&self, of: &'d FieldType, word: &str, row: Option<RowIndex>) -> Result<(), Unknown> {
        let (FieldType::Choice(Choices::Bands(expression)), Some(row)) = (of, row) else { return Ok(()) };
        let Some(Ok(Datum::Bands(steps))) = expression.code.as_ref().map(|code| self.evaluator.of_row(code, row))
        else {
            return Ok(());
        };
        if steps.iter().any(|step| step.id == word) {
            return Ok(());
        }
        let allowed = steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>().join(", ");
        let near = near(word, steps.iter().map(|step| step.id.as_str()));
        Err(Unknown::new(Text::new("unknown-reference-band").arg("allowed", allowed), near))
    }

    /// Two rows with one id in one period, of whatever kinds.
    fn ids(&mut self, register: usize) {
        let mut first: BTreeMap<(Option<&str>, &str), RowIndex> = BTreeMap::new();
        for (at, row) in self.data.rows.iter().enumerate().filter(|(_, row)| row.kind.register == register) {
            let Some(Stated::Word(id)) = self.data.id(self.library, row).map(|id| &id.value) else { continue };
            match first.get(&(self.data.period(row), id.as_str())) {
                None => {
                    first.insert((self.data.period(row), id), at);
                }
                Some(earlier) => self.duplicate(row, *earlier, Text::new("duplicate-row-id").arg("id", id)),
            }
        }
    }

    fn duplicate(&mut self, row: &RegisterRow, earlier: RowIndex, message: Text) {
        let place = self.data.place(self.library, row);
        let earlier = self.data.place(self.library, &self.data.rows[earlier]);
        let help = Text::new("duplicate-row-help");
        self.report(Fault::DuplicateRow, place, message, help)
            .related
            .push((earlier, Text::new("duplicate-row-related")));
    }

    /// Two rows that say the same in the fields that tell rows of their kind apart.
    fn duplicates(&mut self, kind: KindRef, key: &[usize]) {
        if key.is_empty() {
            return;
        }
        let fields = self.fields(kind);
        let mut first: BTreeMap<(Option<&str>, Vec<String>), RowIndex> = BTreeMap::new();
        for at in self.evaluator.index.rows(kind).to_vec() {
            let row = &self.data.rows[at];
            let values = key
                .iter()
                .map(|field| row.values.get(*field).map_or_else(String::new, |value| value.value.to_string()));
            let values: Vec<String> = values.collect();
            match first.get(&(self.data.period(row), values.clone())) {
                None => {
                    first.insert((self.data.period(row), values), at);
                }
                Some(earlier) => {
                    let names = key.iter().map(|field| fields[*field].path.as_str()).collect::<Vec<_>>().join(", ");
                    self.duplicate(row, *earlier, Text::new("duplicate-row-key").arg("fields", names));
                }
            }
        }
    }

    fn computed(&mut self, kind: KindRef, field: usize, computed: &mut [BTreeMap<usize, Computed>]) {
        let found = &self.fields(kind)[field];
        if found.computed.as_ref().is_none_or(|computed| computed.code.is_none()) {
            return;
        }
        self.evaluator.begin();
        let mut too_long = false;
        for at in self.evaluator.index.rows(kind).to_vec() {
            let row = &self.data.rows[at];
            let place = self.data.place(self.library, row);
            let value = self.evaluator.computed(at, field);
            let stated = row.values.get(field);
            if let (Some(stated), false) = (stated, found.or_stated) {
                let message = Text::new("stated-field-computed").arg("field", &found.label);
                let place = Place { span: stated.span, ..place };
                self.report(Fault::StatedOtherwise, place, message, Text::new("stated-field-computed-help"));
            }
            match &value {
                Ok(Datum::Absent(why)) => {
                    if let (Why::NoEntry(_), true) = (&**why, self.evaluator.is_in_use(at, field)) {
                        self.not_computable(place, &found.label, at, why.text());
                    }
                }
                Ok(value) => {
                    if let (Some(stated), true) = (stated, found.or_stated) {
                        self.compare(found, at, stated, value);
                    }
                }
                Err(failure) => {
                    let again = std::mem::replace(&mut too_long, *failure == super::evaluator::Failure::TooLong);
                    if !again {
                        self.not_computable(place, &found.label, at, failure.text());
                    }
                }
            }
            let value = match value {
                Ok(Datum::Absent(why)) => Computed::None(why.text()),
                Ok(value) => self.owned(&value).map_or_else(|| Computed::None(Why::Nothing.text()), Computed::Value),
                Err(failure) => Computed::None(failure.text()),
            };
            if self.evaluator.is_in_use(at, field) {
                computed[at].insert(field, value);
            }
        }
    }

    fn not_computable(&mut self, place: Place, label: &Words, row: RowIndex, why: Text) {
        let message = Text::new("uncomputable-field").arg("row", self.evaluator.row_name(row)).arg("field", label);
        self.report(Fault::NotComputable, place, message.arg("why", why), Text::new("uncomputable-field-help"));
    }

    /// Holds a stated value against the computed one.
    fn compare(&mut self, field: &Field, row: RowIndex, stated: &Spanned<Stated>, value: &Datum<'_>) {
        let Some(computed) = self.owned(value) else { return };
        let agrees = match (&computed, &stated.value) {
            (Stated::Number(computed), Stated::Number(stated)) => computed.is_stated_as(*stated),
            (computed, stated) => computed == stated,
        };
        if agrees {
            return;
        }
        let message = Text::new("stated-not-computed")
            .arg("row", self.evaluator.row_name(row))
            .arg("field", &field.label)
            .arg("stated", stated.value.to_string())
            .arg("computed", computed.to_string());
        let place = Place { file: self.data.rows[row].place.file, span: stated.span };
        self.report(Fault::StatedOtherwise, place, message, Text::new("stated-not-computed-help"));
    }

    /// A value that outlives the evaluation.
    fn owned(&self, value: &Datum<'_>) -> Option<Stated> {
        Some(match value {
            Datum::Absent(_) => return None,
            Datum::Number(number) => Stated::Number(*number),
            Datum::Text(text) => Stated::Word(text.clone().into_owned()),
            Datum::YesNo(flag) => Stated::YesNo(*flag),
            Datum::Date(date) => Stated::Date(*date),
            Datum::Month(month) => Stated::Month(*month),
            Datum::Row(row) => self.data.id(self.library, &self.data.rows[*row])?.value.clone(),
            Datum::List(items) => {
                let items = items.iter().map(|item| Some(Spanned::new(self.owned(item)?, 0..0)));
                Stated::List(items.collect::<Option<_>>()?)
            }
            Datum::Lookup(table) => Stated::Lookup((*table).clone()),
            Datum::Bands(steps) => Stated::Bands(steps.to_vec()),
            Datum::Band(step) => Stated::Word(step.id.clone()),
        })
    }

    fn required_if(&mut self, kind: KindRef, field: usize) {
        let found = &self.fields(kind)[field];
        let Some(code) = found.required_if.as_ref().and_then(|condition| condition.code.as_ref()) else { return };
        self.evaluator.begin();
        for at in self.evaluator.index.rows(kind).to_vec() {
            let row = &self.data.rows[at];
            if row.values.has(field) || found.required || !self.evaluator.is_in_use(at, field) {
                continue;
            }
            if self.evaluator.holds(code, at) == Ok(true) {
                self.missing(self.data.place(self.library, row), &found.label, self.evaluator.row_name(at));
            }
        }
    }

    fn rules(&mut self, register: usize, definition: &'d Definition) {
        let today = self.around.today();
        for rule in &definition.rules {
            let Some(code) = &rule.condition.code else { continue };
            let kind = KindRef { register, kind: rule.kind };
            self.evaluator.begin();
            for at in self.evaluator.index.rows(kind).to_vec() {
                let row = &self.data.rows[at];
                if !row.is_open(today) {
                    continue;
                }
                let place = self.data.place(self.library, row);
                match self.evaluator.holds(code, at) {
                    Ok(false) => {}
                    Ok(true) => {
                        let stated = rule.at.and_then(|field| row.values.get(field));
                        let place = stated.map_or(place, |stated| Place { span: stated.span, ..place });
                        let said = self.filled(&rule.message, at);
                        let message = Text::new("register-rule").arg("message", said).arg("rule", &rule.name.value);
                        let help = match &rule.basis {
                            Some(basis) => Text::new("register-rule-help-basis").arg("basis", basis),
                            None => Text::new("register-rule-help"),
                        };
                        let help = help.arg("register", &definition.name);
                        self.report(Fault::Rule, place, message, help).level = Some(rule.level);
                    }
                    Err(failure) => {
                        let message =
                            Text::new("uncomputable-rule").arg("rule", &rule.name.value).arg("why", failure.text());
                        self.report(Fault::NotComputable, place, message, Text::new("uncomputable-field-help"));
                        break;
                    }
                }
            }
        }
    }

    /// A message of a rule with what the row has in place of the names between braces.
    fn filled(&self, message: &Words, row: RowIndex) -> Words {
        let fields = self.fields(self.data.rows[row].kind);
        let fill = |words: &str| {
            let mut out = String::new();
            let mut rest = words;
            while let Some((before, after)) = rest.split_once('{') {
                let Some((name, behind)) = after.split_once('}') else { break };
                out.push_str(before);
                let value = fields.iter().position(|field| field.path == name);
                let value = value.and_then(|field| self.evaluator.field(row, field).ok());
                let value = value.and_then(|value| self.owned(&value));
                out.push_str(&value.map_or_else(|| "–".to_owned(), |value| value.to_string()));
                rest = behind;
            }
            out + rest
        };
        Words { ja: fill(&message.ja), en: fill(&message.en) }
    }

    fn due(&mut self, register: usize, definition: &Definition) {
        let Some(due) = &definition.due else { return };
        let today = self.around.today();
        let kind = KindRef { register, kind: due.kind };
        let field = &self.fields(kind)[due.on];
        for at in self.evaluator.index.rows(kind).to_vec() {
            let row = &self.data.rows[at];
            if !row.is_open(today) || due.done.is_some_and(|done| row.values.has(done)) {
                continue;
            }
            let Some(Spanned { value: Stated::Date(on), span }) = row.values.get(due.on) else { continue };
            if *on >= today {
                continue;
            }
            let message = Text::new("row-overdue").arg("row", self.evaluator.row_name(at));
            let message = message.arg("field", &field.label).arg("date", *on);
            let place = Place { span: *span, ..row.place };
            let help = match due.done {
                Some(done) => Text::new("row-overdue-help").arg("done", &self.fields(kind)[done].label),
                None => Text::new("row-overdue-help-closed"),
            };
            self.report(Fault::Overdue, place, message, help);
        }
    }

    /// Notes whom open rows name in an office that is not theirs today.
    fn note_absent(&mut self) {
        let today = self.around.today();
        for row in self.data.rows.iter().filter(|row| row.is_open(today)) {
            for (at, field) in self.fields(row.kind).iter().enumerate() {
                let FieldType::Person(Some(role)) = &field.value else { continue };
                let Some(Spanned { value: Stated::Word(person), span }) = row.values.get(at) else { continue };
                if self.around.is_known(NameKind::Person, person)
                    && self.around.is_known(NameKind::Role, role)
                    && !self.around.holds(person, role, today)
                {
                    let place = Place { span: *span, ..row.place };
                    self.absent.entry((person.clone(), role.clone())).or_default().push(place);
                }
            }
        }
    }

    /// One finding for each person: who leaves an office leaves many rows behind.
    fn departures(&mut self) {
        self.note_absent();
        for ((person, role), places) in std::mem::take(&mut self.absent) {
            let Some((first, others)) = places.split_first() else { continue };
            let message = Text::new("row-out-of-office").arg("person", person).arg("role", role);
            let message = message.arg("rows", places.len());
            let finding = self.report(Fault::OutOfOffice, *first, message, Text::new("row-out-of-office-help"));
            finding.related =
                others.iter().take(20).map(|place| (*place, Text::new("row-out-of-office-related"))).collect();
        }
    }

    /// Free text that says of persons what the register may not.
    fn personal(&mut self, register: usize, definition: &Definition) {
        if definition.personal == Personal::Names {
            return;
        }
        let people = self.around.names_of_people();
        for row in self.data.rows.iter().filter(|row| row.kind.register == register) {
            for (at, field) in self.fields(row.kind).iter().enumerate() {
                let FieldType::Text(super::definition::TextFormat::Any) = field.value else { continue };
                let Some(Spanned { value: Stated::Word(text), span }) = row.values.get(at) else { continue };
                let Some(found) = personal_words(text, &people) else { continue };
                let message = Text::new("personal-in-register").arg("register", &definition.name).arg("found", found);
                let place = Place { span: *span, ..row.place };
                self.report(Fault::Personal, place, message, Text::new("personal-in-register-help"));
            }
        }
    }
}

/// A reference that leads nowhere: what to do, and what was probably meant.
struct Unknown {
    help: Text,
    meant: Option<String>,
}

impl Unknown {
    fn new(help: Text, meant: Option<&str>) -> Self {
        Self { help, meant: meant.map(str::to_owned) }
    }
}

/// A name, a mail address or a telephone number in a text.
fn personal_words<'t>(text: &'t str, people: &[&'t str]) -> Option<&'t str> {
    let name = people.iter().find(|name| name.chars().count() > 3 && text.contains(**name));
    if let Some(name) = name {
        return Some(name);
    }
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '+');
    text.split(|c: char| !part(c)).find(|word| {
        let mail = word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let phone = word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+'));
        let phone = phone && (word.starts_with('0') || word.starts_with('+')) && word.contains('-');
        mail || (phone && (10..=15).contains(&digits))
    })
}

#[cfg(test)]
mod tests {
    use super::personal_words;

    #[test]
    fn names_addresses_and_numbers_are_found_and_dates_are_not() {
        let people = ["田中 例一", "佐藤"];
        assert_eq!(personal_words("担当は田中 例一です", &people), Some("田中 例一"));
        assert_eq!(personal_words("連絡はtanaka@example.comへ", &people), Some("tanaka@example.com"));
        assert_eq!(personal_words("03-0000-9110に電話", &people), Some("03-0000-9110"));
        for none in ["2026-09-01に確認", "佐藤商店", "CA-001 0123", "5 @ 3"] {
            assert_eq!(personal_words(none, &people), None, "{none}");
        }
    }
}
