//! `kitei init`: a new handbook in a folder of its own, or in a repository that has none yet; with `--example` the
//! example company with its past.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::arguments::{Init, LevelName};
use super::prompt::{Prompter, filled};
use super::{Context, Failure, Outcome};
use crate::clock;
use crate::history::Repository;
use crate::load::{CONFIG_FILE, WorkTree};
use crate::locale::{Language, Text};
use crate::publish::{Artifacts, NewFolder, new_repository, write_history};
use crate::starter::forge::Forges;
use crate::starter::{self, ATTRIBUTES, FIRST_PAGE, FIRST_PAGE_BESIDE, IGNORED, Settings, Started};

/// Runs the command.
pub fn run(context: &mut Context, arguments: Init) -> Result<Outcome, Failure> {
    let dir = context.path(arguments.dir.as_deref().unwrap_or(Path::new(".")));
    if let Some(root) = WorkTree::find_root(&dir) {
        return Err(Failure::new(Text::new("init-inside").arg("path", root.display().to_string())));
    }
    if arguments.example && repository_around(&dir)? {
        return Err(Failure::new(Text::new("init-example-inside").arg("path", dir.display().to_string())));
    }
    let folder = NewFolder::open(&dir, CONFIG_FILE)?;
    if folder.completed() {
        context.output.progress(&context.catalogue.text(&Text::new("init-completed").arg("path", shown(&folder))));
        return Ok(Outcome::Good);
    }
    if arguments.example {
        return write_example(context, &folder);
    }
    let mut settings = settings(context, &arguments, &dir)?;
    let within = repository_around(folder.path())?;
    // A forge looks for its files in the top folder of a repository alone.
    let top = !within || folder.holds(".git")?;
    if !top && settings.forges.any() {
        context.output.progress(&context.catalogue.get("init-no-forge"));
        settings.forges = Forges::default();
    }
    let started = starter::new_handbook(&settings, arguments.level.map(LevelName::level))?;
    write(context, &folder, started, within)
}

/// What the command line says and, on a terminal, the person.
fn settings(context: &Context, arguments: &Init, dir: &Path) -> Result<Settings, Failure> {
    // The reference handbook is in Japanese, whatever the commands speak.
    let language = if arguments.level.is_some() { Language::Ja } else { context.catalogue.language() };
    let timezone = arguments.timezone.clone().unwrap_or_else(|| usual_zone(language).to_owned());
    if TimeZone::get(&timezone).is_err() {
        return Err(Failure::new(Text::new("init-no-zone").arg("zone", timezone)));
    }
    let named = filled(arguments.organisation.clone());
    let organisation =
        match named.or_else(|| (!context.output.interactive()).then(|| of_folder(context, dir)).flatten()) {
            Some(organisation) => organisation,
            None => Prompter::new(context).text(None, Text::new("ask-organisation"), "--organisation")?,
        };
    let organisation = organisation.trim().to_owned();
    if !starter::is_name(&organisation) {
        return Err(Failure::new(Text::new("init-bad-organisation")));
    }
    let today = arguments.as_of.unwrap_or_else(|| clock::today(&timezone));
    Ok(Settings { organisation, language, timezone, today, forges: arguments.forge.forges() })
}

/// The folder's name, where nobody can be asked for the organisation's. Never silent: it is printed on every page.
fn of_folder(context: &Context, dir: &Path) -> Option<String> {
    let name = dir.file_name()?.to_string_lossy().into_owned();
    if !starter::is_name(&name) {
        return None;
    }
    let text = Text::new("init-organisation-of-folder").arg("name", &name);
    context.output.complain(&context.catalogue.text(&text));
    Some(name)
}

/// The machine's own zone is not asked: it may stand in another country than the organisation.
fn usual_zone(language: Language) -> &'static str {
    match language {
        Language::Ja => "Asia/Tokyo",
        Language::En => "UTC",
    }
}

/// Writes the files, with a new repository around them where there is none, and tells what to do next.
fn write(context: &Context, folder: &NewFolder, started: Started, within: bool) -> Result<Outcome, Failure> {
    let (mut kept, mut artifacts, mut first_page) = (Vec::new(), Artifacts::default(), FIRST_PAGE);
    for (path, bytes) in started.artifacts.into_files() {
        // What a forge puts into a new repository stays; anything else in the way is refused by the writer.
        let known = matches!(path.as_str(), FIRST_PAGE | IGNORED | ATTRIBUTES) && folder.holds(&path)?;
        if known && path == FIRST_PAGE {
            first_page = FIRST_PAGE_BESIDE;
            artifacts.insert(FIRST_PAGE_BESIDE, bytes)?;
        } else if known {
            kept.push(path);
        } else {
            artifacts.insert(path, bytes)?;
        }
    }
    let prepare = |stage: &Path| if within { Ok(()) } else { new_repository(stage) };
    folder.fill(&artifacts, CONFIG_FILE, prepare)?;
    let say = |text: Text| context.output.progress(&context.catalogue.text(&text));
    say(Text::new("init-done").arg("path", shown(folder)).arg("count", artifacts.len()));
    for path in kept {
        let line = if path == IGNORED { "init-kept" } else { "init-kept-attributes" };
        say(Text::new(line).arg("path", path));
    }
    if !started.left_out.is_empty() || !started.plain.is_empty() {
        let (count, references) = (started.left_out.len(), started.plain.len());
        say(Text::new("init-left-out").arg("count", count).arg("references", references));
    }
    say(Text::new("init-next").arg("page", first_page));
    Ok(Outcome::Good)
}

/// Writes the example company: the files of its main branch, and the repository with every commit.
fn write_example(context: &Context, folder: &NewFolder) -> Result<Outcome, Failure> {
    let history = starter::example::history();
    let history =
        history.map_err(|fault| Failure::new(Text::new("init-example-broken").arg("reason", fault.to_string())))?;
    let mut artifacts = Artifacts::default();
    for (path, text) in history.checked_out().into_iter().flatten() {
        artifacts.insert(path, text.as_bytes())?;
    }
    let prepare = |stage: &Path| write_history(stage, &history).map(|_| ());
    folder.fill(&artifacts, CONFIG_FILE, prepare)?;
    let done = Text::new("init-example-done")
        .arg("path", shown(folder))
        .arg("files", artifacts.len())
        .arg("commits", history.commits.len());
    for text in [done, Text::new("init-example-next").arg("path", shown(folder))] {
        context.output.progress(&context.catalogue.text(&text));
    }
    Ok(Outcome::Good)
}

/// Whether a folder that may not exist yet lies in a repository.
fn repository_around(folder: &Path) -> Result<bool, Failure> {
    let Some(there) = folder.ancestors().find(|above| above.is_dir()).map(PathBuf::from) else { return Ok(false) };
    Ok(Repository::discover(&there)?.is_some())
}

fn shown(folder: &NewFolder) -> String {
    folder.path().display().to_string()
}
