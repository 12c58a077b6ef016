//! A history in memory: whole trees of texts, one a commit.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kitei::approved_copy::{Attachment, FileAt, PathMeaning};
use kitei::handbook::history::{HandbookHistory, HistoricalText};
use kitei::handbook::recorded::RecordHistory;
use kitei::history::{BlobId, CommitId, FirstParentCommit, FirstParentLog, Obstacle};
use kitei::model::id::DocumentId;
use kitei::parse::front_matter::id_in;

/// Paths and texts of a commit.
pub type Tree = BTreeMap<String, String>;

/// Commits, oldest first, each made at noon of a day in Japan.
#[derive(Debug, Default)]
pub struct MemoryPast {
    commits: Vec<(CommitId, Timestamp, Tree)>,
    obstacles: Vec<Obstacle>,
}

impl MemoryPast {
    /// Adds a commit that holds these files. Those below `.git/` are the repository's own.
    pub fn commit(&mut self, day: Date, mut files: Tree) {
        let own: Vec<String> = files.keys().filter(|path| path.starts_with(".git/")).cloned().collect();
        for path in own {
            files.remove(&path);
            match path.as_str() {
                ".git/shallow" => self.obstacles.push(Obstacle::Shallow),
                path => self.obstacles.push(Obstacle::Replaced(vec![path.trim_start_matches(".git/").to_owned()])),
            }
        }
        let name = format!("{:040x}", self.commits.len() + 1).parse().expect("forty digits");
        let noon = day.at(12, 0, 0, 0).in_tz("Asia/Tokyo").expect("a zone").timestamp();
        self.commits.push((name, noon, files));
    }
}

fn id_at(tree: &Tree, path: &str) -> Option<DocumentId> {
    let is_copy = path.starts_with("records/");
    DocumentId::parse(&id_in(tree.get(path).filter(|_| !is_copy)?.as_bytes())?)
}

struct Meaning(Tree);

impl PathMeaning for Meaning {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        id_at(&self.0, path)
    }

    fn file_at(&self, path: &str) -> FileAt {
        self.0.get(path).map_or(FileAt::Missing, |text| Attachment::of(path, text.as_bytes()))
    }
}

impl MemoryPast {
    /// What each commit changed, with texts named by numbers from 1 on, and those texts.
    fn line(&self) -> (FirstParentLog, Vec<String>) {
        let mut texts: Vec<String> = Vec::new();
        let mut before = Tree::new();
        let mut line = FirstParentLog::default();
        for (commit, time, tree) in &self.commits {
            let mut changed = Vec::new();
            for path in before.keys().chain(tree.keys()) {
                if before.get(path) != tree.get(path) {
                    let blob = tree.get(path).map(|text| {
                        texts.push(text.clone());
                        format!("{:040x}", texts.len()).parse().expect("forty digits")
                    });
                    changed.push((path.clone(), blob));
                }
            }
            line.steps.push(FirstParentCommit {
                commit: *commit,
                time: *time,
                shared: true,
                changed,
                merged: Vec::new(),
            });
            before = tree.clone();
        }
        (line, texts)
    }
}

impl HandbookHistory for MemoryPast {
    fn texts(&self, id: &DocumentId) -> Box<dyn Iterator<Item = HistoricalText<'_>> + '_> {
        let id = id.clone();
        Box::new(self.commits.iter().rev().filter_map(move |(commit, _, tree)| {
            let path = tree.keys().find(|path| id_at(tree, path).as_ref() == Some(&id))?;
            Some(HistoricalText {
                commit: commit.to_string(),
                path: path.clone(),
                text: tree[path].clone(),
                meaning: Box::new(Meaning(tree.clone())),
            })
        }))
    }
    fn incomplete(&self) -> Option<&'static str> {
        None
    }

    fn obstacles(&self) -> Vec<Obstacle> {
        self.obstacles.clone()
    }

    fn recorded(&self) -> Option<Arc<RecordHistory>> {
        let text = |blob| self.text(blob).map(String::into_bytes);
        Some(Arc::new(RecordHistory::read(&self.line().0, "records", &text)))
    }

    fn text(&self, blob: BlobId) -> Option<String> {
        let number = usize::from_str_radix(&blob.to_string(), 16).ok()?;
        self.line().1.get(number - 1).cloned()
    }

    fn document_at(&self, commit: CommitId, id: &DocumentId, _: Option<&str>) -> Option<(String, String)> {
        let (_, _, tree) = self.commits.iter().find(|(name, _, _)| *name == commit)?;
        let path = tree.keys().find(|path| id_at(tree, path).as_ref() == Some(id))?;
        Some((path.clone(), tree[path].clone()))
    }

    fn bearers(&self, id: &DocumentId) -> Vec<(String, Option<String>)> {
        let text = |tree: &Tree| {
            tree.keys().find(|path| id_at(tree, path).as_ref() == Some(id)).map(|path| tree[path].clone())
        };
        let mut states: Vec<(String, Option<String>)> = Vec::new();
        for (commit, _, tree) in &self.commits {
            if states.last().map(|(_, text)| text) != Some(&text(tree)) {
                states.push((commit.to_string(), text(tree)));
            }
        }
        states.reverse();
        states
    }
}
