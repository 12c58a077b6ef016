//! Footnotes: numbered by their first mention, printed below the text.

use super::{Body, Inline};
use crate::markup::html::{escape, escaped};

/// The footnotes of a body.
#[derive(Debug, Default)]
pub struct Notes {
    /// Labels in the order of their first mention, or of their text where nothing mentions them, with the number of
    /// mentions and the text.
    notes: Vec<Note>,
    /// What was being written when the text of a note began: output, inline state, index of the note.
    outer: Vec<(String, Inline, usize)>,
}

#[derive(Debug)]
struct Note {
    label: String,
    mentions: usize,
    text: Option<String>,
}

impl Notes {
    fn index(&mut self, label: &str) -> usize {
        // Labels are matched without regard to case, as link labels are.
        let same = |note: &Note| note.label.to_lowercase() == label.to_lowercase();
        self.notes.iter().position(same).unwrap_or_else(|| {
            self.notes.push(Note { label: label.to_owned(), mentions: 0, text: None });
            self.notes.len() - 1
        })
    }
}

impl Body<'_, '_, '_> {
    pub(super) fn print_mention(&mut self, label: &str) {
        let index = self.notes.index(label);
        let note = &mut self.notes.notes[index];
        note.mentions += 1;
        let (number, again) = (index + 1, note.mentions);
        let id = if again == 1 { format!("_ref-{number}") } else { format!("_ref-{number}-{again}") };
        let words = escaped(&self.site.catalogue.with_args("site-note-mark", [("number", number.to_string())]));
        self.out.push_str(&format!("<sup class=\"note\"><a id=\"{id}\" href=\"#_note-{number}\">{words}</a></sup>"));
    }

    pub(super) fn start_note(&mut self, label: &str) {
        let index = self.notes.index(label);
        let outer = (std::mem::take(&mut self.out), std::mem::take(&mut self.inline), index);
        self.notes.outer.push(outer);
    }

    pub(super) fn end_note(&mut self) {
        if let Some((out, inline, index)) = self.notes.outer.pop() {
            let text = std::mem::replace(&mut self.out, out);
            self.inline = inline;
            self.notes.notes[index].text.get_or_insert_default().push_str(&text);
        }
    }

    pub(super) fn print_notes(&mut self) {
        if self.notes.notes.is_empty() {
            return;
        }
        let heading = escaped(&self.site.catalogue.get("site-notes"));
        self.out.push_str(&format!("<section class=\"notes\" aria-label=\"{heading}\">\n<ol>\n"));
        for (index, note) in std::mem::take(&mut self.notes.notes).into_iter().enumerate() {
            let number = index + 1;
            self.out.push_str(&format!("<li id=\"_note-{number}\">"));
            match &note.text {
                Some(text) => self.out.push_str(text),
                None => escape(&mut self.out, &note.label),
            }
            if note.mentions > 0 {
                let back = self.site.catalogue.with_args("site-note-back", [("number", number.to_string())]);
                let back = escaped(&back);
                self.out.push_str(&format!("<a class=\"back\" href=\"#_ref-{number}\" aria-label=\"{back}\">↩</a>"));
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}
