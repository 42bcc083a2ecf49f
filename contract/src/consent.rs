//! What people state about the faces that they use.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::media::MediaId;
use crate::names::named;

/// Names a statement: a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttestationId(uuid::Uuid);

impl AttestationId {
    /// The id of a moment and some random bits (RFC 9562, 5.7).
    pub fn new(now_ms: i64, random: u128) -> Self {
        Self(crate::ids::uuid_v7(now_ms, random))
    }
}

impl fmt::Display for AttestationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for AttestationId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

named! {
    /// Whose face it is, as the person who uses it states.
    Claim {
        /// Their own.
        Myself = "self",
        /// Somebody's who allowed it.
        Permission = "permission",
        /// Nobody's: it was drawn or computed.
        Synthetic = "synthetic",
    }
}

/// A statement about one face of a stored photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateAttestation {
    /// The photo.
    pub source: MediaId,
    /// Which of its faces, counted from 0 as the swap counts them.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(maximum = 1000))]
    pub face: u32,
    /// Whose face it is.
    pub claim: Claim,
}

/// A statement, as its author sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttestationView {
    /// Its id.
    pub id: AttestationId,
    /// The photo.
    pub source: MediaId,
    /// Which of its faces.
    pub face: u32,
    /// Whose face it is.
    pub claim: Claim,
    /// How many results were made on it.
    pub results: i64,
    /// When it was stated, milliseconds since 1970-01-01 UTC.
    pub created_at_ms: i64,
    /// When it was withdrawn, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at_ms: Option<i64>,
}

/// What a withdrawal did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revoked {
    /// How many results were removed with it.
    pub removed_results: u32,
}

/// Whether somebody said that they are of age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AgeStatement {
    /// `true`: I am 18 years old or older.
    pub of_age: bool,
}
