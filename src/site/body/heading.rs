//! Headings: number, caption, permanent link, and what the section implements.

use super::{Block, Body};
use crate::markup::html::{address_part, escape, escaped};
use crate::model::id::DocumentId;
use crate::model::outline::{Heading, HeadingKind};
use crate::numbering::{caption_in_brackets, citation, heading_number};
use crate::site::reference::annex_address;
use crate::standard;

impl Body<'_, '_, '_> {
    pub(super) fn start_heading(&mut self, start: usize) -> Block {
        let headings = &self.entry.document.outline.headings;
        let index =
            self.open.is_empty().then(|| headings.binary_search_by_key(&start, |h| h.span.start).ok()).flatten();
        let Some(index) = index else {
            // A heading inside a list or a quote divides nothing.
            self.out.push_str("<p class=\"heading\"><strong>");
            return Block::Container("</strong></p>\n");
        };
        self.heading = Some(index);
        self.explained.clear();
        let heading = &headings[index];
        let level = self.levels[index];
        let class = match heading.kind {
            HeadingKind::Chapter => "chapter",
            HeadingKind::Section => "section",
            HeadingKind::Article => "article",
            HeadingKind::Supplement => "supplement",
            HeadingKind::Plain => "plain",
        };
        let deleted = if heading.deleted { " deleted" } else { "" };
        let out = &mut self.out;
        out.push_str(&format!("<h{level} class=\"{class}{deleted}\""));
        // Of two headings with one anchor the first has it.
        if headings[..index].iter().all(|other| other.anchor != heading.anchor) {
            out.push_str(" id=\"");
            escape(out, &heading.anchor);
            out.push('"');
        }
        out.push('>');
        let number = heading_number(heading, self.site.options.language);
        if !number.is_empty() {
            out.push_str("<span class=\"number\">");
            escape(out, &number);
            out.push_str("</span>");
            out.push_str(if caption_in_brackets(heading, self.site.options.language) { "" } else { " " });
        }
        if caption_in_brackets(heading, self.site.options.language) {
            out.push_str("<span class=\"caption\">（");
        }
        if heading.deleted {
            escape(out, &self.site.catalogue.get("site-deleted"));
            self.inline.skip_heading();
        }
        Block::Heading(level)
    }

    pub(super) fn end_heading(&mut self, level: u8) {
        let language = self.site.options.language;
        let Some(heading) = self.heading() else { return };
        self.inline.end_heading();
        if caption_in_brackets(heading, language) {
            self.out.push_str("）</span>");
        }
        let cited = citation(heading, None, &[], language);
        let label = self.site.catalogue.with_args("site-permalink", [("place", cited)]);
        self.out.push_str(&format!(
            " <a class=\"permalink\" href=\"#{}\" aria-label=\"{}\"></a></h{level}>\n",
            address_part(&heading.anchor),
            escaped(&label)
        ));
        self.print_implements(heading);
    }

    /// The line below a heading that says what its section implements.
    fn print_implements(&mut self, heading: &Heading) {
        let links: Vec<String> = heading
            .implements
            .iter()
            .filter_map(|above| {
                if let Some(control) = above.value.strip_prefix("A.").and_then(standard::control) {
                    let title = escaped(control.title.get(self.site.options.language));
                    let address = annex_address(control.id);
                    return Some(format!("<a href=\"../{address}\" title=\"{title}\">A.{}</a>", control.id));
                }
                let id = DocumentId::parse(&above.value)?;
                let (id, target) = self.site.edition.entries.get_key_value(&id)?;
                let (number, title) = (escaped(target.document.number()), escaped(target.document.title()));
                Some(format!("<a href=\"{id}.html\" title=\"{title}\">{number}</a>"))
            })
            .collect();
        if !links.is_empty() {
            let label = escaped(&self.site.catalogue.get("site-section-implements"));
            self.out.push_str(&format!("<p class=\"implements\"><span>{label}</span> {}</p>\n", links.join(" ")));
        }
    }
}
