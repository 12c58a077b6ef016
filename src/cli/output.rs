//! The terminal: findings and results on stdout, progress and complaints on stderr.
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "this is the one place that writes to the terminal"
)]

use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::history::{Progress, Stage};
use crate::locale::Catalogue;

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Writes to the terminal.
#[derive(Debug, Clone)]
pub struct Output {
    quiet: bool,
    color: ColorChoice,
}

impl Output {
    /// `quiet` leaves out progress.
    pub fn new(quiet: bool, color: ColorChoice) -> Self {
        Self { quiet, color }
    }

    /// Whether results are coloured.
    pub fn color(&self) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }

    /// Whether a person sits at both ends.
    pub fn interactive(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Writes a result. A reader that has gone away, as with `| head`, is no fault.
    pub fn result(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(text.as_bytes());
        if !text.is_empty() && !text.ends_with('\n') {
            let _ = out.write_all(b"\n");
        }
        let _ = out.flush();
    }

    /// Writes a long text: through the person's pager where somebody reads at a terminal, `$PAGER` or `less`.
    pub fn page(&self, text: &str) {
        let read_by_a_person = std::io::stdout().is_terminal() && self.interactive();
        if !read_by_a_person || !paged(text) {
            self.result(text);
        }
    }

    /// Tells what is going on.
    pub fn progress(&self, text: &str) {
        if !self.quiet {
            eprintln!("{text}");
        }
    }

    /// Tells what went wrong; never silenced.
    pub fn complain(&self, text: &str) {
        eprintln!("{text}");
    }

    fn shows_bars(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// A bar for long work that shows only once the work has taken a while; invisible off a terminal and when quiet.
    pub fn bar(&self, label: &str) -> ProgressBar {
        let bar = ProgressBar::no_length().with_message(label.to_owned());
        if !self.shows_bars() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar
    }
}

/// Bars for what is read of history: documents and records may be read at the same time.
#[derive(Debug)]
pub struct Walking {
    documents: ProgressBar,
    records: ProgressBar,
}

impl Walking {
    /// Labelled in the user's language.
    pub fn new(output: &Output, catalogue: &Catalogue) -> Self {
        let bars = MultiProgress::new();
        if !output.shows_bars() {
            bars.set_draw_target(ProgressDrawTarget::hidden());
        }
        let bar = |label: &str| bars.add(output.bar(&catalogue.get(label)));
        Self { documents: bar("progress-history"), records: bar("progress-records") }
    }
}

impl Progress for Walking {
    fn report(&self, stage: Stage, done: usize, total: Option<usize>) {
        let bar = if stage == Stage::Records { &self.records } else { &self.documents };
        // A bar that is done goes away at once: another stage may follow, but need not.
        if total == Some(done) {
            bar.finish_and_clear();
            return;
        }
        if bar.is_finished() {
            bar.reset();
        }
        match total {
            Some(total) => bar.set_length(total as u64),
            None => bar.unset_length(),
        }
        bar.set_position(done as u64);
    }
}

impl Drop for Walking {
    fn drop(&mut self) {
        self.documents.finish_and_clear();
        self.records.finish_and_clear();
    }
}

/// Shows a text in a pager; `false` where there is none. Who leaves the pager early is no fault.
fn paged(text: &str) -> bool {
    let chosen = std::env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
    let chosen = chosen.unwrap_or_else(|| "less".to_owned());
    let mut words = chosen.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    // A text that fits the window is printed, and stays in view, as git has it.
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let Ok(mut pager) = command.args(words).stdin(Stdio::piped()).spawn() else { return false };
    if let Some(mut input) = pager.stdin.take() {
        let _ = input.write_all(text.as_bytes());
    }
    pager.wait().is_ok()
}
