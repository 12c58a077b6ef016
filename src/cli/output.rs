//! The terminal: findings and results on stdout, progress and complaints on stderr.
//!
//! Words of a handbook reach a terminal only through here, where control characters become signs that are seen: a title
//! cannot clear the screen or hide what follows. A result that could not be written is remembered until the command ends,
//! and [`Output::fault`] then fails it.
#![expect(clippy::disallowed_methods, reason = "this is the one place that writes to the terminal")]

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};

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
    /// Why a result was not written, in the system's words.
    fault: Arc<OnceLock<String>>,
}

impl Output {
    /// `quiet` leaves out progress.
    pub fn new(quiet: bool, color: ColorChoice) -> Self {
        Self { quiet, color, fault: Arc::default() }
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
        self.write(&inert(text));
    }

    /// Writes a result that brings colours of its own; whoever made it has made the words in it inert.
    pub fn styled(&self, text: &str) {
        if self.color() { self.write(text) } else { self.result(text) }
    }

    fn write(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let end: &[u8] = if text.is_empty() || text.ends_with('\n') { b"" } else { b"\n" };
        let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(end)).and_then(|()| out.flush());
        if let Err(error) = written
            && error.kind() != ErrorKind::BrokenPipe
        {
            // The first one says most; what follows has the same cause.
            let _ = self.fault.set(error.to_string());
        }
    }

    /// Why a result was not written, as on a full disk.
    pub fn fault(&self) -> Option<&str> {
        self.fault.get().map(String::as_str)
    }

    /// Writes a long text: through the person's pager where somebody reads at a terminal, `$PAGER` or `less`.
    pub fn page(&self, text: &str) {
        let read_by_a_person = std::io::stdout().is_terminal() && self.interactive();
        if !read_by_a_person || !paged(&inert(text)) {
            self.result(text);
        }
    }

    /// Tells what is going on.
    pub fn progress(&self, text: &str) {
        if !self.quiet {
            self.complain(text);
        }
    }

    /// Tells what went wrong; never silenced. Where stderr is closed or full there is nobody left to tell.
    pub fn complain(&self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{}", inert(text));
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

/// A text whose control characters, line ends and tabs apart, are signs that a terminal shows and does not obey.
fn inert(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            // Half of a line end: files for other programs have them.
            '\r' if characters.peek() == Some(&'\n') => out.push(c),
            '\u{7f}' => out.push('\u{2421}'),
            c if obeyed(c) && c.is_ascii() => out.extend(char::from_u32(0x2400 + u32::from(c))),
            c if obeyed(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
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

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn a_terminal_obeys_no_word_of_a_handbook() {
        assert_eq!(inert("題\u{1b}]0;x\u{7}\u{1b}[2J\u{7f}\u{9b}1m\rA\r\n\tB\n"), "題␛]0;x␇␛[2J␡\u{fffd}1m␍A\r\n\tB\n");
        assert!(matches!(inert("表\t1\n"), std::borrow::Cow::Borrowed(_)));
    }
}
