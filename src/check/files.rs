//! Why a path leads to no file: what rules about paths share, so that each path is reported by one of them.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::handbook::{Broken, Handbook, Link};
use crate::model::document::Document;
use crate::model::reference::{Form, Reference};

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing<'h> {
    /// There is one whose path differs in upper and lower case only.
    Case(&'h str),
    /// It would be a picture.
    Image,
    /// No such file.
    File,
}

/// The files that links may lead to.
pub struct Files<'h> {
    handbook: &'h Handbook,
    /// Paths without regard to case; made for the first path that leads nowhere.
    folded: OnceCell<BTreeMap<String, &'h str>>,
}

impl<'h> Files<'h> {
    /// Of a handbook.
    pub fn new(handbook: &'h Handbook) -> Self {
        Self { handbook, folded: OnceCell::new() }
    }

    /// Why there is no file at a path that a reference names.
    pub fn missing(&self, reference: &Reference, path: &str) -> Missing<'h> {
        let folded = self.folded.get_or_init(|| {
            let documents = self.handbook.documents.iter().map(|document| document.path.as_str());
            let attachments = self.handbook.attachments.keys().map(String::as_str);
            documents.chain(attachments).map(|path| (path.to_lowercase(), path)).collect()
        });
        match folded.get(&path.to_lowercase()) {
            Some(actual) => Missing::Case(actual),
            None if reference.form == Form::Image => Missing::Image,
            None => Missing::File,
        }
    }
}

/// Every reference to a path without a file, with its document and the path from the root.
pub fn missing(handbook: &Handbook) -> impl Iterator<Item = (&Document, &Reference, &str)> {
    handbook.documents.iter().zip(&handbook.links).flat_map(|(document, links)| {
        document.references.iter().zip(links).filter_map(move |(reference, link)| match link {
            Link::Broken(Broken::NoFile(path)) => Some((document, reference, path.as_str())),
            _ => None,
        })
    })
}
