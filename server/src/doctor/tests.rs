//! The doctor sees what is well, and what is not.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use super::*;
use crate::config::{Delivery, SmtpEncryption};

fn settings(folder: &TempDir) -> Config {
    let mut config = Config::default();
    config.folders.data = folder.path().join("data");
    config.folders.assets = Path::new("../assets").into();
    config.folders.models = Path::new("../assets/models").into();
    config
}

async fn of(config: &Config, subject: &str) -> (State, String) {
    let findings = examine(config).await;
    let found = findings.iter().find(|finding| finding.subject == subject);
    let found = found.unwrap_or_else(|| panic!("nothing on {subject} in {findings:#?}"));
    assert_eq!(
        found.remedy.is_none(),
        found.state == State::Well,
        "what is not well has a remedy: {found:?}"
    );
    (found.state, found.says.clone())
}

#[tokio::test]
async fn a_fresh_folder_has_nothing_worse_than_a_schema_to_be_made() {
    let folder = TempDir::new().unwrap();
    let findings = examine(&settings(&folder)).await;
    let unwell: Vec<_> = findings.iter().filter(|finding| finding.state != State::Well).collect();
    assert!(
        unwell.iter().all(|finding| finding.subject == "schema" || finding.subject == "machine"),
        "{unwell:#?}"
    );
    for subject in [
        "data folder",
        "free space",
        "database",
        "database writes",
        "journal",
        "models",
        "device",
        "mail",
        "clock",
    ] {
        assert!(findings.iter().any(|finding| finding.subject == subject), "nothing on {subject}");
    }
    assert_eq!(
        std::fs::read_dir(folder.path().join("data"))
            .unwrap()
            .filter(|entry| { entry.as_ref().unwrap().file_name().to_str().unwrap().starts_with(".doctor") })
            .count(),
        0,
        "no probe stays behind"
    );
}

#[tokio::test]
async fn a_key_that_others_can_read_is_a_problem() {
    let folder = TempDir::new().unwrap();
    let config = settings(&folder);
    std::fs::create_dir_all(&config.folders.data).unwrap();
    let key = config.folders.data.join("secret.key");
    std::fs::write(&key, [7; 32]).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(of(&config, "secret key").await.0, State::Problem);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(of(&config, "secret key").await.0, State::Well);
    std::fs::write(&key, "short").unwrap();
    assert_eq!(of(&config, "secret key").await.0, State::Problem);
}

#[tokio::test]
async fn a_folder_that_is_a_file_is_a_problem_and_so_is_its_database() {
    let folder = TempDir::new().unwrap();
    let config = settings(&folder);
    std::fs::write(&config.folders.data, "in the way").unwrap();
    assert_eq!(of(&config, "data folder").await.0, State::Problem);
    assert_eq!(of(&config, "database").await.0, State::Problem);
}

#[tokio::test]
async fn damaged_and_differing_models_are_problems() {
    let folder = TempDir::new().unwrap();
    let mut config = settings(&folder);
    let own = folder.path().join("models");
    std::fs::create_dir(&own).unwrap();
    config.folders.models = own.clone();
    assert_eq!(of(&config, "models").await.0, State::Problem);
    for name in engine::ModelFiles::NAMES {
        std::fs::write(own.join(name), "not a model").unwrap();
    }
    assert_eq!(of(&config, "models").await.0, State::Problem);
    assert_eq!(of(&config, "browsers' models").await.0, State::Problem);
}

#[tokio::test]
async fn the_processor_computes_and_a_device_that_is_not_there_is_said() {
    let folder = TempDir::new().unwrap();
    let mut config = settings(&folder);
    let devices = |findings: Vec<Finding>| -> Vec<_> {
        findings
            .into_iter()
            .filter(|finding| finding.subject == "device")
            .map(|f| (f.state, f.says))
            .collect()
    };
    let found = devices(examine(&config).await);
    assert!(found.contains(&(State::Well, "flex computes".to_owned())), "{found:?}");
    config.server.device = "cuda:65535".parse().unwrap();
    let found = devices(examine(&config).await);
    let is_said = |(state, says): &(State, String)| *state == State::Warning && says.contains("cuda:65535");
    assert!(found.iter().any(is_said), "{found:?}");
}

#[tokio::test]
async fn a_mail_server_must_be_there_and_greet() {
    let folder = TempDir::new().unwrap();
    let mut config = settings(&folder);
    config.mail.delivery = Delivery::Smtp;
    config.mail.smtp_encryption = SmtpEncryption::StartTls;
    config.mail.smtp_host = Some("127.0.0.1".into());
    for (greeting, state) in
        [("220 mail.example ESMTP\r\n", State::Well), ("SSH-2.0-OpenSSH\r\n", State::Problem)]
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        config.mail.smtp_port = Some(listener.local_addr().unwrap().port());
        let greets = tokio::spawn(async move {
            listener.accept().await.unwrap().0.write_all(greeting.as_bytes()).await.unwrap();
        });
        assert_eq!(of(&config, "mail").await.0, state, "{greeting}");
        greets.await.unwrap();
    }
    assert_eq!(of(&config, "mail").await.0, State::Problem, "nobody listens any more");
}

#[tokio::test]
async fn addresses_that_cannot_both_be_true_are_seen() {
    let folder = TempDir::new().unwrap();
    let mut config = settings(&folder);
    assert_eq!(of(&config, "public_url").await.0, State::Well);
    config.server.addr = "0.0.0.0:3000".parse().unwrap();
    assert_eq!(of(&config, "public_url").await.0, State::Warning);
    config.server.public_url = "https://mog.example".to_owned().try_into().unwrap();
    assert_eq!(of(&config, "trusted_proxies").await.0, State::Warning);
}

#[test]
fn clocks_that_differ_are_a_problem_either_way() {
    for (skew_ms, state) in
        [(0, State::Well), (1999, State::Well), (2001, State::Problem), (-60_000, State::Problem)]
    {
        assert_eq!(database::clocks("clock", "another", skew_ms).state, state, "{skew_ms}");
    }
}
