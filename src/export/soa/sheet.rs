//! The statement of applicability as a spreadsheet (XLSX) that prints: A4 landscape, the names of the columns on every
//! page, the approval above them.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::{COLUMNS, Statement, approval_line, lines};
use crate::locale::Catalogue;

/// A4, in the numbers of the format.
const A4: u8 = 9;

/// Characters that a cell may hold.
const LIMIT: usize = 32_000;

/// Widths of the columns, in characters.
const WIDTHS: [u16; 8] = [8, 24, 10, 10, 14, 40, 10, 46];

/// The file.
///
/// # Errors
/// Where a spreadsheet cannot hold the statement.
pub fn sheet(statement: &Statement<'_>, catalogue: &Catalogue) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{} {}", statement.organisation, catalogue.get("site-soa"));
    let mut workbook = Workbook::new();
    // The format carries a time of its making; the same statement has to give the same bytes.
    let date = statement.date;
    let (year, month, day) = (date.year(), date.month(), date.day());
    let made = ExcelDateTime::from_ymd(year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs())?;
    workbook.set_properties(&DocProperties::new().set_title(title.trim()).set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    sheet.set_name(catalogue.get("site-soa"))?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_footer("&C&P / &N");
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, title.trim(), &Format::new().set_bold().set_font_size(14))?;
    sheet.write_string(1, 0, approval_line(statement, catalogue))?;
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let head = cell.clone().set_bold().set_align(FormatAlign::Center);
    for (column, key) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(2, column, catalogue.get(key), &head)?;
    }
    sheet.set_repeat_rows(2, 2)?.set_freeze_panes(3, 2)?;
    let mut last = 2;
    for (row, line) in (3..).zip(lines(statement, catalogue)) {
        let carriers = line.carriers.join("\n");
        let cells = [
            line.number,
            line.title,
            line.applicable,
            line.state,
            line.reasons,
            line.justification,
            line.stated_in,
            carriers,
        ];
        for (column, text) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, shortened(text), &cell)?;
        }
        last = row;
    }
    let columns = u16::try_from(COLUMNS.len()).unwrap_or(1);
    sheet.autofilter(2, 0, last, columns - 1)?;
    workbook.save_to_buffer()
}

/// What a cell cannot hold is said to be left out, never dropped in silence.
fn shortened(text: String) -> String {
    match text.char_indices().nth(LIMIT) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
