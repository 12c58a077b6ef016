//! A register as a spreadsheet (XLSX): a sheet for each kind of row, headings that stay in view, lists to choose from.
//!
//! Figures are figures and days are days. The second row holds the paths of the fields, by which a program knows the columns
//! whatever the headings say.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::{Register, csv};
use crate::locale::{Catalogue, Language};
use crate::register::data::Stated;
use crate::register::definition::{Choices, Field, FieldType, Period};
use crate::register::surroundings::{NameKind, Surroundings};

/// Characters that a cell may hold.
const LIMIT: usize = 32_000;

/// Characters that a list to choose from may hold in this format.
const LIST: usize = 255;

/// Rows below the last one in which lists are offered, for new rows.
const MORE: u32 = 500;

/// The file. The same register on the same day gives the same bytes.
///
/// # Errors
/// Where a spreadsheet cannot hold the register, such as more than a million rows.
pub fn sheet(register: &Register<'_>, catalogue: &Catalogue) -> Result<Vec<u8>, XlsxError> {
    let language = catalogue.language();
    let definition = register.definition;
    let mut workbook = Workbook::new();
    // The format carries a time of its making.
    let title = definition.name.get(language);
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&day(register.today())?));
    for (at, kind) in definition.kinds.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(definition.word(&kind.name.value, language), &kind.name.value))?;
        Table { register, kind: at, columns: columns(register, at, language, catalogue), catalogue }.write(sheet)?;
    }
    workbook.save_to_buffer()
}

fn day(date: jiff::civil::Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs())
}

/// A name that the format takes: at most 31 characters, none of them `[]:*?/\`.
fn sheet_name(words: &str, kind: &str) -> String {
    let good = words.chars().count() <= 31 && !words.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']);
    if good { words.to_owned() } else { kind.chars().take(31).collect() }
}

/// What a column shows.
enum Column<'r> {
    Period,
    Head(usize, &'r Field),
    Field(usize, &'r Field),
    Closed,
    Void,
}

struct Named<'r> {
    heading: String,
    path: String,
    column: Column<'r>,
}

fn columns<'r>(register: &Register<'r>, kind: usize, language: Language, catalogue: &Catalogue) -> Vec<Named<'r>> {
    let definition = register.definition;
    let plain = |key: &str, path: &str, column| Named { heading: catalogue.get(key), path: path.to_owned(), column };
    let period = (definition.period != Period::None).then(|| plain("site-register-period", "period", Column::Period));
    let head = definition.head.iter().enumerate().map(|(at, field)| Named {
        heading: field.label.get(language).to_owned(),
        path: format!("head.{}", field.path),
        column: Column::Head(at, field),
    });
    let fields = definition.kinds[kind].fields.iter().enumerate().map(|(at, field)| Named {
        heading: field.label.get(language).to_owned(),
        path: field.path.clone(),
        column: Column::Field(at, field),
    });
    let last = [
        plain("site-register-closed-on", "closed_on", Column::Closed),
        plain("site-register-void", "void", Column::Void),
    ];
    period.into_iter().chain(head).chain(fields).chain(last).collect()
}

struct Table<'t, 'r> {
    register: &'t Register<'r>,
    kind: usize,
    columns: Vec<Named<'r>>,
    catalogue: &'t Catalogue,
}

impl Table<'_, '_> {
    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
        let path = Format::new().set_font_size(8).set_font_color(Color::Gray);
        for (at, column) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, at, &column.heading, &head)?;
            sheet.write_string_with_format(1, at, &column.path, &path)?;
            let width = column.heading.chars().count().clamp(8, 24);
            sheet.set_column_width(at, u16::try_from(width * 3 / 2).unwrap_or(24))?;
        }
        let mut last = 1;
        for (line, (position, row)) in (2..).zip(self.register.rows(self.kind)) {
            for (at, column) in (0..).zip(&self.columns) {
                match &column.column {
                    Column::Period => {
                        let period = self.register.file_of(row).period.as_ref();
                        self.text(sheet, line, at, period.map_or("", |period| &period.value))?;
                    }
                    Column::Head(field, _) => {
                        let stated = self.register.file_of(row).head.get(*field);
                        self.value(sheet, line, at, stated.map(|stated| &stated.value))?;
                    }
                    Column::Field(field, _) => {
                        self.value(sheet, line, at, csv::value(self.register, position, row, *field))?;
                    }
                    Column::Closed => {
                        let closed = row.closed_on.as_ref().map(|day| Stated::Date(day.value));
                        self.value(sheet, line, at, closed.as_ref())?;
                    }
                    Column::Void => {
                        let reason = row.void.as_ref().map_or("", |reason| reason.value.as_str());
                        self.text(sheet, line, at, reason)?;
                    }
                }
            }
            last = line;
        }
        let width = u16::try_from(self.columns.len()).unwrap_or(1);
        sheet.set_freeze_panes(2, 1)?.set_repeat_rows(0, 0)?.autofilter(1, 0, last, width.saturating_sub(1))?;
        for (at, column) in (0..).zip(&self.columns) {
            let (Column::Field(_, field) | Column::Head(_, field)) = &column.column else { continue };
            if let Some(list) = self.offered(&field.value) {
                sheet.add_data_validation(2, at, last.saturating_add(MORE), at, &list)?;
            }
        }
        Ok(())
    }

    fn text(&self, sheet: &mut Worksheet, line: u32, at: u16, text: &str) -> Result<(), XlsxError> {
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let text = match text.char_indices().nth(LIMIT) {
            Some((at, _)) => format!("{}…", &text[..at]),
            None => text.to_owned(),
        };
        if !text.is_empty() {
            sheet.write_string_with_format(line, at, text, &wrapped)?;
        }
        Ok(())
    }

    fn value(&self, sheet: &mut Worksheet, line: u32, at: u16, value: Option<&Stated>) -> Result<(), XlsxError> {
        let top = Format::new().set_align(FormatAlign::Top);
        match value {
            None => {}
            Some(Stated::Number(number)) => {
                sheet.write_number_with_format(line, at, number.as_float(), &top)?;
            }
            Some(Stated::Date(date)) => {
                let format = top.set_num_format("yyyy-mm-dd");
                sheet.write_datetime_with_format(line, at, day(*date)?, &format)?;
            }
            Some(Stated::YesNo(flag)) => {
                self.text(sheet, line, at, &self.catalogue.get(if *flag { "site-yes" } else { "site-no" }))?;
            }
            Some(other) => self.text(sheet, line, at, &other.to_string())?,
        }
        Ok(())
    }

    /// A list to choose from, where the values of a field are few and known.
    fn offered(&self, of: &FieldType) -> Option<DataValidation> {
        let handbook = self.register.handbook;
        let words: Vec<String> = match of {
            FieldType::YesNo => ["site-yes", "site-no"].map(|key| self.catalogue.get(key)).to_vec(),
            FieldType::Choice(Choices::Fixed(words)) => words.iter().map(|word| word.value.clone()).collect(),
            FieldType::Person(_) => handbook.names(NameKind::Person).into_iter().map(str::to_owned).collect(),
            FieldType::Role => handbook.names(NameKind::Role).into_iter().map(str::to_owned).collect(),
            FieldType::Classification => {
                handbook.names(NameKind::Classification).into_iter().map(str::to_owned).collect()
            }
            _ => return None,
        };
        let length = words.iter().map(|word| word.chars().count() + 1).sum::<usize>();
        // A comma would end an entry; a list that the format cannot hold is none.
        if words.is_empty() || length > LIST || words.iter().any(|word| word.contains(',')) {
            return None;
        }
        DataValidation::new().allow_list_strings(&words).ok()
    }
}
