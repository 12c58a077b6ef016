//! Evidence for auditors: `audit` and `verify`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

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
