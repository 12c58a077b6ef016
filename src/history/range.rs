//! What lies between two revisions: where they part, and who wrote what since.

use std::collections::{BTreeMap, BTreeSet};

use super::git_objects::ObjectKind;
use super::git_objects::tree;
use super::{Commit, CommitId, HistoryError, Repository};

/// Mail addresses of those who wrote each path's changes.
pub type Authors = BTreeMap<String, BTreeSet<String>>;

impl Repository {
    /// The newest commit that two revisions have in common; `None` where they have none.
    pub fn merge_base(&self, one: CommitId, other: CommitId) -> Result<Option<CommitId>, HistoryError> {
        let git = self.git();
        let found = || git.merge_base(oid(one)?, oid(other)?);
        match found() {
            Ok(found) => Ok(Some(CommitId(found.into()))),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(self.refused(&error)),
        }
    }

    /// Commits reachable from `head` and not from `base`, children before parents.
    pub fn commits_between(&self, base: CommitId, head: CommitId) -> Result<Vec<CommitId>, HistoryError> {
        let git = self.git();
        let walk = || {
            let mut walk = git.revwalk()?;
            walk.set_sorting(git2::Sort::TOPOLOGICAL)?;
            walk.push(oid(head)?)?;
            walk.hide(oid(base)?)?;
            walk.map(|commit| Ok(CommitId(commit?.into()))).collect::<Result<Vec<CommitId>, git2::Error>>()
        };
        walk().map_err(|error| self.refused(&error))
    }

    /// Who wrote what stands in some folders after some commits: authors and those named as such in trailers. What a
    /// merge only took over was written by others.
    pub fn authors(&self, commits: &[CommitId], folders: &[String]) -> Result<Authors, HistoryError> {
        let scope = self.scope(folders);
        let skip = self.root_length();
        let mut found = Authors::new();
        for id in commits {
            let commit = self.commit_info(*id)?;
            let paths = self.with_reader(|reader| {
                let mut parents = Vec::new();
                for parent in &commit.parents {
                    parents.push(Some(Commit::parse(*parent, &reader.read(parent.0, ObjectKind::Commit)?)?.tree));
                }
                if parents.is_empty() {
                    parents.push(None);
                }
                let mut of_all: Option<BTreeSet<String>> = None;
                for parent in parents {
                    let mut differ = BTreeSet::new();
                    tree::compare(reader, &scope, parent, Some(commit.tree), &mut |path, _, _| {
                        if let Some(Ok(path)) = path.get(skip..).map(std::str::from_utf8) {
                            differ.insert(path.to_owned());
                        }
                    })?;
                    of_all = Some(match of_all {
                        Some(all) => all.intersection(&differ).cloned().collect(),
                        None => differ,
                    });
                }
                Ok::<_, HistoryError>(of_all.unwrap_or_default())
            })?;
            if paths.is_empty() {
                continue;
            }
            let together =
                self.trailers(*id)?.into_iter().filter(|(key, _)| key.eq_ignore_ascii_case("co-authored-by"));
            let named = together.filter_map(|(_, value)| {
                let (_, mail) = value.rsplit_once('<')?;
                Some(mail.trim().trim_end_matches('>').to_owned())
            });
            let authors: BTreeSet<String> = named.chain([commit.author.email.to_string()]).collect();
            for path in paths {
                found.entry(path).or_default().extend(authors.iter().cloned());
            }
        }
        Ok(found)
    }
}

pub(super) fn oid(commit: CommitId) -> Result<git2::Oid, git2::Error> {
    git2::Oid::from_bytes(&commit.0.0)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Files, Fixture};
    use super::*;

    fn files(a: &str, b: &str) -> Files {
        let named = [("policies/a.md", a), ("policies/b.md", b)];
        named.into_iter().map(|(path, text)| (path.as_bytes().to_vec(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_merge_is_the_author_of_what_neither_side_has() {
        let mut fixture = Fixture::new();
        let first = fixture.commit(&[], &files("1", "1"));
        let one = fixture.commit(&[first], &files("2", "1"));
        let other = fixture.commit(&[first], &files("1", "2"));
        let merge = fixture.commit(&[one, other], &files("2", "2"));
        let mended = fixture.commit(&[one, other], &files("3", "2"));
        let repository = fixture.open();
        assert_eq!(repository.merge_base(one, other).unwrap(), Some(first));
        assert_eq!(repository.merge_base(one, merge).unwrap(), Some(one));
        let between = repository.commits_between(one, merge).unwrap();
        assert_eq!(between, [merge, other]);
        let folders = ["policies".to_owned()];
        let paths =
            |commits: &[CommitId]| repository.authors(commits, &folders).unwrap().into_keys().collect::<Vec<_>>();
        assert_eq!(paths(&between), ["policies/b.md"]);
        assert_eq!(paths(&[merge]), [""; 0]);
        assert_eq!(paths(&[mended]), ["policies/a.md"]);
        assert_eq!(paths(&[first]), ["policies/a.md", "policies/b.md"]);
    }

    #[test]
    fn histories_without_a_common_commit_have_no_base() {
        let mut fixture = Fixture::new();
        let one = fixture.commit(&[], &files("1", "1"));
        let other = fixture.commit(&[], &files("2", "1"));
        assert_eq!(fixture.open().merge_base(one, other).unwrap(), None);
    }
}
