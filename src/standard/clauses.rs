//! Clauses 4 to 10 of the standard: number, titles, place in the tree and the documented information each demands.
//!
//! The values stand in `clauses.toml`; this module parses them once.

use std::sync::LazyLock;

use super::Titles;

/// A clause or sub-clause.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Clause {
    /// The number as printed, `7.5.3`.
    pub id: &'static str,
    /// The number of the clause it belongs to; none for 4 to 10 themselves.
    pub parent: Option<&'static str>,
    /// Official titles.
    pub title: Titles,
    /// Whether Amendment 1:2024 (climate action) added to it.
    pub amended_2024: bool,
    /// What the clause wants in writing; empty for most.
    pub documented: Vec<DocumentedInformation>,
}

/// Documented information that a clause demands, named in our own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentedInformation {
    /// The item of the clause where the demand belongs to one, `b`.
    pub item: Option<&'static str>,
    /// What it is.
    pub name: Titles,
}

/// All clauses, in the order of the standard.
pub fn clauses() -> &'static [Clause] {
    static CLAUSES: LazyLock<Vec<Clause>> =
        LazyLock::new(|| parse().expect("the embedded file is whole: the tests of this module parse it"));
    &CLAUSES
}

/// The clause of a number (`7.5.3`).
pub fn clause(id: &str) -> Option<&'static Clause> {
    clauses().iter().find(|clause| clause.id == id)
}

fn parse() -> Result<Vec<Clause>, toml::de::Error> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
    struct File {
        clause: Vec<Row>,
    }
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        id: &'static str,
        title: Titles,
        #[serde(default)]
        amended_2024: bool,
        #[serde(default)]
        documented: Vec<DocumentedInformation>,
    }
    let rows = toml::from_str::<File>(include_str!("clauses.toml"))?.clause;
    Ok(rows
        .into_iter()
        .map(|row| Clause {
            id: row.id,
            parent: row.id.rsplit_once('.').map(|(parent, _)| parent),
            title: row.title,
            amended_2024: row.amended_2024,
            documented: row.documented,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::compare_numbers;

    #[test]
    fn clauses_4_to_10_stand_in_order_with_both_titles() {
        assert!(clauses().is_sorted_by(|a, b| compare_numbers(a.id, b.id).is_lt()), "in order, none twice");
        for clause in clauses() {
            assert!(!clause.title.ja.is_empty() && !clause.title.en.is_empty(), "{}", clause.id);
            assert!(clause.parent.is_none_or(|parent| super::clause(parent).is_some()), "{} has no parent", clause.id);
        }
        let top: Vec<_> = clauses().iter().filter(|clause| clause.parent.is_none()).map(|clause| clause.id).collect();
        assert_eq!(top, ["4", "5", "6", "7", "8", "9", "10"]);
        assert_eq!(clauses().len(), 7 + 23 + 11);
    }

    #[test]
    fn fourteen_clauses_demand_documented_information() {
        let demanding: Vec<_> = clauses().iter().filter(|clause| !clause.documented.is_empty()).map(|c| c.id).collect();
        assert_eq!(
            demanding,
            [
                "4.3", "5.2", "6.1.2", "6.1.3", "6.2", "7.2", "7.5.1", "8.1", "8.2", "8.3", "9.1", "9.2.2", "9.3.3",
                "10.2"
            ]
        );
        for information in clauses().iter().flat_map(|clause| &clause.documented) {
            assert!(!information.name.ja.is_empty() && !information.name.en.is_empty());
        }
    }

    #[test]
    fn the_amendment_of_2024_touches_two_clauses() {
        let amended: Vec<_> = clauses().iter().filter(|clause| clause.amended_2024).map(|clause| clause.id).collect();
        assert_eq!(amended, ["4.1", "4.2"]);
    }

    #[test]
    fn a_clause_is_found_by_its_number_only() {
        assert_eq!(clause("7.5.3").and_then(|clause| clause.parent), Some("7.5"));
        assert!(clause("7.5.4").is_none() && clause("07.5").is_none() && clause("").is_none());
    }
}
