//! From the story's steps to commits: branches as whole trees, changed step by step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::ledger::Register;
use super::story::{MAIN, Step, Story};
use super::{Fault, Texts};
use crate::parse::front_matter::id_in;
use crate::publish::{NewCommit, NewHistory};

/// Files of a commit by path.
type Tree = BTreeMap<String, Arc<str>>;

/// Where the ledgers of the example lie.
const LEDGERS: &str = "records/ledger/";

/// Where its approved copies lie.
const COPIES: &str = "records/approved/";

/// Where a branch stands.
#[derive(Clone, Default)]
struct Branch {
    /// Number of its last commit.
    tip: Option<usize>,
    tree: Tree,
    /// The tree of the commit that it left its origin at, or was last joined at.
    base: Tree,
}

struct Teller<'t> {
    today: &'t Texts,
    company: &'t Texts,
    /// Path of each document of today by id.
    paths: BTreeMap<String, &'t str>,
    /// The example's ledgers, whole, by path.
    ledgers: BTreeMap<String, Register>,
    branches: BTreeMap<String, Branch>,
    /// What a step with a key had before it and made of it.
    kept: BTreeMap<String, (Tree, Tree)>,
}

/// Tells the story.
pub fn tell(story: &Story, today: &Texts, company: &Texts) -> Result<NewHistory, Fault> {
    let mut paths = BTreeMap::new();
    for (path, text) in today.iter().filter(|(path, _)| !path.starts_with(COPIES)) {
        if let Some(id) = id_in(text.as_bytes()) {
            paths.insert(id, path.as_str());
        }
    }
    let ledgers = ledgers(today, company)?;
    let mut teller = Teller { today, company, paths, ledgers, branches: BTreeMap::new(), kept: BTreeMap::new() };
    let (mut commits, mut tags) = (Vec::new(), BTreeMap::new());
    for step in &story.steps {
        let commit = teller.take(story, step, commits.len()).map_err(|fault| fault.at(step))?;
        tags.extend(step.tag.clone().map(|tag| (tag, commits.len())));
        commits.push(commit);
    }
    let branches = teller.branches.into_iter().filter_map(|(name, branch)| Some((name, branch.tip?))).collect();
    Ok(reachable(NewHistory { commits, branches, tags, head: MAIN.to_owned() }))
}

/// Leaves out what no branch leads to: the commits behind a squash, as in any clone.
fn reachable(mut history: NewHistory) -> NewHistory {
    let mut wanted: BTreeSet<usize> = history.branches.values().chain(history.tags.values()).copied().collect();
    // Parents stand before their children, so that one pass from the end finds them all.
    for (number, commit) in history.commits.iter().enumerate().rev() {
        if wanted.contains(&number) {
            wanted.extend(&commit.parents);
        }
    }
    let numbers: BTreeMap<usize, usize> = wanted.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    let mut kept = Vec::new();
    for (number, mut commit) in history.commits.into_iter().enumerate().filter(|(number, _)| wanted.contains(number)) {
        debug_assert_eq!(numbers[&number], kept.len());
        commit.parents.iter_mut().for_each(|parent| *parent = numbers[parent]);
        kept.push(commit);
    }
    history.branches.values_mut().chain(history.tags.values_mut()).for_each(|tip| *tip = numbers[tip]);
    NewHistory { commits: kept, ..history }
}

/// Every ledger of the example, whole: today's with what the story's folder adds to it, and the story's own.
fn ledgers(today: &Texts, company: &Texts) -> Result<BTreeMap<String, Register>, Fault> {
    let mut ledgers = BTreeMap::new();
    for (path, text) in today.iter().filter(|(path, _)| path.starts_with(LEDGERS)) {
        ledgers.insert(path.clone(), Register::read(path, text)?);
    }
    for (path, text) in company {
        let Some(name) = path.strip_prefix("ledger/") else { continue };
        let (path, added) = (format!("{LEDGERS}{name}"), Register::read(path, text)?);
        let whole = match ledgers.remove(&path) {
            Some(today) => today.with(added),
            None => added,
        };
        ledgers.insert(path, whole);
    }
    Ok(ledgers)
}

impl Teller<'_> {
    fn take(&mut self, story: &Story, step: &Step, number: usize) -> Result<NewCommit, Fault> {
        let mut branch = match (&step.from, self.branches.get(&step.branch)) {
            (Some(from), None) => self.left(from)?,
            (None, Some(branch)) => branch.clone(),
            (None, None) if step.branch == MAIN && number == 0 => Branch::default(),
            _ => return Err(Fault::new(format!("the branch {} begins twice or never", step.branch))),
        };
        let before = branch.tree.clone();
        let mut parents: Vec<usize> = branch.tip.into_iter().collect();
        if let Some(other) = step.merge.as_ref().or(step.squash.as_ref()) {
            let theirs = self.branches.get(other).ok_or_else(|| Fault::new(format!("no branch {other} to merge")))?;
            branch.tree = merged(&theirs.base, &branch.tree, &theirs.tree)?;
            if step.merge.is_some() {
                parents.extend(theirs.tip);
            }
            // A forge deletes the branch that it has merged; only one that was refused stays.
            self.branches.remove(other);
        }
        self.change(&mut branch.tree, step)?;
        if branch.tree == before && step.merge.is_none() {
            return Err(Fault::new("the step changes nothing"));
        }
        if let Some(key) = &step.key {
            self.kept.insert(key.clone(), (before, branch.tree.clone()));
        }
        branch.tip = Some(number);
        let files = branch.tree.clone();
        self.branches.insert(step.branch.clone(), branch);
        let (author, committer) = story.signatures(step)?;
        let message = format!("{}\n", step.message.trim());
        Ok(NewCommit { parents, files, author, committer, message })
    }

    /// A branch that leaves another one where it stands.
    fn left(&self, from: &str) -> Result<Branch, Fault> {
        let from = self.branches.get(from).ok_or_else(|| Fault::new(format!("no branch {from} to start from")))?;
        Ok(Branch { tip: from.tip, tree: from.tree.clone(), base: from.tree.clone() })
    }

    fn change(&self, tree: &mut Tree, step: &Step) -> Result<(), Fault> {
        if let Some(key) = &step.revert {
            let (before, after) =
                self.kept.get(key).ok_or_else(|| Fault::new(format!("no step {key} to take back")))?;
            *tree = merged(after, tree, before)?;
        }
        for (from, to) in &step.moves {
            let text = tree.remove(from).ok_or_else(|| Fault::new(format!("{from} is not there to be moved")))?;
            tree.insert(to.clone(), text);
        }
        for path in &step.remove {
            tree.remove(path).ok_or_else(|| Fault::new(format!("{path} is not there to be removed")))?;
        }
        for (path, source) in &step.put {
            let text = self.company.get(source).ok_or_else(|| Fault::new(format!("no file {source} to put")))?;
            tree.insert(path.clone(), Arc::from(*text));
        }
        for place in &step.now {
            let found: Vec<_> = self.today.iter().filter(|(path, _)| is_below(path, place)).collect();
            if found.is_empty() {
                return Err(Fault::new(format!("nothing stands at {place} today")));
            }
            tree.extend(found.into_iter().map(|(path, text)| (path.clone(), Arc::from(*text))));
        }
        let until = step.until()?;
        for place in &step.texts {
            self.put_texts(tree, place, until)?;
        }
        for path in &step.registers {
            let text = self.today.get(path).ok_or_else(|| Fault::new(format!("no register {path}")))?;
            let text = Register::read(path, text)?.until(until);
            let text = text.ok_or_else(|| Fault::new(format!("{path} had no entry until {until}")))?;
            tree.insert(path.clone(), Arc::from(text));
        }
        if step.ledger {
            self.put_ledgers(tree, until);
        }
        for edit in &step.edit {
            let text = tree.get(&edit.file).ok_or_else(|| Fault::new(format!("no file {} to edit", edit.file)))?;
            if !text.contains(&edit.find) {
                return Err(Fault::new(format!("{} does not hold {:?}", edit.file, edit.find)));
            }
            let text = text.replace(&edit.find, &edit.with);
            tree.insert(edit.file.clone(), Arc::from(text));
        }
        Ok(())
    }

    /// Documents of a folder in the wording of the last approval given until a day; those without one stay away.
    fn put_texts(&self, tree: &mut Tree, place: &str, until: Date) -> Result<(), Fault> {
        for (id, path) in self.paths.iter().filter(|(_, path)| is_below(path, place)) {
            let name = format!("{LEDGERS}{id}.toml");
            let version = self.ledgers.get(&name).and_then(|ledger| ledger.approvals(until).next_back());
            if let Some(version) = version {
                tree.insert((*path).to_owned(), Arc::from(self.wording(id, path, version)?));
            }
        }
        Ok(())
    }

    /// A document's text of a version: one of the story's earlier wordings, or else today's.
    fn wording(&self, id: &str, path: &str, version: &str) -> Result<&'static str, Fault> {
        let earlier = format!("wordings/{id}/{version}.md");
        if let Some(text) = self.company.get(&earlier) {
            return Ok(text);
        }
        let today = self.today.get(path).copied().unwrap_or_default();
        let stated = format!("version = \"{version}\"");
        match today.lines().any(|line| line.trim_end() == stated) {
            true => Ok(today),
            false => Err(Fault::new(format!(
                "the ledger of {id} holds an approval of version {version}, but {path} is of another version now. Keep \
                 the wording that was approved as examples/company/{earlier}: `git log --follow {path}` names the commit \
                 that has it, and `git show COMMIT:{path} > examples/company/{earlier}` writes it"
            ))),
        }
    }

    fn put_ledgers(&self, tree: &mut Tree, until: Date) {
        let there: BTreeSet<String> = tree
            .iter()
            .filter(|(path, _)| path.ends_with(".md") && !path.starts_with(COPIES))
            .filter_map(|(_, text)| Some(format!("{LEDGERS}{}.toml", id_in(text.as_bytes())?)))
            .collect();
        for (path, ledger) in &self.ledgers {
            // Approved records, which are no documents, begin with their first approval.
            let record =
                crate::model::config::APPROVED_RECORDS.iter().any(|name| path.ends_with(&format!("/{name}.toml")));
            if !(record || there.contains(path) || tree.contains_key(path)) {
                continue;
            }
            if let Some(text) = ledger.until(until) {
                tree.insert(path.clone(), Arc::from(text));
                self.put_copies(tree, path, ledger.approvals(until));
            }
        }
    }

    /// The approved copies of some versions, which lie beside today's ledgers or, of a ledger's entries that only the story
    /// tells, in its folder. A missing one is found by the tests.
    fn put_copies<'v>(&self, tree: &mut Tree, ledger: &str, versions: impl Iterator<Item = &'v String>) {
        let id = ledger.trim_start_matches(LEDGERS).trim_end_matches(".toml");
        for version in versions {
            let path = format!("{COPIES}{id}/{version}.md");
            let told = || self.company.get(&format!("approved/{id}/{version}.md"));
            if let Some(text) = self.today.get(&path).or_else(told) {
                tree.insert(path, Arc::from(*text));
            }
        }
    }
}

fn is_below(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Takes over what `theirs` changed since `base`. A file that both changed is a fault of the story.
fn merged(base: &Tree, ours: &Tree, theirs: &Tree) -> Result<Tree, Fault> {
    let mut tree = ours.clone();
    let paths: BTreeSet<&String> = base.keys().chain(theirs.keys()).collect();
    for path in paths {
        let (was, own, other) = (base.get(path), ours.get(path), theirs.get(path));
        if was == other || own == other {
            continue;
        }
        if was != own {
            return Err(Fault::new(format!("{path} was changed on both sides")));
        }
        match other {
            Some(text) => tree.insert(path.clone(), text.clone()),
            None => tree.remove(path),
        };
    }
    Ok(tree)
}
