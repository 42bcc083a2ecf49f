//! A message as mail servers and mail programs read it (RFC 5322, MIME).

use std::time::{Duration, SystemTime};

use anyhow::Context;
use lettre::message::header::{ContentTransferEncoding, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart, header};
use platform::mail::{DeliveryError, Message};
use url::Url;

/// Says that no person wrote this, so that no holiday greeting answers it (RFC 3834, 5).
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");

/// The language of the words (RFC 3282).
const CONTENT_LANGUAGE: HeaderName = HeaderName::new_from_ascii_str("Content-Language");

/// How letters beyond ASCII are written.
#[derive(Clone, Copy)]
pub(super) enum Letters {
    /// As they are: for people who open the file.
    AsTheyAre,
    /// So that every mail server passes them on.
    ForAnyServer,
}

/// Whom mails come from.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    mailbox: Mailbox,
    /// The right-hand side of message ids.
    host: String,
}

impl Sender {
    /// `from` as in `MOG AI <no-reply@mog.example>`.
    ///
    /// # Errors
    /// When it is not a sender.
    pub(crate) fn new(from: &str, public_url: &Url) -> anyhow::Result<Self> {
        let mailbox = from
            .parse()
            .with_context(|| format!("{from:?} cannot send mails: write it as `Name <address>`"))?;
        Ok(Self { mailbox, host: public_url.host_str().unwrap_or("localhost").into() })
    }

    /// Where mails come from as the mail server hears it.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Puts a message into its envelope. The same message becomes the same bytes each time.
    pub(super) fn compose(
        &self,
        message: &Message,
        letters: Letters,
    ) -> Result<lettre::Message, DeliveryError> {
        // The reasons quote neither address nor words.
        let to = message.to.parse().map_err(|_| DeliveryError::Never("the address is not one".into()))?;
        let written_at_ms = u64::try_from(message.written_at_ms).unwrap_or(0);
        lettre::Message::builder()
            .message_id(Some(format!("<{}@{}>", message.id, self.host)))
            .date(SystemTime::UNIX_EPOCH + Duration::from_millis(written_at_ms))
            .from(self.mailbox.clone())
            .to(Mailbox::new(None, to))
            .subject(&message.subject)
            .raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".into()))
            .raw_header(HeaderValue::new(CONTENT_LANGUAGE, message.language.clone()))
            .multipart(
                MultiPart::alternative()
                    .boundary(format!("mog-{}", message.id))
                    .singlepart(part(header::ContentType::TEXT_PLAIN, &message.text, letters))
                    .singlepart(part(header::ContentType::TEXT_HTML, &message.html, letters)),
            )
            .map_err(|_| DeliveryError::Never("it cannot be put into an envelope".into()))
    }
}

fn part(content_type: header::ContentType, text: &str, letters: Letters) -> SinglePart {
    let automatic = || Body::new(text.to_owned());
    let body = match letters {
        Letters::ForAnyServer => automatic(),
        // Lines too long for that are encoded all the same.
        Letters::AsTheyAre => Body::new_with_encoding(text.to_owned(), ContentTransferEncoding::EightBit)
            .unwrap_or_else(|_| automatic()),
    };
    SinglePart::builder().header(content_type).body(body)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{message, sender};
    use super::*;

    fn composed(message: &Message, letters: Letters) -> String {
        String::from_utf8(sender().compose(message, letters).unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_mail_is_the_same_bytes_each_time() {
        let mail = composed(&message(), Letters::ForAnyServer);
        assert_eq!(mail, composed(&message(), Letters::ForAnyServer));
        insta::assert_snapshot!(mail.replace('\r', ""), @r#"
        Message-ID: <0123456789abcdef0123456789abcdef@mog.example>
        Date: Sat, 21 Nov 2026 11:53:20 +0000
        From: "MOG AI" <no-reply@mog.example>
        To: ada@example.org
        Subject: Confirmez votre adresse =?utf-8?b?4oCTIGTDqWrDoA==?=
        Auto-Submitted: auto-generated
        Content-Language: fr
        MIME-Version: 1.0
        Content-Type: multipart/alternative;
         boundary="mog-0123456789abcdef0123456789abcdef"

        --mog-0123456789abcdef0123456789abcdef
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Ouvrez le lien pour confirmer qu=E2=80=99elle est =C3=A0 vous.

        https://mog.example/verify?token=3Dabc
        .

        --mog-0123456789abcdef0123456789abcdef
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: 7bit

        <p>Ouvrez <a href="https://mog.example/verify?token=abc">le lien</a></p>

        --mog-0123456789abcdef0123456789abcdef--
        "#);
    }

    #[test]
    fn a_person_can_read_the_file() {
        let mail = composed(&message(), Letters::AsTheyAre);
        assert!(mail.contains("\r\nhttps://mog.example/verify?token=abc\r\n"), "{mail}");
        assert!(mail.contains("confirmer qu’elle est à vous"), "{mail}");
    }

    #[test]
    fn no_field_can_add_a_header() {
        let injections = ["x\r\nBcc: eve@example.org", "x\nBcc: eve@example.org", "x\rBcc: eve@example.org"];
        for injection in injections {
            let mail = composed(&Message { subject: injection.into(), ..message() }, Letters::ForAnyServer);
            let head = mail.split("\r\n\r\n").next().unwrap();
            assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
            let to = Message { to: format!("a{injection}"), ..message() };
            let refused = sender().compose(&to, Letters::ForAnyServer).unwrap_err();
            assert_eq!(refused, DeliveryError::Never("the address is not one".into()));
        }
    }

    #[test]
    fn a_sender_must_be_one() {
        let url = Url::parse("https://mog.example").unwrap();
        assert!(Sender::new("nobody", &url).is_err());
        assert!(Sender::new("MOG\r\nBcc: eve@example.org <a@b.example>", &url).is_err());
    }
}
