//! A small handbook in a temporary folder, made worse step by step, and what the program says to it.

use std::path::{Path, PathBuf};

use crate::support::program::{Run, command, finish};
use crate::support::{BASE, scratch};

const FORMATS: [&str; 4] = ["human", "short", "json", "github"];

const DOCUMENTS: [(&str, &str); 3] = [
    (
        "policies/basic.md",
        "+++\nid = \"P-01\"\ntitle = \"基本方針\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n### 目的 {#purpose}\n\n目的を定める。\n",
    ),
    (
        "controls/5.1.md",
        "+++\nid = \"C-5.1\"\ntitle = \"基準\"\nversion = \"1.0\"\nowner = \"office\"\nimplements = [\"P-01\"]\nannex_a = [\"5.1\"]\n+++\n\n[[P-01#purpose]]による。\n",
    ),
    (
        "procedures/start.md",
        "+++\nid = \"S-01\"\ntitle = \"手順\"\nversion = \"1.0\"\nowner = \"office\"\nimplements = [\"C-5.1\"]\n+++\n\n[基準](../controls/5.1.md)による。\n",
    ),
];

/// The handbook.
pub struct Trial {
    folder: tempfile::TempDir,
}

/// What all formats of `check` agreed on.
pub struct Checked {
    code: i32,
    complaint: String,
    json: serde_json::Value,
}

impl Trial {
    /// A handbook without a fault of form.
    pub fn new() -> Self {
        let trial = Self { folder: scratch() };
        BASE.into_iter().chain(DOCUMENTS).fold(trial, |trial, (path, text)| trial.write(path, text))
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path in its folder, whose own folder exists.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a path below the root has a parent")).expect("a folder");
        path
    }

    /// Writes a file.
    pub fn write(self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.path(path), bytes).expect("a file");
        self
    }

    /// Replaces a piece of a file of the base.
    pub fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = std::fs::read_to_string(self.root().join(path)).expect("a text of the base");
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, text.replace(from, to))
    }

    /// Writes a policy with this body.
    pub fn body(self, body: &str) -> Self {
        let front = "+++\nid = \"P-02\"\ntitle = \"規程\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n";
        self.write("policies/bad.md", format!("{front}{body}"))
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = command(self.root(), arguments);
        // Folders above the temporary one are no part of the trial.
        command.env("GIT_CEILING_DIRECTORIES", self.root().parent().expect("a temporary folder has a parent"));
        let run = finish(command.env("LC_ALL", "en_GB.UTF-8"));
        let Run { code, stdout: out, stderr: complaint } = &run;
        assert!(matches!(code, 0..=2), "kitei {arguments:?}: exit code {code}\n{complaint}");
        for words in ["panicked", "RUST_BACKTRACE", "overflowed"] {
            assert!(!complaint.contains(words), "kitei {arguments:?}:\n{complaint}");
        }
        // JSON escapes by itself; the records of CSV end with CRLF.
        let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\r');
        assert!(!out.contains(steers), "kitei {arguments:?} steers the terminal");
        assert!(!complaint.contains(steers), "kitei {arguments:?} steers the terminal: {complaint:?}");
        run
    }

    /// Runs `check` in every format, and `list`.
    pub fn check(&self) -> Checked {
        for format in ["table", "json", "csv"] {
            let ran = self.run(&["list", "--as-of", "2026-11-20", "--format", format]);
            assert!(ran.stdout.len() < 20 << 20, "list --format {format}: {} bytes", ran.stdout.len());
        }
        self.check_in(&FORMATS)
    }

    /// Runs `check` once: for files so large that each run takes its time.
    pub fn check_once(&self) -> Checked {
        self.check_in(&["json"])
    }

    fn check_in(&self, formats: &[&str]) -> Checked {
        let mut codes = Vec::new();
        let mut json = serde_json::Value::Null;
        let mut complaint = String::new();
        for format in formats {
            let ran = self.run(&["check", "--as-of", "2026-11-20", "--lang", "en", "--format", format]);
            codes.push(ran.code);
            if ran.code == 2 {
                assert!(ran.stdout.is_empty(), "a refusal has no result: {}", ran.stdout);
                let lines = ran.stderr.lines().count();
                assert!(lines == 1 && ran.stderr.starts_with("error: "), "one clear error: {}", ran.stderr);
                assert!(ran.stderr.len() < 2000, "one clear error: {} bytes", ran.stderr.len());
            } else if *format == "json" {
                json = serde_json::from_str(&ran.stdout).expect("the JSON is JSON");
            } else {
                // A finding is read by a person: no file, however bad, makes one of them a page long.
                let longest = ran.stdout.lines().map(str::len).max().unwrap_or(0);
                assert!(longest < 8000, "--format {format}: a line of {longest} bytes");
            }
            complaint = ran.stderr;
        }
        codes.dedup();
        assert_eq!(codes.len(), 1, "the exit code does not depend on the format");
        Checked { code: codes[0], complaint, json }
    }
}

impl Checked {
    /// Every finding as `file: name`, but that nothing here was ever approved.
    pub fn findings(&self) -> Vec<String> {
        let findings = self.json["diagnostics"].as_array().map_or(&[][..], Vec::as_slice);
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let named = findings.iter().map(|finding| (text(&finding["file"]), text(&finding["name"])));
        named.filter(|(_, name)| name != "never-approved").map(|(file, name)| format!("{file}: {name}")).collect()
    }

    /// The program ran and the rule reports the file.
    #[track_caller]
    pub fn finds(&self, file: &str, rule: &str) -> &Self {
        assert!(self.code < 2, "{}", self.complaint);
        let findings = self.findings();
        let wanted = format!("{file}: {rule}");
        let shown: Vec<_> = findings.iter().take(20).collect();
        assert!(findings.contains(&wanted), "{wanted} is missing: {shown:#?}");
        self
    }

    /// The program ran and reports nothing about the file.
    #[track_caller]
    pub fn passes(&self, file: &str) -> &Self {
        self.finds_only(file, &[])
    }

    /// The program ran and reports nothing about the file but findings of these rules.
    #[track_caller]
    pub fn finds_only(&self, file: &str, rules: &[&str]) -> &Self {
        assert!(self.code < 2, "{}", self.complaint);
        let expected: Vec<String> = rules.iter().map(|rule| format!("{file}: {rule}")).collect();
        let findings = self.findings();
        let other = findings.iter().find(|finding| finding.starts_with(file) && !expected.contains(finding));
        assert!(other.is_none(), "{other:?}");
        self
    }

    /// The program ran, whatever it found.
    #[track_caller]
    pub fn runs(&self) -> &Self {
        assert!(self.code < 2, "{}", self.complaint);
        self
    }

    /// The program could not run and says this.
    #[track_caller]
    pub fn refuses(&self, words: &str) -> &Self {
        assert_eq!(self.code, 2, "{:#?}", self.findings());
        assert!(self.complaint.contains(words), "{}", self.complaint);
        self
    }
}
