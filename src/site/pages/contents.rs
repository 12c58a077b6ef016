//! The contents list of a document: its headings, nested as they are on the page.

use crate::locale::Language;
use crate::markup::html::{address_part, escape};
use crate::model::outline::Outline;
use crate::numbering::heading_number;
use crate::site::anchors::levels;

/// Nested lists of links; empty where there is little to choose from.
pub fn contents(outline: &Outline, deleted: &str, language: Language) -> String {
    let mut out = String::new();
    if outline.headings.len() < 2 {
        return out;
    }
    let mut depth = 1;
    for (heading, level) in outline.headings.iter().zip(levels(outline)) {
        if level > depth {
            // A level that is skipped has no number of its own, so one step is one list.
            out.push_str("<ol>");
            depth = level;
        } else {
            while depth > level {
                out.push_str("</li></ol>");
                depth -= 1;
            }
            out.push_str("</li>");
        }
        out.push_str("<li><a href=\"#");
        out.push_str(&address_part(&heading.anchor));
        out.push_str("\">");
        let number = heading_number(heading, language);
        if !number.is_empty() {
            out.push_str("<span class=\"number\">");
            escape(&mut out, &number);
            out.push_str("</span> ");
        }
        escape(&mut out, if heading.deleted { deleted } else { &heading.text });
        out.push_str("</a>");
    }
    for _ in 1..depth {
        out.push_str("</li></ol>");
    }
    out
}
