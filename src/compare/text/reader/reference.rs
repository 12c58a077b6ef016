//! References and pictures: the words that readers see, and what they mean however they are written.

use super::Reader;
use crate::approved_copy::{Attachment, FileAt};
use crate::compare::unit::Piece;
use crate::handbook::reading::{Reading, read};
use crate::model::content::Node;
use crate::model::reference::{Form, Reference, Target};
use crate::paths;

impl<'h> Reader<'_, 'h> {
    pub(super) fn start_link(&mut self, index: u32) {
        let Some(reference) = self.entry.document.references.get(index as usize) else {
            self.link.push(None);
            return;
        };
        let reading = read(self.edition, self.entry, reference, self.catalogue);
        let meaning = self.meaning(&reading, reference);
        let words = match reading {
            Reading::Typed => {
                let span = reference.span;
                Some(self.text.get(span.start..span.end).unwrap_or("").to_owned())
            }
            Reading::Document { words, .. } | Reading::Entity { words, .. } | Reading::Words(words)
                if !reference.has_text =>
            {
                Some(words)
            }
            _ => None,
        };
        match words {
            Some(text) => {
                self.push(Piece { text, meaning: Some(meaning), generated: true });
                self.skip = true;
                self.link.push(None);
            }
            None => self.link.push(Some(meaning)),
        }
    }

    pub(super) fn picture(&mut self, index: u32, inside: &[Node]) {
        self.skip = true;
        let Some(reference) = self.entry.document.references.get(index as usize) else { return };
        let meaning = self.file(reference).unwrap_or_else(|| reference.raw.value.clone());
        let words = self.content().line(inside, self.text);
        let text = self.catalogue.with_args("compare-picture", [("words", words)]);
        self.push(Piece { text, meaning: Some(meaning), generated: false });
    }

    /// What a reference leads to, in a form that is the same however it was written.
    fn meaning(&self, reading: &Reading, reference: &Reference) -> String {
        match reading {
            Reading::Document { id, fragment, .. } => {
                let written = match &reference.target {
                    Target::Path { fragment, .. } => fragment.clone(),
                    _ => fragment.as_ref().map(|fragment| {
                        let numbers = fragment.paragraph.iter().chain(&fragment.items);
                        numbers.fold(fragment.anchor.clone(), |text, number| format!("{text}/{number}"))
                    }),
                };
                format!("{id}#{}", written.unwrap_or_default())
            }
            Reading::External(address) => address.clone(),
            _ => self.file(reference).unwrap_or_else(|| reference.raw.value.clone()),
        }
    }

    /// The hash of the file that a path leads to.
    fn file(&self, reference: &Reference) -> Option<String> {
        let Target::Path { path, .. } = &reference.target else { return None };
        let path = paths::resolve(&self.entry.document.path, path)?;
        let attached = self.edition.handbook.attachments.get(&path)?.as_ref()?;
        // What stands beside a copy is the reduced file already, and reducing it again changes nothing.
        let FileAt::Found(file) = &attached.copied else { return None };
        let digest = Attachment::named_digest(&file.name)?;
        (reference.form != Form::Short).then(|| digest.hex())
    }
}
