//! What a register is: kinds of rows with a line a field, computed fields, rules, and whose it is. Definitions are data:
//! those that kitei knows are embedded from `definitions/`, an organisation adds its own.
//!
//! [`reader`] reads one definition, [`super::library`] holds all of them together.

mod extension;
pub mod reader;

use std::collections::BTreeMap;

use super::expression::Code;
use super::number::Number;
use crate::locale::Words;
use crate::model::config::Level;
use crate::source::{FileId, Place, Span, Spanned};

/// A register by its position in the library.
pub type RegisterIndex = usize;

/// A kind of row of a register, by positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindRef {
    /// The register, in the library.
    pub register: RegisterIndex,
    /// The kind, in its definition.
    pub kind: usize,
}

/// The definition of a register.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its id: the folder of its files, and the name in references.
    pub id: Spanned<String>,
    /// Whether it is one that kitei brings, with changes of the organisation's own.
    pub extended: bool,
    /// Number of this wording of the definition.
    pub edition: usize,
    /// Its name.
    pub name: Words,
    /// Entries of the sources that it answers.
    pub sources: Vec<String>,
    /// What its rows are evidence of: `clause:8.2`, `control:5.9`.
    pub covers: Vec<Spanned<String>>,
    /// The place that lays it down, where one is named.
    pub laid_down_in: Option<String>,
    /// Role that keeps it.
    pub owner: Option<String>,
    /// Its label.
    pub classification: Option<String>,
    /// What it may say of persons.
    pub personal: Personal,
    /// How long rows are kept, in words of intervals.
    pub retention: Option<String>,
    /// What a file of it covers.
    pub period: Period,
    /// What falls due in its rows.
    pub due: Option<DueRule>,
    /// The type of values that its rows stand for, such as `department`.
    pub provides: Option<String>,
    /// Keys of a file, which every row of it would repeat.
    pub head: Vec<Field>,
    /// Kinds of rows, in the order in which they are shown.
    pub kinds: Vec<Kind>,
    /// What is wrong with rows.
    pub rules: Vec<DefinedRule>,
    /// Words of choices and kinds as people read them.
    pub words: BTreeMap<String, Words>,
    /// Where it is defined; detached where kitei brings it.
    pub file: FileId,
}

impl Definition {
    /// Whether kitei brings it.
    pub fn is_built_in(&self) -> bool {
        self.file == FileId::DETACHED
    }

    /// A word of a choice, or a kind, as people read it.
    pub fn word<'a>(&'a self, word: &'a str, language: crate::locale::Language) -> &'a str {
        self.words.get(word).map_or(word, |words| words.get(language))
    }

    /// The kind of a name.
    pub fn kind(&self, name: &str) -> Option<usize> {
        self.kinds.iter().position(|kind| kind.name.value == name)
    }
}

/// What a register may say of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    /// Nothing.
    None,
    /// Their ids.
    Ids,
    /// Their names.
    Names,
    /// How many there are.
    Counts,
}

impl Personal {
    /// Allowed values, as written.
    pub const NAMES: [&str; 4] = ["none", "ids", "names", "counts"];

    fn from_name(name: &str) -> Option<Self> {
        let all = [Self::None, Self::Ids, Self::Names, Self::Counts];
        all.into_iter().zip(Self::NAMES).find_map(|(personal, known)| (known == name).then_some(personal))
    }

    /// As written.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// What one file of a register covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Rows live on; no file states a period.
    None,
    /// A year: `period = "2026"`.
    Year,
    /// A month: `period = "2026-09"`.
    Month,
}

impl Period {
    /// Allowed values, as written.
    pub const NAMES: [&str; 4] = ["none", "fiscal-year", "year", "month"];

    fn from_name(name: &str) -> Option<Self> {
        match name {
            "none" => Some(Self::None),
            "fiscal-year" | "year" => Some(Self::Year),
            "month" => Some(Self::Month),
            _ => None,
        }
    }

    /// Whether a text names such a period.
    pub fn accepts(self, text: &str) -> bool {
        let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::None => false,
            Self::Year => digits(text, 4),
            Self::Month => text
                .split_once('-')
                .is_some_and(|(year, month)| digits(year, 4) && digits(month, 2) && ("01"..="12").contains(&month)),
        }
    }

    /// How one is written.
    pub fn example(self) -> &'static str {
        if self == Self::Month { "2026-09" } else { "2026" }
    }
}

/// Which date of a row falls due, and which field says that it was done.
#[derive(Debug, Clone)]
pub struct DueRule {
    /// The kind of row.
    pub kind: usize,
    /// Its date.
    pub on: usize,
    /// What says that it was done.
    pub done: Option<usize>,
}

/// A kind of row.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its name: `[[name]]` in a file.
    pub name: Spanned<String>,
    /// Its fields, in the order in which they are shown.
    pub fields: Vec<Field>,
    /// Fields that tell rows apart where they have no id.
    pub key: Vec<usize>,
}

impl Kind {
    /// The field of a path.
    pub fn field(&self, path: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.path == path)
    }

    /// The field that holds ids.
    pub fn id(&self) -> Option<usize> {
        self.fields.iter().position(|field| matches!(field.value, FieldType::Id(_)))
    }
}

/// A field of a kind of row, or a key of a file.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its keys with dots between them: `first.level`.
    pub path: String,
    /// How many bytes of the path stand for a group of fields that is used more than once; 0 where none does.
    pub group: usize,
    /// Whether all of that group may be absent.
    pub group_optional: bool,
    /// Its heading.
    pub label: Words,
    /// What to write, in a sentence.
    pub help: Option<Words>,
    /// Its type.
    pub value: FieldType,
    /// Whether every row has it.
    pub required: bool,
    /// When a row must have it.
    pub required_if: Option<Expression>,
    /// What it is computed from.
    pub computed: Option<Expression>,
    /// Whether a computed value may be stated as well; then both must agree.
    pub or_stated: bool,
    /// Names of the column in sheets.
    pub aliases: Vec<String>,
    /// Where it is defined.
    pub span: Span,
}

/// An expression of a definition.
#[derive(Debug, Clone)]
pub struct Expression {
    /// As written.
    pub text: Spanned<String>,
    /// The file in which it stands; detached where kitei brings it.
    pub file: FileId,
    /// Where its first byte stands in the file; `None` where escapes make its places unlike the file's.
    pub start: Option<usize>,
    /// What it means; `None` until the library was put together, and where it is at fault.
    pub code: Option<Code>,
}

impl Expression {
    /// The file's span of a range of the expression.
    pub fn span(&self, at: &std::ops::Range<usize>) -> Span {
        self.start.map_or(self.text.span, |start| Span::from(at.clone()).shift(start))
    }

    /// The place of a range of the expression; where it came with kitei and another definition extends it, that one.
    pub fn place(&self, at: &std::ops::Range<usize>, definition: &Definition) -> Place {
        let span = if self.file == definition.file { self.span(at) } else { definition.id.span };
        Place { file: definition.file, span }
    }
}

/// The type of a field.
#[derive(Debug, Clone)]
pub enum FieldType {
    /// The id of the row.
    Id(Option<IdPattern>),
    /// Words.
    Text(TextFormat),
    /// A figure.
    Number {
        /// At least.
        min: Option<Number>,
        /// At most.
        max: Option<Number>,
        /// What is counted or measured.
        unit: Option<String>,
    },
    /// Yes or no.
    YesNo,
    /// A day.
    Date,
    /// A month: `"2026-09"`.
    Month,
    /// One of some words.
    Choice(Choices),
    /// Several values, each of one of some types.
    List(Vec<FieldType>),
    /// A row of this register or another one.
    Row(RowTarget),
    /// A person; one who holds the role, where one is named.
    Person(Option<String>),
    /// A role.
    Role,
    /// A department.
    Department,
    /// A document, or a place in one.
    Document,
    /// A control of Annex A, or a document of the organisation's own controls.
    Control,
    /// A clause: `clause:8.2`.
    Clause,
    /// A label.
    Classification,
    /// A term of the glossary.
    Term,
    /// A row, a document, a clause, a file of the repository or an address.
    Link,
    /// A table of figures by one or more words; what they are.
    Lookup(Vec<String>),
    /// Steps of a scale.
    Bands,
}

/// The words of a choice.
#[derive(Debug, Clone)]
pub enum Choices {
    /// As defined.
    Fixed(Vec<Spanned<String>>),
    /// The ids of bands that data state.
    Bands(Box<Expression>),
}

/// The row that a field names.
#[derive(Debug, Clone)]
pub struct RowTarget {
    /// Kind or register as written.
    pub written: Spanned<String>,
    /// The kind that is meant; `None` until the library was put together.
    pub to: Option<KindRef>,
}

/// What a text has to look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextFormat {
    /// Any.
    #[default]
    Any,
    /// A mail address.
    Mail,
    /// An address that begins with `https://` or `http://`.
    Url,
    /// A telephone number.
    Phone,
}

impl TextFormat {
    /// Allowed values, as written.
    pub const NAMES: [&str; 3] = ["mail", "url", "phone"];

    fn from_name(name: &str) -> Option<Self> {
        [Self::Mail, Self::Url, Self::Phone]
            .into_iter()
            .zip(Self::NAMES)
            .find_map(|(f, known)| (known == name).then_some(f))
    }
}

/// What ids look like: `A-000` stands for `A-`, then three digits or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdPattern {
    /// As written.
    pub text: String,
}

impl IdPattern {
    /// Whether an id looks like it: a zero stands for a digit, the last row of zeros for as many digits or more.
    pub fn matches(&self, id: &str) -> bool {
        let zeros = self.text.trim_end_matches(|c: char| c != '0');
        let (start, end) = (zeros.trim_end_matches('0'), &self.text[zeros.len()..]);
        let Some(id) = id.strip_suffix(end) else { return false };
        let last = zeros.len() - start.len();
        let (head, tail) = match id.len().checked_sub(start.len()) {
            Some(rest) if rest >= last && id.is_char_boundary(start.len()) => id.split_at(start.len()),
            _ => return false,
        };
        let same = |(pattern, c): (u8, u8)| if pattern == b'0' { c.is_ascii_digit() } else { pattern == c };
        start.bytes().zip(head.bytes()).all(same) && tail.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// A rule of a definition: which rows are wrong, and what to say.
#[derive(Debug, Clone)]
pub struct DefinedRule {
    /// Stable name of the defect.
    pub name: Spanned<String>,
    /// The kind of row that is judged.
    pub kind: usize,
    /// What is true of a wrong row.
    pub condition: Expression,
    /// The field to point at.
    pub at: Option<usize>,
    /// How much it counts.
    pub level: Level,
    /// What it rests on: `clause:8.2`, `control:5.9`, or a place of a document.
    pub basis: Option<String>,
    /// What to say; `{field}` stands for what the row has there.
    pub message: Words,
    /// Where it is defined.
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_of_a_pattern_are_digits_and_the_last_ones_may_be_more() {
        let matches = |pattern: &str, id: &str| IdPattern { text: pattern.to_owned() }.matches(id);
        assert!(matches("A-000", "A-001") && matches("A-000", "A-1234"));
        assert!(!matches("A-000", "A-01") && !matches("A-000", "B-001") && !matches("A-000", "A-00x"));
        assert!(matches("V-0000-00", "V-2026-01") && matches("V-0000-00", "V-2026-113"));
        assert!(!matches("V-0000-00", "V-26-01") && !matches("V-0000-00", "V-2026"));
        assert!(!matches("A-000", "規-001") && !matches("A-000", ""));
        assert!(matches("plain", "plain") && !matches("plain", "plain1"));
    }

    #[test]
    fn a_period_is_a_year_or_a_month() {
        assert!(Period::Year.accepts("2026") && !Period::Year.accepts("26") && !Period::None.accepts("2026"));
        assert!(
            Period::Month.accepts("2026-09") && !Period::Month.accepts("2026-13") && !Period::Month.accepts("2026")
        );
    }
}
