//! What must be readable before a decision is recorded or a site is published.
//!
//! A setting that cannot be read falls back to its default, which may empower somebody or show something. Levels and
//! waivers do not apply here: they are written in the same files. Must not decide anything else; rules do that.

use super::registry::{RULES, Rule};
use super::{Report, find_regardless};
use crate::handbook::Handbook;
use crate::source::FileId;

/// Rules on the form of files.
fn is_form(rule: &Rule) -> bool {
    rule.code.starts_with("FMT")
}

/// A key that nothing reads: a typo may give a right, yet it hides nothing of what is published.
fn is_unknown_key(rule: &Rule) -> bool {
    rule.name == "unknown-key"
}

/// Faults of form in what says who may decide and what was decided: configuration, roles, people, ledger.
pub fn before_decision(handbook: &Handbook) -> Report {
    let ways = [handbook.config.records_path.clone(), format!("{}/ledger", handbook.config.records_path)];
    let decides = |file: FileId| {
        // A folder that cannot be listed stands for what lies in it.
        handbook.is_authority(file) || handbook.is_ledger(file) || ways.iter().any(|way| way == path(handbook, file))
    };
    faults(handbook, is_form, decides)
}

/// Faults of form in the configuration, which says where everything lies and how it is labelled, and in the ledger, which
/// says what is in force; ledgers that belong to nothing, since a document may lack one; entries and approved copies that are
/// not what was recorded.
pub fn before_publishing(handbook: &Handbook) -> Report {
    let ledgers = format!("{}/ledger", handbook.config.records_path);
    let says =
        |file: FileId| file == handbook.config.file || handbook.is_ledger(file) || path(handbook, file) == ledgers;
    let of_form = |rule: &Rule| is_form(rule) && !is_unknown_key(rule) || rule.name == "ledger-for-unknown-document";
    let mut report = faults(handbook, of_form, says);
    let altered = |rule: &Rule| matches!(rule.name, "ledger-rewritten" | "approved-copy-altered");
    report.diagnostics.extend(faults(handbook, altered, |_| true).diagnostics);
    report
}

fn path(handbook: &Handbook, file: FileId) -> &str {
    handbook.sources.file(file).path()
}

fn faults(handbook: &Handbook, rule: impl Fn(&Rule) -> bool, file: impl Fn(FileId) -> bool) -> Report {
    let rules: Vec<&'static Rule> = RULES.iter().copied().filter(|known| rule(known)).collect();
    let mut found = find_regardless(handbook, &rules);
    found.retain(|finding| file(finding.place.file));
    Report::new(handbook, found)
}
