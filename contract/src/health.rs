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
    /// When it was asked, as RFC 3339 writes it: `2026-11-21T12:00:00.123Z`.
    pub timestamp: String,
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
