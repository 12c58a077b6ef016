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
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;

use crate::locale::{Catalogue, Language, Text};
pub use arguments::command;
use arguments::{Cli, Command};
pub use output::Output;

/// Why a command could not run: exit code 2.
#[derive(Debug)]
pub struct Failure(Text);

impl Failure {
    /// A failure with its reason.
    pub fn new(text: Text) -> Self {
        Self(text)
    }
}

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
    /// `--root`, or the folder in which the command was started.
    pub start: std::path::PathBuf,
}

/// Runs the program: parses arguments, runs the command, and gives the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let asked = language_argument(&arguments);
    let language = asked.or_else(environment_language).unwrap_or_default();
    let catalogue = Catalogue::new(language);
    let matches = match command(&catalogue).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version go to stdout with 0, faults of usage to stderr with 2.
            let code = error.exit_code();
            let _ = error.print();
            return ExitCode::from(u8::try_from(code).unwrap_or(2));
        }
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(2);
        }
    };
    // `verify --root` names a hash.
    let folder = cli.global.root.clone().filter(|_| !matches!(cli.command, Command::Verify(_)));
    let start = folder.or_else(current_folder).unwrap_or_else(|| ".".into());
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
    match outcome {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) => ExitCode::from(1),
        Err(Failure(text)) => {
            let words = context.catalogue.text(&text);
            let frame = Text::new("failure").arg("reason", words);
            context.output.complain(&context.catalogue.text(&frame));
            ExitCode::from(2)
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
fn current_folder() -> Option<std::path::PathBuf> {
    std::env::current_dir().ok()
}

/// The language of the environment, in the order of POSIX.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
fn environment_language() -> Option<Language> {
    let value = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))?;
    // A locale that is neither language, such as C, says nothing: the product's usual language applies.
    Language::from_code(&value)
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
