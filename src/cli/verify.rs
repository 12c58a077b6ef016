//! `kitei verify`: whether a pack of evidence is what was made, and still follows from the repository.

use std::path::Path;

use super::arguments::Verify;
use super::audit::{gather, refuse_obstacles, signers};
use super::{Context, Failure, Outcome};
use crate::evidence::archive::{self, MOST_BYTES};
use crate::evidence::manifest::{self, Files};
use crate::evidence::material::Request;
use crate::evidence::verify::{Stated, against, damage, inside, signatures, stated};
use crate::handbook::recorded::short;
use crate::load::{FoundPack, WorkTree, read_pack};
use crate::locale::Text;
use crate::workspace::Workspace;

/// What was found and what it was held against.
#[derive(Default)]
struct Told {
    faults: Vec<Text>,
    /// What was not compared, or is good to know.
    notes: Vec<Text>,
    /// What the pack was held against beside itself.
    anchors: Vec<Text>,
}

/// Runs the command.
pub fn run(context: &mut Context, arguments: Verify) -> Result<Outcome, Failure> {
    let wanted = arguments.root.as_deref().map(hash).transpose()?;
    let workspace = workspace(context, &arguments)?;
    let mut told = Told::default();
    let path = context.path(&arguments.pack);
    let files = match read_pack(&path, MOST_BYTES).map_err(Failure::new)? {
        FoundPack::Folder(files, strange) => {
            told.faults.extend(strange.iter().map(|path| Text::new("verify-not-a-file").arg("file", path)));
            Some(files)
        }
        FoundPack::Archive(bytes) => match archive::unpack(&bytes) {
            Ok(files) => {
                told.notes.extend((!archive::is_original(&bytes, &files)).then(|| Text::new("verify-repacked")));
                Some(files)
            }
            Err(found) => {
                told.faults.push(damage(&found));
                None
            }
        },
    };
    if let Some(files) = &files {
        told.faults.extend(inside(files));
        let root = files.get(manifest::NAME).map(|manifest| manifest::root(manifest));
        match (wanted, root) {
            (Some(wanted), Some(root)) if wanted != root => {
                told.faults.push(Text::new("verify-root").arg("wanted", wanted).arg("found", root));
            }
            (Some(_), Some(_)) => told.anchors.push(Text::new("verify-anchor-root")),
            _ => {}
        }
        if let (Some(workspace), Ok(stated)) = (&workspace, stated(files)) {
            compare(context, workspace, files, &stated, &arguments, &mut told)?;
        }
    }
    Ok(conclude(context, &told))
}

/// A root hash as `kitei audit` prints it.
fn hash(written: &Path) -> Result<String, Failure> {
    let text = written.to_string_lossy();
    let hash = text.strip_prefix("sha256:").unwrap_or(&text).to_ascii_lowercase();
    let good = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if good { Ok(hash) } else { Err(Failure::new(Text::new("verify-bad-hash").arg("hash", text.into_owned()))) }
}

/// The repository to hold the pack against: the one that is named, or the one that the command was started in.
fn workspace(context: &Context, arguments: &Verify) -> Result<Option<Workspace>, Failure> {
    if arguments.no_repository {
        return Ok(None);
    }
    let named = arguments.repository.as_ref().map(|folder| context.path(folder));
    let start = named.as_deref().unwrap_or(&context.start);
    let found = WorkTree::find_root(start).map(Workspace::open).transpose()?;
    let found = found.filter(|workspace| workspace.repository().is_some());
    if let Some(repository) = found.as_ref().and_then(Workspace::repository) {
        refuse_obstacles(repository, "verify-refused")?;
    } else if let Some(named) = named {
        return Err(Failure::new(Text::new("verify-no-repository").arg("path", named.display().to_string())));
    }
    Ok(found)
}

/// Makes the pack again from its commit, and compares.
fn compare(
    context: &Context,
    workspace: &Workspace,
    files: &Files,
    stated: &Stated,
    arguments: &Verify,
    told: &mut Told,
) -> Result<(), Failure> {
    let Some(repository) = workspace.repository() else { return Ok(()) };
    let commit = stated.commit;
    if !repository.holds(commit) {
        told.faults.push(Text::new("verify-commit-gone").arg("commit", commit.to_string()));
        return Ok(());
    }
    let head = repository.head()?;
    let kept = match head {
        Some(head) => repository.is_reachable(commit, head)?,
        None => false,
    };
    if !kept {
        let head = head.map(short).unwrap_or_default();
        told.faults.push(Text::new("verify-branch-rewritten").arg("commit", short(commit)).arg("head", head));
    }
    let same_version = stated.version == env!("CARGO_PKG_VERSION");
    if !same_version {
        told.notes.push(Text::new("verify-other-version").arg("version", &stated.version));
    }
    let made = gather(context, workspace, commit, &stated.request)?;
    let before = told.faults.len();
    told.faults.extend(against(files, &made.files, same_version));
    match (&arguments.allowed_signers, &stated.request.signers) {
        (None, Some(_)) => told.notes.push(Text::new("verify-signers-of-pack")),
        (Some(_), None) => told.notes.push(Text::new("verify-signers-unused")),
        (Some(path), Some(_)) => {
            let own = Request { signers: Some(signers(context, path)?), ..stated.request.clone() };
            told.faults.extend(signatures(files, &gather(context, workspace, commit, &own)?.files));
        }
        (None, None) => {}
    }
    if told.faults.len() == before && kept {
        told.anchors.push(Text::new("verify-anchor-repository").arg("commit", short(commit)));
    }
    Ok(())
}

fn conclude(context: &Context, told: &Told) -> Outcome {
    let say = |text: &Text| context.catalogue.text(text);
    let mut words: Vec<String> = told.faults.iter().map(say).collect();
    words.extend(told.notes.iter().map(say));
    let outcome = if told.faults.is_empty() {
        words.extend(told.anchors.iter().map(say));
        words.push(match told.anchors.is_empty() {
            true => say(&Text::new("verify-internally-consistent")),
            false => say(&Text::new("verify-good")),
        });
        Outcome::Good
    } else {
        words.push(say(&Text::new("verify-rejected").arg("count", told.faults.len())));
        Outcome::Errors
    };
    context.output.result(&words.join("\n"));
    outcome
}
