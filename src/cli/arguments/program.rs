//! The program itself: `completions`, `man` and `help`.

use std::path::PathBuf;

use clap::Args;

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

#[derive(Debug, Args)]
pub struct Help {
    #[arg(value_name = "TOPIC|COMMAND")]
    pub about: Vec<String>,
}
