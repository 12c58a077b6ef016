//! Decisions that go into the ledger: `approve`, `review`, `retire`, `announce`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

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
    #[command(flatten)]
    pub manner: Manner,
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
    #[command(flatten)]
    pub manner: Manner,
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
    #[command(flatten)]
    pub manner: Manner,
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
    #[command(flatten)]
    pub manner: Manner,
}

/// How a decision is taken down, whichever it is.
#[derive(Debug, Clone, Copy, Args)]
pub struct Manner {
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Only show.
    #[arg(long)]
    pub dry_run: bool,
    /// Without asking.
    #[arg(long, short)]
    pub yes: bool,
}
