//! Ledger entries as TOML text, ready to be appended or pasted.

use std::fmt::Write;

use jiff::civil::Date;

use crate::digest::Digest;
use crate::model::id::{DocumentId, Version};
use crate::model::ledger::ReviewOutcome;

/// What `kitei approve` writes.
#[derive(Debug, Clone)]
pub struct NewApproval {
    /// Approved version.
    pub version: Version,
    /// Digest of the normative text.
    pub digest: Digest,
    /// 承認日.
    pub approved_on: Date,
    /// 施行日.
    pub effective: Date,
    /// Capacity (role id).
    pub role: String,
    /// Person id, unless the role is a body.
    pub approver: Option<String>,
    /// Chair of the body (person id).
    pub chair: Option<String>,
    /// 作成 (person ids).
    pub drafters: Vec<String>,
    /// 審査 (person ids).
    pub checked_by: Vec<String>,
    /// Who writes the entry (person id).
    pub recorded_by: Option<String>,
    /// 改訂内容.
    pub changes: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Decision reference.
    pub decision: Option<String>,
    /// Versions in force of what it implements.
    pub against: Vec<(DocumentId, Version)>,
    /// Address of the pull request.
    pub pull_request: Option<String>,
    /// Why 施行日 lies before 承認日.
    pub retroactive: Option<String>,
    /// Exception under which a drafter approves.
    pub self_approval: Option<String>,
}

/// What `kitei review` writes.
#[derive(Debug, Clone)]
pub struct NewReview {
    /// Day of the review.
    pub reviewed_on: Date,
    /// Person id.
    pub reviewer: String,
    /// What it found.
    pub outcome: ReviewOutcome,
    /// Why.
    pub reason: Option<String>,
    /// Versions in force of what the document implements.
    pub against: Vec<(DocumentId, Version)>,
}

/// One TOML table under construction.
struct Entry(String);

impl Entry {
    fn new(table: &str) -> Self {
        Self(format!("[[{table}]]\n"))
    }

    fn string(&mut self, key: &str, value: &str) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.0, "{key} = {}", quote(value));
    }

    fn optional(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.string(key, value);
        }
    }

    fn strings(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let list: Vec<String> = values.iter().map(|value| quote(value)).collect();
            let _ = writeln!(self.0, "{key} = [{}]", list.join(", "));
        }
    }

    fn date(&mut self, key: &str, value: Date) {
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn versions(&mut self, key: &str, values: &[(DocumentId, Version)]) {
        if !values.is_empty() {
            let list: Vec<String> =
                values.iter().map(|(id, version)| format!("{} = \"{version}\"", quote(id.as_str()))).collect();
            let _ = writeln!(self.0, "{key} = {{ {} }}", list.join(", "));
        }
    }
}

/// A TOML basic string on one line.
fn quote(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl NewApproval {
    /// The entry as TOML.
    pub fn to_toml(&self) -> String {
        let mut entry = Entry::new("approval");
        entry.string("version", &self.version.to_string());
        entry.string("digest", &self.digest.to_string());
        entry.date("approved_on", self.approved_on);
        entry.date("effective", self.effective);
        entry.string("role", &self.role);
        entry.optional("approver", self.approver.as_ref());
        entry.optional("chair", self.chair.as_ref());
        entry.strings("drafters", &self.drafters);
        entry.strings("checked_by", &self.checked_by);
        entry.optional("recorded_by", self.recorded_by.as_ref());
        entry.optional("changes", self.changes.as_ref());
        entry.optional("reason", self.reason.as_ref());
        entry.optional("decision", self.decision.as_ref());
        entry.versions("against", &self.against);
        entry.optional("pull_request", self.pull_request.as_ref());
        entry.optional("retroactive", self.retroactive.as_ref());
        entry.optional("self_approval", self.self_approval.as_ref());
        entry.0
    }
}

impl NewReview {
    /// The entry as TOML.
    pub fn to_toml(&self) -> String {
        let mut entry = Entry::new("review");
        entry.date("reviewed_on", self.reviewed_on);
        entry.string("reviewer", &self.reviewer);
        entry.string("outcome", self.outcome.name());
        entry.optional("reason", self.reason.as_ref());
        entry.versions("against", &self.against);
        entry.0
    }
}

/// A ledger file's text with an entry behind it. What stands there, comments included, stays byte for byte.
pub fn appended(old: &str, entry: &str) -> String {
    let mut text = old.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
    text.push_str(entry);
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::parse;
    use crate::source::SourceDb;

    #[test]
    fn an_entry_reads_back_as_written_whatever_its_texts_hold() {
        let entry = NewApproval {
            version: Version { major: 2, minor: 0 },
            digest: Digest::of("x"),
            approved_on: date(2026, 3, 20),
            effective: date(2026, 4, 1),
            role: "board".into(),
            approver: None,
            chair: Some("tanaka".into()),
            drafters: vec!["sato".into(), "a\"b\\c".into()],
            checked_by: vec![],
            recorded_by: None,
            changes: Some("第8条を\n新設\u{1}\u{7f}".into()),
            reason: None,
            decision: Some("取締役会議事録".into()),
            against: vec![(DocumentId::parse("C-5.12").unwrap(), Version { major: 1, minor: 3 })],
            pull_request: None,
            retroactive: None,
            self_approval: None,
        };
        let old = "# 手で書いた注記\n[[review]]\nreviewed_on = 2025-01-01\nreviewer = \"x\"\noutcome = \"no-change\"";
        let text = appended(old, &entry.to_toml());
        assert!(text.starts_with(old));
        let file = SourceDb::default().add("x", text.clone());
        let (ledger, problems) = parse::ledger::ledger(file, "P-01", &text);
        assert!(problems.is_empty(), "{problems:?}\n{text}");
        let read = &ledger.approvals[0];
        assert_eq!(read.drafters[1].value, "a\"b\\c");
        assert_eq!(read.changes.as_ref().unwrap().value, "第8条を\n新設\u{1}\u{7f}");
        assert_eq!(read.against[0].0.value, "C-5.12");
        assert_eq!(read.effective.value, date(2026, 4, 1));
        assert_eq!(ledger.reviews.len(), 1);
    }
}
