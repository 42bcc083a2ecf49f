//! A whole instance without HTTP: accounts, profiles, mails, a clock to set and randomness that is counted.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use contract::auth::{SecurityEventKind, SignIn, SignUp};
use contract::fields::Secret;
use contract::paging::PageQuery;
use contract::users::{Role, UserId};
use contract::{ErrorCode, Language};
use platform::auth::{
    AuthConfig, AuthError, AuthPorts, AuthService, HashCost, Principal, SessionTokens, SupabaseConfig, Visit,
};
use platform::clock::Clock;
use platform::database::DatabaseKind;
use platform::database::testing::{TestDatabase, on_each_database};
use platform::ids::RandomSource;
use platform::mail::{DeliveryError, MailService, Mailer, Message, Outbox};
use platform::sealing::InstanceSecret;
use platform::users::{Profiles, UserService};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Column, Row};
use totp_rs::{Builder, Secret as TotpSecret};

pub(crate) const ADA: &str = "ada@example.org";
pub(crate) const BOB: &str = "bob@example.org";
pub(crate) const PASSWORD: &str = "otters juggle quiet violins";
pub(crate) const OTHER_PASSWORD: &str = "seven lanterns under basalt";

pub(crate) const SECOND_MS: i64 = 1000;
pub(crate) const MINUTE_MS: i64 = 60 * SECOND_MS;
pub(crate) const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// 2026-01-01.
const START_MS: i64 = 1_767_225_600_000;

#[derive(Debug)]
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Counts, and spreads the count over all bits, so that every part of it is another each time.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl RandomSource for Counter {
    fn bits_128(&self) -> u128 {
        let count = u128::from(self.0.fetch_add(1, Ordering::SeqCst)) + 1;
        count.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
    }
}

#[derive(Default)]
struct Postbox(Mutex<Vec<Message>>);

#[async_trait]
impl Mailer for Postbox {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        self.0.lock().unwrap().push(message.clone());
        Ok(())
    }
}

pub(crate) struct House {
    pub(crate) database: TestDatabase,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) random: Arc<Counter>,
    pub(crate) auth: AuthService,
    pub(crate) users: UserService,
    outbox: Outbox,
    mails: MailService,
    postbox: Arc<Postbox>,
}

/// Runs a test in a fresh instance on each database.
pub(crate) async fn on_each(test: impl AsyncFn(House)) {
    on_each_database(async |database| test(House::new(database)).await).await;
}

pub(crate) fn secret() -> InstanceSecret {
    InstanceSecret::new(&[7; 32])
}

pub(crate) fn config() -> AuthConfig {
    let cost = HashCost { memory_kib: 8, passes: 1, lanes: 1 };
    AuthConfig { hash_cost: cost, ..AuthConfig::new("https://mog.example", secret(), 2) }
}

pub(crate) fn visit() -> Visit {
    Visit { network: "203.0.113.0/24".into(), device: "Firefox on Linux".into() }
}

impl House {
    fn new(database: TestDatabase) -> Self {
        let clock = Arc::new(TestClock(AtomicI64::new(START_MS)));
        let random = Arc::new(Counter::default());
        let url = "https://mog.example".parse().unwrap();
        let outbox = Outbox::new(url, &secret(), clock.clone(), random.clone()).unwrap();
        let postbox = Arc::new(Postbox::default());
        let mails = MailService::new(
            database.clone(),
            outbox.clone(),
            postbox.clone(),
            clock.clone(),
            random.clone(),
        );
        let auth = service(&database, &clock, &random, &outbox, config());
        let users = UserService::new(database.clone(), auth.clone());
        Self { database, clock, random, auth, users, outbox, mails, postbox }
    }

    /// Another process with another configuration on the same database.
    pub(crate) fn node(&self, config: AuthConfig) -> AuthService {
        service(&self.database, &self.clock, &self.random, &self.outbox, config)
    }

    pub(crate) fn with_supabase(&self, project: SupabaseConfig) -> AuthService {
        self.node(AuthConfig { supabase: Some(project), ..config() })
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Signs up and opens the link of the mail.
    pub(crate) async fn account(&self, email: &str) -> UserId {
        self.sign_up(email).await;
        let link = self.token_of("verify_address", email).await;
        self.auth.verify_email(&link, &visit()).await.unwrap();
        self.user(email).await
    }

    pub(crate) async fn sign_up(&self, email: &str) {
        let new = SignUp {
            email: email.into(),
            password: Secret::new(PASSWORD),
            name: "Ada Lovelace".into(),
            language: Some(Language::French),
        };
        self.auth.sign_up(new.check().unwrap(), &visit()).await.unwrap();
    }

    pub(crate) async fn user(&self, email: &str) -> UserId {
        self.auth.account_of(&email.parse_email()).await.unwrap().id
    }

    pub(crate) async fn try_sign_in(
        &self,
        email: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<SessionTokens, AuthError> {
        let code = code.map(Secret::new);
        let sign_in = SignIn { email: email.into(), password: Secret::new(password), code };
        self.auth.sign_in(sign_in, &visit()).await
    }

    pub(crate) async fn sign_in(&self, email: &str) -> SessionTokens {
        self.try_sign_in(email, PASSWORD, None).await.unwrap()
    }

    pub(crate) async fn principal(&self, tokens: &SessionTokens) -> Principal {
        self.auth.authenticate(tokens.access.expose()).await.unwrap()
    }

    /// An account, verified and signed in.
    pub(crate) async fn person(&self, email: &str) -> Principal {
        self.account(email).await;
        let tokens = self.sign_in(email).await;
        self.principal(&tokens).await
    }

    pub(crate) async fn administrator(&self, email: &str) -> UserId {
        let password = contract::fields::NewPassword::parse(Secret::new(PASSWORD)).unwrap();
        self.auth.create_account(&email.parse_email(), &password, Role::Admin).await.unwrap()
    }

    /// Every mail that was ever sent.
    pub(crate) async fn mails(&self) -> Vec<Message> {
        self.mails.deliver_due().await.unwrap();
        self.postbox.0.lock().unwrap().clone()
    }

    /// The kinds of mail that went to an address, in order.
    pub(crate) async fn mails_to(&self, email: &str) -> Vec<String> {
        self.mails().await.into_iter().filter(|mail| mail.to == email).map(|mail| mail.kind).collect()
    }

    /// The token of the last such mail to an address.
    pub(crate) async fn token_of(&self, kind: &str, email: &str) -> Secret {
        let mails = self.mails().await;
        let mail = mails.iter().rev().find(|mail| mail.kind == kind && mail.to == email);
        let text = &mail.expect("there is such a mail").text;
        let (_, rest) = text.split_once("?token=").expect("it has a link");
        Secret::new(rest.split_whitespace().next().unwrap())
    }

    /// The kinds of an account's events, the oldest first.
    pub(crate) async fn history(&self, principal: &Principal) -> Vec<SecurityEventKind> {
        let query = PageQuery { limit: Some(100), after: None };
        let page = self.auth.security_events(principal, &query).await.unwrap();
        let mut events = page.items;
        events.sort_by_key(|event| event.at_ms);
        events.into_iter().map(|event| event.kind).collect()
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(self.database.reader()).await.unwrap()
    }

    /// Every value of every row, as text, with its table.
    pub(crate) async fn every_value(&self) -> Vec<(String, String)> {
        let tables = match self.database.kind() {
            DatabaseKind::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
            DatabaseKind::Postgres => {
                "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            }
        };
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(self.database.reader()).await.unwrap();
        let mut values = Vec::new();
        // The one table that is not ours holds the names of the migrations.
        for table in tables.into_iter().filter(|table| !table.starts_with("_sqlx")) {
            let all = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table}")));
            for row in all.fetch_all(self.database.reader()).await.unwrap() {
                values
                    .extend(row.columns().iter().map(|column| (table.clone(), text(&row, column.ordinal()))));
            }
        }
        values
    }

    /// Turns the second factor on, and gives the app and the recovery codes.
    pub(crate) async fn second_factor(&self, principal: &Principal) -> (App, Vec<String>) {
        let setup = self.auth.totp_begin(principal).await.unwrap();
        let app = App(setup.secret.expose().into());
        let code = Secret::new(app.code(self.now_ms()));
        let codes = self.auth.totp_confirm(principal, &code, &visit()).await.unwrap().codes;
        (app, codes.iter().map(|code| code.expose().to_owned()).collect())
    }
}

/// An authenticator app.
pub(crate) struct App(pub(crate) String);

impl App {
    pub(crate) fn code(&self, at_ms: i64) -> String {
        let secret = TotpSecret::try_from_base32(&self.0).unwrap();
        let app =
            Builder::new().with_secret(secret.as_bytes().to_vec()).with_account_name("").build().unwrap();
        app.generate(u64::try_from(at_ms / SECOND_MS).unwrap()).to_string()
    }
}

fn service(
    database: &TestDatabase,
    clock: &Arc<TestClock>,
    random: &Arc<Counter>,
    outbox: &Outbox,
    config: AuthConfig,
) -> AuthService {
    let profiles = Arc::new(Profiles::new((*database).clone()));
    let ports = AuthPorts {
        database: (*database).clone(),
        clock: clock.clone(),
        random: random.clone(),
        outbox: outbox.clone(),
        people: profiles.clone(),
        personal_data: vec![profiles],
    };
    AuthService::new(config, ports).unwrap()
}

fn text(row: &AnyRow, column: usize) -> String {
    let bytes = || row.try_get::<Vec<u8>, _>(column).unwrap_or_default();
    row.try_get::<String, _>(column).unwrap_or_else(|_| String::from_utf8_lossy(&bytes()).into())
}

/// Reads a good address.
pub(crate) trait ParseEmail {
    fn parse_email(&self) -> contract::fields::EmailAddress;
}

impl ParseEmail for &str {
    fn parse_email(&self) -> contract::fields::EmailAddress {
        contract::fields::EmailAddress::parse(self).unwrap()
    }
}

/// The code of a refusal; a test that expects one fails without.
pub(crate) fn code<T: std::fmt::Debug>(outcome: Result<T, AuthError>) -> ErrorCode {
    outcome.unwrap_err().code()
}

/// The fields at fault of a refusal.
pub(crate) fn fields<T: std::fmt::Debug>(outcome: Result<T, AuthError>) -> Vec<(String, ErrorCode)> {
    match outcome.unwrap_err() {
        AuthError::Fields(errors) => errors.into_iter().map(|error| (error.field, error.code)).collect(),
        other => panic!("not about fields: {other:?}"),
    }
}
