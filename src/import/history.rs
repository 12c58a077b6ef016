//! Tables of versions (改訂履歴) → versions with their dates and changes.

use std::collections::BTreeSet;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::Dates;
use super::finding::Findings;
use super::tables::Table;
use super::words::Words;
use crate::locale::Text;
use crate::model::id::Version;
use crate::parse::date::dates;
use crate::source::Span;

/// A version as a row of the table states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PastRow {
    pub version: Version,
    pub approved_on: Option<Date>,
    pub effective: Option<Date>,
    /// A day of which it is not known which of the two it is.
    pub day: Option<Date>,
    pub changes: String,
    /// Names in the columns 作成, 審査 and 承認.
    pub drafters: Vec<String>,
    pub checked_by: Vec<String>,
    pub approvers: Vec<String>,
    pub span: Span,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Version,
    Effective,
    Approved,
    /// 改訂日 and the like: of which of the two days nobody can tell.
    Day,
    Changes,
    Drafters,
    CheckedBy,
    Approvers,
    Other,
}

fn column(name: &str) -> Column {
    let name: String = name.nfkc().filter(|c| !c.is_whitespace() && *c != '*').collect();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let day = has(&["日", "年月"]);
    if day && has(&["施行", "適用", "発効"]) {
        Column::Effective
    } else if day && has(&["承認", "決裁", "決定", "議決"]) {
        Column::Approved
    } else if day {
        Column::Day
    } else if has(&["版", "Ver", "ver", "Rev", "rev", "バージョン"]) {
        Column::Version
    } else if has(&["内容", "概要", "事項", "箇所"]) {
        Column::Changes
    } else if has(&["作成", "起案", "改訂者", "担当"]) {
        Column::Drafters
    } else if has(&["審査", "確認", "照査", "査閲"]) {
        Column::CheckedBy
    } else if has(&["承認", "決裁"]) {
        Column::Approvers
    } else {
        Column::Other
    }
}

/// The columns of a table of versions; `None` where it is another table.
fn columns(table: &Table) -> Option<Vec<Column>> {
    let columns: Vec<Column> = table.rows.first()?.iter().map(|cell| column(cell.as_str())).collect();
    let count = |wanted: &[Column]| columns.iter().filter(|column| wanted.contains(column)).count();
    let days = count(&[Column::Day, Column::Effective, Column::Approved]);
    (count(&[Column::Version]) == 1 && days > 0).then_some(columns)
}

/// Whether a table is one of versions.
pub(super) fn is_history(table: &Table) -> bool {
    columns(table).is_some()
}

/// The rows of a table of versions, lowest version first. `effective` holds the days on which the text itself says that a
/// version took effect.
pub(super) fn history(
    table: &Table,
    meaning: Option<Dates>,
    effective: &BTreeSet<Date>,
    findings: &mut Findings,
) -> Vec<PastRow> {
    let Some(columns) = columns(table) else { return Vec::new() };
    let mut found: Vec<PastRow> = Vec::new();
    let rows: Vec<&Vec<Words>> =
        table.rows.iter().skip(1).filter(|row| row.iter().any(|cell| !cell.is_blank())).collect();
    let written: Vec<Option<Version>> = rows
        .iter()
        .map(|row| {
            columns.iter().position(|c| *c == Column::Version).and_then(|at| Version::meant(row.get(at)?.as_str()))
        })
        .collect();
    let second = Version { major: 2, minor: 0 };
    // 初版 is 1.0 where nothing else is, and where the rest goes on from there.
    let first_free =
        written.iter().flatten().all(|version| version.major > 0 && *version != Version { major: 1, minor: 0 })
            && written.iter().flatten().min().is_none_or(|lowest| *lowest <= second);
    for (row, version) in rows.iter().zip(&written) {
        let cells = |wanted: Column| {
            row.iter()
                .zip(&columns)
                .filter(move |(cell, column)| **column == wanted && !cell.is_blank())
                .map(|(cell, _)| cell)
        };
        let span = row.iter().find(|cell| !cell.is_blank()).map_or(table.span, Words::whole);
        let cell = cells(Column::Version).next();
        let is_first = cell.is_some_and(|cell| matches!(plain(cell.as_str()).as_str(), "初版" | "制定" | "新規"));
        let version = version.or((is_first && first_free).then_some(Version { major: 1, minor: 0 }));
        let Some(version) = version else {
            let text = Text::new("import-history-version").arg("written", cell.map_or("", |cell| cell.as_str()));
            findings.undecided(cell.map_or(span, Words::whole), text, "import-history-version-help");
            continue;
        };
        if found.iter().any(|known| known.version == version) {
            let text = Text::new("import-history-twice").arg("version", version.to_string());
            findings.undecided(span, text, "import-history-twice-help");
            continue;
        }
        let mut day = |wanted: Column| {
            let cell = cells(wanted).next()?;
            let found = date(cell.as_str());
            if found.is_none() {
                let text = Text::new("import-history-date").arg("written", cell.as_str());
                findings.undecided(cell.whole(), text, "import-history-date-help");
            }
            found.map(|date| (date, cell.whole()))
        };
        let (mut approved_on, mut takes_effect) =
            (day(Column::Approved).map(|day| day.0), day(Column::Effective).map(|day| day.0));
        let open = day(Column::Day);
        if let Some((date, place)) = open {
            let (approves, sets) = match meaning {
                Some(Dates::Approved) => (true, false),
                Some(Dates::Effective) => (false, true),
                Some(Dates::Both) => (true, true),
                None => (false, effective.contains(&date)),
            };
            approved_on = approved_on.or(approves.then_some(date));
            takes_effect = takes_effect.or(sets.then_some(date));
            if !approves && !sets {
                let text = Text::new("import-history-day").arg("date", date).arg("version", version.to_string());
                findings.undecided(place, text, "import-history-day-help");
            }
        }
        let names = |wanted: Column| cells(wanted).flat_map(|cell| names(cell.as_str())).collect::<Vec<_>>();
        for cell in cells(Column::Other) {
            let text = Text::new("import-history-cell").arg("text", cell.as_str());
            findings.note(cell.whole(), text, "import-history-cell-help");
        }
        let changes: Vec<&str> = cells(Column::Changes).map(Words::as_str).collect();
        found.push(PastRow {
            version,
            approved_on,
            effective: takes_effect,
            day: open.map(|(date, _)| date),
            changes: changes.join(" ").split_whitespace().collect::<Vec<_>>().join(" "),
            drafters: names(Column::Drafters),
            checked_by: names(Column::CheckedBy),
            approvers: names(Column::Approvers),
            span,
        });
    }
    found.sort_by_key(|row| row.version);
    found
}

fn plain(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Names of people in a cell.
fn names(cell: &str) -> Vec<String> {
    let names = cell
        .split(['、', ',', '，', ';', '；', '・', '\n'])
        .map(str::trim)
        .filter(|name| !matches!(*name, "" | "-" | "－" | "―"));
    names.map(str::to_owned).collect()
}

/// A date in any manner of writing: 2019/4/1, 2019.4.1, 平成31年4月1日, H31.4.1, 令和元年5月1日.
pub(super) fn date(written: &str) -> Option<Date> {
    let text = plain(written);
    if let [(date, span)] = dates(&text)[..] {
        return (span.start == 0 && span.end == text.len()).then_some(date);
    }
    const ERAS: [(&str, i16); 6] =
        [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("R", 2018), ("H", 1988), ("S", 1925)];
    let (before, rest) = match ERAS.iter().find_map(|(name, before)| Some((*before, text.strip_prefix(name)?))) {
        Some(found) => found,
        None => (0, text.as_str()),
    };
    let numbers: Vec<i16> = rest.split(['/', '.', '-']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day] = numbers[..] else { return None };
    let year = before.checked_add(year).filter(|year| *year >= 1900)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The days on which a text says that it takes effect: 2019年4月1日から施行する.
pub(super) fn effective_days(text: &str) -> BTreeSet<Date> {
    let is_effect = |span: &Span| {
        let behind = text[span.end..].trim_start_matches(['よ', 'り', 'か', 'ら', '、', ' ', '　', 'に']);
        ["施行", "適用", "実施", "改正施行", "改訂施行"].iter().any(|word| behind.starts_with(word))
    };
    dates(text).into_iter().filter(|(_, span)| is_effect(span)).map(|(date, _)| date).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;
    use crate::import::blocks::lines;
    use crate::import::tables::table;

    #[test]
    fn dates_are_read_in_every_manner() {
        for written in
            ["2019/4/1", "２０１９．４．１", "2019-04-01", "2019年4月1日", "平成31年4月1日", "H31.4.1", "平成31.4.1"]
        {
            assert_eq!(date(written), Some(day(2019, 4, 1)), "{written}");
        }
        assert_eq!(date("令和元年5月1日"), Some(day(2019, 5, 1)));
        for written in ["2019年4月", "19/4/1", "2019/2/30", "", "4月1日", "2019/4/1 改訂"] {
            assert_eq!(date(written), None, "{written}");
        }
        let text = "この規程は、2015年4月1日から施行する。2019年4月1日より改正施行する。2020年4月1日に制定した。";
        assert_eq!(effective_days(text).into_iter().collect::<Vec<_>>(), [day(2015, 4, 1), day(2019, 4, 1)]);
    }

    #[test]
    fn what_a_table_leaves_open_is_told() {
        let text = "| 版数 | 改訂日 | 改訂内容 | 作成 | 備考 |\n|---|---|---|---|---|\n| 第2版 | 2019/4/1 | 第8条を新設 | 佐藤、鈴木 | 要確認 |\n| 初版 | 2015/4/1 | 制定 | 佐藤 | |\n| B | 2013年 | 試行 | | |";
        let lines = lines(text);
        let (table, _) = table(&lines).unwrap();
        assert!(is_history(&table));
        let read = |meaning, effective: &[Date]| {
            let mut findings = Findings::default();
            let rows = history(&table, meaning, &effective.iter().copied().collect(), &mut findings);
            let told: Vec<_> = findings
                .0
                .iter()
                .map(|finding| (finding.message.key(), &text[finding.span.start..finding.span.end]))
                .collect();
            (rows, told)
        };
        let (rows, told) = read(None, &[day(2015, 4, 1)]);
        assert_eq!(rows.len(), 2);
        assert_eq!(
            (rows[0].version.to_string().as_str(), rows[0].effective, rows[0].approved_on),
            ("1.0", Some(day(2015, 4, 1)), None)
        );
        assert_eq!((rows[1].effective, rows[1].changes.as_str()), (None, "第8条を新設"));
        assert_eq!(rows[1].drafters, ["佐藤", "鈴木"]);
        let expected =
            [("import-history-day", "2019/4/1"), ("import-history-cell", "要確認"), ("import-history-version", "B")];
        assert_eq!(told, expected);
        let (rows, _) = read(Some(Dates::Both), &[]);
        assert_eq!((rows[1].effective, rows[1].approved_on), (Some(day(2019, 4, 1)), Some(day(2019, 4, 1))));
    }
}
