//! Annex A: the 93 controls with their titles, attributes and predecessors in the edition of 2013.
//!
//! The values stand in `annex-a-2022.toml`, the names of the attributes in `attributes.toml`; this module parses
//! both once. A control is known by the number as printed, without the letter: `5.12`.

use std::sync::LazyLock;

use super::{Titles, compare_numbers};

/// A control of Annex A.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Control {
    /// The number as printed, `5.12`.
    pub id: &'static str,
    /// The same as two numbers, the key of the order.
    pub number: (u8, u8),
    /// The theme, which the first number stands for.
    pub theme: Theme,
    /// Official titles.
    pub title: Titles,
    /// Values of the attribute `control-type`.
    pub control_type: Vec<&'static str>,
    /// Values of the attribute `properties`.
    pub properties: Vec<&'static str>,
    /// Values of the attribute `concepts`.
    pub concepts: Vec<&'static str>,
    /// Values of the attribute `capabilities`.
    pub capabilities: Vec<&'static str>,
    /// Values of the attribute `domains`.
    pub domains: Vec<&'static str>,
    /// Controls of 2013 (`9.2.1`) that became this one; empty where it was new in 2022.
    pub predecessors: Vec<&'static str>,
}

impl Control {
    /// The control's values of an attribute, by the attribute's id; nothing for an id that [`attributes`] lacks.
    pub fn attribute_values(&self, attribute: &str) -> &[&'static str] {
        match attribute {
            "control-type" => &self.control_type,
            "properties" => &self.properties,
            "concepts" => &self.concepts,
            "capabilities" => &self.capabilities,
            "domains" => &self.domains,
            _ => &[],
        }
    }
}

/// The four themes, in the order of their numbers (5 to 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Clause 5 of Annex A.
    Organizational,
    /// Clause 6 of Annex A.
    People,
    /// Clause 7 of Annex A.
    Physical,
    /// Clause 8 of Annex A.
    Technological,
}

impl Theme {
    /// All four, in order.
    pub const ALL: [Self; 4] = [Self::Organizational, Self::People, Self::Physical, Self::Technological];

    /// The first number of its controls.
    pub fn number(self) -> u8 {
        match self {
            Self::Organizational => 5,
            Self::People => 6,
            Self::Physical => 7,
            Self::Technological => 8,
        }
    }

    /// Official titles.
    pub fn title(self) -> Titles {
        match self {
            Self::Organizational => Titles { ja: "組織的管理策", en: "Organizational controls" },
            Self::People => Titles { ja: "人的管理策", en: "People controls" },
            Self::Physical => Titles { ja: "物理的管理策", en: "Physical controls" },
            Self::Technological => Titles { ja: "技術的管理策", en: "Technological controls" },
        }
    }
}

/// One of the five attributes that ISO/IEC 27002:2022 gives each control.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Our identifier, `control-type`.
    pub id: &'static str,
    /// Its name.
    pub name: Titles,
    /// All values it may take, in the order of the standard.
    pub values: Vec<AttributeValue>,
}

impl Attribute {
    /// A value by its identifier.
    pub fn value(&self, id: &str) -> Option<&AttributeValue> {
        self.values.iter().find(|value| value.id == id)
    }
}

/// A value of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeValue {
    /// Our identifier, `preventive`.
    pub id: &'static str,
    /// Its name.
    pub name: Titles,
}

/// All controls, by number.
pub fn controls() -> &'static [Control] {
    static CONTROLS: LazyLock<Vec<Control>> =
        LazyLock::new(|| parse_controls().expect("the embedded file is whole: the tests of this module parse it"));
    &CONTROLS
}

/// The control of a number as printed in the edition of 2022 (`5.12`).
pub fn control(id: &str) -> Option<&'static Control> {
    controls().iter().find(|control| control.id == id)
}

/// The controls that a control of 2013 (`9.2.1`) became, by number: one, for a single control two, and none for a
/// number that the edition of 2013 does not have.
pub fn successors(old_2013: &str) -> Vec<&'static Control> {
    controls().iter().filter(|control| control.predecessors.contains(&old_2013)).collect()
}

/// The five attributes, in the order of the standard.
pub fn attributes() -> &'static [Attribute] {
    static ATTRIBUTES: LazyLock<Vec<Attribute>> =
        LazyLock::new(|| parse_attributes().expect("the embedded file is whole: the tests of this module parse it"));
    &ATTRIBUTES
}

/// The attribute of an identifier.
pub fn attribute(id: &str) -> Option<&'static Attribute> {
    attributes().iter().find(|attribute| attribute.id == id)
}

fn parse_attributes() -> Result<Vec<Attribute>, toml::de::Error> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
    struct File {
        attribute: Vec<Attribute>,
    }
    Ok(toml::from_str::<File>(include_str!("attributes.toml"))?.attribute)
}

fn parse_controls() -> Result<Vec<Control>, toml::de::Error> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
    struct File {
        control: Vec<Row>,
    }
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        id: &'static str,
        theme: Theme,
        title: Titles,
        control_type: Vec<&'static str>,
        properties: Vec<&'static str>,
        concepts: Vec<&'static str>,
        capabilities: Vec<&'static str>,
        domains: Vec<&'static str>,
        predecessors: Vec<&'static str>,
    }
    let rows = toml::from_str::<File>(include_str!("annex-a-2022.toml"))?.control;
    let mut controls = rows
        .into_iter()
        .map(|row| {
            let number = row
                .id
                .split_once('.')
                .and_then(|(theme, rest)| Some((theme.parse().ok()?, rest.parse().ok()?)))
                .ok_or_else(|| serde::de::Error::custom(format!("{} is not a number of Annex A", row.id)))?;
            let mut predecessors = row.predecessors;
            predecessors.sort_by(|a, b| compare_numbers(a, b));
            Ok(Control {
                id: row.id,
                number,
                theme: row.theme,
                title: row.title,
                control_type: row.control_type,
                properties: row.properties,
                concepts: row.concepts,
                capabilities: row.capabilities,
                domains: row.domains,
                predecessors,
            })
        })
        .collect::<Result<Vec<_>, toml::de::Error>>()?;
    controls.sort_by_key(|control| control.number);
    Ok(controls)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_93_controls_in_four_themes() {
        let count = |theme| controls().iter().filter(|control| control.theme == theme).count();
        assert_eq!(Theme::ALL.map(count), [37, 8, 14, 34]);
        for theme in Theme::ALL {
            let numbers: Vec<_> = controls().iter().filter(|c| c.theme == theme).map(|c| c.number).collect();
            let expected: Vec<_> = (1u8..).map(|n| (theme.number(), n)).take(numbers.len()).collect();
            assert_eq!(numbers, expected, "no gap, no double, in order");
        }
    }

    #[test]
    fn every_control_is_complete_and_its_attribute_values_have_names() {
        for control in controls() {
            assert_eq!(control.id, format!("{}.{}", control.number.0, control.number.1));
            assert!(!control.title.ja.is_empty() && !control.title.en.is_empty(), "{}", control.id);
            for attribute in attributes() {
                let values = control.attribute_values(attribute.id);
                assert!(!values.is_empty(), "{} has no {}", control.id, attribute.id);
                for value in values {
                    assert!(
                        attribute.value(value).is_some(),
                        "{}: {} is not a value of {}",
                        control.id,
                        value,
                        attribute.id
                    );
                }
            }
        }
    }

    #[test]
    fn every_attribute_value_is_used_and_named() {
        assert_eq!(attributes().iter().map(|a| a.values.len()).collect::<Vec<_>>(), [3, 3, 5, 15, 4]);
        for attribute in attributes() {
            for value in &attribute.values {
                assert!(!value.name.ja.is_empty() && !value.name.en.is_empty(), "{}", value.id);
                assert!(
                    controls().iter().any(|c| c.attribute_values(attribute.id).contains(&value.id)),
                    "{}",
                    value.id
                );
            }
        }
    }

    #[test]
    fn all_114_controls_of_2013_have_a_successor() {
        let old: BTreeSet<_> = controls().iter().flat_map(|control| &control.predecessors).collect();
        assert_eq!(old.len(), 114);
        let split: Vec<_> = old.iter().filter(|id| successors(id).len() > 1).collect();
        assert_eq!(split, [&&"18.2.3"]);
        assert_eq!(controls().iter().filter(|control| control.predecessors.is_empty()).count(), 11);
    }

    #[test]
    fn a_number_of_2013_leads_to_its_successors() {
        let ids = |old| successors(old).iter().map(|control| control.id).collect::<Vec<_>>();
        assert_eq!(ids("9.2.1"), ["5.16"]);
        assert_eq!(ids("18.2.3"), ["5.36", "8.8"]);
        assert!(ids("9.9.9").is_empty());
        assert_eq!(control("5.1").map(|control| control.title.en), Some("Policies for information security"));
        assert_eq!(control("5.10").map(|control| control.number), Some((5, 10)));
        assert!(control("5.01").is_none() && control("A.5.1").is_none() && control("").is_none());
    }
}
