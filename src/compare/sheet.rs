//! A table as a spreadsheet (XLSX): differences underlined inside the cells, set up to print on A4 landscape.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook, Worksheet, XlsxError,
};

use super::table::{Cell, Table};
use super::words::Segment;

/// A4, in the numbers of the format.
const A4: u8 = 9;

/// Characters that a cell may hold.
const LIMIT: usize = 32_000;

/// The file.
///
/// # Errors
/// Where the table cannot be held by a spreadsheet.
pub fn sheet(table: &Table, date: jiff::civil::Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The format carries a time of its making; the same comparison has to give the same bytes.
    let (year, month, day) = (date.year(), date.month(), date.day());
    let made = ExcelDateTime::from_ymd(year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs())?;
    workbook.set_properties(&DocProperties::new().set_title(&table.title).set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.6, 0.6, 0.6, 0.6, 0.3, 0.3).set_footer("&C&P / &N");
    sheet.set_column_width(0, 62)?.set_column_width(1, 62)?.set_column_width(2, 18)?;
    let title = Format::new().set_bold().set_font_size(14);
    sheet.write_string_with_format(0, 0, &table.title, &title)?;
    let mut at = 1;
    if let Some(empty) = &table.empty {
        sheet.write_string(at, 0, empty)?;
        at += 1;
    }
    let head = frame().set_bold().set_align(FormatAlign::Center).set_border_top(FormatBorder::Thin);
    for (column, (name, what)) in (0..).zip(&table.columns) {
        let text = if what.is_empty() { name.clone() } else { format!("{name}\n{what}") };
        sheet.write_string_with_format(at, column, text, &head)?;
    }
    if let Some(remark) = &table.remark {
        sheet.write_string_with_format(at, 2, remark, &head)?;
    }
    sheet.set_repeat_rows(at, at)?.set_freeze_panes(at + 1, 0)?;
    for (index, row) in table.rows.iter().enumerate() {
        at += 1;
        let last = table.rows.get(index + 1).is_none_or(|next| next.first);
        let format = |cell: Option<&Cell>| {
            let mut format = frame().set_indent(cell.map_or(0, |cell| cell.depth));
            if row.first {
                format = format.set_border_top(FormatBorder::Thin);
            }
            if last {
                format = format.set_border_bottom(FormatBorder::Thin);
            }
            format
        };
        for (column, cell) in (0..).zip(&row.cells) {
            write(sheet, at, column, cell, &format(Some(cell)))?;
        }
        if table.remark.is_some() {
            sheet.write_string_with_format(at, 2, &row.remark, &format(None))?;
        }
    }
    workbook.save_to_buffer()
}

fn frame() -> Format {
    Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_left(FormatBorder::Thin)
        .set_border_right(FormatBorder::Thin)
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    let font = |segment: &Segment| {
        let font = if cell.heading { Format::new().set_bold() } else { Format::new() };
        if segment.changed { font.set_underline(FormatUnderline::Single) } else { font }
    };
    let mut left = LIMIT;
    let mut parts: Vec<(Format, String)> = Vec::new();
    for segment in cell.segments.iter().filter(|segment| !segment.text.is_empty()) {
        let text: String = segment.text.chars().take(left).collect();
        left -= text.chars().count();
        if text.len() < segment.text.len() {
            // What a cell cannot hold is said to be left out, never dropped in silence.
            parts.push((font(segment), format!("{text}…")));
            break;
        }
        parts.push((font(segment), text));
    }
    match parts.as_slice() {
        [] => sheet.write_blank(row, column, format)?,
        [(font, text)] => sheet.write_string_with_format(row, column, text, &format.merge(font))?,
        parts => {
            let parts: Vec<(&Format, &str)> = parts.iter().map(|(font, text)| (font, text.as_str())).collect();
            sheet.write_rich_string_with_format(row, column, &parts, format)?
        }
    };
    Ok(())
}
