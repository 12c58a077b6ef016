//! unreadable-file: a file that cannot be read at all: refused by the system, a symbolic link, no file, or too large.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::parse::ProblemKind;

rule!("FMT001", "unreadable-file", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let megabytes = |bytes: u64| usize::try_from(bytes.div_ceil(1 << 20)).unwrap_or(usize::MAX);
    for problem in &handbook.problems {
        let (message, help) = match &problem.kind {
            ProblemKind::Unreadable(reason) => {
                (Text::new("unreadable-file").arg("reason", reason), "unreadable-file-help")
            }
            ProblemKind::SymbolicLink => (Text::new("unreadable-file-link"), "unreadable-file-link-help"),
            ProblemKind::Special => (Text::new("unreadable-file-special"), "unreadable-file-special-help"),
            ProblemKind::NotAFolder => (Text::new("unreadable-file-folder"), "unreadable-file-folder-help"),
            ProblemKind::TooLarge { bytes, limit } => {
                let message = Text::new("unreadable-file-large");
                (message.arg("size", megabytes(*bytes)).arg("limit", megabytes(*limit)), "unreadable-file-large-help")
            }
            _ => continue,
        };
        sink.report(problem.place, message).help(Text::new(help));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::run_rules;
    use crate::load::{Entry, EntryKind, Files, TEXT_LIMIT};
    use crate::workspace::{TreeRef, Workspace};

    /// One huge document and one that the system refuses; neither fits into the rule's page.
    struct Odd;

    impl Files for Odd {
        fn list(&self, folder: &str) -> Vec<Entry> {
            let entry = |name, kind| Entry { path: format!("policies/{name}.md"), kind };
            match folder {
                "policies" => vec![
                    entry("huge", EntryKind::File(TEXT_LIMIT + 1)),
                    entry("listed", EntryKind::Unreadable("permission denied".to_owned())),
                    entry("refused", EntryKind::File(1)),
                ],
                _ => Vec::new(),
            }
        }
        fn read(&self, path: &str) -> Result<Vec<u8>, String> {
            if path == crate::load::CONFIG_FILE { Ok(Vec::new()) } else { Err("permission denied".to_owned()) }
        }
        fn exists(&self, path: &str) -> bool {
            path == crate::load::CONFIG_FILE
        }
    }

    #[test]
    fn files_that_are_refused_or_too_large_are_found() {
        let tree = Workspace::of_files(Odd).at(TreeRef::WorkingTree).unwrap();
        let handbook = tree.on(jiff::civil::date(2026, 11, 20));
        let report = run_rules(&handbook, &[&super::RULE]);
        let keys: Vec<&str> = report.diagnostics.iter().map(|finding| finding.message.key()).collect();
        assert_eq!(keys, ["unreadable-file-large", "unreadable-file", "unreadable-file"]);
    }
}
