//! Approved copies: pairs of texts that must not share one, vectors for other implementations, a second implementation, and
//! a search for two texts with one copy that read differently.

mod collisions;
mod example;
mod properties;
mod second;
mod vectors;

use std::collections::BTreeMap;

use kitei::approved_copy::{ApprovedCopy, Attachment, FileAt, PathMeaning, Refusal, canonical, read};
use kitei::model::document::{Document, Numbering, Tier};
use kitei::model::id::{DocumentId, Interval};
use kitei::model::in_effect::InEffect;
use kitei::parse;
use kitei::source::FileId;

/// Documents and other files by their paths.
#[derive(Default)]
struct Files {
    documents: BTreeMap<String, String>,
    others: BTreeMap<String, Vec<u8>>,
}

impl PathMeaning for Files {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        DocumentId::parse(self.documents.get(path)?)
    }

    fn file_at(&self, path: &str) -> FileAt {
        self.others.get(path).map_or(FileAt::Missing, |bytes| Attachment::of(path, bytes))
    }
}

/// What tiers give, in plain words.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Given {
    tier: String,
    classification: Option<String>,
    approver: Vec<String>,
    minor_approver: Vec<String>,
    review_every: Option<String>,
    numbering: String,
}

impl Given {
    fn usual() -> Self {
        Self {
            tier: "policy".to_owned(),
            classification: Some("internal".to_owned()),
            approver: vec!["board".to_owned()],
            minor_approver: vec!["isms-office".to_owned()],
            review_every: Some("1 year".to_owned()),
            numbering: "articles".to_owned(),
        }
    }

    fn in_effect(&self) -> InEffect {
        InEffect {
            tier: Tier::from_name(&self.tier).unwrap(),
            classification: self.classification.clone(),
            approver: self.approver.clone(),
            minor_approver: self.minor_approver.clone(),
            review_every: self.review_every.as_deref().map(|written| Interval::parse(written).unwrap()),
            numbering: if self.numbering == "articles" { Numbering::Articles } else { Numbering::Plain },
        }
    }
}

fn parsed(path: &str, text: &str, given: &Given) -> Document {
    let in_effect = given.in_effect();
    parse::document::document(FileId::DETACHED, path, text, in_effect.tier, in_effect.numbering).0
}

/// The copy of a text, which is read back and then the same.
fn copied(path: &str, text: &str, given: &Given, files: &Files) -> Result<ApprovedCopy, Vec<Refusal>> {
    let copy = canonical(&parsed(path, text, given), text, &given.in_effect(), files)?;
    let back = read(FileId::DETACHED, "records/approved/P-02/1.0.md", &copy.text).expect("a copy is read back");
    assert_eq!(back.reading, copy.reading, "a copy reads as its source does");
    Ok(copy)
}

/// Where refusals lie: line, from 1, and the key of the reason.
fn places(text: &str, refusals: &[Refusal]) -> Vec<(usize, String)> {
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    refusals.iter().map(|refusal| (line(refusal.span.start), refusal.text().key().to_owned())).collect()
}

#[test]
fn drawings_are_copied_as_what_draws_of_them() {
    let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    for (source, expected) in [
        (
            &include_bytes!("drawings/namespaced-script.svg")[..],
            format!("{head} viewBox=\"0 0 10 10\"><rect width=\"10\" height=\"10\" fill=\"red\"></rect></svg>\n"),
        ),
        (
            &include_bytes!("drawings/foreign-object.svg")[..],
            format!("{head} width=\"9\" height=\"9\"><g><text>text</text></g></svg>\n"),
        ),
    ] {
        let files = Files { others: [("policies/fig.svg".to_owned(), source.to_vec())].into(), ..Files::default() };
        let text = "+++\nid = \"P-01\"\ntitle = \"x\"\nversion = \"1.0\"\nowner = \"ciso\"\n+++\n\n![x](fig.svg)\n";
        let copy = copied("policies/a.md", text, &Given::usual(), &files).unwrap();
        let [file] = copy.attachments.as_slice() else { panic!("{:?}", copy.attachments) };
        let bytes = kitei::picture::reduced("fig.svg", source).unwrap();
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
        assert!(copy.text.ends_with(&format!("![x]({})\n", file.name)));
        assert_eq!(Attachment::named_digest(&file.name), Some(kitei::approved_copy::CopyDigest::of(&bytes)));
    }
}
