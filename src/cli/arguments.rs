//! What can be typed. The shapes are stated here; every help text comes from the catalogue, so that `--help`
//! speaks the user's language: `cli-<command>` for commands, `cli-<command>-<argument>` or `cli-arg-<argument>` for
//! arguments.

use std::path::PathBuf;

use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand};
use jiff::civil::Date;

use super::output::ColorChoice;
use crate::compare::table::{Order, Style};
use crate::emit::Format;
use crate::import::Dates;
use crate::locale::{Catalogue, Text};
use crate::model::document::{StartLevel, Tier};
use crate::model::id::Interval;
use crate::starter::forge::Forges;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "kitei",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    #[arg(long, short = 'C', global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    #[arg(long, global = true, value_name = "ja|en")]
    pub lang: Option<String>,
    #[arg(long, short, global = true)]
    pub quiet: bool,
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColorChoice,
}

/// The commands, in the order of `--help`.
#[derive(Debug, Subcommand)]
pub enum Command {
    Init(Init),
    New(New),
    Check(Check),
    Explain(Explain),
    Build(Build),
    Serve(Serve),
    List(List),
    Due(Due),
    Approve(Box<Approve>),
    Review(Review),
    Retire(Retire),
    Announce(Announce),
    Log(Log),
    Compare(Compare),
    Impact(Impact),
    Soa(Soa),
    Audit(Audit),
    Verify(Verify),
    Export(Export),
    Import(Import),
    Completions(Completions),
    Man(Man),
}

/// Tiers as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum TierName {
    Policy,
    Control,
    Procedure,
}

impl TierName {
    /// The tier.
    pub fn tier(self) -> Tier {
        match self {
            Self::Policy => Tier::Policy,
            Self::Control => Tier::Control,
            Self::Procedure => Tier::Procedure,
        }
    }
}

/// Levels as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LevelName {
    Quick,
    Baseline,
    Comprehensive,
}

impl LevelName {
    /// The level.
    pub fn level(self) -> StartLevel {
        match self {
            Self::Quick => StartLevel::Quick,
            Self::Baseline => StartLevel::Baseline,
            Self::Comprehensive => StartLevel::Comprehensive,
        }
    }
}

/// Forges as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ForgeName {
    Github,
    Gitlab,
    #[default]
    Both,
    None,
}

impl ForgeName {
    /// The forges.
    pub fn forges(self) -> Forges {
        Forges { github: matches!(self, Self::Github | Self::Both), gitlab: matches!(self, Self::Gitlab | Self::Both) }
    }
}

#[derive(Debug, Args)]
pub struct Init {
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    #[arg(long, value_enum)]
    pub level: Option<LevelName>,
    #[arg(long, value_name = "NAME")]
    pub organisation: Option<String>,
    #[arg(long, value_name = "ZONE")]
    pub timezone: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub forge: ForgeName,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[arg(long, conflicts_with_all = ["level", "organisation", "timezone", "as_of"])]
    pub example: bool,
}

#[derive(Debug, Args)]
pub struct New {
    #[arg(value_enum, value_name = "TIER")]
    pub tier: TierName,
    #[arg(value_name = "TITLE")]
    pub title: String,
    #[arg(long, value_name = "ROLE")]
    pub owner: Option<String>,
    #[arg(long, value_name = "ID")]
    pub implements: Vec<String>,
    #[arg(long, value_name = "NUMBER")]
    pub annex_a: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub file: Option<String>,
}

/// Which handbook is meant: that of the working tree and today, or of another commit or day.
#[derive(Debug, Clone, Default, Args)]
pub struct When {
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,
}

/// What `--fix` may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FixWhat {
    /// Whatever ends no approval.
    Drafts,
    /// Approved text, too.
    Approved,
}

#[derive(Debug, Args)]
pub struct Check {
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[arg(long, value_enum, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "drafts", conflicts_with = "rev")]
    pub fix: Option<FixWhat>,
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    #[arg(long, value_name = "FILE", conflicts_with = "fix")]
    pub baseline: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "baseline", "paths", "rev"])]
    pub write_baseline: Option<PathBuf>,
    #[arg(long)]
    pub strict: bool,
    #[arg(long)]
    pub waivers: bool,
    #[command(flatten)]
    pub when: When,
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Explain {
    #[arg(value_name = "CODE|NAME")]
    pub rule: Option<String>,
    #[arg(long, conflicts_with = "rule")]
    pub all: bool,
}

#[derive(Debug, Args)]
pub struct Build {
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub when: When,
    #[arg(long, value_name = "NAME", conflicts_with = "drafts")]
    pub edition: Option<String>,
    #[arg(long, value_name = "FILE.zip")]
    pub bundle: Option<PathBuf>,
    #[arg(long)]
    pub drafts: bool,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    #[arg(long)]
    pub open: bool,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

/// Formats of `list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ListFormat {
    #[default]
    Table,
    Json,
    Csv,
}

#[derive(Debug, Args)]
pub struct List {
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    #[command(flatten)]
    pub when: When,
}

/// Formats of `due`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum DueFormat {
    #[default]
    Table,
    Json,
    Ics,
    Markdown,
}

#[derive(Debug, Args)]
pub struct Due {
    #[arg(long, value_name = "INTERVAL", default_value = "30d", value_parser = interval)]
    pub within: Interval,
    #[arg(long, value_enum, default_value_t)]
    pub format: DueFormat,
    #[command(flatten)]
    pub when: When,
}

/// `30d`, `6w`, `3m`, `1y`, or in words as in front matter.
fn interval(text: &str) -> Result<Interval, String> {
    let short = text.strip_suffix(['d', 'w', 'm', 'y']).filter(|number| number.bytes().all(|b| b.is_ascii_digit()));
    let words = match (short, text.chars().last()) {
        (Some(number), Some('d')) => format!("{number} days"),
        (Some(number), Some('w')) => format!("{number} weeks"),
        (Some(number), Some('m')) => format!("{number} months"),
        (Some(number), Some('y')) => format!("{number} years"),
        _ => text.to_owned(),
    };
    Interval::parse(&words).ok_or_else(|| "30d, 6w, 3m, 1y".to_owned())
}

/// Formats of `log`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum LogFormat {
    #[default]
    Text,
    Markdown,
    Json,
    Atom,
}

#[derive(Debug, Args)]
pub struct Log {
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    #[arg(long, value_enum, default_value_t)]
    pub format: LogFormat,
    #[command(flatten)]
    pub when: When,
}

/// Formats of `compare`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum CompareFormat {
    Html,
    #[default]
    Markdown,
    Xlsx,
}

#[derive(Debug, Args)]
pub struct Compare {
    #[arg(value_name = "ID")]
    pub id: String,
    #[arg(value_name = "OLD")]
    pub old: String,
    #[arg(value_name = "NEW")]
    pub new: String,
    #[arg(long, value_enum, default_value_t)]
    pub format: CompareFormat,
    #[arg(long, value_enum, default_value_t)]
    pub style: Style,
    #[arg(long, value_enum, default_value_t)]
    pub order: Order,
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub when: When,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Formats of `impact`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ImpactFormat {
    #[default]
    Markdown,
    Json,
}

#[derive(Debug, Args)]
pub struct Impact {
    #[arg(value_name = "BASE..HEAD")]
    pub range: String,
    #[arg(long, value_enum, default_value_t)]
    pub format: ImpactFormat,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("period").required(true).args(["as_of", "from"])))]
pub struct Audit {
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[arg(long, value_name = "DATE", requires = "to", conflicts_with = "as_of")]
    pub from: Option<Date>,
    #[arg(long, value_name = "DATE", requires = "from")]
    pub to: Option<Date>,
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub allowed_signers: Option<PathBuf>,
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub made_on: Option<Date>,
}

#[derive(Debug, Args)]
pub struct Verify {
    #[arg(value_name = "PACK")]
    pub pack: PathBuf,
    // In the place of the folder that every other command takes by this name; hence the type.
    #[arg(long, value_name = "HASH")]
    pub root: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub repository: Option<PathBuf>,
    #[arg(long, conflicts_with = "repository")]
    pub no_repository: bool,
    #[arg(long, value_name = "FILE")]
    pub allowed_signers: Option<PathBuf>,
}

/// What `export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportTarget {
    Codeowners,
}

#[derive(Debug, Args)]
pub struct Export {
    #[arg(value_enum, value_name = "WHAT")]
    pub target: ExportTarget,
    #[command(flatten)]
    pub when: When,
}

/// Formats of `soa`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum SoaFormat {
    #[default]
    Table,
    Json,
    Csv,
    Xlsx,
    Markdown,
}

#[derive(Debug, Args)]
pub struct Soa {
    #[arg(long, value_enum, default_value_t)]
    pub format: SoaFormat,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    pub what: ImportWhat,
}

/// What `import` takes in.
#[derive(Debug, Subcommand)]
pub enum ImportWhat {
    Documents(ImportDocuments),
}

/// Formats of what `import` tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ImportFormat {
    #[default]
    Human,
    Json,
}

#[derive(Debug, Args)]
pub struct ImportDocuments {
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[arg(long, value_enum, default_value = "policy", value_name = "TIER")]
    pub tier: TierName,
    #[arg(long, value_name = "ROLE")]
    pub owner: Option<String>,
    #[arg(long, value_enum, value_name = "MEANING")]
    pub dates: Option<Dates>,
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    pub format: ImportFormat,
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Approve {
    #[arg(value_name = "ID", required_unless_present_any = ["csv", "history"])]
    pub ids: Vec<String>,
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    #[arg(long, value_name = "DATE")]
    pub effective: Option<Date>,
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub approver: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub chair: Option<String>,
    #[arg(long = "drafter", value_name = "PERSON")]
    pub drafters: Vec<String>,
    #[arg(long = "checked-by", value_name = "PERSON")]
    pub checked_by: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    pub recorded_by: Option<String>,
    #[arg(long, value_name = "[ID=]TEXT")]
    pub changes: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub decision: Option<String>,
    #[arg(long, value_name = "URL")]
    pub pull_request: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub retroactive: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub self_approval: Option<String>,
    #[arg(long, conflicts_with_all = ["adopt", "ratify"])]
    pub provisional: bool,
    #[arg(long, value_name = "DATE", requires = "provisional")]
    pub ratify_by: Option<Date>,
    #[arg(long)]
    pub ratify: bool,
    #[arg(long, conflicts_with = "ratify")]
    pub again: bool,
    #[arg(long, value_name = "VERSION")]
    pub number: Option<String>,
    #[arg(long)]
    pub adopt: bool,
    #[arg(long, value_name = "TEXT", requires = "adopt")]
    pub original: Option<String>,
    #[arg(long, value_name = "FILE", requires = "adopt", conflicts_with = "ids")]
    pub csv: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "adopt", conflicts_with = "ids")]
    pub history: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, short)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Review {
    #[arg(value_name = "ID", required_unless_present = "suspect_of")]
    pub ids: Vec<String>,
    #[arg(long, value_name = "ID")]
    pub suspect_of: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    #[arg(long, value_name = "PERSON")]
    pub reviewer: Option<String>,
    #[arg(long, value_name = "OUTCOME", value_parser = crate::model::ledger::ReviewOutcome::NAMES)]
    pub outcome: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, short)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Retire {
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    #[arg(long, value_name = "DATE")]
    pub effective: Option<Date>,
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub approver: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub decision: Option<String>,
    #[arg(long, value_name = "ID")]
    pub replaced_by: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, short)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Announce {
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    #[arg(long, value_name = "ROLE")]
    pub to: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub means: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    #[arg(long, value_name = "TEXT")]
    pub evidence: Option<String>,
    #[arg(long, value_name = "VERSION")]
    pub of: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, short)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Completions {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct Man {
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// The command line with help texts of a language.
pub fn command(catalogue: &Catalogue) -> clap::Command {
    localise(Cli::command(), catalogue)
}

fn localise(mut command: clap::Command, catalogue: &Catalogue) -> clap::Command {
    let name = command.get_name().to_owned();
    let arguments: Vec<clap::Id> = command.get_arguments().map(|argument| argument.get_id().clone()).collect();
    for id in arguments {
        let key = id.as_str().replace('_', "-");
        let own = format!("cli-{name}-{key}");
        let help = catalogue.get(if catalogue.has(&own) { &own } else { "" });
        let help = if help.is_empty() { catalogue.get(&format!("cli-arg-{key}")) } else { help };
        command = command.mut_arg(id, |argument| {
            let heading =
                catalogue.get(if argument.is_positional() { "cli-heading-arguments" } else { "cli-heading-options" });
            // What the library would add about values and defaults is in English only.
            let help = with_values(&help, &argument, catalogue);
            let takes_value = argument.get_action().takes_values();
            let argument = argument.help(help).help_heading(heading);
            if takes_value { argument.hide_possible_values(true).hide_default_value(true) } else { argument }
        });
    }
    let help = clap::Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let options = catalogue.get("cli-heading-options");
    command = command
        .arg(help.help(catalogue.get("cli-arg-help")).help_heading(options.clone()))
        .subcommand_help_heading(catalogue.get("cli-heading-commands"))
        .help_template(format!(
            "{{about}}\n\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
            catalogue.get("cli-heading-usage")
        ));
    if name == "kitei" {
        let version = clap::Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command
            .arg(version.help(catalogue.get("cli-arg-version")).help_heading(options))
            .about(catalogue.get("cli-kitei"))
            .after_help(format!("\n{}", catalogue.get("cli-kitei-after")));
    } else {
        command = command.about(catalogue.get(&format!("cli-{name}")));
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for sub in names {
        command = command.mut_subcommand(sub, |sub| localise(sub, catalogue));
    }
    command
}

/// A help text with the values that can be chosen and the one taken by default.
fn with_values(help: &str, argument: &clap::Arg, catalogue: &Catalogue) -> String {
    let takes_value = argument.get_action().takes_values();
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|_| takes_value)
        .map(|value| value.get_name().to_owned())
        .collect();
    let default = argument.get_default_values().first().filter(|_| takes_value).map(|value| value.to_string_lossy());
    let mut text = help.to_owned();
    if values.len() > 1 {
        text += &catalogue.text(&Text::new("cli-values").arg("values", values.join(", ")));
    }
    if let Some(default) = default {
        text += &catalogue.text(&Text::new("cli-default").arg("value", default.into_owned()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn every_command_and_argument_has_words_in_both_languages() {
        for language in Language::ALL {
            let catalogue = Catalogue::new(language);
            let command = command(&catalogue);
            command.clone().debug_assert();
            let mut open = vec![command];
            while let Some(command) = open.pop() {
                let about = command.get_about().map(ToString::to_string).unwrap_or_default();
                assert!(!about.is_empty() && !about.starts_with("cli-"), "{language}: {}", command.get_name());
                for argument in command.get_arguments() {
                    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                    let name = format!("{language}: {} {}", command.get_name(), argument.get_id());
                    assert!(!help.is_empty() && !help.starts_with("cli-"), "{name}");
                }
                open.extend(command.get_subcommands().cloned());
            }
        }
    }
}
