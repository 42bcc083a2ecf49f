//! What each mail says, in the language of whoever reads it.

mod english;
mod french;

use contract::Language;
use time::{OffsetDateTime, UtcOffset};
use url::Url;

use super::{Link, Mail, Notice, Occasion};
use crate::personal_data::{Part, Receipt};

/// A mail's words, before they become text or HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    /// One line.
    pub(super) subject: String,
    /// Paragraphs before the link.
    pub(super) before: Vec<String>,
    /// What the link says and where it leads.
    pub(super) link: Option<(&'static str, Url)>,
    /// Paragraphs after the link.
    pub(super) after: Vec<String>,
    /// Where the mail comes from.
    pub(super) home: Url,
}

/// What a language has to say for a mail.
struct Words {
    subject: &'static str,
    before: Vec<String>,
    /// What the link says.
    link: &'static str,
    after: Vec<String>,
}

/// The words of a mail.
pub(super) fn letter(mail: &Mail, language: Language, public_url: &Url) -> Letter {
    let words = match language {
        Language::English => english::words(mail),
        Language::French => french::words(mail),
    };
    Letter {
        subject: words.subject.into(),
        before: words.before,
        link: destination(mail, public_url).map(|url| (words.link, url)),
        after: words.after,
        home: public_url.clone(),
    }
}

/// Where a mail's link leads.
fn destination(mail: &Mail, public_url: &Url) -> Option<Url> {
    let page = |path: &str| {
        let mut url = public_url.clone();
        url.set_path(path);
        url
    };
    let with_token = |path: &str, link: &Link| {
        let mut url = page(path);
        url.query_pairs_mut().append_pair("token", link.token.expose());
        url
    };
    match mail {
        Mail::VerifyAddress(link) | Mail::ConfirmNewAddress(link) => {
            Some(with_token("/confirm-address", link))
        }
        Mail::ResetPassword(link) => Some(with_token("/reset-password", link)),
        Mail::AddressTaken => Some(page("/sign-in")),
        // Nobody has an account there any more, or can use it for now.
        Mail::Notice(Notice::AccountDeleted { .. } | Notice::AccountLocked, _) => None,
        Mail::Notice(..) => Some(page("/account")),
    }
}

/// What an account had in it that its owner may remember, counted; none of it if there was none.
fn counted(erased: &Receipt, name: impl Fn(Part, u64) -> Option<&'static str>) -> Option<String> {
    let some = erased.iter().filter(|(_, count)| *count > 0);
    let named: Vec<String> =
        some.filter_map(|&(part, count)| Some(format!("{count} {}", name(part, count)?))).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// The day and the minute of an occasion, in UTC: where its reader is, nobody knows.
fn calendar(occasion: &Occasion) -> OffsetDateTime {
    let seconds = occasion.at_ms.div_euclid(1000);
    let moment = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    moment.to_offset(UtcOffset::UTC)
}

#[cfg(test)]
mod tests {
    use contract::fields::Secret;

    use super::*;

    #[test]
    fn links_lead_to_the_address_that_visitors_know() {
        let public_url = Url::parse("https://mog.example/").unwrap();
        let mail = Mail::ResetPassword(Link { token: Secret::new("a_b-c&d=\"\r\n"), valid_hours: 1 });
        let (_, url) = letter(&mail, Language::English, &public_url).link.unwrap();
        assert_eq!(url.as_str(), "https://mog.example/reset-password?token=a_b-c%26d%3D%22%0D%0A");
    }
}
