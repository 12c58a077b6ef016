//! What is published: `build`, `serve`, and files for other programs, `export`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::When;

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
    #[arg(long, conflicts_with = "rev")]
    pub work_tree: bool,
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

#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    pub what: ExportWhat,
}

/// What `export` writes.
#[derive(Debug, Subcommand)]
pub enum ExportWhat {
    Codeowners(ExportCodeowners),
    Register(ExportRegister),
    Schema(ExportSchema),
}

#[derive(Debug, Args)]
pub struct ExportCodeowners {
    #[command(flatten)]
    pub when: When,
}

/// Formats of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum RegisterFormat {
    #[default]
    Json,
    Csv,
    Xlsx,
}

#[derive(Debug, Args)]
pub struct ExportRegister {
    #[arg(value_name = "ID")]
    pub register: String,
    #[arg(long, value_enum, default_value_t)]
    pub format: RegisterFormat,
    #[arg(long, value_name = "NAME")]
    pub kind: Option<String>,
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub when: When,
}

#[derive(Debug, Args)]
pub struct ExportSchema {
    #[arg(value_name = "ID")]
    pub register: Option<String>,
    #[command(flatten)]
    pub when: When,
}
