//! Approved copies for handbooks in memory: what `kitei approve` writes, for ledgers that a test states itself.

use std::collections::BTreeMap;
use std::path::Path;

use kitei::approved_copy::{ApprovedCopy, Attachment, FileAt, PathMeaning, canonical};
use kitei::ledger::Ledger;
use kitei::model::id::{DocumentId, Version};
use kitei::parse;
use kitei::parse::front_matter::id_in;
use kitei::source::FileId;
use kitei::workspace::{TreeRef, Workspace};

use super::past::Tree;

/// What paths mean in a tree.
struct Meaning<'t>(&'t Tree);

impl PathMeaning for Meaning<'_> {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        DocumentId::parse(&id_in(self.0.get(path)?.as_bytes())?)
    }

    fn file_at(&self, path: &str) -> FileAt {
        self.0.get(path).map_or(FileAt::Missing, |text| Attachment::of(path, text.as_bytes()))
    }
}

/// The approved copy of a document of a tree; `None` where there is no document, or it has none.
pub fn copy(tree: &Tree, path: &str) -> Option<(DocumentId, Version, ApprovedCopy)> {
    let (config, _) = parse::config::config(FileId::DETACHED, tree.get("kitei.toml")?);
    let (tier, text) = (config.tier_of(path)?, tree.get(path)?);
    let (document, _) = parse::document::document(FileId::DETACHED, path, text, tier, config.tier(tier).numbering);
    let (id, version) = (document.id()?.clone(), document.front.version.as_ref()?.value);
    Some((id, version, canonical(&document, text, &config.in_effect(tier), &Meaning(tree)).ok()?))
}

/// Writes the approved copy of a document as its folder holds it now.
pub fn write(folder: &Path, id: &str, day: &str) {
    let tree = Workspace::open(folder).expect("a folder").at(TreeRef::WorkingTree).expect("a configuration");
    let handbook = tree.on(day.parse().expect("a day"));
    let document = &handbook.documents[handbook.index_of(id).expect("a document")];
    let version = document.front.version.as_ref().expect("a version").value;
    let at = folder.join("records/approved").join(id);
    std::fs::create_dir_all(&at).expect("a folder");
    let copy = handbook.copy_of_tree(document).expect("a text that can be approved");
    std::fs::write(at.join(format!("{version}.md")), copy.text).expect("a file");
}

/// Approves the texts of some trees, oldest first: for each approval that a ledger of the last one states, and that has no
/// copy there, the copy of the text that its tree had when the entry came, or else of the newest text of its version, and its
/// digest in the place of the one that stands there. Approvals without a text stay as they are.
pub fn approve(trees: &mut [Tree]) {
    let Some(last) = trees.last() else { return };
    let mut texts: BTreeMap<(String, String), ApprovedCopy> = BTreeMap::new();
    let mut chosen: BTreeMap<(String, String), ApprovedCopy> = BTreeMap::new();
    for tree in trees.iter() {
        for path in tree.keys().filter(|path| path.ends_with(".md") && !path.starts_with("records/")) {
            if let Some((id, version, copy)) = copy(tree, path) {
                texts.insert((id.to_string(), version.to_string()), copy);
            }
        }
        for (key, _) in approvals(tree) {
            if let (false, Some(copy)) = (chosen.contains_key(&key), texts.get(&key)) {
                chosen.insert(key, copy.clone());
            }
        }
    }
    let (mut digests, mut copies) = (Vec::new(), Tree::new());
    for (key, stated) in approvals(last) {
        let at = format!("records/approved/{}/{}.md", key.0, key.1);
        let is_first = !copies.contains_key(&at) && !last.contains_key(&at);
        if let Some(copy) = chosen.get(&key).or(texts.get(&key)).filter(|_| is_first) {
            digests.push((stated, copy.digest().to_string()));
            copies.insert(at, copy.text.clone());
        }
    }
    for tree in trees.iter_mut() {
        for text in tree.iter_mut().filter(|(path, _)| path.starts_with("records/ledger/")).map(|(_, text)| text) {
            for (stated, digest) in &digests {
                *text = text.replace(stated, digest);
            }
        }
        let held = tree.values().cloned().collect::<String>();
        for (path, copy) in &copies {
            let digest = kitei::approved_copy::CopyDigest::of(copy.as_bytes()).to_string();
            if held.contains(&digest) {
                tree.insert(path.clone(), copy.clone());
            }
        }
    }
}

/// Document, version and stated digest of each approval of a tree.
fn approvals(tree: &Tree) -> Vec<((String, String), String)> {
    let ledgers = tree.iter().filter(|(path, _)| path.starts_with("records/ledger/"));
    let approvals = ledgers.flat_map(|(path, text)| {
        let name = path.trim_start_matches("records/ledger/").trim_end_matches(".toml");
        let approvals = Ledger::read(FileId::DETACHED, name, text).0.approvals.into_iter();
        approvals.map(|approval| ((name.to_owned(), approval.version.to_string()), approval.digest.to_string()))
    });
    approvals.collect()
}
