//! Code → values, over the rows as stated. Nothing here can go wrong by what a definition says; figures can be too large
//! or divided by 0, an expression can take too many steps, and whatever is not there is absent.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::data::{BandStep, Data, Month, RegisterRow, Stated};
use super::definition::{Choices, Field, FieldType, KindRef};
use super::expression::code::{BandPart, Code, Constant, Function, Over};
use super::expression::tree::Operator;
use super::index::{Index, Lookup, RowIndex};
use super::library::Library;
use super::number::Number;
use super::surroundings::Surroundings;
use crate::locale::Text;

/// Steps that one expression may take over all rows of its kind.
pub const STEPS: usize = 20_000_000;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum<'d> {
    /// There is none, and why.
    Absent(Rc<Why>),
    /// A figure.
    Number(Number),
    /// A text, a word, an id.
    Text(Cow<'d, str>),
    /// Yes or no.
    YesNo(bool),
    /// A day.
    Date(Date),
    /// A month.
    Month(Month),
    /// A row.
    Row(RowIndex),
    /// Several values.
    List(Vec<Self>),
    /// A table of figures.
    Lookup(&'d std::collections::BTreeMap<Vec<String>, Number>),
    /// Steps of a scale.
    Bands(&'d [BandStep]),
    /// A step of a scale.
    Band(&'d BandStep),
}

/// Why a value is absent.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// A row does not state a field.
    NotStated(Text),
    /// There are no rows or values to take it from.
    Nothing,
    /// A reference leads nowhere.
    Unresolved(String),
    /// A table or scale has no entry for the keys.
    NoEntry(String),
}

impl Why {
    /// The reason in words.
    pub fn text(&self) -> Text {
        match self {
            Self::NotStated(field) => Text::new("uncomputed-not-stated").arg("field", field.clone()),
            Self::Nothing => Text::new("uncomputed-nothing"),
            Self::Unresolved(written) => Text::new("uncomputed-unresolved").arg("written", written),
            Self::NoEntry(keys) => Text::new("uncomputed-no-entry").arg("keys", keys),
        }
    }
}

/// Why an expression has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Something is divided by 0.
    DividedByZero,
    /// A figure is too large.
    TooLarge,
    /// It took too many steps.
    TooLong,
}

impl Failure {
    /// The reason in words.
    pub fn text(self) -> Text {
        match self {
            Self::DividedByZero => Text::new("uncomputed-divided-by-zero"),
            Self::TooLarge => Text::new("uncomputed-too-large"),
            Self::TooLong => Text::new("uncomputed-too-long").arg("steps", STEPS),
        }
    }
}

/// A value, or why there cannot be one.
pub type Evaluated<'d> = Result<Datum<'d>, Failure>;

/// Rows by the row that they name in a field.
type Reverse = HashMap<RowIndex, Vec<RowIndex>>;

/// Evaluates code over rows; what was computed once is kept.
pub struct Evaluator<'d> {
    library: &'d Library,
    data: &'d Data,
    /// Look-ups over the rows.
    pub index: Index<'d>,
    around: &'d dyn Surroundings,
    computed: RefCell<HashMap<(RowIndex, usize), Evaluated<'d>>>,
    reverse: RefCell<HashMap<(KindRef, usize), Rc<Reverse>>>,
    steps: Cell<usize>,
}

/// The row that an expression is of, and the one whose fields are meant.
#[derive(Clone, Copy)]
struct Scope {
    this: RowIndex,
    here: RowIndex,
}

fn absent<'d>(why: Why) -> Datum<'d> {
    Datum::Absent(Rc::new(why))
}

impl<'d> Evaluator<'d> {
    /// Over all rows.
    pub fn new(library: &'d Library, data: &'d Data, around: &'d dyn Surroundings) -> Self {
        Self {
            library,
            data,
            index: Index::new(library, data),
            around,
            computed: RefCell::default(),
            reverse: RefCell::default(),
            steps: Cell::new(0),
        }
    }

    /// Begins with an expression: it may take [`STEPS`].
    pub fn begin(&self) {
        self.steps.set(0);
    }

    fn step(&self) -> Result<(), Failure> {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        if steps > STEPS { Err(Failure::TooLong) } else { Ok(()) }
    }

    /// The value of an expression of a row.
    pub fn of_row(&self, code: &'d Code, row: RowIndex) -> Evaluated<'d> {
        self.code(code, Scope { this: row, here: row })
    }

    /// Whether a condition of a row is true.
    pub fn holds(&self, code: &'d Code, row: RowIndex) -> Result<bool, Failure> {
        Ok(self.of_row(code, row)? == Datum::YesNo(true))
    }

    fn fields(&self, kind: KindRef) -> &'d [Field] {
        &self.library.definitions[kind.register].kinds[kind.kind].fields
    }

    fn row(&self, row: RowIndex) -> &'d RegisterRow {
        &self.data.rows[row]
    }

    /// Whether a field that stands in a group is there at all.
    pub fn is_in_use(&self, row: RowIndex, field: usize) -> bool {
        let fields = self.fields(self.row(row).kind);
        let found = &fields[field];
        !found.group_optional || self.row(row).values.has_group(fields, &found.path[..found.group])
    }

    /// The value of a field of a row: as stated, or computed.
    pub fn field(&self, row: RowIndex, field: usize) -> Evaluated<'d> {
        let found = &self.fields(self.row(row).kind)[field];
        match &found.computed {
            None => Ok(self.stated(row, field)),
            Some(_) if found.or_stated && self.row(row).values.get(field).is_some() => Ok(self.stated(row, field)),
            Some(_) => self.computed(row, field),
        }
    }

    fn not_stated(&self, row: RowIndex, field: usize) -> Datum<'d> {
        let label = &self.fields(self.row(row).kind)[field].label;
        absent(Why::NotStated(Text::new("register-field").arg("field", label).arg("row", self.row_name(row))))
    }

    /// A row as it is called in messages: its id, or its kind.
    pub fn row_name(&self, row: RowIndex) -> Text {
        let found = self.row(row);
        match self.data.id(self.library, found).map(|id| &id.value) {
            Some(Stated::Word(id)) => Text::new("register-row").arg("id", id),
            _ => {
                let kind = &self.library.definitions[found.kind.register].kinds[found.kind.kind];
                Text::new("register-row").arg("id", format!("[[{}]]", kind.name.value))
            }
        }
    }

    /// What a row states for a field.
    fn stated(&self, row: RowIndex, field: usize) -> Datum<'d> {
        match self.row(row).values.get(field) {
            Some(stated) => self.datum(&self.fields(self.row(row).kind)[field].value, &stated.value, row),
            None => self.not_stated(row, field),
        }
    }

    /// What a field is computed to, whatever the row states.
    pub fn computed(&self, row: RowIndex, field: usize) -> Evaluated<'d> {
        if let Some(known) = self.computed.borrow().get(&(row, field)) {
            return known.clone();
        }
        let found = &self.fields(self.row(row).kind)[field];
        let code = found.computed.as_ref().and_then(|computed| computed.code.as_ref());
        let value = match code {
            Some(code) if self.is_in_use(row, field) => self.of_row(code, row),
            _ => Ok(self.not_stated(row, field)),
        };
        self.computed.borrow_mut().insert((row, field), value.clone());
        value
    }

    fn datum(&self, of: &'d FieldType, stated: &'d Stated, row: RowIndex) -> Datum<'d> {
        match stated {
            Stated::Number(number) => Datum::Number(*number),
            Stated::YesNo(flag) => Datum::YesNo(*flag),
            Stated::Date(date) => Datum::Date(*date),
            Stated::Month(month) => Datum::Month(*month),
            Stated::Lookup(table) => Datum::Lookup(table),
            Stated::Bands(steps) => Datum::Bands(steps),
            Stated::List(values) => {
                let FieldType::List(items) = of else { return absent(Why::Nothing) };
                Datum::List(values.iter().map(|value| self.item(items, &value.value, row)).collect())
            }
            Stated::Word(word) => self.word(of, word, row),
        }
    }

    /// A value of a list, as the first of its types that knows it.
    fn item(&self, items: &'d [FieldType], stated: &'d Stated, row: RowIndex) -> Datum<'d> {
        let read = items.iter().map(|item| self.datum(item, stated, row));
        read.reduce(|first, next| if matches!(first, Datum::Absent(_)) { next } else { first })
            .unwrap_or_else(|| absent(Why::Nothing))
    }

    fn word(&self, of: &'d FieldType, word: &'d str, row: RowIndex) -> Datum<'d> {
        let period = self.data.period(self.row(row));
        match of {
            FieldType::Row(target) => {
                let Some(kind) = target.to else { return absent(Why::Unresolved(word.to_owned())) };
                match self.index.find(kind.register, word, period) {
                    Lookup::Row(found) if self.row(found).kind == kind => Datum::Row(found),
                    _ => absent(Why::Unresolved(word.to_owned())),
                }
            }
            FieldType::Link => match self.index.link(word, period) {
                Lookup::Row(found) => Datum::Row(found),
                _ => Datum::Text(word.into()),
            },
            FieldType::Choice(Choices::Bands(expression)) => {
                let bands = expression.code.as_ref().map(|code| self.of_row(code, row));
                match bands {
                    Some(Ok(Datum::Bands(steps))) => match steps.iter().find(|step| step.id == word) {
                        Some(step) => Datum::Band(step),
                        None => absent(Why::NoEntry(word.to_owned())),
                    },
                    _ => absent(Why::Unresolved(word.to_owned())),
                }
            }
            FieldType::Department => Datum::Text(self.department(word)),
            _ => Datum::Text(word.into()),
        }
    }

    /// The id of a department, of which the id or the name is written.
    pub fn department<'w>(&self, written: &'w str) -> Cow<'w, str> {
        let Some(register) = self.library.provider("department") else { return written.into() };
        if !self.index.with_id(register, written).is_empty() {
            return written.into();
        }
        let named = self.data.rows.iter().filter(|row| row.kind.register == register).find(|row| {
            let name = self.fields(row.kind).iter().position(|field| field.path == "name");
            let name = name.and_then(|name| row.values.get(name));
            matches!(name.map(|name| &name.value), Some(Stated::Word(name)) if name == written)
        });
        match named.and_then(|row| self.data.id(self.library, row)).map(|id| &id.value) {
            Some(Stated::Word(id)) => id.clone().into(),
            _ => written.into(),
        }
    }

    fn code(&self, code: &'d Code, scope: Scope) -> Evaluated<'d> {
        self.step()?;
        Ok(match code {
            Code::Constant(Constant::Number(number)) => Datum::Number(*number),
            Code::Constant(Constant::Word(word)) => Datum::Text(word.into()),
            Code::Constant(Constant::YesNo(flag)) => Datum::YesNo(*flag),
            Code::Nothing => absent(Why::Nothing),
            Code::List(parts) => {
                Datum::List(parts.iter().map(|part| self.code(part, scope)).collect::<Result<_, _>>()?)
            }
            Code::This => Datum::Row(scope.this),
            Code::Here => Datum::Row(scope.here),
            Code::Field(of, _, field) => {
                let of = self.code(of, scope)?;
                self.each(of, &mut |row| self.field(row, *field))?
            }
            Code::Head(of, kind, field) => {
                let of = self.code(of, scope)?;
                self.each(of, &mut |row| Ok(self.head(row, *kind, *field)))?
            }
            Code::BandPart(of, part) => band_part(self.code(of, scope)?, *part),
            Code::Rows(_) | Code::Children(..) => {
                Datum::List(self.candidates(code, None, scope)?.into_iter().map(Datum::Row).collect())
            }
            Code::If(parts) => {
                let [condition, one, other] = &**parts;
                match self.code(condition, scope)? {
                    Datum::YesNo(true) => self.code(one, scope)?,
                    Datum::YesNo(false) => self.code(other, scope)?,
                    unknown => unknown,
                }
            }
            Code::Not(of) => match self.code(of, scope)? {
                Datum::YesNo(flag) => Datum::YesNo(!flag),
                unknown => unknown,
            },
            Code::Negative(of) => match self.code(of, scope)? {
                Datum::Number(number) => figure(Number::whole(0).minus(number))?,
                unknown => unknown,
            },
            Code::Binary(operator, parts) => self.binary(*operator, parts, scope)?,
            Code::Over(over) => self.over(over, scope)?,
            Code::Call(function, arguments) => self.call(*function, arguments, scope)?,
        })
    }

    fn head(&self, row: RowIndex, kind: KindRef, field: usize) -> Datum<'d> {
        let found = &self.library.definitions[kind.register].head[field];
        match self.data.files[self.row(row).file].head.get(field) {
            Some(stated) => self.datum(&found.value, &stated.value, row),
            None => {
                let row = self.row_name(row);
                absent(Why::NotStated(Text::new("register-field").arg("field", &found.label).arg("row", row)))
            }
        }
    }

    /// Takes something of a row, or of each of several; lists of lists become one.
    fn each(&self, of: Datum<'d>, take: &mut dyn FnMut(RowIndex) -> Evaluated<'d>) -> Evaluated<'d> {
        match of {
            Datum::Row(row) => take(row),
            Datum::List(items) => {
                let mut found = Vec::new();
                for item in items {
                    match self.each(item, take)? {
                        Datum::List(inner) => found.extend(inner),
                        single => found.push(single),
                    }
                }
                Ok(Datum::List(found))
            }
            absent => Ok(absent),
        }
    }

    fn binary(&self, operator: Operator, parts: &'d [Code; 2], scope: Scope) -> Evaluated<'d> {
        let [left, right] = parts;
        let one = self.code(left, scope)?;
        // What decides alone needs no second side: a condition may ask first whether there is something to divide by.
        match (operator, &one) {
            (Operator::And, Datum::YesNo(false)) | (Operator::Or, Datum::YesNo(true)) => return Ok(one),
            _ => {}
        }
        let other = self.code(right, scope)?;
        Ok(match operator {
            Operator::And | Operator::Or => match (one, other) {
                (_, Datum::YesNo(flag)) if flag == (operator == Operator::Or) => Datum::YesNo(flag),
                (unknown @ Datum::Absent(_), _) | (_, unknown @ Datum::Absent(_)) => unknown,
                (_, decided) => decided,
            },
            Operator::Plus | Operator::Minus | Operator::Times | Operator::Over => arithmetic(operator, one, other)?,
            Operator::Equal => Datum::YesNo(both_there(&one, &other) && same(&one, &other)),
            Operator::Unequal => Datum::YesNo(both_there(&one, &other) && !same(&one, &other)),
            Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast => {
                Datum::YesNo(order(&one, &other).is_some_and(|found| match operator {
                    Operator::Less => found.is_lt(),
                    Operator::AtMost => found.is_le(),
                    Operator::More => found.is_gt(),
                    _ => found.is_ge(),
                }))
            }
            Operator::In => match &other {
                Datum::List(items) => Datum::YesNo(items.iter().any(|item| same(&one, item))),
                _ => Datum::YesNo(false),
            },
        })
    }

    /// Rows by the row that they name in a field.
    fn reverse(&self, kind: KindRef, field: usize) -> Result<Rc<Reverse>, Failure> {
        if let Some(known) = self.reverse.borrow().get(&(kind, field)) {
            return Ok(Rc::clone(known));
        }
        let mut found = Reverse::new();
        for row in self.index.rows(kind) {
            self.step()?;
            match self.field(*row, field)? {
                Datum::Row(named) => found.entry(named).or_default().push(*row),
                Datum::List(items) => {
                    for item in items {
                        if let Datum::Row(named) = item {
                            found.entry(named).or_default().push(*row);
                        }
                    }
                }
                _ => {}
            }
        }
        let found = Rc::new(found);
        self.reverse.borrow_mut().insert((kind, field), Rc::clone(&found));
        Ok(found)
    }

    /// The rows that code leads to; of those that a condition would drop at once, as many as possible are left out.
    fn candidates(&self, rows: &'d Code, condition: Option<&'d Code>, scope: Scope) -> Result<Vec<RowIndex>, Failure> {
        match rows {
            Code::Rows(kind) => {
                let named = condition.and_then(|condition| naming_this(condition, *kind));
                let found = match named {
                    Some(field) => self.reverse(*kind, field)?.get(&scope.this).cloned().unwrap_or_default(),
                    None => self.index.rows(*kind).to_vec(),
                };
                let own = self.row(scope.this);
                if own.kind.register != kind.register {
                    return Ok(found);
                }
                let period = self.data.period(own);
                Ok(found.into_iter().filter(|row| self.data.period(self.row(*row)) == period).collect())
            }
            Code::Children(of, kind, field) => match self.code(of, scope)? {
                Datum::Row(parent) => Ok(self.reverse(*kind, *field)?.get(&parent).cloned().unwrap_or_default()),
                _ => Ok(Vec::new()),
            },
            other => match self.code(other, scope)? {
                Datum::List(items) => Ok(items
                    .into_iter()
                    .filter_map(|item| if let Datum::Row(row) = item { Some(row) } else { None })
                    .collect()),
                Datum::Row(row) => Ok(vec![row]),
                _ => Ok(Vec::new()),
            },
        }
    }

    fn over(&self, over: &'d Over, scope: Scope) -> Evaluated<'d> {
        let Over { function, rows, condition, value, order, .. } = over;
        // A row that is named and not there leaves open what would come of it.
        if !matches!(rows, Code::Rows(_) | Code::Children(..))
            && let Some(unknown) = first_absent(&self.code(rows, scope)?)
        {
            return Ok(unknown);
        }
        let all = self.candidates(rows, condition.as_ref(), scope)?;
        let mut counted = Vec::new();
        for row in &all {
            let inner = Scope { this: scope.this, here: *row };
            let counts = match condition {
                None => true,
                Some(condition) => self.code(condition, inner)? == Datum::YesNo(true),
            };
            if counts && *function == Function::Exists {
                return Ok(Datum::YesNo(true));
            }
            if counts {
                counted.push(*row);
            }
        }
        match function {
            Function::Exists => return Ok(Datum::YesNo(false)),
            Function::Count if value.is_none() => return Ok(Datum::Number(Number::count(counted.len()))),
            Function::Share => {
                let of = self.all_of(rows, scope)?;
                let share = Number::count(counted.len()).times(Number::whole(100));
                return match of {
                    0 => Ok(absent(Why::Nothing)),
                    of => figure(share.and_then(|share| share.over(Number::count(of)))),
                };
            }
            _ => {}
        }
        let Some(value) = value else { return Ok(absent(Why::Nothing)) };
        if let (Function::Last, Some(order)) = (function, order) {
            let mut newest: Option<(Date, RowIndex)> = None;
            for row in counted {
                if let Datum::Date(on) = self.field(row, *order)?
                    && newest.is_none_or(|(known, _)| on >= known)
                {
                    newest = Some((on, row));
                }
            }
            return match newest {
                Some((_, row)) => self.code(value, Scope { this: scope.this, here: row }),
                None => Ok(absent(Why::Nothing)),
            };
        }
        let mut values = Vec::new();
        for row in counted {
            match self.code(value, Scope { this: scope.this, here: row })? {
                Datum::List(items) => values.extend(items),
                single => values.push(single),
            }
        }
        taken_together(*function, values)
    }

    /// How many rows there are before a condition drops some.
    fn all_of(&self, rows: &'d Code, scope: Scope) -> Result<usize, Failure> {
        Ok(self.candidates(rows, None, scope)?.len())
    }

    fn call(&self, function: Function, arguments: &'d [Code], scope: Scope) -> Evaluated<'d> {
        let mut values = Vec::new();
        for argument in arguments {
            values.push(self.code(argument, scope)?);
        }
        match (function, values.as_slice()) {
            (Function::Has, [of]) => {
                let has = match of {
                    Datum::Absent(_) => false,
                    Datum::List(items) => items.iter().any(|item| !matches!(item, Datum::Absent(_))),
                    _ => true,
                };
                Ok(Datum::YesNo(has))
            }
            (Function::Today, _) => Ok(Datum::Date(self.around.today())),
            (_, values) if function != Function::Count && values.iter().any(is_absent) => {
                Ok(values.iter().find(|value| is_absent(value)).cloned().unwrap_or_else(|| absent(Why::Nothing)))
            }
            (Function::Days, [Datum::Date(from), Datum::Date(until)]) => {
                let days = from.until(*until).map_err(|_| Failure::TooLarge)?.get_days();
                Ok(Datum::Number(Number::whole(i64::from(days))))
            }
            (Function::YearsBefore, [Datum::Date(date), Datum::Number(years)]) => {
                let years = years.as_whole().and_then(|years| i16::try_from(years).ok()).ok_or(Failure::TooLarge)?;
                date.checked_sub(i64::from(years).years()).map(Datum::Date).map_err(|_| Failure::TooLarge)
            }
            (Function::Departments, [who, Datum::Date(from), Datum::Date(until)]) => {
                let people = if let Datum::List(items) = who { items.as_slice() } else { std::slice::from_ref(who) };
                let departments = people.iter().filter_map(|person| match person {
                    Datum::Text(person) => Some(self.around.departments(person, *from, *until)),
                    _ => None,
                });
                let departments = departments.flatten().map(|found| self.department(found).into_owned());
                Ok(Datum::List(departments.map(|id| Datum::Text(id.into())).collect()))
            }
            (Function::Lookup, [Datum::Lookup(table), keys @ ..]) => {
                let keys: Vec<String> = keys.iter().map(key).collect();
                Ok(match table.get(&keys) {
                    Some(found) => Datum::Number(*found),
                    None => absent(Why::NoEntry(keys.join(", "))),
                })
            }
            (Function::Band, [Datum::Bands(steps), Datum::Number(figure)]) => {
                let found = steps.iter().rev().find(|step| step.from <= *figure);
                Ok(found.map_or_else(|| absent(Why::NoEntry(figure.to_string())), Datum::Band))
            }
            (Function::Count | Function::Max | Function::Min | Function::Sum, [Datum::List(items)]) => {
                taken_together(function, items.clone())
            }
            (Function::Count, _) => Ok(Datum::Number(Number::whole(0))),
            (Function::Max | Function::Min, values) => taken_together(function, values.to_vec()),
            _ => Ok(absent(Why::Nothing)),
        }
    }
}

fn is_absent(value: &Datum<'_>) -> bool {
    matches!(value, Datum::Absent(_))
}

fn first_absent<'d>(value: &Datum<'d>) -> Option<Datum<'d>> {
    match value {
        Datum::Absent(_) => Some(value.clone()),
        Datum::List(items) => items.iter().find(|item| is_absent(item)).cloned(),
        _ => None,
    }
}

fn figure<'d>(number: Option<Number>) -> Evaluated<'d> {
    number.map(Datum::Number).ok_or(Failure::TooLarge)
}

fn arithmetic<'d>(operator: Operator, one: Datum<'d>, other: Datum<'d>) -> Evaluated<'d> {
    match (one, other) {
        (Datum::Number(one), Datum::Number(other)) => match operator {
            Operator::Plus => figure(one.plus(other)),
            Operator::Minus => figure(one.minus(other)),
            Operator::Times => figure(one.times(other)),
            _ if other.is_zero() => Err(Failure::DividedByZero),
            _ => figure(one.over(other)),
        },
        (unknown @ Datum::Absent(_), _) | (_, unknown) => Ok(unknown),
    }
}

fn both_there(one: &Datum<'_>, other: &Datum<'_>) -> bool {
    !is_absent(one) && !is_absent(other)
}

fn same(one: &Datum<'_>, other: &Datum<'_>) -> bool {
    both_there(one, other) && one == other
}

fn order(one: &Datum<'_>, other: &Datum<'_>) -> Option<std::cmp::Ordering> {
    match (one, other) {
        (Datum::Number(one), Datum::Number(other)) => Some(one.cmp(other)),
        (Datum::Date(one), Datum::Date(other)) => Some(one.cmp(other)),
        (Datum::Month(one), Datum::Month(other)) => Some(one.cmp(other)),
        _ => None,
    }
}

fn band_part(of: Datum<'_>, part: BandPart) -> Datum<'_> {
    match of {
        Datum::Band(step) => match part {
            BandPart::Id => Datum::Text((&step.id).into()),
            BandPart::From => Datum::Number(step.from),
            BandPart::Acceptable => step
                .acceptable
                .map_or_else(|| absent(Why::NotStated(Text::new("register-row").arg("id", &step.id))), Datum::YesNo),
        },
        Datum::List(items) => Datum::List(items.into_iter().map(|item| band_part(item, part)).collect()),
        unknown => unknown,
    }
}

/// A value as the key of a table.
fn key(value: &Datum<'_>) -> String {
    match value {
        Datum::Number(number) => number.to_string(),
        Datum::Text(text) => text.clone().into_owned(),
        Datum::Band(step) => step.id.clone(),
        _ => String::new(),
    }
}

/// The count, sum, largest or smallest of values. One that is absent leaves the result open, but for the count.
fn taken_together<'d>(function: Function, values: Vec<Datum<'d>>) -> Evaluated<'d> {
    if function == Function::Count {
        return Ok(Datum::Number(Number::count(values.iter().filter(|value| !is_absent(value)).count())));
    }
    if let Some(unknown) = values.iter().find(|value| is_absent(value)) {
        return Ok(unknown.clone());
    }
    if function == Function::Sum {
        let mut sum = Number::whole(0);
        for value in values {
            if let Datum::Number(number) = value {
                sum = sum.plus(number).ok_or(Failure::TooLarge)?;
            }
        }
        return Ok(Datum::Number(sum));
    }
    let best = values.into_iter().reduce(|best, next| {
        let next_is_more = order(&next, &best).is_some_and(std::cmp::Ordering::is_gt);
        if next_is_more == (function == Function::Max) { next } else { best }
    });
    Ok(best.unwrap_or_else(|| absent(Why::Nothing)))
}

/// The field in which a condition demands that the row which is looked at names the one it is of.
fn naming_this(condition: &Code, kind: KindRef) -> Option<usize> {
    let field = |code: &Code| match code {
        Code::Field(of, of_kind, field) if **of == Code::Here && *of_kind == kind => Some(*field),
        _ => None,
    };
    let Code::Binary(operator, parts) = condition else { return None };
    let [left, right] = &**parts;
    match operator {
        Operator::And => naming_this(left, kind).or_else(|| naming_this(right, kind)),
        Operator::Equal if *right == Code::This => field(left),
        Operator::Equal | Operator::In if *left == Code::This => field(right),
        _ => None,
    }
}
