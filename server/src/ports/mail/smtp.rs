//! Mails to a mail server.

use std::fmt;
use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use platform::mail::{DeliveryError, Mailer, Message};
use secrecy::ExposeSecret;

use super::Sender;
use super::rfc5322::Letters;
use crate::config::{MailSection, SmtpEncryption};

/// How long the mail server may take for one answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// How long a whole mail may take. Well below the outbox's lease.
const MAIL_WITHIN: Duration = Duration::from_secs(90);

/// Answers that are about this recipient and will stay so (RFC 5321, 4.2.3). Any other may be about us: a wrong password
/// or a full disk must not cost anybody their mail.
const NEVER: [u16; 4] = [550, 551, 553, 556];

/// Hands mails to a mail server.
pub(crate) struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
}

impl SmtpMailer {
    /// A mailer that connects when there is something to deliver.
    ///
    /// # Errors
    /// When the host's name is not one that a certificate can be for.
    pub(crate) fn new(settings: &MailSection, sender: Sender) -> anyhow::Result<Self> {
        let host = settings.smtp_host.clone().unwrap_or_default();
        let certificate = || {
            let parameters = TlsParameters::new(host.clone());
            parameters.with_context(|| format!("{host:?} is not the name of a mail server"))
        };
        let tls = match settings.smtp_encryption {
            SmtpEncryption::Tls => Tls::Wrapper(certificate()?),
            // Required: a server that does not offer it gets neither the password nor the mail.
            SmtpEncryption::StartTls => Tls::Required(certificate()?),
            SmtpEncryption::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&host)
            .port(settings.port())
            .tls(tls)
            .timeout(Some(ANSWER_WITHIN))
            .hello_name(ClientId::Domain(sender.host().into()));
        if let Some((name, password)) = settings.smtp_username.as_ref().zip(settings.smtp_password.as_ref()) {
            builder = builder.credentials(Credentials::new(name.clone(), password.expose_secret().into()));
        }
        Ok(Self { transport: builder.build(), sender })
    }
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpMailer").finish_non_exhaustive()
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        let mail = self.sender.compose(message, Letters::ForAnyServer)?;
        match tokio::time::timeout(MAIL_WITHIN, self.transport.send(mail)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(failure(&error)),
            Err(_) => Err(DeliveryError::NotNow("the mail server took too long".into())),
        }
    }
}

/// What an error means for the mail. A server's words may quote the address, so only its number is kept.
fn failure(error: &smtp::Error) -> DeliveryError {
    let Some(code) = error.status().map(|code| code.to_string()) else {
        return DeliveryError::NotNow(error.to_string());
    };
    let reason = format!("the mail server answered {code}");
    if NEVER.iter().any(|never| never.to_string() == code) {
        DeliveryError::Never(reason)
    } else {
        DeliveryError::NotNow(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Script, TestSmtp, message, sender};
    use super::*;

    async fn delivery(
        script: Script,
        smtp_encryption: SmtpEncryption,
    ) -> (Result<(), DeliveryError>, TestSmtp) {
        let smtp = TestSmtp::start(script).await;
        let settings = serde_json::from_value(serde_json::json!({
            "delivery": "smtp",
            "smtp_host": "127.0.0.1",
            "smtp_port": smtp.port,
            "smtp_encryption": smtp_encryption,
            "smtp_username": "mog",
            "smtp_password": "hunter2hunter2",
        }));
        let outcome = SmtpMailer::new(&settings.unwrap(), sender()).unwrap().deliver(&message()).await;
        (outcome, smtp)
    }

    const PLAIN: Script = Script {
        extensions: &["AUTH PLAIN", "8BITMIME"],
        auth: None,
        rcpt: None,
        data: None,
        hangs_up: false,
    };

    #[tokio::test]
    async fn a_mail_server_gets_the_whole_mail() {
        let (outcome, smtp) = delivery(PLAIN, SmtpEncryption::None).await;
        assert_eq!(outcome, Ok(()));
        for line in [
            "EHLO mog.example",
            "AUTH PLAIN ",
            "MAIL FROM:<no-reply@mog.example>",
            "RCPT TO:<ada@example.org>",
            "Message-ID: <0123456789abcdef0123456789abcdef@mog.example>",
            "Auto-Submitted: auto-generated",
            // A line with a dot alone would end the mail: it is doubled on the way (RFC 5321, 4.5.2).
            "..",
            "--mog-0123456789abcdef0123456789abcdef--",
        ] {
            assert!(smtp.heard_line(line), "{line} is missing in {:#?}", smtp.heard());
        }
    }

    #[tokio::test]
    async fn what_the_server_says_decides_whether_to_try_again() {
        let never = |code| Err(DeliveryError::Never(format!("the mail server answered {code}")));
        let not_now = |code| Err(DeliveryError::NotNow(format!("the mail server answered {code}")));
        let cases = [
            (Script { rcpt: Some("550 5.1.1 <ada@example.org> is nobody"), ..PLAIN }, never(550)),
            (Script { rcpt: Some("450 try later, ada@example.org"), ..PLAIN }, not_now(450)),
            (Script { rcpt: Some("552 mailbox full"), ..PLAIN }, not_now(552)),
            (Script { data: Some("451 out of breath"), ..PLAIN }, not_now(451)),
            (Script { auth: Some("535 wrong password"), ..PLAIN }, not_now(535)),
        ];
        for (script, expected) in cases {
            let (outcome, _) = delivery(script, SmtpEncryption::None).await;
            assert_eq!(outcome, expected, "{script:?}");
        }
    }

    #[tokio::test]
    async fn a_server_that_hangs_up_is_tried_again() {
        let (outcome, _) = delivery(Script { hangs_up: true, ..PLAIN }, SmtpEncryption::None).await;
        assert!(matches!(outcome, Err(DeliveryError::NotNow(_))), "{outcome:?}");
    }

    #[tokio::test]
    async fn without_the_encryption_asked_for_nothing_is_said() {
        let (outcome, smtp) = delivery(PLAIN, SmtpEncryption::StartTls).await;
        assert!(matches!(outcome, Err(DeliveryError::NotNow(_))), "{outcome:?}");
        assert!(!smtp.heard_line("AUTH") && !smtp.heard_line("MAIL"), "{:#?}", smtp.heard());
    }
}
