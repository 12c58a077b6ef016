//! What can be typed. The shapes are stated here; every help text comes from the catalogue, so that `--help`
//! speaks the user's language: `cli-<command>` for commands, `cli-<command>-<argument>` or `cli-arg-<argument>` for
//! arguments.

mod begin;
mod check;
mod evidence;
mod help;
mod program;
mod publish;
mod tell;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

use super::announce::Announce;
use super::approve::Approve;
use super::output::ColorChoice;
use super::retire::Retire;
use super::review::Review;
use super::version;
pub use begin::{Import, ImportDocuments, ImportFormat, ImportWhat, Init, LevelName, New, TierName};
pub use check::{Check, Explain, FixWhat, Impact, ImpactFormat};
pub use evidence::{Audit, Verify};
pub use help::command;
pub use program::{Completions, Help, Man};
pub use publish::{Build, Export, ExportRegister, ExportSchema, ExportWhat, RegisterFormat, Serve};
pub use tell::{Compare, CompareFormat, Due, DueFormat, List, ListFormat, Log, LogFormat, Soa, SoaFormat};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "kitei",
    version = version::SHORT,
    long_version = version::long(),
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
    Help(Help),
}

/// Which handbook is meant: that of the working tree and today, or of another commit or day.
#[derive(Debug, Clone, Default, Args)]
pub struct When {
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,
}
