//! What each version of a document says, read from the commits of the example company by git alone, and by which of its
//! words it can be known on a page. No test holds a sentence of the documents, so that they can be edited.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::company::{company, git};

/// The last text that the main branch has had of each version, by document.
pub static WORDINGS: LazyLock<Wordings> = LazyLock::new(|| {
    let repository = git2::Repository::open(company()).expect("a repository");
    let mut walk = repository.revwalk().expect("a walk");
    walk.push_ref("refs/heads/main").expect("a main branch");
    walk.simplify_first_parent().expect("first parents");
    let commits: Vec<_> = walk.map(|id| repository.find_commit(id.expect("a commit")).expect("a commit")).collect();
    let (mut seen, mut texts) = (BTreeSet::new(), BTreeMap::<String, BTreeMap<String, String>>::new());
    for commit in commits {
        let tree = commit.tree().expect("a tree");
        let mut read = |folder: &str, entry: &git2::TreeEntry<'_>| {
            let document = entry.name().is_ok_and(|name| name.ends_with(".md")) && !folder.starts_with("records/");
            if document && seen.insert(entry.id()) {
                let text = String::from_utf8(repository.find_blob(entry.id()).expect("a text").content().to_vec());
                let text = text.expect("UTF-8");
                if let (Some(id), Some(version)) = (value(&text, "id"), value(&text, "version")) {
                    // Newest commits come first.
                    texts.entry(id).or_default().entry(version).or_insert(text);
                }
            }
            git2::TreeWalkResult::Ok
        };
        tree.walk(git2::TreeWalkMode::PreOrder, &mut read).expect("a tree");
    }
    Wordings(texts)
});

/// Texts by document and version.
pub struct Wordings(BTreeMap<String, BTreeMap<String, String>>);

impl Wordings {
    /// The text of a version.
    pub fn text(&self, id: &str, version: &str) -> &str {
        self.0.get(id).and_then(|of| of.get(version)).unwrap_or_else(|| panic!("there is no {id} {version}"))
    }

    /// The versions of a document.
    pub fn versions(&self, id: &str) -> impl Iterator<Item = &str> {
        self.0.get(id).into_iter().flatten().map(|(version, _)| version.as_str())
    }

    /// The documents.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Every text.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.values().flatten().map(|(_, text)| text.as_str())
    }
}

/// What a text says and none of some others does. Names and other short pieces, and the day on which something takes effect,
/// may stand on any page.
pub fn only<'t>(text: &str, others: impl IntoIterator<Item = &'t str>) -> BTreeSet<String> {
    let others: String = others.into_iter().map(squeezed).collect();
    let own = |phrase: &String| phrase.chars().count() >= 12 && !phrase.ends_with("から施行する");
    phrases(text).into_iter().filter(own).filter(|phrase| !others.contains(phrase)).collect()
}

/// The text of a path at a revision.
pub fn text_at(revision: &str, path: &str) -> String {
    git(&company(), &["show", &format!("{revision}:{path}")])
}

/// A value of the front matter.
pub fn value(text: &str, key: &str) -> Option<String> {
    let front = text.strip_prefix("+++\n")?.split("\n+++\n").next()?;
    let line = front.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))?;
    Some(line.strip_suffix('"')?.to_owned())
}

/// Pieces of a document's body that every page of it shows as they are: no marks, and nothing that a page puts in other
/// words. Short pieces and telephone numbers would be found anywhere.
pub fn phrases(text: &str) -> BTreeSet<String> {
    pieces(text).into_iter().filter(|piece| !piece.is_ascii() && piece.chars().count() >= 8).collect()
}

/// All of them, those that would be found anywhere too.
pub fn pieces(text: &str) -> BTreeSet<String> {
    let body = text.split_once("\n+++\n").map_or(text, |(_, body)| body);
    let mut found = BTreeSet::new();
    // Headings stand in contents and logs, too.
    for line in body.lines().filter(|line| !line.starts_with('#')) {
        // The address of a link, the name and the attributes of a heading.
        let shown = without(&without(&without(line, "](", ')'), "[[", ']'), "{", '}');
        let shown = shown.trim_start().trim_start_matches(|c: char| c == '-' || c == '.' || c.is_ascii_digit());
        found.extend(shown.split(|c: char| "。[]()*`|#<>&\"'".contains(c)).map(squeezed));
    }
    found
}

/// A line where everything between two marks is a single bracket.
fn without(line: &str, open: &str, close: char) -> String {
    let mut parts = line.split(open);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push(']');
        kept.push_str(part.split_once(close).map_or("", |(_, rest)| rest));
    }
    kept
}

/// Text without the spaces that a page may have or not have.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}
