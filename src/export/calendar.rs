//! What falls due as an iCalendar file (RFC 5545): all-day events whose UIDs stay the same when a date moves, so that a
//! calendar that imports the file again updates them.

use icalendar::{Calendar, Component, Event, Property};
use jiff::civil::Date;

use super::due::Due;

/// The calendar's text. `host` makes the UIDs globally unique, `stamp` is the date of the statement, `title` words one
/// entry.
pub fn calendar(dues: &[Due], name: &str, host: &str, stamp: Date, title: impl Fn(&Due) -> String) -> String {
    let mut calendar = Calendar::new();
    calendar.name(name);
    for due in dues {
        let mut event = Event::new();
        event.uid(&format!("{}@{host}", due.uid));
        event.summary(&title(due));
        event.append_property(dated("DTSTAMP", &format!("{}T000000Z", plain(stamp))));
        let mut start = dated("DTSTART", &plain(due.date));
        start.add_parameter("VALUE", "DATE");
        event.append_property(start);
        let mut end = dated("DTEND", &plain(due.date.saturating_add(jiff::Span::new().days(1))));
        end.add_parameter("VALUE", "DATE");
        event.append_property(end);
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn dated(name: &str, value: &str) -> Property {
    Property::new(name, value)
}

fn plain(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}
