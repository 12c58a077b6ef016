//! `kitei.toml`: the organisation's own settings, tiers and rules.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::document::{FrontMatter, Numbering, Tier};
use super::id::Interval;
use super::in_effect::InEffect;
use super::reference::Pointer;
use crate::locale::Language;
use crate::source::{FileId, Span, Spanned};

/// Registers that are approved like documents: names of ledgers that belong to no document.
pub const APPROVED_RECORDS: [&str; 2] = ["RISK-PLAN", "SOA"];

/// How dates are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Calendar {
    /// 2026年4月1日.
    #[default]
    Gregorian,
    /// 令和8年4月1日.
    JapaneseEra,
    /// 2026年4月1日（令和8年）.
    Both,
}

/// One label of the organisation's classification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classification {
    /// Id used in front matter.
    pub id: Spanned<String>,
    /// Name as printed.
    pub name: Spanned<String>,
}

/// An edition of the handbook for readers who may not see everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionSetting {
    /// Its name.
    pub name: Spanned<String>,
    /// The most restricted label that its readers may see.
    pub highest: Spanned<String>,
    /// Its title, where it has one of its own.
    pub title: Option<String>,
    /// Address under which it is published.
    pub base_url: Option<String>,
}

/// How sentences end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// である: the manner of regulations.
    Regulation,
    /// です・ます.
    Polite,
}

/// Settings of a tier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TierConfig {
    /// Folder that holds its documents.
    pub folder: Option<Spanned<String>>,
    /// Letters of its ids.
    pub prefix: Option<Spanned<String>>,
    /// Role that approves major versions.
    pub approver: Option<Spanned<String>>,
    /// Role that approves minor versions.
    pub minor_approver: Option<Spanned<String>>,
    /// Role that may approve provisionally (専決), until the usual approver ratifies; nobody where absent.
    pub provisional_approver: Option<Spanned<String>>,
    /// Review interval.
    pub review_every: Option<Spanned<Interval>>,
    /// Default classification id.
    pub classification: Option<Spanned<String>>,
    /// Default numbering.
    pub numbering: Numbering,
    /// Whether `implements` must point exactly one tier up.
    pub adjacent: bool,
    /// Heading ids that each of its documents has.
    pub required_sections: Vec<Spanned<String>>,
    /// How its sentences end.
    pub style: Option<Style>,
    /// Longest sentence, in characters.
    pub sentence_limit: Option<usize>,
    /// The table header.
    pub span: Span,
}

/// What becomes of a rule's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported as a note.
    Note,
    /// Reported as a warning.
    Warn,
    /// Reported as an error.
    Deny,
}

impl Level {
    /// Allowed values, as written.
    pub const NAMES: [&str; 4] = ["allow", "note", "warn", "deny"];

    /// The level of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Allow, Self::Note, Self::Warn, Self::Deny]
            .into_iter()
            .zip(Self::NAMES)
            .find_map(|(level, n)| (n == name).then_some(level))
    }
}

/// The organisation's setting of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSetting {
    /// Rule name.
    pub name: Spanned<String>,
    /// Its level.
    pub level: Level,
    /// Why, e.g. the regulation that says so.
    pub reason: Option<Spanned<String>>,
}

/// A finding that is accepted for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Rule name.
    pub rule: Spanned<String>,
    /// Document id.
    pub document: Spanned<String>,
    /// Heading id, where it counts for one article or section only.
    pub anchor: Option<Spanned<String>>,
    /// Why.
    pub reason: Option<Spanned<String>>,
    /// Person id.
    pub approved_by: Option<Spanned<String>>,
    /// Last day on which it counts.
    pub expires: Option<Spanned<Date>>,
    /// The whole table.
    pub span: Span,
}

/// Time limits that the organisation has set itself; a limit that is not set is not judged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// Within which an approval is to stand in the default branch, counted from 承認日.
    pub recorded_within: Option<Spanned<Interval>>,
    /// Within which a new version is to be announced, counted from 施行日.
    pub announced_within: Option<Spanned<Interval>>,
}

/// The configuration of a handbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `kitei.toml`.
    pub file: FileId,
    /// Title of the handbook.
    pub title: String,
    /// Name of the organisation.
    pub organisation: String,
    /// Language of interface and messages.
    pub language: Language,
    /// IANA time zone in which "today" is meant.
    pub timezone: String,
    /// Address under which the handbook is published.
    pub base_url: Option<String>,
    /// The document or section to open when something has happened.
    pub incident: Option<Pointer>,
    /// Where readers report a fault of a page: an address with `{id}`, `{title}` and `{version}` for the document's,
    /// or a mail address.
    pub report_url: Option<String>,
    /// Where the source of a page lies: an address with `{path}`, and where wanted `{commit}`, for the file's.
    pub source_url: Option<String>,
    /// Whether readers' browsers keep the pages for an emergency.
    pub offline: bool,
    /// How dates are shown.
    pub calendar: Calendar,
    /// Folder of registers and ledger, relative to the root.
    pub records_path: String,
    /// Least to most restricted.
    pub classifications: Vec<Classification>,
    /// Settings of each tier.
    pub tiers: BTreeMap<Tier, TierConfig>,
    /// Role that approves each approved record, by the record's name.
    pub record_approvers: BTreeMap<String, Spanned<String>>,
    /// The organisation's own time limits.
    pub limits: Limits,
    /// Editions for readers who may not see everything, by name.
    pub editions: BTreeMap<String, EditionSetting>,
    /// Settings of rules, by name.
    pub rules: BTreeMap<String, RuleSetting>,
    /// Accepted findings.
    pub waivers: Vec<Waiver>,
}

impl Config {
    /// The folders that the handbook is read from, relative to the root: documents, records, and what it adds to its site.
    pub fn source_folders(&self) -> Vec<String> {
        let tiers = Tier::ALL.iter().map(|tier| self.folder(*tier).to_owned());
        tiers.chain([self.records_path.clone(), "site".to_owned()]).filter(|folder| !folder.is_empty()).collect()
    }

    /// Settings of a tier; a tier that is not configured has none.
    pub fn tier(&self, tier: Tier) -> TierConfig {
        self.tiers.get(&tier).cloned().unwrap_or_default()
    }

    /// Role that approves a version of a document: its own approver or its tier's; for a minor version the tier's
    /// delegated approver where there is one.
    pub fn approver_of<'a>(&'a self, tier: Tier, front: &'a FrontMatter, minor: bool) -> Option<&'a Spanned<String>> {
        let tier = self.tiers.get(&tier);
        let full = || front.approver.as_ref().or_else(|| tier?.approver.as_ref());
        let delegated = tier.and_then(|tier| tier.minor_approver.as_ref());
        if minor { delegated.or_else(full) } else { full() }
    }

    /// What a tier and the configuration give a document of it when it is approved.
    pub fn in_effect(&self, tier: Tier) -> InEffect {
        let settings = self.tier(tier);
        let role = |role: Option<Spanned<String>>| role.map(|role| role.value).into_iter().collect();
        InEffect {
            tier,
            classification: settings.classification.map(|label| label.value),
            approver: role(settings.approver),
            minor_approver: role(settings.minor_approver),
            review_every: settings.review_every.map(|interval| interval.value),
            numbering: settings.numbering,
        }
    }

    /// The folder of a tier: the configured one, or the usual one.
    pub fn folder(&self, tier: Tier) -> &str {
        match self.tiers.get(&tier).and_then(|t| t.folder.as_ref()) {
            Some(folder) => &folder.value,
            None => match tier {
                Tier::Policy => "policies",
                Tier::Control => "controls",
                Tier::Procedure => "procedures",
            },
        }
    }

    /// The role that approves an approved record, as an id; any may where none is set.
    pub fn record_approver(&self, name: &str) -> Option<&str> {
        self.record_approvers.get(name).map(|role| role.value.as_str())
    }

    /// The tier whose folder holds a path; the longest folder wins.
    pub fn tier_of(&self, path: &str) -> Option<Tier> {
        Tier::ALL
            .into_iter()
            .filter(|tier| path.strip_prefix(self.folder(*tier)).is_some_and(|rest| rest.starts_with('/')))
            .max_by_key(|tier| self.folder(*tier).len())
    }
}
