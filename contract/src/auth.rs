//! Accounts: signing up and in, sessions, second factor, keys. Who may do what is said in `docs/API-DESIGN.md`.

use serde::{Deserialize, Serialize};

use crate::fields::{DeviceName, EmailAddress, FieldError, Fields, NewPassword, PersonName, Secret};
use crate::ids::uuid_v7;
use crate::{ErrorCode, Language};

/// Declares a UUID that names a thing of one kind.
macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// The id of a moment and some random bits.
            pub fn new(now_ms: i64, random: u128) -> Self {
                Self(uuid_v7(now_ms, random))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    };
}

uuid_id! {
    /// Names a session: one sign-in on one device.
    SessionId
}

uuid_id! {
    /// Names an API key. Not the key itself.
    ApiKeyId
}

uuid_id! {
    /// Names an entry of an account's security history.
    SecurityEventId
}

/// `POST /auth/register`. Answered in the same way whether or not the address has an account already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// Where mails go.
    pub email: String,
    /// 10 to 128 characters, not easy to guess.
    pub password: Secret,
    /// How they want to be called; may be empty.
    #[serde(default)]
    pub name: String,
    /// The language of pages and mails; from `Accept-Language` if not given.
    #[serde(default)]
    pub language: Option<Language>,
}

/// A checked [`SignUp`].
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Where mails go.
    pub email: EmailAddress,
    /// The password, of a good length.
    pub password: NewPassword,
    /// How they want to be called; may be empty.
    pub name: PersonName,
    /// The language of pages and mails.
    pub language: Option<Language>,
}

impl SignUp {
    /// Reads every field.
    ///
    /// # Errors
    /// All the fields at fault.
    pub fn check(self) -> Result<NewAccount, Vec<FieldError>> {
        let mut fields = Fields::default();
        let email = fields.take("email", EmailAddress::parse(&self.email));
        let password = fields.take("password", NewPassword::parse(self.password));
        let name = fields.take("name", PersonName::parse(&self.name));
        let language = self.language;
        let whole = email.zip(password).zip(name);
        fields.finish(whole.map(|((email, password), name)| NewAccount { email, password, name, language }))
    }
}

/// `POST /auth/login` as JSON. The same address also takes OAuth2's password form (RFC 6749, 4.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The account's address.
    pub email: String,
    /// Its password.
    pub password: Secret,
    /// Six digits of the authenticator app, or a recovery code, where the account asks for one.
    #[serde(default)]
    pub code: Option<Secret>,
}

/// Tokens of a session, as OAuth2 writes them (RFC 6749, 5.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenResponse {
    /// A JWT for the `Authorization: Bearer` header.
    pub access_token: Secret,
    /// Always `bearer`.
    pub token_type: String,
    /// Seconds until the access token ends.
    pub expires_in: u64,
    /// Gets the next pair from `POST /auth/refresh`, once.
    pub refresh_token: Secret,
}

/// `POST /auth/refresh`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefreshRequest {
    /// The newest refresh token of the session.
    pub refresh_token: Secret,
}

/// `POST /auth/verify-email`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VerifyEmail {
    /// The token of the link in the mail.
    pub token: Secret,
}

/// `POST /auth/password/forgot`. Answered in the same way whether or not the address has an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ForgotPassword {
    /// The account's address.
    pub email: String,
}

/// `POST /auth/password/reset`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// The token of the link in the mail.
    pub token: Secret,
    /// The new password.
    pub password: Secret,
}

/// `POST /auth/password/change`. Ends every other session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    pub current: Secret,
    /// The password from now on.
    pub password: Secret,
}

/// `POST /auth/email/change`. The new address counts once the link sent to it is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeEmail {
    /// The new address.
    pub email: String,
    /// The password, to confirm.
    pub password: Secret,
}

/// A password that confirms what cannot be taken back: `DELETE /users/me`, `DELETE /auth/totp`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmByPassword {
    /// The account's password.
    pub password: Secret,
}

/// One sign-in on one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// Its id.
    pub id: SessionId,
    /// Whether the request that asks belongs to it.
    pub current: bool,
    /// Browser and system, as far as they say, such as `Firefox on Linux`; empty if they do not.
    pub device: String,
    /// The network it was last seen from, such as `203.0.113.0/24`: never the whole address.
    pub network: String,
    /// When it began, milliseconds since 1970-01-01 UTC.
    pub created_at_ms: i64,
    /// When it was last used, milliseconds since 1970-01-01 UTC.
    pub last_seen_at_ms: i64,
    /// When it ends at the latest, milliseconds since 1970-01-01 UTC.
    pub expires_at_ms: i64,
}

/// What an authenticator app needs: answer of `POST /auth/totp`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TotpSetup {
    /// The secret in base32, to type where no camera is at hand.
    pub secret: Secret,
    /// The `otpauth://` address for the app.
    pub uri: Secret,
    /// The address as a QR code: an SVG document.
    pub qr_svg: Secret,
}

/// `POST /auth/totp/confirm`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TotpConfirm {
    /// The six digits that the app shows now.
    pub code: Secret,
}

/// Codes for the day when the phone is lost, shown once: answer of `POST /auth/totp/confirm`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Ten codes, each good for one sign-in.
    pub codes: Vec<Secret>,
}

/// What an API key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Read the profile.
    #[serde(rename = "profile:read")]
    ProfileRead,
    /// Change the profile and the settings.
    #[serde(rename = "profile:write")]
    ProfileWrite,
    /// Order swaps, follow them and stop them; they are paid with the account's credits.
    #[serde(rename = "swaps:write")]
    SwapsWrite,
    /// Read what the account keeps.
    #[serde(rename = "media:read")]
    MediaRead,
    /// Add to what the account keeps, change it, delete it.
    #[serde(rename = "media:write")]
    MediaWrite,
}

impl Scope {
    /// Every scope there is.
    pub const ALL: [Self; 5] =
        [Self::ProfileRead, Self::ProfileWrite, Self::SwapsWrite, Self::MediaRead, Self::MediaWrite];

    /// The scope as it stands on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProfileRead => "profile:read",
            Self::ProfileWrite => "profile:write",
            Self::SwapsWrite => "swaps:write",
            Self::MediaRead => "media:read",
            Self::MediaWrite => "media:write",
        }
    }
}

/// The text is not a scope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a scope")]
pub struct UnknownScope(pub String);

impl std::str::FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text).ok_or_else(|| UnknownScope(text.into()))
    }
}

/// `POST /auth/api-keys`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateApiKey {
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Days until it ends, 1 to 365; 90 if not given.
    #[serde(default)]
    pub expires_in_days: Option<u32>,
}

/// A checked [`CreateApiKey`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApiKey {
    /// What its owner calls it.
    pub name: DeviceName,
    /// What it may do, each named once.
    pub scopes: Vec<Scope>,
    /// Days until it ends.
    pub expires_in_days: u32,
}

/// Days until an API key ends unless asked otherwise.
const DEFAULT_KEY_DAYS: u32 = 90;

/// Days until an API key ends at the latest.
const MAX_KEY_DAYS: u32 = 365;

impl CreateApiKey {
    /// Reads every field.
    ///
    /// # Errors
    /// All the fields at fault.
    pub fn check(mut self) -> Result<NewApiKey, Vec<FieldError>> {
        let mut fields = Fields::default();
        let name = fields.take("name", DeviceName::parse(&self.name));
        self.scopes.sort_unstable();
        self.scopes.dedup();
        let some = if self.scopes.is_empty() { Err(ErrorCode::FieldRequired) } else { Ok(self.scopes) };
        let scopes = fields.take("scopes", some);
        let days = self.expires_in_days.unwrap_or(DEFAULT_KEY_DAYS);
        let in_range = (1..=MAX_KEY_DAYS).contains(&days).then_some(days);
        let days = fields.take("expires_in_days", in_range.ok_or(ErrorCode::FieldInvalid));
        let whole = name.zip(scopes).zip(days);
        fields.finish(whole.map(|((name, scopes), expires_in_days)| NewApiKey {
            name,
            scopes,
            expires_in_days,
        }))
    }
}

/// An API key in a list: everything but the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeyView {
    /// Its id.
    pub id: ApiKeyId,
    /// What its owner calls it.
    pub name: String,
    /// How it begins, to tell it from others.
    pub prefix: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made, milliseconds since 1970-01-01 UTC.
    pub created_at_ms: i64,
    /// When it was last used, milliseconds since 1970-01-01 UTC; never, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at_ms: Option<i64>,
    /// When it ends, milliseconds since 1970-01-01 UTC.
    pub expires_at_ms: i64,
}

/// A new API key, shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedApiKey {
    /// The key, for the `Authorization: Bearer` header.
    pub key: Secret,
    /// What will be seen of it from now on.
    #[serde(flatten)]
    pub view: ApiKeyView,
}

/// Something that happened to an account's security.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecurityEventView {
    /// Its id.
    pub id: SecurityEventId,
    /// What happened.
    pub kind: SecurityEventKind,
    /// The network it came from, such as `203.0.113.0/24`; empty where there was none.
    pub network: String,
    /// Browser and system, as far as they say.
    pub device: String,
    /// When it happened, milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
}

/// Declares [`SecurityEventKind`] with its wire names.
macro_rules! event_kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:tt;)*) => {
        /// What can happen to an account's security.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum SecurityEventKind {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl SecurityEventKind {
            /// Every kind there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The kind as it stands on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

event_kinds! {
    /// The account was made.
    SignedUp = "signed_up";
    /// Somebody signed in.
    SignedIn = "signed_in";
    /// A sign-in with a wrong password or code.
    SignInFailed = "sign_in_failed";
    /// A session was ended by its owner.
    SignedOut = "signed_out";
    /// Sessions were ended from another device.
    SessionsRevoked = "sessions_revoked";
    /// A refresh token came a second time: it may have been stolen, and its session was ended.
    RefreshReused = "refresh_reused";
    /// The address was shown to be theirs.
    EmailVerified = "email_verified";
    /// The address was changed.
    EmailChanged = "email_changed";
    /// A link to reset the password was asked for.
    PasswordResetAsked = "password_reset_asked";
    /// The password was changed, by its owner or by a reset link.
    PasswordChanged = "password_changed";
    /// The second factor was set up.
    TotpEnabled = "totp_enabled";
    /// The second factor was removed.
    TotpDisabled = "totp_disabled";
    /// A recovery code was used up.
    RecoveryCodeUsed = "recovery_code_used";
    /// An API key was made.
    ApiKeyCreated = "api_key_created";
    /// An API key was ended.
    ApiKeyRevoked = "api_key_revoked";
    /// An administrator locked the account.
    AccountLocked = "account_locked";
    /// An administrator unlocked the account.
    AccountUnlocked = "account_unlocked";
    /// An administrator changed what the account may do.
    RoleChanged = "role_changed";
    /// All that is kept about the account was handed out.
    DataExported = "data_exported";
}

/// The text is not a kind of event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a kind of security event")]
pub struct UnknownEventKind(pub String);

impl std::str::FromStr for SecurityEventKind {
    type Err = UnknownEventKind;

    fn from_str(text: &str) -> Result<Self, UnknownEventKind> {
        Self::ALL.iter().copied().find(|k| k.as_str() == text).ok_or_else(|| UnknownEventKind(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_up_names_every_field_at_fault() {
        let sign_up = SignUp { email: "ada".into(), password: Secret::new("short"), ..SignUp::default() };
        let errors = sign_up.check().unwrap_err();
        let seen: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.code)).collect();
        assert_eq!(seen, [("email", ErrorCode::EmailInvalid), ("password", ErrorCode::PasswordTooShort)]);
    }

    #[test]
    fn no_secret_is_printed() {
        let sign_in = SignIn { password: Secret::new("correct horse"), ..SignIn::default() };
        assert!(!format!("{sign_in:?}").contains("horse"));
    }

    #[test]
    fn a_key_s_scopes_are_a_set_and_it_ends_within_a_year() {
        let create =
            |scopes, expires_in_days| CreateApiKey { name: "CI".into(), scopes, expires_in_days }.check();
        let twice = vec![Scope::SwapsWrite, Scope::ProfileRead, Scope::SwapsWrite];
        let key = create(twice, None).unwrap();
        assert_eq!((key.scopes, key.expires_in_days), (vec![Scope::ProfileRead, Scope::SwapsWrite], 90));
        assert!(create(vec![], None).is_err() && create(vec![Scope::ProfileRead], Some(366)).is_err());
    }

    #[test]
    fn wire_names_are_the_database_s() {
        for kind in SecurityEventKind::ALL {
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.as_str().into()));
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        for scope in Scope::ALL {
            assert_eq!(serde_json::to_value(scope).ok(), Some(scope.as_str().into()));
        }
    }
}
