//! The way out for mails.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::Finding;
use crate::config::{Config, Delivery, SmtpEncryption};

const SUBJECT: &str = "mail";

/// How long a mail server may take to greet.
const PATIENCE: Duration = Duration::from_secs(10);

const REMEDY: &str =
    "Check mail.smtp_host, mail.smtp_port and mail.smtp_encryption, and whether a firewall is between.";

pub(super) async fn examine(config: &Config) -> Finding {
    match config.mail.delivery {
        Delivery::Smtp => smtp(config).await,
        Delivery::Files if config.server.public_url.is_loopback() => {
            Finding::well(SUBJECT, "mails are put into files in the data folder")
        }
        Delivery::Files => Finding::warning(
            SUBJECT,
            "mails are put into files in the data folder: nobody else receives them",
            "Set mail.delivery to \"smtp\" and name the mail server.",
        ),
    }
}

async fn smtp(config: &Config) -> Finding {
    let (host, port) = (config.mail.smtp_host.as_deref().unwrap_or_default(), config.mail.port());
    let shown = format!("{host}:{port}");
    let stream = match timeout(PATIENCE, TcpStream::connect((host, port))).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            return Finding::problem(SUBJECT, format!("{shown} cannot be reached: {error}"), REMEDY);
        }
        Err(_) => return Finding::problem(SUBJECT, format!("{shown} does not answer"), REMEDY),
    };
    if config.mail.smtp_encryption == SmtpEncryption::Tls {
        return Finding::well(
            SUBJECT,
            format!("{shown} takes connections; its greeting is encrypted and was not read"),
        );
    }
    let mut greeting = String::new();
    match timeout(PATIENCE, BufReader::new(stream).read_line(&mut greeting)).await {
        // "Service ready" (RFC 5321, 4.2.2).
        Ok(Ok(_)) if greeting.starts_with("220") => Finding::well(SUBJECT, format!("{shown} greets")),
        Ok(Ok(_)) => Finding::problem(SUBJECT, format!("what answers at {shown} is no mail server"), REMEDY),
        Ok(Err(error)) => Finding::problem(SUBJECT, format!("{shown} hangs up: {error}"), REMEDY),
        Err(_) => Finding::problem(SUBJECT, format!("{shown} does not greet"), REMEDY),
    }
}
