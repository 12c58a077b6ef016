//! What a document says about itself before its first article and in its table of versions: title, number, version,
//! owner, label, dates. What is recognised leaves the text; what is not stays in it, or is told.

use std::collections::BTreeSet;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::Dates;
use super::blocks::{Block, Unit};
use super::finding::Findings;
use super::history::{PastRow, date, effective_days, history, is_history};
use super::marks;
use super::tables::Table;
use super::words::Words;
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::id::Version;
use crate::parse::date::dates;

/// What a document says about itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub title: Option<Words>,
    pub number: Option<String>,
    pub version: Option<Version>,
    pub owner: Option<String>,
    pub classification: Option<String>,
    pub established: Option<Date>,
    pub history: Vec<PastRow>,
    /// Whether an owner is named whom the handbook does not know; that was told.
    pub unknown_owner: bool,
}

/// What a key in the opening means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Number,
    Version,
    Owner,
    Classification,
    Established,
    Changed,
    Effective,
    Approver,
}

fn key(name: &str) -> Option<Key> {
    let name: String = name.nfkc().filter(|c| !c.is_whitespace() && !"*:".contains(*c)).collect();
    Some(match name.as_str() {
        "文書番号" | "規程番号" | "管理番号" | "文書管理番号" | "文書No." | "文書No" | "規程No." => {
            Key::Number
        }
        "版" | "版数" | "版番号" | "現行版" | "バージョン" | "Version" | "Ver." | "改訂番号" => {
            Key::Version
        }
        "主管" | "主管部署" | "主管部門" | "所管" | "所管部署" | "所管部門" | "管理部署" | "管理部門" | "主管者" => {
            Key::Owner
        }
        "機密区分" | "機密分類" | "秘密区分" | "取扱区分" | "文書区分" | "分類" => {
            Key::Classification
        }
        "制定" | "制定日" | "制定年月日" | "作成日" | "初版発行日" => Key::Established,
        "改訂" | "改訂日" | "改定" | "改定日" | "改正" | "改正日" | "最終改訂" | "最終改訂日" | "最終改定日"
        | "最終改正" | "最終改正日" => Key::Changed,
        "施行" | "施行日" | "施行年月日" | "適用日" => Key::Effective,
        "承認" | "承認者" | "決裁者" => Key::Approver,
        _ => return None,
    })
}

/// What titles of regulations end with.
const ENDS: [&str; 10] = ["規程", "規則", "細則", "基準", "要領", "要綱", "手順書", "手順", "マニュアル", "方針"];

/// Takes the facts out of blocks; what is left is the text.
pub(super) fn facts(
    handbook: &Handbook,
    blocks: Vec<Block>,
    meaning: Option<Dates>,
    findings: &mut Findings,
) -> (Facts, Vec<Block>) {
    let mut reader = Reader { handbook, facts: Facts::default(), findings, changed: Vec::new() };
    let effective: BTreeSet<Date> = blocks.iter().flat_map(|block| effective_days(&text(block))).collect();
    let begins = |block: &Block| match block {
        Block::Heading(words, _) => marks::head(words.as_str()).is_some(),
        Block::Unit(unit) => marks::head(unit.words.without("**").trimmed().as_str()).is_some(),
        _ => false,
    };
    let titled = blocks.iter().position(|block| matches!(block, Block::Heading(words, _) if !is_label(words)));
    let first = blocks.iter().position(begins).unwrap_or_else(|| {
        // Without articles the opening ends with the second heading.
        let second =
            |(at, block): (usize, &Block)| (Some(at) > titled && matches!(block, Block::Heading(..))).then_some(at);
        blocks.iter().enumerate().find_map(second).unwrap_or(titled.map_or(blocks.len(), |at| at + 1))
    });
    let mut left = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let next = blocks.get(at + 1);
        match block {
            Block::Table(table) if is_history(table) => {
                let rows = history(table, meaning, &effective, reader.findings);
                reader.facts.history.extend(rows);
            }
            Block::Heading(words, _) if label_goes(words, next) => reader.left_out(words),
            Block::Unit(unit) if label_goes(&unit.words, next) => reader.left_out(&unit.words),
            Block::Unit(unit) if is_closing(&unit.words) => reader.left_out(&unit.words),
            Block::Heading(words, _) if at < first && reader.facts.title.is_none() => {
                reader.facts.title = Some(reader.title(words))
            }
            Block::Unit(unit) if at < first => {
                left.extend(reader.line(unit, titled.is_some_and(|title| at < title || title < first)).map(Block::Unit))
            }
            Block::Table(table) if at < first => left.extend(reader.table(table).map(Block::Table)),
            _ => left.push(block.clone()),
        }
    }
    reader.settle();
    (reader.facts, left)
}

fn text(block: &Block) -> String {
    match block {
        Block::Unit(unit) => unit.words.as_str().to_owned(),
        _ => String::new(),
    }
}

/// Whether words only name what follows.
fn is_label(words: &Words) -> bool {
    let plain: String = words.without("**").as_str().chars().filter(|c| !c.is_whitespace()).collect();
    plain == "目次" || (plain.contains("履歴") && plain.chars().count() <= 12)
}

fn label_goes(words: &Words, next: Option<&Block>) -> bool {
    let follows = match next {
        Some(Block::Table(table)) => is_history(table),
        Some(Block::Contents(_)) => true,
        _ => false,
    };
    follows && is_label(words)
}

/// 以上 at the end.
fn is_closing(words: &Words) -> bool {
    let plain: String = words.without("**").as_str().chars().filter(|c| !c.is_whitespace()).collect();
    plain == "以上"
}

struct Reader<'h, 'f> {
    handbook: &'h Handbook,
    facts: Facts,
    findings: &'f mut Findings,
    /// Days on which the text was changed, with what was written.
    changed: Vec<(Date, Words)>,
}

impl Reader<'_, '_> {
    fn left_out(&mut self, words: &Words) {
        let text = Text::new("import-left-out").arg("text", words.without("**").as_str());
        self.findings.note(words.whole(), text, "import-left-out-help");
    }

    /// The title alone, where version and dates stand behind it on the line.
    fn title(&mut self, words: &Words) -> Words {
        let text = words.as_str();
        let Some(end) =
            text.find(char::is_whitespace).filter(|end| ENDS.iter().any(|name| text[..*end].ends_with(name)))
        else {
            return words.clone();
        };
        let rest = words.slice(end..text.len()).trimmed();
        let (first, behind) = rest.as_str().split_once(['（', '(']).unwrap_or((rest.as_str(), ""));
        match Version::meant(first) {
            Some(version) => {
                self.facts.version = Some(version);
                let behind = rest.slice(rest.as_str().len() - behind.len()..rest.as_str().len());
                let inner = behind.slice(0..behind.as_str().trim_end_matches(['）', ')']).len()).trimmed();
                let dated = pair(&inner).or_else(|| spaced(&inner));
                match dated {
                    _ if inner.is_blank() => {}
                    Some((key, value)) if self.fact(key, &value) => {}
                    _ => self.dropped(&inner),
                }
            }
            None => return words.clone(),
        }
        words.slice(0..end)
    }

    /// Reads a line of the opening; gives back what is not a fact.
    fn line(&mut self, unit: &Unit, has_title: bool) -> Option<Unit> {
        let words = unit.words.without("**").trimmed();
        if words.as_str() == self.handbook.config.organisation {
            self.left_out(&words);
            return None;
        }
        if words.as_str().contains('\n') {
            // Each line for itself; what is left stays together.
            let mut left = Words::default();
            let mut from = 0;
            let ends: Vec<usize> =
                words.as_str().match_indices('\n').map(|(at, _)| at).chain([words.as_str().len()]).collect();
            for end in ends {
                let part = Unit { words: words.slice(from..end).trimmed(), ..unit.clone() };
                if let Some(rest) = self.line(&part, has_title).filter(|rest| !rest.words.is_blank()) {
                    if !left.is_blank() {
                        left.push_str("\n");
                    }
                    left.append(&rest.words);
                }
                from = (end + 1).min(words.as_str().len());
            }
            return (!left.is_blank()).then(|| Unit { words: left, ..unit.clone() });
        }
        if let Some((key, value)) = pair(&words) {
            return (!self.fact(key, &value)).then(|| unit.clone());
        }
        if let Some(label) = self
            .handbook
            .config
            .classifications
            .iter()
            .find(|label| label.name.value == words.as_str().trim_matches(['【', '】', '（', '）']))
        {
            self.facts.classification = Some(label.id.value.clone());
            return None;
        }
        let short = words.as_str().chars().count() <= 40 && !words.as_str().contains('。');
        if !has_title && self.facts.title.is_none() && short && !unit.bullet && unit.listed.is_none() {
            self.facts.title = Some(self.title(&words));
            return None;
        }
        Some(unit.clone())
    }

    /// Reads a table of keys and values; gives it back whole where it holds anything else.
    fn table(&mut self, table: &Table) -> Option<Table> {
        let mut pairs = Vec::new();
        let rows: Vec<&Vec<Words>> = table.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_blank())).collect();
        let keys = rows.first().map(|row| row.iter().map(|cell| key(cell.as_str())).collect::<Option<Vec<Key>>>());
        match (&rows[..], keys) {
            // Names above, values below.
            ([_, values], Some(Some(keys))) if keys.len() == values.len() && keys.len() > 1 => {
                pairs.extend(keys.into_iter().zip(values.iter()));
            }
            _ => {
                for row in &rows {
                    let cells: Vec<&Words> = row.iter().filter(|cell| !cell.is_blank()).collect();
                    for two in cells.chunks(2) {
                        match two {
                            [name, value] if key(name.as_str()).is_some() => {
                                pairs.extend(key(name.as_str()).map(|key| (key, *value)))
                            }
                            _ => return Some(table.clone()),
                        }
                    }
                }
            }
        }
        for (key, value) in pairs.into_iter().filter(|(_, value)| !value.is_blank()) {
            if !self.fact(key, value) {
                self.dropped(value);
            }
        }
        None
    }

    fn dropped(&mut self, value: &Words) {
        let text = Text::new("import-fact").arg("text", value.as_str());
        self.findings.undecided(value.whole(), text, "import-fact-help");
    }

    /// Takes a fact; `false` where its value means nothing here.
    fn fact(&mut self, key: Key, value: &Words) -> bool {
        let written = value.as_str().trim();
        let config = &self.handbook.config;
        match key {
            Key::Number => self.facts.number = Some(written.to_owned()),
            Key::Version => match Version::meant(written) {
                Some(version) => self.facts.version = Some(version),
                None => return false,
            },
            Key::Owner => {
                match self.handbook.roles.iter().find(|role| role.name.value == written || role.id.value == written) {
                    Some(role) => self.facts.owner = Some(role.id.value.clone()),
                    None => {
                        let text = Text::new("import-owner").arg("written", written);
                        self.findings.undecided(value.whole(), text, "import-owner-help");
                        self.facts.unknown_owner = true;
                    }
                }
            }
            Key::Classification => match config.classifications.iter().find(|label| label.name.value == written) {
                Some(label) => self.facts.classification = Some(label.id.value.clone()),
                None => {
                    let text = Text::new("import-classification").arg("written", written);
                    self.findings.undecided(value.whole(), text, "import-classification-help");
                }
            },
            Key::Approver => {
                let text = Text::new("import-left-out").arg("text", written);
                self.findings.note(value.whole(), text, "import-approver-help");
            }
            Key::Established | Key::Changed | Key::Effective => match date(written) {
                Some(day) if key == Key::Established => self.facts.established = Some(day),
                Some(day) => self.changed.push((day, value.clone())),
                None => return false,
            },
        }
        true
    }

    /// What the facts say about each other.
    fn settle(&mut self) {
        self.facts.history.sort_by_key(|row| row.version);
        let newest = self.facts.history.last().map(|row| (row.version, row.span));
        if let (Some(stated), Some((newest, span))) =
            (self.facts.version, newest.filter(|newest| Some(newest.0) != self.facts.version))
        {
            let text =
                Text::new("import-version-differs").arg("stated", stated.to_string()).arg("newest", newest.to_string());
            self.findings.undecided(span, text, "import-version-differs-help");
        }
        self.facts.version = newest.map(|newest| newest.0).or(self.facts.version);
        for (day, words) in std::mem::take(&mut self.changed) {
            let known =
                self.facts.history.iter().any(|row| [row.approved_on, row.effective, row.day].contains(&Some(day)));
            if !known {
                let text = Text::new("import-change-date").arg("date", day);
                self.findings.undecided(words.whole(), text, "import-change-date-help");
            }
        }
    }
}

/// 文書番号：A-01, 制定日　2015年4月1日, 2015年4月1日 制定.
fn pair(words: &Words) -> Option<(Key, Words)> {
    let text = words.as_str();
    if let Some(at) = text.find(['：', ':']) {
        let sign = text[at..].chars().next().map_or(1, char::len_utf8);
        let found = key(&text[..at])?;
        let value = words.slice(at + sign..text.len()).trimmed();
        return (!value.is_blank()).then_some((found, value));
    }
    if let [(_, span)] = dates(text)[..] {
        let (before, behind) = (text[..span.start].trim(), text[span.end..].trim());
        let name = if before.is_empty() { behind } else { before };
        if before.is_empty() != behind.is_empty() {
            return Some((key(name.trim_matches(['（', '）', '(', ')']))?, words.slice(span.start..span.end)));
        }
        return None;
    }
    let (name, value) = text.split_once(char::is_whitespace)?;
    let start = text.len() - value.len();
    Some((key(name)?, words.slice(start..text.len()).trimmed()))
        .filter(|(_, value)| !value.is_blank() && value.as_str().chars().count() <= 30)
}

/// 2021.10.1 改訂: a date of figures and a key behind it.
fn spaced(words: &Words) -> Option<(Key, Words)> {
    let (value, name) = words.as_str().split_once(char::is_whitespace)?;
    date(value)?;
    Some((key(name)?, words.slice(0..value.len())))
}
