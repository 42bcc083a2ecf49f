//! Credits: what work on the server costs, and who has how many.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ErrorCode;
use crate::fields::{FieldError, Fields};
use crate::jobs::JobId;
use crate::users::UserId;

/// The most credits of one grant.
pub const MAX_GRANT: i64 = 1_000_000;

/// The most characters of a grant's note.
pub const MAX_NOTE_CHARS: usize = 200;

/// Names a transfer: a UUID of version 7, so that ids sort by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferId(uuid::Uuid);

impl TransferId {
    /// The id of a moment and some random bits (RFC 9562, 5.7).
    pub fn new(now_ms: i64, random: u128) -> Self {
        Self(crate::ids::uuid_v7(now_ms, random))
    }
}

impl fmt::Display for TransferId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for TransferId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

/// What a person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditBalance {
    /// Credits to spend.
    pub available: i64,
    /// Credits set aside for jobs that have not ended.
    pub held: i64,
    /// Credits that come free each month, to accounts with a confirmed address.
    pub monthly_allowance: i64,
    /// When the next ones come: the first of a month, UTC, in milliseconds since 1970-01-01.
    pub next_allowance_at_ms: i64,
}

/// Why credits moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TransferKind {
    /// The month's free ones.
    Allowance,
    /// Given by somebody who looks after the platform.
    Grant,
    /// Set aside for a job.
    Hold,
    /// A job succeeded: what was set aside is spent.
    Capture,
    /// A job ended otherwise: what was set aside is back.
    Release,
}

impl TransferKind {
    /// Every kind there is.
    pub const ALL: [Self; 5] = [Self::Allowance, Self::Grant, Self::Hold, Self::Capture, Self::Release];

    /// The kind as it stands on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowance => "allowance",
            Self::Grant => "grant",
            Self::Hold => "hold",
            Self::Capture => "capture",
            Self::Release => "release",
        }
    }
}

/// The text is not a kind of transfer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a kind of transfer")]
pub struct UnknownKind(pub String);

impl FromStr for TransferKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| UnknownKind(text.into()))
    }
}

/// A line of a person's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferView {
    /// Its id.
    pub id: TransferId,
    /// Why.
    pub kind: TransferKind,
    /// How many credits moved; always positive.
    pub amount: i64,
    /// How the credits to spend changed: a capture takes from those held, and changes nothing here.
    pub change: i64,
    /// The job that it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_id: Option<JobId>,
    /// What the one who granted them says; may be empty.
    pub note: String,
    /// When, milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
}

/// `POST /credits/grants`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GrantCredits {
    /// Who gets them.
    pub user_id: UserId,
    /// How many, 1 to 1,000,000.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1_000_000))]
    pub amount: i64,
    /// What for, up to 200 characters; their owner reads it.
    #[serde(default)]
    pub note: String,
}

impl GrantCredits {
    /// Checks every field.
    ///
    /// # Errors
    /// All the fields at fault.
    pub fn check(self) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let amount = (1..=MAX_GRANT).contains(&self.amount);
        fields.take("amount", amount.then_some(()).ok_or(ErrorCode::FieldInvalid));
        let written = self.note.chars().count() <= MAX_NOTE_CHARS && !self.note.chars().any(char::is_control);
        fields.take("note", written.then_some(()).ok_or(ErrorCode::FieldInvalid));
        fields.finish(Some(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back() {
        for kind in TransferKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
    }

    #[test]
    fn a_grant_names_every_field_at_fault() {
        let grant =
            |amount, note: &str| GrantCredits { user_id: UserId::new(0, 0), amount, note: note.into() };
        assert!(grant(1, "a present").check().is_ok());
        let faults = grant(0, "line\nbreak").check().unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["amount", "note"]);
        assert!(grant(MAX_GRANT + 1, "").check().is_err());
        assert!(grant(1, &"a".repeat(MAX_NOTE_CHARS + 1)).check().is_err());
    }
}
