//! Tables in every form in which converters write them: with bars, with a grid, with columns told by dashes, in HTML.

use unicode_width::UnicodeWidthStr;

use super::blocks::Line;
use super::clean::{NEAR, clean};
use super::words::Words;
use crate::source::Span;

/// A table. Its first row names the columns; it is blank where the source names none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub rows: Vec<Vec<Words>>,
    pub span: Span,
    /// Whether cells reach over several columns or rows, so that what stands below what is lost.
    pub merged: bool,
}

/// Lines of the longest table whose end has to be looked for.
const LONGEST: usize = 1000;

/// The table that lines begin with, and how many of them it takes.
pub(super) fn table(lines: &[Line<'_>]) -> Option<(Table, usize)> {
    let first = lines.first()?.text;
    let plain = first.trim_start();
    // The end of these is looked for from every line that may begin one.
    let near = &lines[..lines.len().min(LONGEST)];
    let (rows, taken, merged) = if plain.starts_with("<table") {
        html(near)?
    } else if is_border(plain) {
        grid(lines)?
    } else if plain.contains('|') && lines.get(1).is_some_and(|next| is_delimiter(next.text)) {
        piped(lines)
    } else {
        dashed(near)?
    };
    let last = &lines[taken.checked_sub(1)?];
    let span = Span::new(lines[0].at, last.at + last.text.len());
    (!rows.is_empty()).then_some((Table { rows, span, merged }, taken))
}

fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains('-') && line.chars().all(|c| "|-: ".contains(c))
}

fn is_border(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with('+') && line.ends_with('+') && line.len() > 2 && line.chars().all(|c| "+-=:".contains(c))
}

type Rows = Vec<Vec<Words>>;

fn piped(lines: &[Line<'_>]) -> (Rows, usize, bool) {
    let mut rows = Rows::new();
    let mut taken = 0;
    while lines.get(taken).is_some_and(|line| line.text.contains('|')) {
        let mut cells = bars(&lines[taken]);
        taken += 1;
        // Pandoc breaks the lines of a picture's tag even here.
        while let Some(next) = lines.get(taken).filter(|_| cells.last().is_some_and(in_picture)) {
            let mut more = bars(next).into_iter();
            if let (Some(cell), Some(first)) = (cells.last_mut(), more.next()) {
                cell.push_str(" ");
                cell.append(&first);
            }
            cells.extend(more);
            taken += 1;
        }
        if lines[taken - 1].text.trim_end().ends_with('|') {
            cells.pop();
        }
        rows.push(cells);
    }
    if rows.len() > 1 {
        rows.remove(1);
    }
    (rows, taken, false)
}

/// What stands between the bars of a line, and behind the last.
fn bars(line: &Line<'_>) -> Vec<Words> {
    let mut cells = Vec::new();
    let mut from = 0;
    let bars = line.text.match_indices('|').filter(|(at, _)| !line.text[..*at].ends_with('\\'));
    for at in bars.map(|(at, _)| at).chain([line.text.len()]) {
        cells.push(clean(line.text[from..at].trim_end(), line.at + from).trimmed());
        from = at + 1;
    }
    if line.text.trim_start().starts_with('|') {
        cells.remove(0);
    }
    cells
}

/// Whether a cell ends within the tag of a picture.
fn in_picture(cell: &Words) -> bool {
    let text = cell.as_str();
    text.len() < NEAR && text.rfind("<img ").is_some_and(|at| !text[at..].contains('>'))
}

/// A part of a line between two columns of the screen, where a Japanese character takes two.
fn part(line: &Line<'_>, from: usize, to: usize) -> Words {
    let (mut column, mut start, mut end) = (0, line.text.len(), line.text.len());
    for (at, c) in line.text.char_indices() {
        if column >= from && start == line.text.len() {
            start = at;
        }
        if column >= to {
            end = at;
            break;
        }
        column += c.to_string().width();
    }
    if start > end {
        return Words::default();
    }
    let text = &line.text[start..end];
    clean(text.trim_end(), line.at + start).trimmed()
}

/// Adds a line to a cell.
fn extend(cell: &mut Words, line: &Words) {
    if line.is_blank() {
        return;
    }
    // A narrow column breaks even the address of a picture.
    let in_address = cell.as_str().rfind("](").is_some_and(|at| !cell.as_str()[at..].contains([')', ' ']));
    let spaced = !cell.is_blank() && !in_address && !super::blocks::joins_without_space(cell.as_str(), line.as_str());
    if spaced {
        cell.push_str(" ");
    }
    cell.append(line);
}

fn grid(lines: &[Line<'_>]) -> Option<(Rows, usize, bool)> {
    let borders: Vec<usize> = lines[0].text.match_indices('+').map(|(at, _)| at).collect();
    let mut rows = Rows::new();
    let mut open: Option<Vec<Words>> = None;
    let (mut taken, mut headed, mut merged) = (0, false, false);
    for line in lines {
        let text = line.text.trim_end();
        if text.starts_with('+') {
            rows.extend(open.take());
            headed |= text.contains('=');
            // A border that stops within the line belongs to a cell of several rows.
            merged |= text.chars().any(|c| !"+-=:".contains(c));
        } else if text.starts_with('|') {
            let cells = open.get_or_insert_with(|| vec![Words::default(); borders.len() - 1]);
            for (index, pair) in borders.windows(2).enumerate() {
                extend(&mut cells[index], &part(line, pair[0] + 1, pair[1]));
            }
        } else {
            break;
        }
        taken += 1;
    }
    rows.extend(open);
    if !headed {
        rows.insert(0, vec![Words::default(); borders.len().checked_sub(1)?]);
    }
    Some((rows, taken, merged))
}

/// Dashes that tell where columns begin and end, or `None` where a line is anything else.
fn columns(line: &str) -> Option<Vec<(usize, usize)>> {
    let plain = line.trim_end();
    if plain.trim_start().is_empty() || !plain.chars().all(|c| c == '-' || c == ' ') {
        return None;
    }
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in plain.char_indices().chain([(plain.len(), ' ')]) {
        match (c, start) {
            ('-', None) => start = Some(at),
            (' ', Some(from)) => {
                found.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    (plain.matches('-').count() >= 3).then_some(found)
}

/// Simple tables (a line of dashes below the names) and those whose rows take several lines (dashes around them).
fn dashed(lines: &[Line<'_>]) -> Option<(Rows, usize, bool)> {
    let first = columns(lines[0].text);
    let second = lines.get(1).and_then(|line| columns(line.text)).filter(|found| found.len() > 1);
    // Rows: from where, to where, and whether blank lines part them.
    let (columns, head, body, closed) = match (first, second) {
        (Some(all), _) if all.len() == 1 => {
            let at = lines.iter().skip(1).position(|line| columns(line.text).is_some_and(|c| c.len() > 1))? + 1;
            (columns(lines[at].text)?, Some(1..at), at + 1, true)
        }
        (Some(columns), _) => (columns, None, 1, true),
        (None, Some(columns)) if !lines[0].text.trim().is_empty() => (columns, Some(0..1), 2, false),
        _ => return None,
    };
    let end = lines.iter().skip(body).position(|line| match closed {
        true => self::columns(line.text).is_some(),
        false => line.text.trim().is_empty(),
    });
    let end = match (end, closed) {
        (Some(end), _) => body + end,
        (None, true) => return None,
        (None, false) => lines.len(),
    };
    let cells = |lines: &[Line<'_>]| -> Vec<Words> {
        let mut cells = vec![Words::default(); columns.len()];
        for line in lines {
            for (index, (from, _)) in columns.iter().enumerate() {
                let to = columns.get(index + 1).map_or(usize::MAX, |next| next.0);
                extend(&mut cells[index], &part(line, *from, to));
            }
        }
        cells
    };
    let mut rows = vec![head.map_or_else(|| vec![Words::default(); columns.len()], |head| cells(&lines[head]))];
    let inside = &lines[body..end];
    if closed && inside.iter().any(|line| line.text.trim().is_empty()) {
        rows.extend(inside.split(|line| line.text.trim().is_empty()).filter(|row| !row.is_empty()).map(cells));
    } else {
        rows.extend(inside.iter().map(|line| cells(std::slice::from_ref(line))));
    }
    Some((rows, if closed { end + 1 } else { end }, false))
}

/// A table of HTML as far as it was read.
#[derive(Default)]
struct Html {
    rows: Rows,
    /// The cell that is open.
    cell: Option<Words>,
    merged: bool,
    headed: bool,
}

impl Html {
    /// Takes a tag as it stands between its brackets, with them.
    fn tag(&mut self, tag: &Words) -> Option<()> {
        let inner = &tag.as_str()[1..tag.as_str().len() - 1];
        self.merged |= inner.contains("rowspan=") || inner.contains("colspan=");
        match inner.split_whitespace().next().unwrap_or("") {
            "tr" => self.rows.push(Vec::new()),
            name @ ("td" | "th") => {
                self.headed |= name == "th" && self.rows.len() == 1;
                self.cell = Some(Words::default());
            }
            "/td" | "/th" => self.rows.last_mut()?.push(self.cell.take()?.trimmed()),
            name => {
                if let Some(cell) = &mut self.cell {
                    if name == "img" {
                        cell.append(tag);
                    }
                    cell.push_str(" ");
                }
            }
        }
        Some(())
    }
}

/// The tables of pandoc, which writes HTML where cells hold several paragraphs.
fn html(lines: &[Line<'_>]) -> Option<(Rows, usize, bool)> {
    let taken = lines.iter().position(|line| line.text.contains("</table>"))? + 1;
    let mut found = Html::default();
    // A tag that goes on in the next line.
    let mut tag = Words::default();
    for line in &lines[..taken] {
        let mut rest = line.text;
        if !tag.is_blank() {
            tag.push_str(" ");
        } else if let Some(cell) = &mut found.cell {
            cell.push_str(" ");
        }
        while !rest.is_empty() {
            let at = line.at + (line.text.len() - rest.len());
            if tag.is_blank() && !rest.starts_with('<') {
                let end = rest.find('<').unwrap_or(rest.len());
                if let Some(cell) = &mut found.cell {
                    cell.append(&clean(&rest[..end], at));
                }
                rest = &rest[end..];
                continue;
            }
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            tag.append(&Words::at(&rest[..end], at));
            if tag.as_str().ends_with('>') {
                found.tag(&std::mem::take(&mut tag))?;
            }
            rest = &rest[end..];
        }
    }
    let Html { mut rows, merged, headed, .. } = found;
    let width = rows.iter().map(Vec::len).max()?;
    if !headed {
        rows.insert(0, vec![Words::default(); width]);
    }
    Some((rows, taken, merged))
}

/// A table as CommonMark writes it; `words` makes the text of a cell.
pub(super) fn write(table: &Table, mut words: impl FnMut(&Words) -> String) -> String {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for (index, row) in table.rows.iter().enumerate() {
        let cells = (0..width).map(|at| row.get(at).map_or_else(String::new, &mut words));
        let cells: Vec<String> = cells.map(|cell| one_line(&cell).replace('|', "\\|")).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if index == 0 {
            out.push_str(&format!("|{}\n", "---|".repeat(width)));
        }
    }
    out
}

fn one_line(text: &str) -> String {
    text.split(['\n', ' ']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::blocks::lines;

    fn read(text: &str) -> Vec<Vec<String>> {
        let lines = lines(text);
        let (table, taken) = table(&lines).expect("a table");
        assert_eq!(taken, lines.len(), "{text}");
        table.rows.iter().map(|row| row.iter().map(|cell| cell.as_str().to_owned()).collect()).collect()
    }

    #[test]
    fn a_table_reads_the_same_in_every_form() {
        let piped =
            "| 版 | 改訂日 | 内容 |\n|:--|---|---|\n| 1.0 | 2015/4/1 | 制定 |\n| 2.0 | 2019/4/1 | 第8条を新設 \\| 他 |";
        let expected = [
            vec!["版", "改訂日", "内容"],
            vec!["1.0", "2015/4/1", "制定"],
            vec!["2.0", "2019/4/1", "第8条を新設 | 他"],
        ];
        assert_eq!(read(piped), expected);
        let simple = "  版    改訂日     内容\n  ----- ---------- ----------------\n  1.0   2015/4/1   制定\n  2.0   2019/4/1   第8条を新設 \\| 他";
        assert_eq!(read(simple), expected);
        let several = "  --------------------------\n  版    改訂日     内容\n  ----- ---------- ---------\n  1.0   2015/4/1   制定\n\n  2.0   2019/4/1   第8条を\n                   新設 \\| 他\n  --------------------------";
        assert_eq!(read(several), expected);
        let grid = "+-----+----------+-------------+\n| 版  | 改訂日   | 内容        |\n+=====+==========+=============+\n| 1.0 | 2015/4/1 | 制定        |\n+-----+----------+-------------+\n| 2.0 | 2019/4/1 | 第8条を     |\n|     |          | 新設 \\| 他  |\n+-----+----------+-------------+";
        assert_eq!(read(grid), expected);
        let html = "<table>\n<thead>\n<tr class=\"header\">\n<th>版</th>\n<th>改訂日</th>\n<th>内容</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1.0</td>\n<td>2015/4/1</td>\n<td>制定</td>\n</tr>\n<tr><td>2.0</td><td>2019/4/1</td><td><p>第8条を新設</p>\n<p>| 他</p></td></tr>\n</tbody>\n</table>";
        let spaced: Vec<Vec<String>> =
            read(html).into_iter().map(|row| row.iter().map(|cell| one_line(cell)).collect()).collect();
        assert_eq!(spaced, expected);
    }

    #[test]
    fn a_table_without_names_keeps_its_rows() {
        let text = "  ----------- ---------\n  a           b\n\n  甲乙        丙\n  ----------- ---------";
        assert_eq!(read(text), [vec!["", ""], vec!["a", "b"], vec!["甲乙", "丙"]]);
        let (table, _) = table(&lines(text)).unwrap();
        assert_eq!(write(&table, |words| words.as_str().to_owned()), "|  |  |\n|---|---|\n| a | b |\n| 甲乙 | 丙 |\n");
    }

    #[test]
    fn a_picture_in_a_cell_is_whole() {
        let piped = "| 図 |\n|---|\n| <img src=\"a.png\"   \n   alt=\"甲\" /> |\n| 乙 |";
        assert_eq!(read(piped), [vec!["図"], vec!["<img src=\"a.png\" alt=\"甲\" />"], vec!["乙"]]);
        let html = "<table>\n<tr><td>甲</td><td><p><img src=\"a.png\"\nalt=\"乙\" /></p></td></tr>\n</table>";
        assert_eq!(read(html)[1], ["甲", "<img src=\"a.png\" alt=\"乙\" />"]);
        let grid = "+--------------+\n| ![図](old/wm |\n| d/a.png){wid |\n| th=\"1in\"}    |\n+--------------+";
        assert!(read(grid)[1][0].starts_with("![図](old/wmd/a.png){"), "{:?}", read(grid));
    }

    #[test]
    fn no_table_is_seen_where_there_is_none() {
        for text in ["文 | 文", "---", "文\n---", "- 箇条\n- 箇条", "<table>", "+- 文", "　+---+\n| a |", ""] {
            assert_eq!(table(&lines(text)).map(|(_, taken)| taken), None, "{text}");
        }
    }
}
