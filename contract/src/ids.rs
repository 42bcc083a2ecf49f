//! How ids are made.

use uuid::Uuid;

/// A UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds since 1970, then 74 random bits.
pub fn uuid_v7(now_ms: i64, random: u128) -> Uuid {
    let ms = u64::try_from(now_ms).unwrap_or(0);
    let bytes = random.to_be_bytes();
    let mut bits = [0; 10];
    bits.copy_from_slice(&bytes[..10]);
    uuid::Builder::from_unix_timestamp_millis(ms, &bits).into_uuid()
}
