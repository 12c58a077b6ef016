//! What a comparison comes to in plain words, a sentence a change. Between two wordings and the change log; knows no
//! approvals.

use serde::Serialize;

use crate::compare::unit::{LineKind, UnitKind};
use crate::compare::{Change, Comparison, LinePair, LineSide, Row, facts};
use crate::locale::{Catalogue, Text};

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// An article, a heading, a preamble is new.
    Added,
    /// It reads otherwise.
    Changed,
    /// It stands elsewhere.
    Moved,
    /// It has another number.
    Renumbered,
    /// It is gone, or only its number is kept.
    Removed,
    /// Something is required that was not, or otherwise than before.
    Required,
    /// The same of what is forbidden.
    Forbidden,
    /// The front matter says something else.
    Fact,
    /// Punctuation, width, white space.
    Editorial,
}

/// One change in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangelogItem {
    /// What kind of thing.
    pub kind: ItemKind,
    /// The words.
    pub text: String,
    /// Where, of editorial changes: the units that hold them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
}

impl ChangelogItem {
    fn new(kind: ItemKind, text: String) -> Self {
        Self { kind, text, places: Vec::new() }
    }

    /// Whether it may be a matter of words alone. What came, went, moved, is demanded, or stands in the front matter is not.
    pub fn is_wording(&self) -> bool {
        matches!(self.kind, ItemKind::Changed | ItemKind::Renumbered | ItemKind::Editorial)
    }

    /// The words with the places, for where nothing can be folded away.
    pub fn in_full(&self, catalogue: &Catalogue) -> String {
        if self.places.is_empty() {
            return self.text.clone();
        }
        let places = self.places.join(&catalogue.get("site-list-comma"));
        catalogue.with_args("log-editorial-places", [("text", self.text.clone()), ("places", places)])
    }
}

/// What a comparison comes to: what was decided first, what only shifted last, editorial changes as a number and the
/// places where they stand.
pub fn items(comparison: &Comparison, catalogue: &Catalogue) -> Vec<ChangelogItem> {
    let mut items = Vec::new();
    let (mut editorial, mut places) = (0, Vec::new());
    let mut shifted: Vec<&Row> = Vec::new();
    // Articles between two that came, went or moved shift by one number; one sentence tells each such run.
    let mut runs: Vec<Vec<&Row>> = vec![Vec::new()];
    for row in &comparison.rows {
        if row.kind == UnitKind::Facts {
            items.extend(
                row.lines.iter().filter(|line| line.change != Change::Unchanged).map(|line| fact(line, catalogue)),
            );
            continue;
        }
        let corrected = row.lines.iter().filter(|line| line.editorial).count();
        editorial += corrected;
        places.extend(row.new.as_ref().or(row.old.as_ref()).filter(|_| corrected > 0).map(|name| name.label.clone()));
        let substantial = row
            .lines
            .iter()
            .any(|line| !line.editorial && !matches!(line.change, Change::Unchanged | Change::Renumbered));
        let say = |kind, key, args: Vec<(&'static str, &str)>| {
            let text = args.into_iter().fold(Text::new(key), |text, (name, value)| text.arg(name, value));
            ChangelogItem::new(kind, catalogue.text(&text))
        };
        let (old, new) = (row.old.as_ref(), row.new.as_ref());
        let counts = matches!(row.change, Change::Added | Change::Removed | Change::Moved);
        if row.kind == UnitKind::Supplement || (row.kind == UnitKind::Article && counts) {
            runs.push(Vec::new());
        }
        match (row.change, old, new) {
            (Change::Added, _, Some(new)) => {
                items.push(say(ItemKind::Added, "log-added", vec![("place", &new.label)]));
            }
            (Change::Removed, Some(old), _) => {
                items.push(say(ItemKind::Removed, "log-removed", vec![("place", &old.label)]));
            }
            (Change::Deleted, Some(old), Some(_)) => {
                items.push(say(ItemKind::Removed, "log-deleted", vec![("place", &old.label)]));
            }
            (Change::Moved, Some(old), Some(new)) => {
                let (plain, and_changed) = match old.is_distinct_from(new) {
                    true => ("log-moved", "log-moved-and-changed"),
                    false => ("log-moved-only", "log-moved-only-and-changed"),
                };
                let key = if substantial { and_changed } else { plain };
                items.push(say(ItemKind::Moved, key, vec![("place", &new.label), ("from", &old.place())]));
            }
            (Change::Changed, Some(old), Some(new)) if substantial => {
                let item = match old.number != new.number && !old.number.is_empty() {
                    true => say(
                        ItemKind::Changed,
                        "log-changed-renumbered",
                        vec![("place", &new.label), ("from", &old.number)],
                    ),
                    false => say(ItemKind::Changed, "log-changed", vec![("place", &new.label)]),
                };
                items.push(item);
            }
            (Change::Renumbered | Change::Changed, Some(old), Some(new)) if old.number != new.number => {
                match (row.kind, runs.last_mut()) {
                    (UnitKind::Article, Some(run)) => run.push(row),
                    _ => shifted.push(row),
                }
            }
            _ => {}
        }
        items.extend(row.lines.iter().filter(|line| !line.editorial).filter_map(|line| duty(line, row, catalogue)));
    }
    items.extend(shifts(&shifted, &runs, catalogue));
    if editorial > 0 {
        let text = catalogue.text(&Text::new("log-editorial").arg("count", editorial));
        items.push(ChangelogItem { places, ..ChangelogItem::new(ItemKind::Editorial, text) });
    }
    items
}

fn words(side: Option<&LineSide>) -> String {
    let cells = side.into_iter().flat_map(|side| &side.cells);
    cells.map(|cell| cell.iter().map(|s| s.text.as_str()).collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn fact(line: &LinePair, catalogue: &Catalogue) -> ChangelogItem {
    let side = line.new.as_ref().or(line.old.as_ref());
    let name = match side.map(|side| (side.kind, &side.mark.text)) {
        Some((LineKind::Fact("soa" | "soa-reasons"), mark)) => mark.clone(),
        Some((LineKind::Fact(name), _)) => catalogue.get(facts::key(name)),
        _ => String::new(),
    };
    let (old, new) = (words(line.old.as_ref()), words(line.new.as_ref()));
    if let Some(text) = side.filter(|side| is_list(side.kind)).and_then(|_| came_and_went(&name, &old, &new, catalogue))
    {
        return ChangelogItem::new(ItemKind::Fact, catalogue.text(&text));
    }
    let text = match (old.is_empty(), new.is_empty()) {
        (true, _) => Text::new("log-fact-added").arg("name", name).arg("new", new),
        (_, true) => Text::new("log-fact-removed").arg("name", name).arg("old", old),
        _ => Text::new("log-fact").arg("name", name).arg("old", old).arg("new", new),
    };
    ChangelogItem::new(ItemKind::Fact, catalogue.text(&text))
}

/// Whether a fact is a list of things, each of which comes and goes by itself.
fn is_list(kind: LineKind) -> bool {
    matches!(kind, LineKind::Fact("audience" | "implements" | "annex_a" | "clauses" | "soa-reasons"))
}

/// What came into a list and what went from it; `None` where the two have nothing in common.
fn came_and_went(name: &str, old: &str, new: &str, catalogue: &Catalogue) -> Option<Text> {
    let comma = catalogue.get("site-list-comma");
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(&comma).collect(), new.split(&comma).collect());
    if !old.iter().any(|thing| new.contains(thing)) {
        return None;
    }
    let only = |these: &[&str], those: &[&str]| {
        these.iter().copied().filter(|thing| !those.contains(thing)).collect::<Vec<_>>().join(&comma)
    };
    let (came, went) = (only(&new, &old), only(&old, &new));
    let text = |key| Text::new(key).arg("name", name);
    Some(match (came.is_empty(), went.is_empty()) {
        (true, true) => return None,
        (false, true) => text("log-fact-came").arg("came", came),
        (true, false) => text("log-fact-went").arg("went", went),
        (false, false) => text("log-fact-came-and-went").arg("came", came).arg("went", went),
    })
}

/// What must or must not be done from now on.
fn duty(line: &LinePair, row: &Row, catalogue: &Catalogue) -> Option<ChangelogItem> {
    let side = line.new.as_ref().or(line.old.as_ref())?;
    let (kind, word) = match side.kind {
        LineKind::Required => (ItemKind::Required, "site-alert-required"),
        LineKind::Forbidden => (ItemKind::Forbidden, "site-alert-forbidden"),
        _ => return None,
    };
    let key = match line.change {
        Change::Added => "log-duty-added",
        Change::Removed => "log-duty-removed",
        Change::Changed => "log-duty-changed",
        _ => return None,
    };
    let place = row.new.as_ref().or(row.old.as_ref()).map(|name| name.label.clone()).unwrap_or_default();
    let text = Text::new(key).arg("word", Text::new(word)).arg("place", place).arg("text", words(Some(side)));
    Some(ChangelogItem::new(kind, catalogue.text(&text)))
}

/// Headings one by one, and runs of articles that only have other numbers.
fn shifts(headings: &[&Row], runs: &[Vec<&Row>], catalogue: &Catalogue) -> Vec<ChangelogItem> {
    let numbers = |row: &Row| Some((row.old.as_ref()?.number.clone(), row.new.as_ref()?.number.clone()));
    let range = |from: String, to: String| match from == to {
        true => from,
        false => catalogue.with_args("compare-range", [("from", from), ("to", to)]),
    };
    let single = headings.iter().filter_map(|row| numbers(row));
    let ranges = runs.iter().filter_map(|run| {
        let ((old_first, new_first), (old_last, new_last)) = (numbers(run.first()?)?, numbers(run.last()?)?);
        Some((range(old_first, old_last), range(new_first, new_last)))
    });
    let say = |(from, to)| {
        let text = catalogue.text(&Text::new("log-renumbered").arg("from", from).arg("to", to));
        ChangelogItem::new(ItemKind::Renumbered, text)
    };
    single.chain(ranges).map(say).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn of_a_list_is_told_what_came_and_what_went() {
        let catalogue = Catalogue::new(Language::Ja);
        let told = |old: &str, new: &str| {
            came_and_went("附属書A", old, new, &catalogue).map(|text| catalogue.text(&text)).unwrap_or_default()
        };
        assert_eq!(told("5.19、8.30", "5.19"), "附属書Aから「8.30」を削除");
        assert_eq!(told("5.19", "5.9、5.19、5.20"), "附属書Aに「5.9、5.20」を追加");
        assert_eq!(told("5.19、8.30", "5.19、5.20"), "附属書Aに「5.20」を追加し、「8.30」を削除");
        assert_eq!(told("5.19", "5.20"), "", "nothing stays: the two are named whole");
        assert_eq!(told("5.19", ""), "");
    }
}
