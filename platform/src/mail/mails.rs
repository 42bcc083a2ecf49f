//! Every mail of the product.

use contract::fields::{DeviceName, Secret};

use crate::personal_data::Receipt;

/// Milliseconds of an hour.
const HOUR_MS: i64 = 60 * 60 * 1000;

/// How long a mail is worth sending that says something happened, in milliseconds.
const NEWS_MS: i64 = 3 * 24 * HOUR_MS;

/// A mail. None of them says the recipient's name: whoever signs up with a stranger's address must not be able to send
/// the stranger words of their own choice.
#[derive(Clone, Debug)]
pub enum Mail {
    /// To an address that somebody signed up with: open the link to show that it is yours.
    VerifyAddress(Link),
    /// To the new address of an account: open the link and it counts from now on.
    ConfirmNewAddress(Link),
    /// To an address that somebody signed up with although it has an account: only its owner is told.
    AddressTaken,
    /// To whoever forgot their password.
    ResetPassword(Link),
    /// Something happened to the account.
    Notice(Notice, Occasion),
}

/// The way back from a mail into the product.
#[derive(Clone, Debug)]
pub struct Link {
    /// What makes the link theirs.
    pub token: Secret,
    /// Hours until it stops working.
    pub valid_hours: u32,
}

/// Something that happened to an account, and that its owner should know even if they did it themselves.
#[derive(Clone, Debug)]
pub enum Notice {
    /// The account has a new address. To the old one.
    AddressChanged,
    /// The password was changed, by its owner or by a reset link.
    PasswordChanged,
    /// A refresh token came a second time: it may have been stolen, so its session was ended.
    SessionEndedByReuse,
    /// Sign-in asks for a code from now on.
    TotpEnabled,
    /// Sign-in asks for no code any more.
    TotpDisabled,
    /// Somebody signed in with a recovery code.
    RecoveryCodeUsed {
        /// How many are left.
        left: u32,
    },
    /// The old recovery codes stopped working, new ones were shown.
    RecoveryCodesRenewed,
    /// There is a new API key.
    ApiKeyCreated {
        /// What its owner calls it.
        name: DeviceName,
    },
    /// All that is kept about the account was handed out.
    DataExported,
    /// An administrator locked the account.
    AccountLocked,
    /// An administrator unlocked the account.
    AccountUnlocked,
    /// The account and all that was in it is gone.
    AccountDeleted {
        /// How much that was.
        erased: Receipt,
    },
}

/// When something happened, and as far as it is known where.
#[derive(Clone, Debug)]
pub struct Occasion {
    /// Milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Such as `203.0.113.0/24`; empty where unknown.
    pub network: String,
    /// Such as `Firefox on Linux`; empty where unknown.
    pub device: String,
}

impl Mail {
    /// Its name in the outbox, in logs and in file names.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::VerifyAddress(_) => "verify_address",
            Self::ConfirmNewAddress(_) => "confirm_new_address",
            Self::AddressTaken => "address_taken",
            Self::ResetPassword(_) => "reset_password",
            Self::Notice(notice, _) => notice.kind(),
        }
    }

    /// How long it is worth sending, in milliseconds: a link that has stopped working is not.
    pub(super) fn worth_sending_for_ms(&self) -> i64 {
        match self {
            Self::VerifyAddress(link) | Self::ConfirmNewAddress(link) | Self::ResetPassword(link) => {
                NEWS_MS.min(i64::from(link.valid_hours) * HOUR_MS)
            }
            Self::AddressTaken | Self::Notice(..) => NEWS_MS,
        }
    }
}

impl Notice {
    const fn kind(&self) -> &'static str {
        match self {
            Self::AddressChanged => "address_changed",
            Self::PasswordChanged => "password_changed",
            Self::SessionEndedByReuse => "session_ended_by_reuse",
            Self::TotpEnabled => "totp_enabled",
            Self::TotpDisabled => "totp_disabled",
            Self::RecoveryCodeUsed { .. } => "recovery_code_used",
            Self::RecoveryCodesRenewed => "recovery_codes_renewed",
            Self::ApiKeyCreated { .. } => "api_key_created",
            Self::DataExported => "data_exported",
            Self::AccountLocked => "account_locked",
            Self::AccountUnlocked => "account_unlocked",
            Self::AccountDeleted { .. } => "account_deleted",
        }
    }
}
