//! Footnotes: mentioned by their numbers, printed below the text in that order.

use super::Body;
use crate::markup::html::{escape, escaped};

/// What is written of a footnote.
#[derive(Debug, Default)]
pub struct NoteText {
    mentions: usize,
    text: Option<String>,
}

impl Body<'_, '_, '_> {
    pub(super) fn print_mention(&mut self, note: u32) {
        let index = note as usize;
        let number = self.content.notes()[index].number;
        let text = &mut self.notes[index];
        text.mentions += 1;
        let id = if text.mentions == 1 { format!("_ref-{number}") } else { format!("_ref-{number}-{}", text.mentions) };
        let words = escaped(&self.site.catalogue.with_args("site-note-mark", [("number", number.to_string())]));
        self.out.push_str(&format!("<sup class=\"note\"><a id=\"{id}\" href=\"#_note-{number}\">{words}</a></sup>"));
    }

    pub(super) fn start_note(&mut self) {
        self.outer.push((std::mem::take(&mut self.out), std::mem::take(&mut self.inlines)));
    }

    pub(super) fn end_note(&mut self, note: u32) {
        if let Some((out, inlines)) = self.outer.pop() {
            let text = std::mem::replace(&mut self.out, out);
            self.inlines = inlines;
            self.notes[note as usize].text.get_or_insert_default().push_str(&text);
        }
    }

    pub(super) fn print_notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let heading = escaped(&self.site.catalogue.get("site-notes"));
        self.out.push_str(&format!("<section class=\"notes\" aria-label=\"{heading}\">\n<ol>\n"));
        let mut notes: Vec<_> = self.content.notes().iter().zip(std::mem::take(&mut self.notes)).collect();
        notes.sort_by_key(|(note, _)| note.number);
        for (note, text) in notes {
            let number = note.number;
            self.out.push_str(&format!("<li id=\"_note-{number}\">"));
            match &text.text {
                Some(text) => self.out.push_str(text),
                None => escape(&mut self.out, &note.label),
            }
            if text.mentions > 0 {
                let back = self.site.catalogue.with_args("site-note-back", [("number", number.to_string())]);
                let back = escaped(&back);
                self.out.push_str(&format!("<a class=\"back\" href=\"#_ref-{number}\" aria-label=\"{back}\">↩</a>"));
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}
