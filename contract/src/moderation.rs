//! Reports of what must not be here, and what becomes of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ErrorCode;
use crate::fields::{EmailAddress, FieldError, Fields, Report};
use crate::media::MediaId;
use crate::names::named;

/// The longest address that is reported, in bytes.
const MAX_ADDRESS_BYTES: usize = 500;

/// Names a report: a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportId(uuid::Uuid);

impl ReportId {
    /// The id of a moment and some random bits (RFC 9562, 5.7).
    pub fn new(now_ms: i64, random: u128) -> Self {
        Self(crate::ids::uuid_v7(now_ms, random))
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ReportId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

named! {
    /// Why something is reported.
    ReportReason {
        /// It shows the reporter, who did not allow it.
        MyFace = "my_face",
        /// It is intimate, and somebody in it did not allow it.
        Intimate = "intimate",
        /// It shows a child in a way that it must not.
        Minor = "minor",
        /// It pretends that somebody did or said something.
        Deception = "deception",
        /// Anything else.
        Other = "other",
    }
}

impl ReportReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [Self::MyFace, Self::Intimate, Self::Minor, Self::Deception, Self::Other];

    /// Whether what is reported for it is hidden at once, before anybody has looked: to wait would do more harm.
    pub const fn hides_at_once(self) -> bool {
        matches!(self, Self::MyFace | Self::Intimate | Self::Minor)
    }
}

named! {
    /// What became of a report.
    ReportState {
        /// Nobody has decided.
        Open = "open",
        /// What was reported stays hidden.
        Upheld = "upheld",
        /// What was reported is shown again.
        Dismissed = "dismissed",
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateReport {
    /// The address of what is reported.
    pub address: String,
    /// Why.
    pub reason: ReportReason,
    /// More about it, up to 2000 characters.
    #[serde(default)]
    pub details: String,
    /// An e-mail address to answer to, if an answer is wanted. It is forgotten once the report is decided.
    #[serde(default)]
    pub contact: String,
}

/// A checked [`CreateReport`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    /// The address, as it was written.
    pub address: String,
    /// The stored file that the address names.
    pub media: Option<MediaId>,
    /// Why.
    pub reason: ReportReason,
    /// More about it.
    pub details: String,
    /// Where to write to; may be empty.
    pub contact: String,
}

impl CreateReport {
    /// Reads every field.
    ///
    /// # Errors
    /// All the fields at fault.
    pub fn check(self) -> Result<NewReport, Vec<FieldError>> {
        let mut fields = Fields::default();
        let address = fields.take("address", checked_address(&self.address));
        let details = fields.take("details", Report::parse(&self.details));
        let contact = match self.contact.trim() {
            "" => Some(String::new()),
            contact => {
                fields.take("contact", EmailAddress::parse(contact)).map(|email| email.as_str().to_owned())
            }
        };
        let parts = address.zip(details).zip(contact);
        let whole = parts.map(|((address, details), contact)| NewReport {
            media: named_media(&address),
            address,
            reason: self.reason,
            details: details.as_str().to_owned(),
            contact,
        });
        fields.finish(whole)
    }
}

fn checked_address(address: &str) -> Result<String, ErrorCode> {
    let address = address.trim();
    if address.is_empty() {
        return Err(ErrorCode::FieldRequired);
    }
    if address.len() > MAX_ADDRESS_BYTES {
        return Err(ErrorCode::FieldTooLong);
    }
    if address.chars().any(char::is_control) { Err(ErrorCode::FieldInvalid) } else { Ok(address.into()) }
}

/// The first id in an address, whatever stands around it.
fn named_media(address: &str) -> Option<MediaId> {
    address.split(['/', '?', '#', '&', ' ']).find_map(|part| part.parse().ok())
}

/// A report, as moderators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportView {
    /// Its id.
    pub id: ReportId,
    /// What was reported, as it was written.
    pub address: String,
    /// The stored file that it names, if it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaId>,
    /// Why.
    pub reason: ReportReason,
    /// More about it.
    pub details: String,
    /// Where to write to; empty where none was given, and once it is decided.
    pub contact: String,
    /// What became of it.
    pub state: ReportState,
    /// When it came, milliseconds since 1970-01-01 UTC.
    pub created_at_ms: i64,
    /// When it was decided, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at_ms: Option<i64>,
}

/// What a moderator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecideReport {
    /// `true`: what was reported is hidden and stays so. `false`: it is shown again.
    pub take_down: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(address: &str, contact: &str) -> CreateReport {
        CreateReport {
            address: address.into(),
            reason: ReportReason::MyFace,
            details: String::new(),
            contact: contact.into(),
        }
    }

    #[test]
    fn an_address_names_a_file_wherever_it_stands_in_it() {
        let id = MediaId::new(1, 2);
        for address in [
            format!("https://mog.example/media/public/{id}?variant=thumbnail"),
            format!("/media/{id}?expires=1&signature=x"),
            id.to_string(),
        ] {
            assert_eq!(report(&address, "").check().unwrap().media, Some(id), "{address}");
        }
        assert_eq!(report("https://elsewhere.example/picture.jpg", "").check().unwrap().media, None);
    }

    #[test]
    fn every_fault_is_named() {
        let faults = report(" ", "nobody").check().unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["address", "contact"]);
        assert!(report(&"a".repeat(501), "").check().is_err());
    }
}
