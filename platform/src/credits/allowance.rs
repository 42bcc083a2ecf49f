//! Months, in which the free credits come.

use time::{Date, Month, OffsetDateTime};

/// The month of a moment, as the allowance's key names it: `2026-11`.
pub(super) fn month_of(now_ms: i64) -> String {
    let date = date(now_ms);
    format!("{:04}-{:02}", date.year(), u8::from(date.month()))
}

/// When the month after that of `now_ms` begins, UTC, in milliseconds since 1970-01-01.
pub fn next_month_ms(now_ms: i64) -> i64 {
    let date = date(now_ms);
    let year = date.year() + i32::from(date.month() == Month::December);
    // The calendar ends with the year 9999, long after these milliseconds were meant.
    let first = Date::from_calendar_date(year, date.month().next(), 1).unwrap_or(Date::MAX);
    first.midnight().assume_utc().unix_timestamp() * 1000
}

fn date(now_ms: i64) -> Date {
    OffsetDateTime::from_unix_timestamp(now_ms.div_euclid(1000)).map_or(Date::MIN, OffsetDateTime::date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_the_calendar() {
        // 2026-12-31 23:59:59.999 UTC
        let last = 1_798_761_599_999;
        assert_eq!((month_of(last).as_str(), month_of(last + 1).as_str()), ("2026-12", "2027-01"));
        assert_eq!(next_month_ms(last), last + 1);
        assert_eq!(next_month_ms(last + 1), last + 1 + 31 * 24 * 60 * 60 * 1000);
    }
}
