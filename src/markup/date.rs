//! How dates read: in the Gregorian calendar, by Japanese era, or both. Display only; nothing is computed from it.

use jiff::civil::Date;

use super::html::escaped;
use crate::locale::{Catalogue, Language};
use crate::model::config::Calendar;

/// First day of each era, newest first, with the key of its name.
const ERAS: [(Date, &str); 5] = [
    (jiff::civil::date(2019, 5, 1), "era-reiwa"),
    (jiff::civil::date(1989, 1, 8), "era-heisei"),
    (jiff::civil::date(1926, 12, 25), "era-showa"),
    (jiff::civil::date(1912, 7, 30), "era-taisho"),
    // Japan counts by the Gregorian calendar since 1873; an earlier date has no era date of the same day.
    (jiff::civil::date(1873, 1, 1), "era-meiji"),
];

/// First year of the era of Meiji, which began before the calendar did.
const MEIJI: i16 = 1868;

/// A date as people read it.
pub fn words(date: Date, calendar: Calendar, catalogue: &Catalogue) -> String {
    // English names its months, so that no reader takes the month for the day.
    let month = match catalogue.language() {
        Language::En => catalogue.get(MONTHS[usize::from(date.month().unsigned_abs()) - 1]),
        Language::Ja => date.month().to_string(),
    };
    let day = [("month", month), ("day", date.day().to_string())];
    let year = |year: String| std::iter::once(("year", year));
    let gregorian =
        || catalogue.with_args("date-gregorian", day.clone().into_iter().chain(year(date.year().to_string())));
    let Some((first, name)) = ERAS.iter().find(|(first, _)| *first <= date) else { return gregorian() };
    let first_year = if *name == "era-meiji" { MEIJI } else { first.year() };
    let era_year = match date.year() - first_year + 1 {
        1 => catalogue.get("era-first-year"),
        year => year.to_string(),
    };
    let era = std::iter::once(("era", catalogue.get(name))).chain(year(era_year));
    match calendar {
        Calendar::Gregorian => gregorian(),
        Calendar::JapaneseEra => catalogue.with_args("date-era", era.chain(day)),
        Calendar::Both => {
            let era = catalogue.with_args("date-era-year", era);
            catalogue.with_args("date-both", [("gregorian", gregorian()), ("era", era)])
        }
    }
}

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10",
    "month-11", "month-12",
];

/// The same as a `<time>` element with the ISO date inside.
pub fn element(date: Date, calendar: Calendar, catalogue: &Catalogue) -> String {
    format!("<time datetime=\"{date}\">{}</time>", escaped(&words(date, calendar, catalogue)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(day: Date, calendar: Calendar) -> String {
        words(day, calendar, &Catalogue::new(Language::Ja))
    }

    #[test]
    fn the_first_year_of_an_era_is_gannen() {
        assert_eq!(read(date(2019, 5, 1), Calendar::JapaneseEra), "令和元年5月1日");
        assert_eq!(read(date(2019, 4, 30), Calendar::JapaneseEra), "平成31年4月30日");
        assert_eq!(read(date(1926, 12, 25), Calendar::JapaneseEra), "昭和元年12月25日");
        assert_eq!(read(date(1873, 1, 1), Calendar::JapaneseEra), "明治6年1月1日");
        assert_eq!(read(date(1872, 12, 31), Calendar::JapaneseEra), "1872年12月31日");
    }

    #[test]
    fn calendars_are_chosen_by_configuration() {
        assert_eq!(read(date(2026, 4, 1), Calendar::Gregorian), "2026年4月1日");
        assert_eq!(read(date(2026, 4, 1), Calendar::JapaneseEra), "令和8年4月1日");
        assert_eq!(read(date(2026, 4, 1), Calendar::Both), "2026年4月1日（令和8年）");
        let english = Catalogue::new(Language::En);
        assert_eq!(words(date(2026, 4, 1), Calendar::Gregorian, &english), "1 April 2026");
        assert_eq!(words(date(2026, 4, 1), Calendar::Both, &english), "1 April 2026 (Reiwa 8)");
        assert_eq!(words(date(2019, 5, 1), Calendar::JapaneseEra, &english), "1 May Reiwa 1");
        let element = element(date(2026, 4, 1), Calendar::Gregorian, &english);
        assert_eq!(element, "<time datetime=\"2026-04-01\">1 April 2026</time>");
    }
}
