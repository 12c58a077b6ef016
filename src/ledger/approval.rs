//! `[[approval]]`: a text, bound by its digest, was approved.

use clap::builder::{BoolValueParser, TypedValueParser};
use jiff::civil::Date;

use super::entry::{BasedOn, KeyValue, entry_kind};
use crate::approved_copy::CopyDigest;
use crate::model::id::Version;
use crate::parse::toml_table::{KeyReader, TableReader, TableWriter, TomlValue};

entry_kind! {
    /// One `[[approval]]`: a text, bound by its digest, was approved.
    Approval, as far as it is known PartialApproval, "approval" in approvals
    required {
        /// Approved version.
        #[arg(skip)]
        version: Version,
        /// SHA-256 of the approved copy.
        #[arg(skip)]
        digest: CopyDigest,
        /// 承認日.
        #[arg(id = "on", long = "on", value_name = "DATE")]
        approved_on: Date,
        /// 施行日.
        #[arg(long, value_name = "DATE")]
        effective: Date,
        /// Capacity in which it was approved (role id).
        #[arg(long, value_name = "ROLE")]
        role: String,
    }
    optional {
        /// Digest of the copy's tree as it was read at the approval; none of an approved record.
        #[arg(skip)]
        reading: Option<CopyDigest>,
        /// Person id; absent where the role is a body.
        #[arg(long, value_name = "PERSON")]
        approver: Option<String>,
        /// Chair of the body (person id).
        #[arg(long, value_name = "PERSON")]
        chair: Option<String>,
        /// 作成 (person ids).
        #[arg(long = "drafter", value_name = "PERSON")]
        drafters: Vec<String>,
        /// 審査 (person ids).
        #[arg(long, value_name = "PERSON")]
        checked_by: Vec<String>,
        /// Who wrote the entry (person id).
        #[arg(long, value_name = "PERSON")]
        recorded_by: Option<String>,
        /// 改訂内容; a command takes one for all documents or one for each.
        #[arg(skip)]
        changes: Option<String>,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Minutes or other decision reference.
        #[arg(long, value_name = "TEXT")]
        decision: Option<String>,
        /// Versions in force of what it implements, as read at approval.
        #[arg(skip)]
        based_on = "against": BasedOn,
        /// Address of the pull request.
        #[arg(long, value_name = "URL")]
        pull_request: Option<String>,
        /// Regular or provisional.
        #[arg(
            id = "provisional",
            long = "provisional",
            action = clap::ArgAction::SetTrue,
            value_parser = BoolValueParser::new().map(ApprovalKind::provisional),
            conflicts_with_all = ["adopt", "ratify"]
        )]
        kind: ApprovalKind,
        /// Until when a provisional approval must be ratified.
        #[arg(long, value_name = "DATE", requires = "provisional")]
        ratify_by: Option<Date>,
        /// Why 施行日 lies before 承認日.
        #[arg(long, value_name = "TEXT")]
        retroactive: Option<String>,
        /// Recorded exception under which a drafter approved, naming the department that monitors.
        #[arg(long, value_name = "TEXT")]
        self_approval: Option<String>,
        /// The original outside the repository from which the approval was adopted; what it says is only asserted.
        #[arg(id = "original", long = "original", value_name = "TEXT", requires = "adopt")]
        adopted_from: Option<String>,
        /// A file that proves the decision.
        #[arg(skip)]
        evidence: EvidenceFile,
    }
}

impl Approval {
    /// Whether two entries approve the same version with the same text.
    pub fn same_text(&self, other: &Self) -> bool {
        self.version == other.version && self.digest == other.digest
    }

    /// The approval as far as it concerns readers outside: which text, when, in which capacity, what changed.
    #[must_use]
    pub fn without_people(&self) -> Self {
        // Taken apart key by key: whoever adds one says here whether it is published.
        let Self {
            version,
            digest,
            reading,
            approved_on,
            effective,
            role,
            approver: _,
            chair: _,
            drafters: _,
            checked_by: _,
            recorded_by: _,
            changes,
            reason: _,
            decision: _,
            based_on: _,
            pull_request: _,
            kind,
            ratify_by,
            retroactive: _,
            self_approval: _,
            adopted_from: _,
            evidence: _,
        } = self.clone();
        Self {
            version,
            digest,
            reading,
            approved_on,
            effective,
            role,
            approver: None,
            chair: None,
            drafters: Vec::new(),
            checked_by: Vec::new(),
            recorded_by: None,
            changes,
            reason: None,
            decision: None,
            based_on: BasedOn::default(),
            pull_request: None,
            kind,
            ratify_by,
            retroactive: None,
            self_approval: None,
            adopted_from: None,
            evidence: EvidenceFile,
        }
    }
}

/// How an approval came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ApprovalKind {
    /// The usual way.
    #[default]
    Regular,
    /// 専決: in force at once, to be ratified.
    Provisional,
}

impl ApprovalKind {
    const NAMES: [&str; 2] = ["regular", "provisional"];

    fn from_name(name: &str) -> Option<Self> {
        match name {
            "regular" => Some(Self::Regular),
            "provisional" => Some(Self::Provisional),
            _ => None,
        }
    }

    /// The name as written.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    fn provisional(provisional: bool) -> Self {
        if provisional { Self::Provisional } else { Self::Regular }
    }
}

impl TomlValue for ApprovalKind {
    fn read(value: &KeyReader<'_>) -> Option<Self> {
        value.choice(&Self::NAMES, Self::from_name)
    }

    fn to_toml(&self) -> String {
        self.name().to_owned().to_toml()
    }
}

impl KeyValue for ApprovalKind {
    fn read(table: &mut TableReader<'_, '_>, key: &'static str) -> Self {
        table.optional(key).map(|kind| kind.value).unwrap_or_default()
    }

    fn write(&self, table: &mut TableWriter, key: &'static str) {
        if *self != Self::default() {
            table.value(key, self);
        }
    }
}

/// Path and hash of a file outside the ledger. Only its form is checked: nothing rests on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EvidenceFile;

impl KeyValue for EvidenceFile {
    fn read(table: &mut TableReader<'_, '_>, key: &'static str) -> Self {
        table.table(key, |file| {
            file.required::<String>("path");
            file.required::<String>("sha256");
        });
        Self
    }

    fn write(&self, _table: &mut TableWriter, _key: &'static str) {}
}
