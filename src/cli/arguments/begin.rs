//! Handbooks and documents that begin: `init`, `new`, and the taking in of what exists, `import`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use crate::import::Dates;
use crate::model::document::{StartLevel, Tier};
use crate::starter::forge::Forges;

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
    #[arg(value_name = "WHAT")]
    pub what: String,
    #[arg(value_name = "TITLE")]
    pub title: Option<String>,
    #[arg(long, value_name = "ROLE")]
    pub owner: Option<String>,
    #[arg(long, value_name = "ID")]
    pub implements: Vec<String>,
    #[arg(long, value_name = "NUMBER")]
    pub annex_a: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub file: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub kind: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
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
