//! What falls due as an iCalendar file (RFC 5545): all-day events whose UIDs stay the same when a date moves, so that a
//! calendar that imports the file again updates them.

use icalendar::{Calendar, Component, Event, Property};
use jiff::civil::Date;

use super::due::Due;

/// The calendar's text. `host` makes the UIDs globally unique, `stamp` is the date of the statement, `title` words one
/// entry.
pub fn calendar(dues: &[Due], name: &str, host: &str, stamp: Date, title: impl Fn(&Due) -> String) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//kitei//kitei//JA"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(property(key, value));
    }
    calendar.name(name);
    for due in dues {
        let mut event = Event::new();
        event.uid(&format!("{}@{host}", due.uid));
        event.summary(&title(due));
        event.append_property(property("DTSTAMP", &format!("{}T000000Z", plain(stamp))));
        let mut start = property("DTSTART", &plain(due.date));
        start.add_parameter("VALUE", "DATE");
        event.append_property(start);
        let mut end = property("DTEND", &plain(due.date.saturating_add(jiff::Span::new().days(1))));
        end.add_parameter("VALUE", "DATE");
        event.append_property(end);
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn property(name: &str, value: &str) -> Property {
    Property::new(name, value)
}

fn plain(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::due::Kind;

    #[test]
    fn an_event_is_a_whole_day_with_a_lasting_name() {
        let due = Due {
            date: jiff::civil::date(2026, 12, 31),
            kind: Kind::Review,
            subject: "P-01".to_owned(),
            title: "方針, その一; 二".to_owned(),
            role: None,
            version: None,
            overdue: false,
            uid: "review-P-01".to_owned(),
        };
        let text = calendar(&[due], "手帳", "example.com", jiff::civil::date(2026, 11, 20), |due| due.title.clone());
        for line in [
            "PRODID:-//kitei//kitei//JA",
            "UID:review-P-01@example.com",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "DTSTAMP:20261120T000000Z",
            "SUMMARY:方針\\, その一\\; 二",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert!(text.lines().all(|line| line.len() <= 75) && text.contains("\r\n"));
    }
}
