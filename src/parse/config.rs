//! `kitei.toml`.

use std::collections::BTreeMap;

use super::problem::{Expected, Problem, ProblemKind, ValueType};
use super::register;
use super::toml_table::{Context, TableReader, read_toml};
use crate::locale::Language;
use crate::model::config::APPROVED_RECORDS;
use crate::model::config::{
    Calendar, Classification, Config, EditionSetting, Level, Limits, RuleSetting, Style, TierConfig, Waiver,
};
use crate::model::document::{Numbering, Tier};
use crate::source::{FileId, Spanned};

/// Allowed values of `numbering`.
pub const NUMBERING_NAMES: [&str; 2] = ["articles", "plain"];

/// The numbering of a name.
pub fn numbering(name: &str) -> Option<Numbering> {
    match name {
        "articles" => Some(Numbering::Articles),
        "plain" => Some(Numbering::Plain),
        _ => None,
    }
}

fn style(name: &str) -> Option<Style> {
    match name {
        "regulation" => Some(Style::Regulation),
        "polite" => Some(Style::Polite),
        _ => None,
    }
}

/// Reads the configuration; what is missing or wrong is reported and has its usual value.
pub fn config(file: FileId, text: &str) -> (Config, Vec<Problem>) {
    let context = Context::new(file, 0);
    let config = read_toml(&context, text, |top| {
        let mut config = Config {
            file,
            title: String::new(),
            organisation: String::new(),
            language: Language::Ja,
            timezone: "Asia/Tokyo".to_owned(),
            base_url: None,
            incident: None,
            report_url: None,
            source_url: None,
            offline: true,
            calendar: Calendar::Gregorian,
            records_path: "records".to_owned(),
            classifications: Vec::new(),
            tiers: BTreeMap::new(),
            record_approvers: BTreeMap::new(),
            limits: Limits::default(),
            editions: BTreeMap::new(),
            rules: BTreeMap::new(),
            waivers: Vec::new(),
        };
        if top.has("handbook") {
            top.table("handbook", |handbook| read_handbook(handbook, &mut config));
        } else {
            top.context().report(top.span(), ProblemKind::MissingKey { key: "handbook", table: String::new() });
            top.table("handbook", |_| ());
        }
        config.classifications = top.tables("classification", |entry| {
            let (id, name) = (entry.required("id"), entry.required("name"));
            Some(Classification { id: id?, name: name? })
        });
        top.table("tiers", |tiers| {
            for (tier, key) in Tier::ALL.into_iter().zip(["policy", "control", "procedure"]) {
                if let Some(settings) = tiers.table(key, read_tier) {
                    config.tiers.insert(tier, settings);
                }
            }
        });
        top.table("records", |records| {
            for name in APPROVED_RECORDS {
                let role = records.table(name, |record| record.required("approver")).flatten();
                config.record_approvers.extend(role.map(|role| (name.to_owned(), role)));
            }
        });
        config.limits = top.table("limits", read_limits).unwrap_or_default();
        top.table("editions", |editions| config.editions = read_editions(editions));
        top.table("rules", |rules| config.rules = read_rules(rules));
        config.waivers = top.tables("waiver", |entry| {
            let (rule, document) = (entry.required("rule"), entry.required("document"));
            let anchor = entry.string("anchor");
            let (reason, approved_by) = (entry.string("reason"), entry.string("approved_by"));
            let (expires, span) = (entry.date("expires"), entry.span());
            Some(Waiver { rule: rule?, document: document?, anchor, reason, approved_by, expires, span })
        });
        config
    });
    (config, context.into_problems())
}

fn read_handbook(handbook: &mut TableReader<'_, '_>, config: &mut Config) {
    if let Some(title) = handbook.required("title") {
        config.title = title.value;
    }
    if let Some(organisation) = handbook.required("organisation") {
        config.organisation = organisation.value;
    }
    if let Some(language) = handbook.choice("language", &["ja", "en"], |name| match name {
        "ja" => Some(Language::Ja),
        "en" => Some(Language::En),
        _ => None,
    }) {
        config.language = language.value;
    }
    if let Some(zone) = handbook.string("timezone") {
        match jiff::tz::TimeZone::get(&zone.value) {
            Ok(_) => config.timezone = zone.value,
            Err(_) => handbook.invalid("timezone", &zone, Expected::TimeZone),
        }
    }
    config.base_url = handbook.string("base_url").map(|url| url.value);
    if let Some(offline) = handbook.boolean("offline") {
        config.offline = offline.value;
    }
    config.incident = handbook.string("incident").map(|written| register::pointer(config.file, written));
    if let Some(address) = handbook.string("report_url") {
        // Either is written into a page as an address, so nothing else may stand there.
        let web = address.value.starts_with("https://") || address.value.starts_with("http://");
        let (before, after) = address.value.split_once('@').unwrap_or_default();
        let mail = !before.is_empty() && after.contains('.') && !address.value.contains(['/', ':', '?']);
        if (web || mail) && !address.value.contains(char::is_whitespace) {
            config.report_url = Some(address.value);
        } else {
            handbook.invalid("report_url", &address, Expected::ReportAddress);
        }
    }
    if let Some(address) = handbook.string("source_url") {
        let web = address.value.starts_with("https://") || address.value.starts_with("http://");
        if web && address.value.contains("{path}") && !address.value.contains(char::is_whitespace) {
            config.source_url = Some(address.value);
        } else {
            handbook.invalid("source_url", &address, Expected::SourceAddress);
        }
    }
    if let Some(calendar) = handbook.choice("calendar", &["gregorian", "japanese-era", "both"], |name| match name {
        "gregorian" => Some(Calendar::Gregorian),
        "japanese-era" => Some(Calendar::JapaneseEra),
        "both" => Some(Calendar::Both),
        _ => None,
    }) {
        config.calendar = calendar.value;
    }
    if let Some(path) = inner_path(handbook, "records_path") {
        config.records_path = path.value;
    }
}

/// A folder inside the root: no absolute path, no `..`, no backslash.
fn inner_path(reader: &mut TableReader<'_, '_>, key: &'static str) -> Option<Spanned<String>> {
    let mut path = reader.string(key)?;
    path.value = path.value.trim_end_matches('/').to_owned();
    let inner = !path.value.is_empty()
        && !path.value.contains(['\\', ':'])
        && path.value.split('/').all(|part| !matches!(part, "" | "." | ".." | ".git"));
    if !inner {
        reader.invalid(key, &path, Expected::InnerPath);
    }
    inner.then_some(path)
}

fn read_tier(tier: &mut TableReader<'_, '_>) -> TierConfig {
    TierConfig {
        folder: inner_path(tier, "folder"),
        prefix: tier.required("prefix"),
        approver: tier.string("approver"),
        minor_approver: tier.string("minor_approver"),
        provisional_approver: tier.string("provisional_approver"),
        review_every: tier.interval("review_every"),
        classification: tier.string("classification"),
        numbering: tier.choice("numbering", &NUMBERING_NAMES, numbering).map(|n| n.value).unwrap_or_default(),
        adjacent: tier.boolean("adjacent").is_some_and(|adjacent| adjacent.value),
        required_sections: tier.strings("required_sections"),
        style: tier.choice("style", &["regulation", "polite"], style).map(|style| style.value),
        sentence_limit: tier.count("sentence_limit").map(|limit| limit.value.get()),
        span: tier.span(),
    }
}

fn read_limits(limits: &mut TableReader<'_, '_>) -> Limits {
    Limits {
        recorded_within: limits.interval("recorded_within"),
        announced_within: limits.interval("announced_within"),
    }
}

/// Names that stand for what the whole handbook shows.
const WHOLE: [&str; 2] = ["in-force", "preview"];

fn read_editions(editions: &mut TableReader<'_, '_>) -> BTreeMap<String, EditionSetting> {
    let mut found = BTreeMap::new();
    for (name, value, span) in editions.entries() {
        let Some(mut entry) = editions.entry_reader(&name.value, value, span) else {
            editions.wrong_type(&name.value, span, ValueType::Table, value);
            continue;
        };
        // It names a folder, and what build.json says of the site.
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.value.is_empty() || !name.value.chars().all(plain) || WHOLE.contains(&name.value.as_str()) {
            editions.invalid(&name.value, &name, Expected::EditionName);
        }
        let (highest, title) = (entry.required("highest"), entry.string("title"));
        let base_url = entry.string("base_url").map(|url| url.value);
        entry.finish();
        if let Some(highest) = highest {
            let title = title.map(|title| title.value);
            found.insert(name.value.clone(), EditionSetting { name, highest, title, base_url });
        }
    }
    found
}

fn read_rules(rules: &mut TableReader<'_, '_>) -> BTreeMap<String, RuleSetting> {
    let mut settings = BTreeMap::new();
    for (name, value, span) in rules.entries() {
        let one_of = || Expected::OneOf(Level::NAMES.iter().map(|s| (*s).to_owned()).collect());
        let (level, reason) = if let Some(text) = value.as_str() {
            let level = Level::from_name(text);
            if level.is_none() {
                rules.invalid(&name.value, &Spanned::new(text.to_owned(), span), one_of());
            }
            (level, None)
        } else if let Some(mut entry) = rules.entry_reader(&name.value, value, span) {
            entry.require("level");
            let level = entry.choice("level", &Level::NAMES, Level::from_name);
            let reason = entry.string("reason");
            entry.finish();
            (level.map(|level| level.value), reason)
        } else {
            rules.wrong_type(&name.value, span, ValueType::String, value);
            (None, None)
        };
        if let Some(level) = level {
            settings.insert(name.value.clone(), RuleSetting { name, level, reason });
        }
    }
    settings
}
