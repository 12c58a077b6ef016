//! What the handbook tells: `list`, `due`, `log`, `compare`, `soa`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::When;
use crate::compare::table::{Order, Style};
use crate::model::id::Interval;

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
