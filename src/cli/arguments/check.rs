//! Findings: `check`, `explain`, and what a change comes to, `impact`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::When;
use crate::emit::Format;

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
