//! The command line: arguments, languages, exit codes. One file per command; each calls the library and hands
//! its words to [`Output`], the only place that writes to the terminal.

mod adopt;
mod announce;
mod approve;
mod arguments;
mod audit;
mod build;
mod check;
mod compare;
mod completions;
mod due;
mod explain;
mod export;
mod failure;
mod help;
mod impact;
mod import;
mod init;
mod ledger_writer;
mod list;
mod log;
mod new;
mod open;
mod output;
mod prompt;
mod retire;
mod review;
mod serve;
mod soa;
mod table;
mod typed;
mod verify;
mod version;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::FromArgMatches;

use crate::clock;
use crate::load::{CONFIG_FILE, Files as _, WorkTree, normal};
use crate::locale::{Catalogue, Language, Text};
use crate::model::config::Config;
use crate::source::SourceDb;
pub use arguments::command;
use arguments::{Cli, Command};
pub use failure::Failure;
use output::ColorChoice;
pub use output::Output;

/// What a command that ran came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Good,
    /// Exit code 1: errors were found, or the command refused for a reason it has told.
    Errors,
}

/// The settings every command sees.
pub struct Context {
    /// Messages in the chosen language.
    pub catalogue: Catalogue,
    /// Whether the language was chosen on the command line, so that configuration does not change it.
    pub language_fixed: bool,
    /// The terminal.
    pub output: Output,
    /// `--root`, or the folder in which the command was started; absolute, without `.` and `..`.
    pub start: PathBuf,
}

impl Context {
    /// A path as somebody named it on the command line, seen from [`Context::start`]. Every path argument goes through
    /// here: what follows may take a path apart without meeting `..`.
    pub fn path(&self, named: &Path) -> PathBuf {
        normal(&self.start, named)
    }
}

impl Context {
    /// Speaks a language, unless another one was chosen on the command line.
    fn use_language(&mut self, language: Language) {
        if !self.language_fixed && self.catalogue.language() != language {
            self.catalogue = Catalogue::new(language);
        }
    }
}

/// Runs the program: parses arguments, runs the command, and gives the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let asked = language_argument(&arguments);
    let here = settings_here(&arguments);
    let language = asked.unwrap_or_else(|| usual_language(here.as_ref().map(|here| here.language)));
    let catalogue = Catalogue::new(language);
    let today = clock::today(here.as_ref().map_or("UTC", |here| &here.timezone));
    let typed = typed::with_dates(command(&catalogue), &catalogue, today);
    let matches = match typed.try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version go to stdout with 0, faults of usage to stderr with 2.
            match typed::complaint(&error, &catalogue) {
                Some(words) => Output::new(false, ColorChoice::Never).complain(&words),
                None => return clap_words(&error, &catalogue),
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => {
            return clap_words(&error, &catalogue);
        }
    };
    // `verify --root` names a hash.
    let folder = cli.global.root.clone().filter(|_| !matches!(cli.command, Command::Verify(_)));
    let start = normal(&current_folder().unwrap_or_default(), &folder.unwrap_or_default());
    let output = Output::new(cli.global.quiet, cli.global.color);
    let mut context = Context { catalogue, language_fixed: asked.is_some(), output, start };
    let outcome = match cli.command {
        Command::Announce(arguments) => announce::run(&mut context, arguments),
        Command::Approve(arguments) => approve::run(&mut context, *arguments),
        Command::Audit(arguments) => audit::run(&mut context, arguments),
        Command::Build(arguments) => build::run(&mut context, arguments),
        Command::Check(arguments) => check::run(&mut context, arguments),
        Command::Compare(arguments) => compare::run(&mut context, arguments),
        Command::Completions(arguments) => completions::completions(&mut context, arguments),
        Command::Man(arguments) => completions::man(&mut context, arguments),
        Command::Due(arguments) => due::run(&mut context, arguments),
        Command::Export(arguments) => export::run(&mut context, arguments),
        Command::Help(arguments) => help::run(&mut context, arguments),
        Command::Import(arguments) => import::run(&mut context, arguments),
        Command::Impact(arguments) => impact::run(&mut context, arguments),
        Command::Explain(arguments) => explain::run(&mut context, arguments),
        Command::List(arguments) => list::run(&mut context, arguments),
        Command::Init(arguments) => init::run(&mut context, arguments),
        Command::New(arguments) => new::run(&mut context, arguments),
        Command::Retire(arguments) => retire::run(&mut context, arguments),
        Command::Log(arguments) => log::run(&mut context, arguments),
        Command::Review(arguments) => review::run(&mut context, arguments),
        Command::Serve(arguments) => serve::run(&mut context, arguments),
        Command::Soa(arguments) => soa::run(&mut context, arguments),
        Command::Verify(arguments) => verify::run(&mut context, arguments),
    };
    let unwritten = context.output.fault().map(|reason| Text::new("output-failed").arg("reason", reason));
    let outcome = match (outcome, unwritten) {
        (Ok(_) | Err(Failure::Refused), Some(text)) => Err(Failure::CannotRun(text)),
        (outcome, _) => outcome,
    };
    match outcome {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) | Err(Failure::Refused) => ExitCode::from(1),
        Err(Failure::CannotRun(text)) => {
            let words = context.catalogue.text(&text);
            let frame = Text::new("failure").arg("reason", words);
            context.output.complain(&context.catalogue.text(&frame));
            ExitCode::from(2)
        }
    }
}

/// What the parser of arguments says: help and version as a result, faults as a complaint. Gives the exit code.
fn clap_words(error: &clap::Error, catalogue: &Catalogue) -> ExitCode {
    let output = Output::new(false, ColorChoice::Auto);
    let words = error.render();
    if error.use_stderr() {
        output.complain(&words.to_string());
    } else if output.color() {
        output.styled(&words.ansi().to_string());
    } else {
        output.result(&words.to_string());
    }
    if let Some(reason) = output.fault() {
        output.complain(&catalogue.text(&Text::new("output-failed").arg("reason", reason)));
        return ExitCode::from(2);
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
fn current_folder() -> Option<PathBuf> {
    std::env::current_dir().ok()
}

/// The language where nobody asked for one: that of the environment; where it says none that kitei speaks, that of the
/// handbook; outside a handbook English for whoever speaks another one, else the product's usual language.
fn usual_language(handbook: Option<Language>) -> Language {
    let locale = environment_locale();
    let spoken = locale.as_deref().and_then(Language::from_code);
    let other = || locale.filter(|name| !matches!(name.split('.').next(), Some("C" | "POSIX"))).map(|_| Language::En);
    spoken.or(handbook).or_else(other).unwrap_or_default()
}

/// The locale of the environment, in the order of POSIX.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
fn environment_locale() -> Option<String> {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    names.into_iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
}

/// The settings of the handbook here, for help and dates. What is wrong with them the command itself will say.
fn settings_here(arguments: &[OsString]) -> Option<Config> {
    let mut words = arguments.iter().skip(1);
    let mut named = PathBuf::new();
    while let Some(word) = words.next() {
        if word == "-C" || word == "--root" {
            named = words.next()?.into();
        }
    }
    let tree = WorkTree::new(WorkTree::find_root(&normal(&current_folder()?, &named))?);
    let text = tree.exists(CONFIG_FILE).then(|| tree.read(CONFIG_FILE).ok()).flatten()?;
    let text = String::from_utf8(text).ok()?;
    let file = SourceDb::default().add(CONFIG_FILE, text.clone());
    Some(crate::parse::config::config(file, &text).0)
}

/// `--lang` as given, read before the arguments are parsed because help texts depend on it.
fn language_argument(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        if let Some(value) = word.strip_prefix("--lang=") {
            return Language::from_code(value);
        }
        match word {
            "--lang" => return words.next().and_then(Language::from_code),
            "--" => return None,
            _ => {}
        }
    }
    None
}
