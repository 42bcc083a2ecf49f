//! A mail for tests, and a mail server that does as it is told.

use std::sync::{Arc, Mutex};

use platform::mail::Message;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::Sender;

pub(super) fn sender() -> Sender {
    Sender::new("MOG AI <no-reply@mog.example>", &Url::parse("https://mog.example/").unwrap()).unwrap()
}

pub(super) fn message() -> Message {
    Message {
        id: "0123456789abcdef0123456789abcdef".into(),
        kind: "verify_address".into(),
        to: "ada@example.org".into(),
        language: "fr".into(),
        subject: "Confirmez votre adresse – déjà".into(),
        text:
            "Ouvrez le lien pour confirmer qu’elle est à vous.\n\nhttps://mog.example/verify?token=abc\n.\n"
                .into(),
        html: "<p>Ouvrez <a href=\"https://mog.example/verify?token=abc\">le lien</a></p>\n".into(),
        written_at_ms: 1_795_262_000_000,
    }
}

/// What the mail server says at one step of the conversation.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Script {
    /// Offered after `EHLO`.
    pub(super) extensions: &'static [&'static str],
    /// Instead of a yes, to `AUTH`.
    pub(super) auth: Option<&'static str>,
    /// Instead of a yes, to `RCPT`.
    pub(super) rcpt: Option<&'static str>,
    /// Instead of a yes, to the mail itself.
    pub(super) data: Option<&'static str>,
    /// Hangs up instead of the greeting.
    pub(super) hangs_up: bool,
}

/// A mail server on this machine, which writes down what it hears.
pub(super) struct TestSmtp {
    pub(super) port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl TestSmtp {
    pub(super) async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, script, Arc::clone(&notes)));
            }
        });
        Self { port, heard }
    }

    /// Every line it heard.
    pub(super) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// Whether it heard a line that begins so.
    pub(super) fn heard_line(&self, start: &str) -> bool {
        self.heard().iter().any(|line| line.starts_with(start))
    }
}

async fn converse(stream: TcpStream, script: Script, notes: Arc<Mutex<Vec<String>>>) {
    if script.hangs_up {
        return;
    }
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut in_data = false;
    let _ = write.write_all(b"220 test ESMTP\r\n").await;
    while let Ok(Some(line)) = lines.next_line().await {
        notes.lock().unwrap().push(line.clone());
        let verb = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            _ if in_data && line != "." => continue,
            "." if in_data => script.data.unwrap_or("250 taken"),
            "EHLO" => &greeting(script.extensions),
            "AUTH" => script.auth.unwrap_or("235 welcome"),
            "RCPT" => script.rcpt.unwrap_or("250 ok"),
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        in_data = answer.starts_with("354");
        if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

fn greeting(extensions: &[&str]) -> String {
    let mut lines: Vec<String> = extensions.iter().map(|extension| format!("250-{extension}")).collect();
    lines.push("250 HELP".into());
    format!("250-test\r\n{}", lines.join("\r\n"))
}
