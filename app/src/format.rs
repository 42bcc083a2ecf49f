//! Numbers as people read them.

use contract::Language;
use time::{Month, OffsetDateTime};

/// Bytes with the unit they fit: `512 bytes`, `48 kB`, `4.3 MB`, `1.1 GB`.
pub(crate) fn bytes(count: u64, language: Language) -> String {
    let [byte, kilo, mega, giga] = match language {
        Language::English => ["bytes", "kB", "MB", "GB"],
        Language::French => ["octets", "ko", "Mo", "Go"],
    };
    match count {
        0..1_000 => format!("{count} {byte}"),
        1_000..1_000_000 => format!("{} {kilo}", (count + 500) / 1_000),
        1_000_000..1_000_000_000 => format!("{} {mega}", tenths(count, 1_000_000, language)),
        _ => format!("{} {giga}", tenths(count, 1_000_000_000, language)),
    }
}

/// Progress in one unit: `2.1 of 4.3 MB`.
pub(crate) fn bytes_of(received: u64, total: u64, language: Language) -> String {
    let megabytes = |count: u64| tenths(count, 1_000_000, language);
    let (received, total) = (megabytes(received.min(total)), megabytes(total));
    match language {
        Language::English => format!("{received} of {total} MB"),
        Language::French => format!("{received} sur {total} Mo"),
    }
}

/// In units, with one digit behind the point, or the comma. By whole numbers: to print fractions takes 20 kB of code, which
/// every page would carry.
fn tenths(count: u64, unit: u64, language: Language) -> String {
    let tenths = (10 * count + unit / 2) / unit;
    let point = match language {
        Language::English => '.',
        Language::French => ',',
    };
    format!("{}{point}{}", tenths / 10, tenths % 10)
}

/// A value that is not negative, with one digit behind the point: `0.8`, `48.3`.
pub(crate) fn decimal(value: f32, language: Language) -> String {
    tenths((100.0 * value).round() as u64, 100, language)
}

/// A count with its thousands set apart, as CLDR does: `604,685` in English, `604 685` with thin gaps in French.
pub(crate) fn thousands(count: u64, language: Language) -> String {
    let gap = match language {
        Language::English => ',',
        Language::French => '\u{202f}',
    };
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(gap);
        }
        grouped.push(digit);
    }
    grouped
}

/// A change with its sign: `+30`, `−1`.
#[cfg(feature = "ssr")]
pub(crate) fn signed(change: i64) -> String {
    if change < 0 { format!("−{}", change.unsigned_abs()) } else { format!("+{change}") }
}

/// A duration: `41 ms` below a second, `1.3 s` above.
pub(crate) fn duration(elapsed_ms: u32, language: Language) -> String {
    match elapsed_ms {
        0..1000 => format!("{} ms", elapsed_ms.max(1)),
        _ => format!("{} s", tenths(elapsed_ms.into(), 1000, language)),
    }
}

/// A moment in universal time: `21 November 2026, 14:05 UTC`. The server does not know the reader's time zone.
pub(crate) fn moment_utc(at_ms: i64, language: Language) -> String {
    let at = moment(at_ms);
    format!("{}, {:02}:{:02} UTC", day(at_ms, language), at.hour(), at.minute())
}

/// A day in universal time: `21 November 2026`, `1er août 2026`.
pub(crate) fn day(at_ms: i64, language: Language) -> String {
    let at = moment(at_ms);
    match (language, at.day()) {
        (Language::English, day) => format!("{day} {} {}", at.month(), at.year()),
        (Language::French, 1) => format!("1er {} {}", french(at.month()), at.year()),
        (Language::French, day) => format!("{day} {} {}", french(at.month()), at.year()),
    }
}

const fn french(month: Month) -> &'static str {
    match month {
        Month::January => "janvier",
        Month::February => "février",
        Month::March => "mars",
        Month::April => "avril",
        Month::May => "mai",
        Month::June => "juin",
        Month::July => "juillet",
        Month::August => "août",
        Month::September => "septembre",
        Month::October => "octobre",
        Month::November => "novembre",
        Month::December => "décembre",
    }
}

/// The same moment for a `<time datetime>`.
pub(crate) fn moment_iso(at_ms: i64) -> String {
    let at = moment(at_ms);
    let month = u8::from(at.month());
    format!("{:04}-{month:02}-{:02}T{:02}:{:02}Z", at.year(), at.day(), at.hour(), at.minute())
}

/// 1970 for what no calendar holds.
fn moment(at_ms: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_take_the_unit_they_fit() {
        assert_eq!(bytes(512, Language::English), "512 bytes");
        assert_eq!(bytes(48_400, Language::English), "48 kB");
        assert_eq!(bytes(4_312_000, Language::English), "4.3 MB");
        assert_eq!(bytes(1_073_741_824, Language::French), "1,1 Go");
    }

    #[test]
    fn progress_never_passes_its_total() {
        assert_eq!(bytes_of(2_100_000, 4_300_000, Language::English), "2.1 of 4.3 MB");
        assert_eq!(bytes_of(5_000_000, 4_300_000, Language::English), "4.3 of 4.3 MB");
    }

    #[test]
    fn french_has_its_own_units_and_comma() {
        assert_eq!(bytes(4_312_000, Language::French), "4,3 Mo");
        assert_eq!(bytes_of(2_100_000, 4_300_000, Language::French), "2,1 sur 4,3 Mo");
        assert_eq!(duration(1_340, Language::French), "1,3 s");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(604_685, Language::English), "604,685");
        assert_eq!(thousands(604_685, Language::French), "604\u{202f}685");
        assert_eq!(thousands(12, Language::French), "12");
        assert_eq!(thousands(1_000_000, Language::French), "1\u{202f}000\u{202f}000");
    }

    #[test]
    fn durations_change_unit_at_a_second() {
        assert_eq!(duration(41, Language::English), "41 ms");
        assert_eq!(duration(0, Language::English), "1 ms");
        assert_eq!(duration(999, Language::English), "999 ms");
        assert_eq!(duration(1_000, Language::English), "1.0 s");
        assert_eq!(duration(1_340, Language::English), "1.3 s");
    }

    #[test]
    fn moments_know_leap_years_and_month_ends() {
        assert_eq!(moment_utc(0, Language::English), "1 January 1970, 00:00 UTC");
        assert_eq!(moment_utc(951_782_340_000, Language::English), "28 February 2000, 23:59 UTC");
        assert_eq!(moment_utc(951_782_400_000, Language::English), "29 February 2000, 00:00 UTC");
        assert_eq!(moment_utc(951_782_400_000, Language::French), "29 février 2000, 00:00 UTC");
        assert_eq!(day(0, Language::French), "1er janvier 1970");
        assert_eq!(moment_iso(1_795_229_100_000), "2026-11-21T02:45Z");
    }
}
