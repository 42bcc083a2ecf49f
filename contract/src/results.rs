//! A result that the server keeps for a while, for a browser without JavaScript.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Names a stored result: 128 random bits as 32 hexadecimal digits, so that it cannot be guessed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ResultId(u128);

impl ResultId {
    /// The id of these random bits.
    pub const fn from_random(bits: u128) -> Self {
        Self(bits)
    }
}

impl fmt::Display for ResultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Logs must not hold what opens a picture: only the beginning is shown.
impl fmt::Debug for ResultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResultId({:04x}…)", self.0 >> 112)
    }
}

/// The text is not an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a result's id")]
pub struct InvalidResultId;

impl FromStr for ResultId {
    type Err = InvalidResultId;

    fn from_str(text: &str) -> Result<Self, InvalidResultId> {
        let hexadecimal = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !hexadecimal {
            return Err(InvalidResultId);
        }
        u128::from_str_radix(text, 16).map(Self).map_err(|_| InvalidResultId)
    }
}

impl TryFrom<String> for ResultId {
    type Error = InvalidResultId;

    fn try_from(text: String) -> Result<Self, InvalidResultId> {
        text.parse()
    }
}

impl From<ResultId> for String {
    fn from(id: ResultId) -> Self {
        id.to_string()
    }
}

/// What the result page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultView {
    /// Its id.
    pub id: ResultId,
    /// How many faces were changed.
    pub faces: i64,
    /// Width of the picture in pixels.
    pub width: i64,
    /// Height of the picture in pixels.
    pub height: i64,
    /// When it is removed, milliseconds since 1970-01-01 UTC.
    pub expires_at_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_nothing_else_is_one() {
        let id = ResultId::from_random(0xfe);
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in [
            "",
            "fe",
            "../../etc/passwd",
            "000000000000000000000000000000FE",
            "+00000000000000000000000000000fe",
        ] {
            assert_eq!(bad.parse::<ResultId>(), Err(InvalidResultId), "{bad}");
        }
    }

    #[test]
    fn debug_does_not_give_the_id_away() {
        assert!(!format!("{:?}", ResultId::from_random(u128::MAX)).contains(&"f".repeat(5)));
    }
}
