//! People: their profile, their settings, and what others see of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Language;
use crate::fields::{Bio, FieldError, Fields, PersonName};

/// Names a person's account: a UUID of version 7, so that ids sort by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserId(uuid::Uuid);

impl UserId {
    /// The id of a moment and some random bits (RFC 9562, 5.7).
    pub fn new(now_ms: i64, random: u128) -> Self {
        Self(crate::ids::uuid_v7(now_ms, random))
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for UserId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

/// What an account may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Anybody with an account.
    #[default]
    User,
    /// Somebody who offers appointments.
    Coach,
    /// Somebody who looks after the platform.
    Admin,
}

impl Role {
    /// The role as it stands on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Coach => "coach",
            Self::Admin => "admin",
        }
    }
}

/// The text is not a role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a role: use user, coach or admin")]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let roles = [Self::User, Self::Coach, Self::Admin];
        roles.into_iter().find(|role| role.as_str() == text).ok_or_else(|| UnknownRole(text.into()))
    }
}

/// How the pages look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Dark on every device.
    Dark,
    /// Light on every device.
    Light,
}

impl Theme {
    /// The theme as it stands on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }
}

/// The text is not a theme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a theme: use system, dark or light")]
pub struct UnknownTheme(pub String);

impl FromStr for Theme {
    type Err = UnknownTheme;

    fn from_str(text: &str) -> Result<Self, UnknownTheme> {
        let themes = [Self::System, Self::Dark, Self::Light];
        themes.into_iter().find(|theme| theme.as_str() == text).ok_or_else(|| UnknownTheme(text.into()))
    }
}

/// What a person chose for themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The language of pages and mails; the browser's if none is chosen.
    #[serde(default)]
    pub language: Option<Language>,
    /// How the pages look.
    #[serde(default)]
    pub theme: Theme,
}

/// A person's own view of themselves: `GET /users/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Their id.
    pub id: UserId,
    /// Where mails go.
    pub email: String,
    /// Whether they have shown that mails reach them.
    pub email_verified: bool,
    /// What they may do.
    pub role: Role,
    /// How they want to be called; may be empty.
    pub name: String,
    /// What they say about themselves; may be empty.
    pub bio: String,
    /// What they chose.
    pub settings: Settings,
    /// Whether sign-in asks for a code as well.
    pub totp_enabled: bool,
    /// When the account was made, milliseconds since 1970-01-01 UTC.
    pub created_at_ms: i64,
}

/// What anybody may see of a person: `GET /users/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicUser {
    /// Their id.
    pub id: UserId,
    /// How they want to be called; may be empty.
    pub name: String,
    /// What they say about themselves; may be empty.
    pub bio: String,
    /// When the account was made, milliseconds since 1970-01-01 UTC.
    pub created_at_ms: i64,
}

/// An account in the list of administrators: `GET /users`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    /// Its id.
    pub id: UserId,
    /// Where mails go.
    pub email: String,
    /// Whether mails have been shown to arrive.
    pub email_verified: bool,
    /// What it may do.
    pub role: Role,
    /// Whether an administrator has locked it.
    pub locked: bool,
    /// When it was made, milliseconds since 1970-01-01 UTC.
    pub created_at_ms: i64,
}

/// `PATCH /users/me`: what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateProfile {
    /// How they want to be called, up to 80 characters.
    #[serde(default)]
    pub name: Option<String>,
    /// What they say about themselves, up to 500 characters.
    #[serde(default)]
    pub bio: Option<String>,
}

/// A checked [`UpdateProfile`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// The new name.
    pub name: Option<PersonName>,
    /// The new bio.
    pub bio: Option<Bio>,
}

impl UpdateProfile {
    /// Reads every field.
    ///
    /// # Errors
    /// All the fields at fault.
    pub fn check(self) -> Result<ProfileChange, Vec<FieldError>> {
        let mut fields = Fields::default();
        let name = self.name.and_then(|name| fields.take("name", PersonName::parse(&name)));
        let bio = self.bio.and_then(|bio| fields.take("bio", Bio::parse(&bio)));
        fields.finish(Some(ProfileChange { name, bio }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_age_and_read_back() {
        let (older, newer) = (UserId::new(1_000, u128::MAX), UserId::new(2_000, 0));
        assert!(older < newer && older.to_string() < newer.to_string());
        assert_eq!(older.to_string().parse(), Ok(older));
    }

    #[test]
    fn roles_and_themes_read_back() {
        for role in [Role::User, Role::Coach, Role::Admin] {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        for theme in [Theme::System, Theme::Dark, Theme::Light] {
            assert_eq!(theme.as_str().parse(), Ok(theme));
        }
    }

    #[test]
    fn an_update_leaves_alone_what_it_does_not_name() {
        let update: UpdateProfile = serde_json::from_str(r#"{"name": "Ada"}"#).unwrap();
        let change = update.check().unwrap();
        assert_eq!((change.name.is_some(), change.bio.is_some()), (true, false));
    }
}
