//! `[mail]`: how mails leave the house.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::secrets::{masked, resolve};
use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "mail.delivery",
        "\"files\", which puts each mail into the folder mail of the data folder, or \"smtp\"",
    ),
    Key::new("mail.from", "the sender, such as MOG AI <no-reply@mog.example>"),
    Key::new("mail.smtp_host", "the name of the mail server"),
    Key::new("mail.smtp_port", "a port, 1 to 65535; the usual one of the encryption if not given"),
    Key::new(
        "mail.smtp_encryption",
        "\"tls\" from the first byte, \"starttls\", or \"none\" inside a trusted network",
    ),
    Key::new("mail.smtp_username", "the name to sign in with at the mail server"),
    Key::new("mail.smtp_password", "the password that goes with it"),
    Key::new("mail.smtp_password_file", "a file that holds what mail.smtp_password would"),
];

/// Where mails go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Delivery {
    /// Into files, to be read by whoever runs the server.
    Files,
    /// To a mail server.
    Smtp,
}

/// How the line to the mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SmtpEncryption {
    /// From the first byte.
    Tls,
    /// After a greeting in the clear.
    StartTls,
    /// Not at all.
    None,
}

/// How mails leave the house.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct MailSection {
    pub(crate) delivery: Delivery,
    pub(crate) from: String,
    pub(crate) smtp_host: Option<String>,
    pub(crate) smtp_port: Option<u16>,
    pub(crate) smtp_encryption: SmtpEncryption,
    pub(crate) smtp_username: Option<String>,
    #[serde(serialize_with = "masked")]
    pub(crate) smtp_password: Option<SecretString>,
    smtp_password_file: Option<PathBuf>,
}

impl Default for MailSection {
    fn default() -> Self {
        Self {
            delivery: Delivery::Files,
            from: "MOG AI <no-reply@localhost>".into(),
            smtp_host: None,
            smtp_port: None,
            smtp_encryption: SmtpEncryption::StartTls,
            smtp_username: None,
            smtp_password: None,
            smtp_password_file: None,
        }
    }
}

impl MailSection {
    pub(super) fn resolve(&mut self) -> Result<(), Fault> {
        resolve("mail.smtp_password", &mut self.smtp_password, self.smtp_password_file.as_ref())
    }

    pub(super) fn check(&self) -> Result<(), Fault> {
        if !self.from.contains('@') || self.from.contains(['\r', '\n']) {
            return Err(Fault::new("mail.from", "is not a sender"));
        }
        if self.smtp_port == Some(0) {
            return Err(Fault::new("mail.smtp_port", "is out of range"));
        }
        if self.delivery == Delivery::Smtp && self.smtp_host.as_deref().unwrap_or_default().is_empty() {
            return Err(Fault::new("mail.smtp_host", "is missing, and mail.delivery is \"smtp\""));
        }
        if self.smtp_username.is_some() != self.smtp_password.is_some() {
            return Err(Fault::new(
                "mail.smtp_username",
                "and mail.smtp_password come together or not at all",
            ));
        }
        Ok(())
    }

    /// The port of the mail server.
    pub(crate) fn port(&self) -> u16 {
        self.smtp_port.unwrap_or(match self.smtp_encryption {
            SmtpEncryption::Tls => 465,
            SmtpEncryption::StartTls => 587,
            SmtpEncryption::None => 25,
        })
    }
}
