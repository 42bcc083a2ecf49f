//! The platform's mailer: into files, or to a mail server.

mod files;
mod rfc5322;
mod smtp;
#[cfg(test)]
mod testing;

use std::path::Path;
use std::sync::Arc;

use platform::mail::Mailer;
use url::Url;

use self::files::FileMailer;
use self::rfc5322::Sender;
use self::smtp::SmtpMailer;
use crate::config::{Delivery, MailSection};

/// The folder of mails within the data folder.
const FOLDER: &str = "mail";

/// The mailer that the settings ask for.
///
/// # Errors
/// When the sender is none, the folder cannot be made, or the mail server's name is none.
pub(crate) fn mailer(
    settings: &MailSection,
    public_url: &Url,
    data: &Path,
) -> anyhow::Result<Arc<dyn Mailer>> {
    let sender = Sender::new(&settings.from, public_url)?;
    Ok(match settings.delivery {
        Delivery::Files => Arc::new(FileMailer::open(data.join(FOLDER), sender)?),
        Delivery::Smtp => Arc::new(SmtpMailer::new(settings, sender)?),
    })
}
