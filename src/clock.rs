//! The only clock. Everything else is given a date, so that the same commit and date give the same output.
#![expect(clippy::disallowed_methods, reason = "this is the clock")]

use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Today in an IANA time zone; in UTC where the zone is unknown (the configuration reports that).
pub fn today(zone: &str) -> Date {
    day(Timestamp::now(), zone)
}

/// The day of a moment in an IANA time zone; in UTC where the zone is unknown.
pub fn day(moment: Timestamp, zone: &str) -> Date {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Zoned::new(moment, zone).date()
}

/// Measures how long something takes, for progress messages and benchmarks only.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_day_is_that_of_the_organisation_and_not_of_the_machine() {
        let at = |text: &str, zone: &str| day(text.parse().unwrap(), zone);
        assert_eq!(at("2026-03-31T14:59:59Z", "Asia/Tokyo"), date(2026, 3, 31));
        assert_eq!(at("2026-03-31T15:00:00Z", "Asia/Tokyo"), date(2026, 4, 1));
        assert_eq!(at("2026-03-31T15:00:00Z", "UTC"), date(2026, 3, 31));
        assert_eq!(at("2028-02-28T15:00:00Z", "Asia/Tokyo"), date(2028, 2, 29));
        assert_eq!(at("2026-12-31T23:59:59-05:00", "Asia/Tokyo"), date(2027, 1, 1));
        // Clocks are put forward on this day: it is one hour shorter and begins on time.
        assert_eq!(at("2026-03-29T23:30:00Z", "Europe/Berlin"), date(2026, 3, 30));
        assert_eq!(at("2026-03-31T15:00:00Z", "no/such"), date(2026, 3, 31));
    }
}
