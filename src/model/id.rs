//! Small values that identify and date documents: ids, versions, intervals.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use jiff::ToSpan;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::locale::Text;

/// A document's identity, such as `P-03` or `C-5.12`. Two ids that differ only in case are the same;
/// ordering is natural, so that `C-5.2` stands before `C-5.10`.
#[derive(Debug, Clone)]
pub struct DocumentId(String);

impl DocumentId {
    /// Accepts `[A-Z]+-[0-9A-Za-z.]+`.
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, rest) = text.split_once('-')?;
        let good = !prefix.is_empty()
            && prefix.bytes().all(|b| b.is_ascii_uppercase())
            && !rest.is_empty()
            && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
            && !rest.starts_with('.')
            && !rest.ends_with('.');
        good.then(|| Self(text.to_owned()))
    }

    /// The id as its document writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The letters before the hyphen.
    pub fn prefix(&self) -> &str {
        self.0.split_once('-').map_or("", |(prefix, _)| prefix)
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq for DocumentId {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}
impl Eq for DocumentId {}

impl Hash for DocumentId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_ascii_uppercase().hash(state);
    }
}

impl PartialOrd for DocumentId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for DocumentId {
    fn cmp(&self, other: &Self) -> Ordering {
        natural_cmp(&self.0.to_ascii_uppercase(), &other.0.to_ascii_uppercase())
    }
}

/// Compares texts so that runs of digits count as numbers; texts that are equal that way fall back to
/// plain order, so the result is `Equal` only for equal texts.
pub fn natural_cmp(a: &str, b: &str) -> Ordering {
    let (mut x, mut y) = (a, b);
    loop {
        match (x.chars().next(), y.chars().next()) {
            (None, None) => return a.cmp(b),
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(p), Some(q)) if p.is_ascii_digit() && q.is_ascii_digit() => {
                let (m, rest_x) = x.split_at(x.find(|c: char| !c.is_ascii_digit()).unwrap_or(x.len()));
                let (n, rest_y) = y.split_at(y.find(|c: char| !c.is_ascii_digit()).unwrap_or(y.len()));
                let (m, n) = (m.trim_start_matches('0'), n.trim_start_matches('0'));
                let order = m.len().cmp(&n.len()).then_with(|| m.cmp(n));
                if order != Ordering::Equal {
                    return order;
                }
                (x, y) = (rest_x, rest_y);
            }
            (Some(p), Some(q)) => {
                if p != q {
                    return p.cmp(&q);
                }
                (x, y) = (&x[p.len_utf8()..], &y[q.len_utf8()..]);
            }
        }
    }
}

/// A version `MAJOR.MINOR`: major for changed content, minor for editorial changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Raised by changed content; needs the tier's full approval.
    pub major: u32,
    /// Raised by editorial changes; delegated approval suffices.
    pub minor: u32,
}

impl Version {
    /// Accepts two decimal numbers without leading zeros and a dot between them.
    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('.')?;
        let number = |s: &str| {
            let plain = !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit()) && (s == "0" || !s.starts_with('0'));
            if plain { s.parse().ok() } else { None }
        };
        Some(Self { major: number(major)?, minor: number(minor)? })
    }

    /// The version that was meant, where only the manner of writing is another: `1`, `v1.2`, `第２版`, `1.2版`.
    pub fn meant(written: &str) -> Option<Self> {
        let plain: String = written.nfkc().filter(|c| !c.is_whitespace()).collect();
        let plain =
            plain.trim_start_matches(['v', 'V', '第']).trim_start_matches(['e', 'r', '.']).trim_end_matches('版');
        let whole = if plain.contains('.') { plain.to_owned() } else { format!("{plain}.0") };
        Self::parse(&whole)
    }

    /// The next version for an editorial change.
    pub fn next_minor(self) -> Self {
        Self { minor: self.minor.saturating_add(1), ..self }
    }

    /// The next version for changed content.
    pub fn next_major(self) -> Self {
        Self { major: self.major.saturating_add(1), minor: 0 }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// Unit of an [`Interval`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntervalUnit {
    /// Calendar days.
    Day,
    /// Seven days.
    Week,
    /// Calendar months; a day that a month lacks becomes its last day.
    Month,
    /// Calendar years; 29 February becomes 28 February.
    Year,
}

/// A planned interval such as `1 year` or `6 months`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// How many units, at least 1 and at most 9999.
    pub count: u16,
    /// The unit.
    pub unit: IntervalUnit,
}

impl Interval {
    /// Accepts `N day[s]`, `N week[s]`, `N month[s]`, `N year[s]`.
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count: u16 = count.parse().ok().filter(|n| (1..=9999).contains(n))?;
        let unit = match unit.trim() {
            "day" | "days" => IntervalUnit::Day,
            "week" | "weeks" => IntervalUnit::Week,
            "month" | "months" => IntervalUnit::Month,
            "year" | "years" => IntervalUnit::Year,
            _ => return None,
        };
        Some(Self { count, unit })
    }

    /// The date one interval after `date`; the last representable date where the calendar ends.
    pub fn after(self, date: Date) -> Date {
        let n = i32::from(self.count);
        let span = match self.unit {
            IntervalUnit::Day => n.days(),
            IntervalUnit::Week => n.weeks(),
            IntervalUnit::Month => n.months(),
            IntervalUnit::Year => n.years(),
        };
        date.saturating_add(span)
    }
}

impl Interval {
    /// In words of a language: 1か月, 2 weeks.
    pub fn text(&self) -> Text {
        let key = match self.unit {
            IntervalUnit::Day => "interval-days",
            IntervalUnit::Week => "interval-weeks",
            IntervalUnit::Month => "interval-months",
            IntervalUnit::Year => "interval-years",
        };
        Text::new(key).arg("count", usize::from(self.count))
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            IntervalUnit::Day => "day",
            IntervalUnit::Week => "week",
            IntervalUnit::Month => "month",
            IntervalUnit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ids_are_equal_without_case_and_sort_naturally() {
        let id = |s| DocumentId::parse(s).unwrap();
        assert_eq!(id("S-a1"), id("S-A1"));
        assert!(id("C-5.2") < id("C-5.10"));
        assert!(id("C-5.9") < id("P-01"));
        for bad in ["", "P", "P-", "p-01", "P-01-2", "P_01", "-1", "P-.", "P-1.", "規-1"] {
            assert!(DocumentId::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn versions_are_two_plain_numbers() {
        assert_eq!(Version::parse("2.10"), Some(Version { major: 2, minor: 10 }));
        for bad in ["", "1", "1.", ".1", "1.0.0", "01.0", "1.00", "1.-1", "１.0", "v1.0", "99999999999.0"] {
            assert!(Version::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn intervals_end_on_real_days() {
        let after = |s, d| Interval::parse(s).unwrap().after(d);
        assert_eq!(after("1 year", date(2024, 2, 29)), date(2025, 2, 28));
        assert_eq!(after("1 month", date(2026, 1, 31)), date(2026, 2, 28));
        assert_eq!(after("2 weeks", date(2026, 12, 25)), date(2027, 1, 8));
        assert!(Interval::parse("0 days").is_none() && Interval::parse("yearly").is_none());
    }
}
