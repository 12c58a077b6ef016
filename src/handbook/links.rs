//! What a reference points at in the tree, or why it points at nothing.

use super::Handbook;
use crate::model::document::Document;
use crate::model::outline::Outline;
use crate::model::reference::{Form, Fragment, Reference, Target};
use crate::paths;
use crate::standard;

/// A resolved reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A document of the tree (index), and an anchor in it.
    Document(usize, Option<Fragment>),
    /// Another file of the repository.
    Attachment(String),
    /// An Annex A control's number.
    AnnexA(&'static str),
    /// A clause's number.
    Clause(&'static str),
    /// A role's id.
    Role(String),
    /// A term's wording.
    Term(String),
    /// A register's id.
    Record(String),
    /// An address outside.
    External,
    /// Nothing.
    Broken(Broken),
}

/// Why a reference points at nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// A path that leads out of the root.
    OutsideRoot,
    /// No file at the (root-relative) path.
    NoFile(String),
    /// The document (index) has no such anchor.
    NoAnchor(usize, String),
    /// The article has no such 項 or 号.
    NoItem(usize, Fragment),
    /// No document has the id.
    NoDocument(String),
    /// Not a control of Annex A 2022; its successors where it is one of 2013.
    NoControl(String, Vec<&'static str>),
    /// Not a clause of the standard.
    NoClause(String),
    /// Not a role.
    NoRole(String),
    /// Not in the glossary.
    NoTerm(String),
    /// Not a register.
    NoRecord(String),
    /// A scheme that is not safe to follow.
    Unsafe,
    /// Double brackets around something that is no reference.
    Malformed,
}

/// Resolves a reference of `document` against the tree.
pub fn resolve_target(handbook: &Handbook, document: &Document, reference: &Reference) -> Link {
    match &reference.target {
        Target::Path { path, fragment } => {
            let Some(path) = paths::resolve(&document.path, path) else { return Link::Broken(Broken::OutsideRoot) };
            if let Some(index) = handbook.index_at(&path).filter(|_| reference.form != Form::Image) {
                let fragment =
                    fragment.as_ref().map(|anchor| Fragment { anchor: anchor.clone(), ..Fragment::default() });
                return in_document(handbook, index, fragment);
            }
            if handbook.attachments.contains_key(&path) {
                return Link::Attachment(path);
            }
            Link::Broken(Broken::NoFile(path))
        }
        Target::Document { id: None, fragment } => match handbook.index_at(&document.path) {
            Some(index) => in_document(handbook, index, fragment.clone()),
            None => Link::Broken(Broken::NoFile(document.path.clone())),
        },
        Target::Document { id: Some(id), fragment } => match handbook.index_of(id) {
            Some(index) => in_document(handbook, index, fragment.clone()),
            None => Link::Broken(Broken::NoDocument(id.clone())),
        },
        Target::AnnexA(number) => match standard::control(number) {
            Some(control) => Link::AnnexA(control.id),
            None => {
                let successors = standard::successors(number).into_iter().map(|control| control.id).collect();
                Link::Broken(Broken::NoControl(number.clone(), successors))
            }
        },
        Target::Clause(number) => match standard::clause(number) {
            Some(clause) => Link::Clause(clause.id),
            None => Link::Broken(Broken::NoClause(number.clone())),
        },
        Target::Role(id) => match handbook.role(id) {
            Some(_) => Link::Role(id.clone()),
            None => Link::Broken(Broken::NoRole(id.clone())),
        },
        Target::Term(name) => match handbook.term(name) {
            Some(term) => Link::Term(term.term.value.clone()),
            None => Link::Broken(Broken::NoTerm(name.clone())),
        },
        Target::Record(id) if handbook.register_set.has_row(id) => Link::Record(id.clone()),
        Target::Record(id) => match (id.as_str(), handbook.record(id)) {
            (_, Some(_)) | ("roles" | "people" | "terms", None) => Link::Record(id.clone()),
            (_, None) => Link::Broken(Broken::NoRecord(id.clone())),
        },
        Target::External(_) => Link::External,
        Target::Unsafe(_) => Link::Broken(Broken::Unsafe),
        Target::Malformed(_) => Link::Broken(Broken::Malformed),
    }
}

fn in_document(handbook: &Handbook, index: usize, fragment: Option<Fragment>) -> Link {
    let Some(fragment) = fragment else { return Link::Document(index, None) };
    match lookup(&handbook.documents[index].outline, &fragment) {
        Lookup::Found => Link::Document(index, Some(fragment)),
        Lookup::NoAnchor => Link::Broken(Broken::NoAnchor(index, fragment.anchor)),
        Lookup::NoItem => Link::Broken(Broken::NoItem(index, fragment)),
    }
}

/// Whether an outline has what a fragment names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// It has.
    Found,
    /// The heading is missing.
    NoAnchor,
    /// The heading is there, the 項 or 号 is not.
    NoItem,
}

/// Looks a fragment up in an outline.
pub fn lookup(outline: &Outline, fragment: &Fragment) -> Lookup {
    let Some(heading) = outline.heading(&fragment.anchor) else { return Lookup::NoAnchor };
    if fragment.malformed.is_some() {
        return Lookup::NoItem;
    }
    let Some(number) = fragment.paragraph else { return Lookup::Found };
    let found = match fragment.items.as_slice() {
        [] => heading.paragraph(number).is_some(),
        items => heading.item(number, items).is_some(),
    };
    if found { Lookup::Found } else { Lookup::NoItem }
}
