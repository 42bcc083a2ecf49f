//! Mails as files: so that everything works before a mail server is set up.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context;
use async_trait::async_trait;
use platform::mail::{DeliveryError, Mailer, Message};

use super::Sender;
use super::rfc5322::Letters;

/// Writes each mail into a folder as a file that any mail program opens.
#[derive(Clone, Debug)]
pub(crate) struct FileMailer {
    folder: PathBuf,
    sender: Sender,
}

impl FileMailer {
    /// Writes into `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn open(folder: PathBuf, sender: Sender) -> anyhow::Result<Self> {
        // Mails hold links that are as good as passwords: nobody else on this machine may look.
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        made.with_context(|| format!("cannot make the folder of mails {}", folder.display()))?;
        Ok(Self { folder, sender })
    }
}

#[async_trait]
impl Mailer for FileMailer {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        let mail = self.sender.compose(message, Letters::AsTheyAre)?.formatted();
        // A name that sorts by age, says what it is, and is the same at each attempt.
        let path = self.folder.join(format!("{}-{}-{}.eml", message.written_at_ms, message.kind, message.id));
        let target = path.clone();
        let written = tokio::task::spawn_blocking(move || write_whole(&target, &mail)).await;
        let written = written.unwrap_or_else(|error| Err(io::Error::other(error)));
        written.map_err(|error| DeliveryError::NotNow(format!("the folder of mails refused: {error}")))?;
        tracing::info!(file = %path.display(), "mail written");
        Ok(())
    }
}

/// Writes a file that is either there with all it has or not there.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(part, path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use tempfile::TempDir;

    use super::super::testing::{message, sender};
    use super::*;

    #[tokio::test]
    async fn a_mail_becomes_one_file_that_only_its_owner_reads() {
        let folder = TempDir::new().unwrap();
        let mailer = FileMailer::open(folder.path().join("mail"), sender()).unwrap();
        mailer.deliver(&message()).await.unwrap();
        mailer.deliver(&message()).await.unwrap();
        let files: Vec<_> =
            fs::read_dir(folder.path().join("mail")).unwrap().map(|entry| entry.unwrap()).collect();
        let [file] = files.as_slice() else { panic!("one mail is one file: {files:?}") };
        let name = "1795262000000-verify_address-0123456789abcdef0123456789abcdef.eml";
        assert_eq!(file.file_name(), name);
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(folder.path().join("mail")).unwrap().permissions().mode() & 0o777, 0o700);
        let mail = fs::read_to_string(file.path()).unwrap();
        assert!(mail.contains("To: ada@example.org\r\n") && mail.ends_with("--\r\n"), "{mail}");
    }

    #[tokio::test]
    async fn a_folder_that_is_gone_is_tried_again() {
        let folder = TempDir::new().unwrap();
        let mailer = FileMailer::open(folder.path().join("mail"), sender()).unwrap();
        fs::remove_dir(folder.path().join("mail")).unwrap();
        assert!(matches!(mailer.deliver(&message()).await, Err(DeliveryError::NotNow(_))));
    }
}
