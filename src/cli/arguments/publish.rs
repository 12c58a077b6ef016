//! What is published: `build`, `serve`, and files for other programs, `export`.

use std::path::PathBuf;

use clap::Args;
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
