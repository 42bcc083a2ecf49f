//! A letter as plain text and as HTML.

use contract::Language;

use super::words::Letter;

/// Where lines of the plain text are broken (RFC 3676, 4.2 advises fewer than 78 characters).
const LINE_CHARS: usize = 72;

/// The words alone.
pub(super) fn text(letter: &Letter) -> String {
    let mut blocks: Vec<String> = letter.before.iter().map(|paragraph| wrapped(paragraph)).collect();
    // The link has a line of its own, however long: a broken one leads nowhere.
    blocks.extend(letter.link.iter().map(|(label, url)| format!("{label}\n{url}")));
    blocks.extend(letter.after.iter().map(|paragraph| wrapped(paragraph)));
    blocks.push(format!("MOG AI\n{}", letter.home));
    blocks.join("\n\n") + "\n"
}

/// The same words as a document that needs nothing from anywhere: no picture, no style sheet, nothing that tells the
/// sender when it was read.
pub(super) fn html(letter: &Letter, language: Language) -> String {
    let subject = escaped(&letter.subject);
    let mut body = format!("<h1 style=\"font-size:20px;line-height:1.3\">{subject}</h1>\n");
    body.extend(letter.before.iter().map(|paragraph| paragraph_html(paragraph)));
    body.extend(letter.link.iter().map(|(label, url)| link_html(label, url.as_str())));
    body.extend(letter.after.iter().map(|paragraph| paragraph_html(paragraph)));
    let home = escaped(letter.home.as_str());
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{subject}</title>\n</head>\n\
         <body style=\"margin:0 auto;padding:24px;max-width:560px;font:16px/1.5 system-ui,sans-serif\">\n\
         {body}<hr style=\"border:0;border-top:1px solid #8888\">\n\
         <p style=\"font-size:14px\">MOG AI<br><a href=\"{home}\">{home}</a></p>\n</body>\n</html>\n"
    )
}

fn paragraph_html(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

/// A button, and the address in letters below it: some programs show no buttons.
fn link_html(label: &str, url: &str) -> String {
    let (label, url) = (escaped(label), escaped(url));
    format!(
        "<p><a href=\"{url}\" style=\"display:inline-block;padding:12px 20px;border-radius:8px;\
         background:#5b3df5;color:#ffffff;text-decoration:none\">{label}</a></p>\n\
         <p style=\"font-size:14px;overflow-wrap:anywhere\"><a href=\"{url}\">{url}</a></p>\n"
    )
}

/// Text that is safe between tags and in quoted attributes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A paragraph in lines. Only at ordinary spaces: a no-break space is one for a reason.
fn wrapped(paragraph: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split([' ', '\n']) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LINE_CHARS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use contract::fields::{DeviceName, Secret};
    use url::Url;

    use super::super::words::letter;
    use super::super::{Link, Mail, Notice, Occasion};
    use super::*;
    use crate::personal_data::Part;

    fn home() -> Url {
        Url::parse("https://mog.example").unwrap()
    }

    fn link() -> Link {
        Link { token: Secret::new("abc"), valid_hours: 24 }
    }

    fn occasion() -> Occasion {
        Occasion {
            at_ms: 1_795_262_000_000,
            network: "203.0.113.0/24".into(),
            device: "Firefox on Linux".into(),
        }
    }

    fn mails() -> Vec<Mail> {
        let notices = [
            Notice::AddressChanged,
            Notice::PasswordChanged,
            Notice::SessionEndedByReuse,
            Notice::TotpEnabled,
            Notice::TotpDisabled,
            Notice::RecoveryCodeUsed { left: 1 },
            Notice::RecoveryCodesRenewed,
            Notice::ApiKeyCreated { name: DeviceName::parse("build server").unwrap() },
            Notice::DataExported,
            Notice::AccountLocked,
            Notice::AccountUnlocked,
            Notice::AccountDeleted { erased: vec![] },
            Notice::AccountDeleted {
                erased: vec![(Part::Profile, 1), (Part::Jobs, 1), (Part::Credits, 12), (Part::Media, 3)],
            },
        ];
        let mut mails =
            vec![Mail::VerifyAddress(link()), Mail::ConfirmNewAddress(link()), Mail::AddressTaken];
        mails.push(Mail::ResetPassword(Link { valid_hours: 1, ..link() }));
        mails.extend(notices.map(|notice| Mail::Notice(notice, occasion())));
        mails
    }

    fn all(language: Language) -> String {
        let write = |mail: &Mail| {
            let letter = letter(mail, language, &home());
            format!("=== {}: {}\n{}", mail.kind(), letter.subject, text(&letter))
        };
        mails().iter().map(write).collect()
    }

    #[test]
    fn what_the_mails_say_in_english() {
        insta::assert_snapshot!("english", all(Language::English));
    }

    #[test]
    fn what_the_mails_say_in_french() {
        insta::assert_snapshot!("french", all(Language::French));
    }

    #[test]
    fn a_mail_as_html() {
        let letter = letter(&Mail::VerifyAddress(link()), Language::English, &home());
        insta::assert_snapshot!("html", html(&letter, Language::English));
    }

    #[test]
    fn lines_are_short_but_for_links() {
        for language in Language::ALL {
            let long = |line: &&str| line.chars().count() > LINE_CHARS && !line.starts_with("https://");
            assert_eq!(all(language).lines().find(long), None);
        }
    }

    #[test]
    fn nothing_that_a_person_wrote_becomes_markup_or_a_header() {
        let name = DeviceName::parse("\"><script src=//x></script>' & <b>").unwrap();
        let mut occasion = occasion();
        occasion.device = "<img src=x onerror=alert(1)>".into();
        for language in Language::ALL {
            let mail = Mail::Notice(Notice::ApiKeyCreated { name: name.clone() }, occasion.clone());
            let letter = letter(&mail, language, &home());
            let html = html(&letter, language);
            assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>"), "{html}");
            assert!(html.contains("&lt;script src=//x&gt;&lt;/script&gt;&#39; &amp; &lt;b&gt;"), "{html}");
            // A subject is always one of our own sentences.
            assert!(!letter.subject.contains(['<', '\r', '\n']), "{}", letter.subject);
        }
    }
}
