//! `kitei audit`: evidence for auditors, as a folder and a zip.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::arguments::Audit;
use super::open::root;
use super::output::Walking;
use super::{Context, Failure, Outcome};
use crate::clock;
use crate::evidence::material::{Request, Sources};
use crate::evidence::{Pack, pack};
use crate::handbook::integrity::Fault;
use crate::history::{CommitId, Repository};
use crate::load;
use crate::locale::Text;
use crate::publish::{Artifacts, Target, append_atomic, is_transient, outside_sources};
use crate::workspace::{TreeRef, Workspace};

/// Runs the command.
pub fn run(context: &mut Context, arguments: Audit) -> Result<Outcome, Failure> {
    let root = root(context)?;
    let workspace = Workspace::open(&root)?;
    let repository = workspace.repository().ok_or_else(|| Failure::new(Text::new("audit-needs-git")))?;
    refuse_obstacles(repository, "audit-refused")?;
    let commit = match &arguments.rev {
        Some(rev) => repository.resolve(rev)?,
        None => {
            let head = repository.head()?;
            head.ok_or_else(|| Failure::new(Text::new("audit-no-commit")))?
        }
    };
    let tree = workspace.at(TreeRef::Commit(commit))?;
    context.use_language(tree.config().language);
    let made_on = arguments.made_on.unwrap_or_else(|| clock::today(&tree.config().timezone));
    let request = request(context, &arguments, made_on)?;
    let out = match &arguments.out {
        Some(out) => context.path(out),
        None => root.join("evidence").join(name(&request, commit)),
    };
    outside_sources(&out, &root, &tree.config().source_folders())?;
    let target = Target::open_for_evidence(&out, &root)?;
    tell_uncommitted(context, repository, &root, &out)?;
    let pack = gather(context, &workspace, commit, &request)?;
    let zip = write(&target, &pack)?;
    tell(context, &target, &zip, &pack);
    Ok(Outcome::Good)
}

/// Evidence is refused where the repository hides or replaces a part of history.
pub fn refuse_obstacles(repository: &Repository, frame: &'static str) -> Result<(), Failure> {
    match repository.obstacles().into_iter().next() {
        Some(obstacle) => Err(refusal(frame, &Fault::Obstacle(obstacle))),
        None => Ok(()),
    }
}

fn refusal(frame: &'static str, fault: &Fault) -> Failure {
    Failure::new(Text::new(frame).arg("why", fault.text()).arg("help", fault.help()))
}

fn request(context: &Context, arguments: &Audit, made_on: Date) -> Result<Request, Failure> {
    let to = arguments.as_of.or(arguments.to).unwrap_or(made_on);
    if let Some(from) = arguments.from.filter(|from| *from > to) {
        return Err(Failure::new(Text::new("audit-period").arg("from", from).arg("to", to)));
    }
    if to > made_on {
        return Err(Failure::new(Text::new("audit-future").arg("to", to).arg("today", made_on)));
    }
    let signers = arguments.allowed_signers.as_ref().map(|path| signers(context, path)).transpose()?;
    Ok(Request { from: arguments.from, to, made_on, language: context.catalogue.language(), signers })
}

/// The file of allowed signers.
pub fn signers(context: &Context, path: &Path) -> Result<String, Failure> {
    load::read_named(&context.path(path)).map_err(|reason| {
        Failure::new(Text::new("audit-signers").arg("path", path.display().to_string()).arg("reason", reason))
    })
}

/// The folder's name where none is given: the same evidence always bears the same name.
fn name(request: &Request, commit: CommitId) -> String {
    let commit = commit.to_string();
    let commit = commit.get(..12).unwrap_or(&commit);
    match request.from {
        Some(from) => format!("{from}_{}_{commit}", request.to),
        None => format!("{}_{commit}", request.to),
    }
}

/// The pack is of the commit; what else stands in the working tree is told, so that nobody believes it to be in.
fn tell_uncommitted(context: &Context, repository: &Repository, root: &Path, out: &Path) -> Result<(), Failure> {
    let mut paths = repository.uncommitted()?;
    // Earlier evidence beside this one is nothing that anybody forgot to commit.
    if let Some(Ok(beside)) = out.parent().map(|beside| beside.strip_prefix(root)) {
        let beside = beside.display().to_string();
        paths.retain(|path| beside.is_empty() || !path.starts_with(&format!("{beside}/")));
    }
    paths.retain(|path| !is_transient(path.rsplit('/').next().unwrap_or(path)));
    if !paths.is_empty() {
        let some: Vec<&str> = paths.iter().take(5).map(String::as_str).collect();
        let text = Text::new("audit-uncommitted").arg("count", paths.len()).arg("paths", some.join(", "));
        context.output.complain(&context.catalogue.text(&text));
    }
    Ok(())
}

fn write(target: &Target, pack: &Pack) -> Result<PathBuf, Failure> {
    let bytes = crate::publish::zip::pack(&pack.files)?;
    let mut artifacts = Artifacts::default();
    for (path, bytes) in &pack.files {
        artifacts.insert(path.as_str(), bytes.as_slice())?;
    }
    let mut zip = target.path().to_owned().into_os_string();
    zip.push(".zip");
    let zip = PathBuf::from(zip);
    // First, since it refuses to replace one: then nothing is written at all.
    append_atomic(&zip, None, &bytes)?;
    target.publish(&artifacts)?;
    Ok(zip)
}

fn tell(context: &Context, target: &Target, zip: &Path, pack: &Pack) {
    let say = |text: &Text| context.catalogue.text(text);
    let done = Text::new("audit-done")
        .arg("path", target.path().display().to_string())
        .arg("zip", zip.display().to_string())
        .arg("files", pack.files.len());
    let mut words = vec![say(&done)];
    for tally in pack.tallies.iter().filter(|tally| tally.attention && tally.count > 0) {
        let label = context.catalogue.get(&format!("evidence-tally-{}", tally.key));
        words.push(say(&Text::new("audit-tally").arg("label", label).arg("count", tally.count)));
    }
    words.push(say(&Text::new("audit-root")));
    words.push(format!("sha256:{}", pack.root));
    context.output.result(&words.join("\n"));
}

/// Makes the pack of a commit.
pub fn gather(context: &Context, workspace: &Workspace, commit: CommitId, request: &Request) -> Result<Pack, Failure> {
    let tree = || Ok::<_, Failure>(workspace.at(TreeRef::Commit(commit))?.for_evidence());
    let progress = Walking::new(&context.output, &context.catalogue);
    let handbook = tree()?.with_progress(progress).on(request.to);
    let now = tree()?.sharing_history_of(&handbook).on(request.made_on);
    // What cannot be read would be missing in silence.
    let mut faults = handbook.all_history_faults().into_iter().chain(now.all_history_faults());
    if let Some(fault) = faults.find(Fault::is_fatal) {
        return Err(refusal("audit-refused", &fault));
    }
    let repository = workspace.repository().ok_or_else(|| Failure::new(Text::new("audit-needs-git")))?;
    let sources = Sources { handbook: &handbook, now: &now, repository, commit };
    let bar = context.output.bar(&context.catalogue.get("progress-evidence"));
    let pack = pack(&sources, request, &|objects| bar.inc(objects as u64));
    bar.finish_and_clear();
    Ok(pack?)
}
