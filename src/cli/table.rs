//! Text in columns, as a terminal shows it.

use unicode_width::UnicodeWidthStr;

/// Cells in columns, two spaces apart; a Japanese character takes two.
pub fn columns<const N: usize>(lines: &[[String; N]]) -> String {
    let widths: [usize; N] = std::array::from_fn(|i| lines.iter().map(|line| line[i].width()).max().unwrap_or(0));
    let mut text = String::new();
    for line in lines {
        let cells: Vec<String> = line
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())))
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}
