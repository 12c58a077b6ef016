//! What an expression means: a tree whose every name and type is known.

use super::tree::{At, Operator};
use crate::locale::Text;
use crate::register::definition::KindRef;
use crate::register::number::Number;

/// The type of a value. Every value may also be absent.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// A figure.
    Number,
    /// Words.
    Text,
    /// Yes or no.
    YesNo,
    /// A day.
    Date,
    /// A month.
    Month,
    /// One of some words; of those that data state, none is known here.
    Choice(Option<Vec<String>>),
    /// Words that stand in the expression, each with its place: of whatever choice they are compared with.
    Literals(Vec<(String, At)>),
    /// A person, a role, a document, …: the type's name.
    Reference(&'static str),
    /// A row.
    Row(KindRef),
    /// A table of figures by so many words.
    Lookup(usize),
    /// Steps of a scale.
    Bands,
    /// One step of a scale.
    Band,
    /// Several values.
    List(Box<Self>),
}

/// References of more than one type, in one list.
pub const MIXED: &str = "mixed";

/// A row, a document, a file or an address.
pub const LINK: &str = "link";

impl Type {
    /// The type in words.
    pub fn text(&self) -> Text {
        Text::new(match self {
            Self::Number => "register-type-number",
            Self::Text => "register-type-text",
            Self::YesNo => "register-type-yes-no",
            Self::Date => "register-type-date",
            Self::Month => "register-type-month",
            Self::Choice(_) => "register-type-choice",
            Self::Literals(_) => "register-type-word",
            Self::Reference(_) => "register-type-reference",
            Self::Row(_) => "register-type-row",
            Self::Lookup(_) => "register-type-lookup",
            Self::Bands => "register-type-bands",
            Self::Band => "register-type-band",
            Self::List(of) => return Text::new("register-type-list").arg("of", of.text()),
        })
    }
}

/// A function of the language. The list is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The largest of some figures or days.
    Max,
    /// The smallest of some figures or days.
    Min,
    /// The sum of some figures; 0 of none.
    Sum,
    /// How many rows or values there are.
    Count,
    /// How many of some rows are so, in percent.
    Share,
    /// The value of the newest row.
    Last,
    /// Whether there is such a row.
    Exists,
    /// Whether a field has a value.
    Has,
    /// A figure out of a table.
    Lookup,
    /// The step of a scale on which a figure stands.
    Band,
    /// Departments that somebody belonged to between two days.
    Departments,
    /// The day some years before another one.
    YearsBefore,
    /// The number of days from one day to another.
    Days,
    /// The day on which the handbook is judged.
    Today,
}

impl Function {
    /// Each with its name and how it is called.
    pub const ALL: [(Self, &'static str, &'static str); 14] = [
        (Self::Max, "max", "max(a, b, …), max(rows.figure)"),
        (Self::Min, "min", "min(a, b, …), min(rows.figure)"),
        (Self::Sum, "sum", "sum(rows.figure where …)"),
        (Self::Count, "count", "count(rows where …)"),
        (Self::Share, "share", "share(rows where …)"),
        (Self::Last, "last", "last(rows.field)"),
        (Self::Exists, "exists", "exists(rows where …)"),
        (Self::Has, "has", "has(field)"),
        (Self::Lookup, "lookup", "lookup(table, key, …)"),
        (Self::Band, "band", "band(bands, figure)"),
        (Self::Departments, "departments", "departments(person, from, until)"),
        (Self::YearsBefore, "years_before", "years_before(date, years)"),
        (Self::Days, "days", "days(from, until)"),
        (Self::Today, "today", "today()"),
    ];

    /// The function of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(function, known, _)| (known == name).then_some(function))
    }

    /// How it is called.
    pub fn form(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

/// Something that stands in the expression itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// A figure.
    Number(Number),
    /// A word or text.
    Word(String),
    /// Yes or no.
    YesNo(bool),
}

/// A part of a step of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandPart {
    /// Its id.
    Id,
    /// The figure it begins with.
    From,
    /// Whether what stands on it may be accepted.
    Acceptable,
}

/// An expression whose names are resolved.
#[derive(Debug, Clone, PartialEq)]
pub enum Code {
    /// A value.
    Constant(Constant),
    /// No value.
    Nothing,
    /// Several values.
    List(Vec<Self>),
    /// The row that the expression is of.
    This,
    /// The row whose fields are meant: one of those looked at, or the row itself.
    Here,
    /// A field of a row, or of each of several rows.
    Field(Box<Self>, KindRef, usize),
    /// A key of the file in which a row stands.
    Head(Box<Self>, KindRef, usize),
    /// A part of a step.
    BandPart(Box<Self>, BandPart),
    /// Every row of a kind.
    Rows(KindRef),
    /// The rows of a kind that name a row in one of their fields.
    Children(Box<Self>, KindRef, usize),
    /// One of two values.
    If(Box<[Self; 3]>),
    /// The opposite.
    Not(Box<Self>),
    /// The negative figure.
    Negative(Box<Self>),
    /// Two values taken together.
    Binary(Operator, Box<[Self; 2]>),
    /// A function over rows.
    Over(Box<Over>),
    /// A function over values.
    Call(Function, Vec<Self>),
}

/// A function over rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    /// Which.
    pub function: Function,
    /// The rows.
    pub rows: Code,
    /// Their kind.
    pub kind: KindRef,
    /// Which of them count.
    pub condition: Option<Code>,
    /// What is taken of each.
    pub value: Option<Code>,
    /// The date by which they are ordered.
    pub order: Option<usize>,
}

impl Code {
    /// Calls `visit` with each field that is read.
    pub fn fields(&self, visit: &mut dyn FnMut(KindRef, usize)) {
        match self {
            Self::Constant(_) | Self::Nothing | Self::This | Self::Here | Self::Rows(_) => {}
            Self::List(parts) | Self::Call(_, parts) => parts.iter().for_each(|part| part.fields(visit)),
            Self::Field(of, kind, field) | Self::Children(of, kind, field) => {
                visit(*kind, *field);
                of.fields(visit);
            }
            Self::Head(of, ..) | Self::BandPart(of, _) | Self::Not(of) | Self::Negative(of) => of.fields(visit),
            Self::If(parts) => parts.iter().for_each(|part| part.fields(visit)),
            Self::Binary(_, parts) => parts.iter().for_each(|part| part.fields(visit)),
            Self::Over(over) => {
                over.rows.fields(visit);
                over.condition.iter().chain(&over.value).for_each(|part| part.fields(visit));
                if let Some(order) = over.order {
                    visit(over.kind, order);
                }
            }
        }
    }
}
