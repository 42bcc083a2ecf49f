//! No secret is shown: not by what prints itself, not by the logs, not by the database.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use contract::auth::{CreateApiKey, Scope};
use contract::fields::Secret;
use platform::auth::{AuthError, SupabaseConfig, SupabaseKey};
use tracing_subscriber::fmt::MakeWriter;

use super::house::{ADA, House, PASSWORD, config, on_each, visit};

/// What was logged since the test program began, by all of its tests.
#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Logs {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Goes through everything that gives out a secret; answers with the secrets, and with all that prints itself.
async fn whole_life(house: &House) -> (Vec<String>, String) {
    let mut secrets = vec![PASSWORD.to_owned()];
    let mut printed = String::new();
    house.sign_up(ADA).await;
    let link = house.token_of("verify_address", ADA).await;
    secrets.push(link.expose().into());
    house.auth.verify_email(&link, &visit()).await.unwrap();
    let tokens = house.sign_in(ADA).await;
    secrets.extend([tokens.access.expose().into(), tokens.refresh.expose().into()]);
    let next = house.auth.refresh(&tokens.refresh, &visit()).await.unwrap();
    secrets.push(next.refresh.expose().into());
    house.auth.authenticate("mog_nonsense").await.unwrap_err();
    let ada = house.principal(&next).await;
    let setup = house.auth.totp_begin(&ada).await.unwrap();
    secrets.push(setup.secret.expose().into());
    let (_, codes) = house.second_factor(&ada).await;
    secrets.extend(codes);
    let challenge = house.try_sign_in(ADA, PASSWORD, None).await.unwrap_err();
    printed += &format!("{challenge} {challenge:?}");
    if let AuthError::CodeRequired { challenge } = challenge {
        secrets.push(challenge.expose().into());
    }
    let new = CreateApiKey { name: "CI".into(), scopes: vec![Scope::ProfileRead], expires_in_days: None };
    let key = house.auth.create_api_key(&ada, new.check().unwrap(), &visit()).await.unwrap();
    secrets.push(key.key.expose().into());
    house.auth.authenticate(key.key.expose()).await.unwrap();
    house.auth.forgot_password(ADA, &visit()).await.unwrap();
    secrets.push(house.token_of("reset_password", ADA).await.expose().into());
    let wrong = house.try_sign_in(ADA, "a wrong but secret password", None).await.unwrap_err();
    secrets.push("a wrong but secret password".into());
    printed += &format!("{tokens:?} {next:?} {setup:?} {key:?} {ada:?} {wrong:?} {wrong} {:?}", house.auth);
    (secrets, printed)
}

fn assert_none_in(secrets: &[String], text: &str, place: &str) {
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} is in {place}");
    }
}

#[tokio::test]
async fn no_secret_is_in_a_log_or_printed_or_in_the_database() {
    let logs = Logs::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(logs.clone());
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    on_each(async |house| {
        let (secrets, printed) = whole_life(&house).await;
        assert!(secrets.iter().all(|secret| secret.len() >= 16));
        assert_none_in(&secrets, &printed, "what prints itself");
        let logged = String::from_utf8(logs.0.lock().unwrap().clone()).unwrap();
        assert!(logged.contains("security event") && logged.contains("INSERT INTO refresh_tokens"));
        assert_none_in(&secrets, &logged, "the logs");
        assert!(!logged.contains(ADA), "an address is in the logs");
        assert_none_in(&secrets, &database(&house).await, "the database");
    })
    .await;
}

async fn database(house: &House) -> String {
    let values: Vec<String> = house.every_value().await.into_iter().map(|(_, value)| value).collect();
    let text = values.join("\n");
    assert!(text.contains(ADA) && text.contains("$argon2id$"));
    text
}

#[test]
fn a_configuration_prints_no_secret() {
    let supabase = SupabaseConfig {
        issuer: "https://project.supabase.co/auth/v1".into(),
        audience: "authenticated".into(),
        key: SupabaseKey::Secret(b"the project's secret".to_vec()),
        emails_confirmed: true,
    };
    let printed = format!("{:?}", platform::auth::AuthConfig { supabase: Some(supabase), ..config() });
    assert!(printed.contains("emails_confirmed"));
    assert!(
        !printed.contains("project's secret") && !printed.contains("7, 7") && !printed.contains("116, 104")
    );
    assert_eq!(format!("{:?}", Secret::new("x")), "Secret(…)");
}
