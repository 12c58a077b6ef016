//! Headings: number, caption, permanent link, and what the section implements.

use super::{Body, Place};
use crate::markup::html::{address_part, escape, escaped};
use crate::model::id::DocumentId;
use crate::model::outline::{Heading, HeadingKind};
use crate::numbering::{caption_in_brackets, citation, heading_number};
use crate::site::reference::annex_address;
use crate::standard;

impl Body<'_, '_, '_> {
    pub(super) fn start_heading(&mut self, section: Option<u32>) {
        let outline = &self.entry.document.outline;
        let Some(heading) = section.and_then(|index| outline.headings.get(index as usize)) else {
            // A heading inside a list or a quote divides nothing.
            return self.out.push_str("<p class=\"heading\"><strong>");
        };
        // Of two headings with one anchor the first has it; a second `id` of the same name would be no HTML.
        let first = outline.heading(&heading.anchor).is_some_and(|first| first.span == heading.span);
        let id = first.then(|| heading.anchor.clone());
        self.heading = Some(heading);
        self.in_heading = true;
        self.explained.clear();
        let level = self.level(section);
        let class = match heading.kind {
            HeadingKind::Chapter => "chapter",
            HeadingKind::Section => "section",
            HeadingKind::Article => "article",
            HeadingKind::Supplement => "supplement",
            HeadingKind::Plain => "plain",
        };
        let deleted = if heading.deleted { " deleted" } else { "" };
        self.out.push_str(&format!("<h{level} class=\"{class}{deleted}\""));
        self.print_id(id.clone());
        self.place = Place { heading: id, ..Place::default() };
        let out = &mut self.out;
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
            // What it says is what the article was before it was deleted.
            self.skip = true;
        }
    }

    /// The level of a section's heading on the page.
    fn level(&self, section: Option<u32>) -> u8 {
        section.and_then(|index| self.levels.get(index as usize)).copied().unwrap_or(6)
    }

    pub(super) fn end_heading(&mut self, section: u32) {
        let language = self.site.options.language;
        let level = self.level(Some(section));
        let Some(heading) = self.heading else { return };
        self.in_heading = false;
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
                    if !self.site.published.holds(&address) {
                        return Some(format!("<span>A.{}</span>", control.id));
                    }
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
