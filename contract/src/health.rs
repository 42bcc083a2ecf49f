//! `GET /health`.

use serde::{Deserialize, Serialize};

/// How the service is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// The service as a whole.
    pub status: Status,
    /// Its name.
    pub service: String,
    /// Its version.
    pub version: String,
    /// Its database.
    pub database: Status,
    /// Milliseconds since 1970-01-01 UTC.
    pub timestamp_ms: i64,
}

/// Well or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Well.
    Ok,
    /// Not.
    Down,
}
