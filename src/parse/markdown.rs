//! The Markdown dialect, stated once for parsing and rendering.

use pulldown_cmark::{OffsetIter, Options, Parser};

/// CommonMark with tables, footnotes, strikethrough, alerts, heading attributes and double-bracket links.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

/// Events of a body with byte ranges relative to the body.
pub fn events(body: &str) -> OffsetIter<'_> {
    Parser::new_ext(body, options()).into_offset_iter()
}
