//! The mails in English.

use super::{Words, calendar, counted};
use crate::mail::{Link, Mail, Notice, Occasion};
use crate::personal_data::{Part, Receipt};

pub(super) fn words(mail: &Mail) -> Words {
    match mail {
        Mail::VerifyAddress(link) => Words {
            subject: "Confirm your e-mail address",
            before: vec!["Somebody, most likely you, signed up at MOG AI with this address. Open the link to confirm that it is yours.".into()],
            link: "Confirm the address",
            after: vec![valid(link), "If it was not you, do nothing: without this link nobody can confirm your address.".into()],
        },
        Mail::ConfirmNewAddress(link) => Words {
            subject: "Confirm your new e-mail address",
            before: vec!["Somebody, most likely you, asked that this become the address of their account at MOG AI. It will, once the link is opened.".into()],
            link: "Use this address",
            after: vec![valid(link), "If it was not you, do nothing: the account keeps its old address.".into()],
        },
        Mail::AddressTaken => Words {
            subject: "You already have an account",
            before: vec!["Somebody, most likely you, signed up at MOG AI with this address. It has an account already, so no second one was made and nothing was changed.".into()],
            link: "Sign in",
            after: vec!["If you have forgotten the password, the page to sign in helps you to a new one.".into(), "If it was not you, do nothing. Whoever it was has not been told that you have an account.".into()],
        },
        Mail::ResetPassword(link) => Words {
            subject: "Choose a new password",
            before: vec!["Somebody, most likely you, asked for a new password for your account at MOG AI.".into()],
            link: "Choose a new password",
            after: vec![valid(link), "If it was not you, do nothing: the password stays as it is. Never pass this link on, it is as good as the password.".into()],
        },
        Mail::Notice(notice, occasion) => notice_words(notice, occasion),
    }
}

fn valid(link: &Link) -> String {
    match link.valid_hours {
        1 => "The link works once, for an hour.".into(),
        hours => format!("The link works once, for {hours} hours."),
    }
}

fn notice_words(notice: &Notice, occasion: &Occasion) -> Words {
    let (subject, what) = news(notice);
    let after = match notice {
        Notice::AddressChanged => {
            "If it was not you, sign in while you still can, change your password, and tell whoever runs this service."
        }
        Notice::SessionEndedByReuse => {
            "This can happen when a copy of a browser’s data is in use. If you cannot explain it, change your password and look at the list of your sessions."
        }
        Notice::AccountLocked => "Whoever runs this service can tell you why.",
        Notice::AccountUnlocked => "You can sign in again.",
        Notice::AccountDeleted { .. } => {
            "This is the last mail you get. If it was not you, tell whoever runs this service, and soon."
        }
        _ => {
            "If it was you, there is nothing to do. If it was not, change your password at once and end all other sessions."
        }
    };
    Words {
        subject,
        before: vec![what, when_and_where(occasion)],
        link: "Look at your account",
        after: vec![after.into()],
    }
}

fn news(notice: &Notice) -> (&'static str, String) {
    match notice {
        Notice::AddressChanged => ("Your e-mail address was changed", "Your account at MOG AI has a new e-mail address. This one is no longer used.".into()),
        Notice::PasswordChanged => ("Your password was changed", "The password of your account at MOG AI was changed. Every other session was ended.".into()),
        Notice::SessionEndedByReuse => ("A session was ended to protect you", "A key that renews one of your sessions at MOG AI was used twice. It may have been stolen, so the session was ended and has to be signed in to again.".into()),
        Notice::TotpEnabled => ("The second step is on", "Signing in to your account at MOG AI asks for a code of your authenticator app from now on.".into()),
        Notice::TotpDisabled => ("The second step is off", "Signing in to your account at MOG AI asks for the password alone from now on.".into()),
        Notice::RecoveryCodeUsed { left } => ("A recovery code was used", format!("Somebody signed in to your account at MOG AI with one of its recovery codes. {}", codes_left(*left))),
        Notice::RecoveryCodesRenewed => ("You have new recovery codes", "New recovery codes were made for your account at MOG AI. The old ones no longer work.".into()),
        Notice::ApiKeyCreated { name } => ("A new API key", format!("An API key was made for your account at MOG AI: “{}”.", name.as_str())),
        Notice::DataExported => ("Your data was exported", "Everything that is kept about your account at MOG AI was downloaded.".into()),
        Notice::AccountLocked => ("Your account is locked", "An administrator has locked your account at MOG AI. Nobody can sign in to it.".into()),
        Notice::AccountUnlocked => ("Your account is unlocked", "An administrator has unlocked your account at MOG AI.".into()),
        Notice::AccountDeleted { erased } => ("Your account is deleted", deleted(erased)),
    }
}

fn deleted(erased: &Receipt) -> String {
    let all = "Your account at MOG AI was deleted, with everything that was in it";
    counted(erased, thing).map_or_else(|| format!("{all}."), |things| format!("{all}: {things}."))
}

const fn thing(part: Part, count: u64) -> Option<&'static str> {
    match (part, count) {
        (Part::Media, 1) => Some("file"),
        (Part::Media, _) => Some("files"),
        (Part::Jobs, 1) => Some("job"),
        (Part::Jobs, _) => Some("jobs"),
        (Part::Credits, 1) => Some("movement of credits"),
        (Part::Credits, _) => Some("movements of credits"),
        (Part::Consent, 1) => Some("statement about a face"),
        (Part::Consent, _) => Some("statements about faces"),
        (Part::Profile | Part::IdempotencyKeys, _) => None,
    }
}

fn codes_left(left: u32) -> String {
    match left {
        0 => "None is left: make new ones.".into(),
        1 => "One is left.".into(),
        left => format!("{left} are left."),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Such as `21 November 2026, 11:53 UTC, from Firefox on Linux, network 203.0.113.0/24.`
fn when_and_where(occasion: &Occasion) -> String {
    let at = calendar(occasion);
    let month = MONTHS[usize::from(u8::from(at.month()) - 1)];
    let mut line = format!("{} {month} {}, {:02}:{:02} UTC", at.day(), at.year(), at.hour(), at.minute());
    if !occasion.device.is_empty() {
        line += &format!(", from {}", occasion.device);
    }
    if !occasion.network.is_empty() {
        line += &format!(", network {}", occasion.network);
    }
    line + "."
}
