//! The Markdown dialect, stated once for parsing and rendering.

use pulldown_cmark::{OffsetIter, Options, Parser};

/// CommonMark with tables, footnotes, strikethrough, alerts, heading attributes and double-bracket links.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

/// Events of a body with byte ranges relative to the body.
pub(super) fn events(body: &str) -> OffsetIter<'_> {
    Parser::new_ext(body, options()).into_offset_iter()
}

/// Whether lines of a script are joined without a space.
pub fn written_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}
