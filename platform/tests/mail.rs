//! Mails leave the outbox once, or are tried again, or are given up: on both databases.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use contract::Language;
use contract::fields::{EmailAddress, Secret};
use platform::clock::Clock;
use platform::database::Database;
use platform::database::testing::on_each_database;
use platform::ids::RandomSource;
use platform::mail::{
    Delivered, DeliveryError, Link, Mail, MailService, Mailer, Message, Notice, Occasion, Outbox, Recipient,
};
use platform::sealing::InstanceSecret;
use sqlx::Row;
use url::Url;

const HOUR_MS: i64 = 60 * 60 * 1000;
const TOKEN: &str = "a-token-that-nobody-may-see";

#[derive(Default)]
struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

#[derive(Default)]
struct Counter(AtomicU64);

impl RandomSource for Counter {
    fn bits_128(&self) -> u128 {
        self.0.fetch_add(1, Ordering::SeqCst).into()
    }
}

/// Takes mails, or answers as it was told to.
#[derive(Default)]
struct Postbox {
    taken: Mutex<Vec<Message>>,
    refusals: Mutex<VecDeque<DeliveryError>>,
    /// How far the clock goes on while a mail is handed over.
    takes_ms: AtomicI64,
    clock: Arc<TestClock>,
}

#[async_trait]
impl Mailer for Postbox {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        // Gives the other worker its turn.
        tokio::task::yield_now().await;
        self.clock.0.fetch_add(self.takes_ms.load(Ordering::SeqCst), Ordering::SeqCst);
        if let Some(refusal) = self.refusals.lock().unwrap().pop_front() {
            return Err(refusal);
        }
        self.taken.lock().unwrap().push(message.clone());
        Ok(())
    }
}

struct House {
    database: Database,
    clock: Arc<TestClock>,
    postbox: Arc<Postbox>,
    outbox: Outbox,
    service: MailService,
}

impl House {
    fn new(database: &Database) -> Self {
        Self::with_secret(database, 7)
    }

    fn with_secret(database: &Database, secret: u8) -> Self {
        let clock = Arc::new(TestClock::default());
        let random = Arc::new(Counter::default());
        let postbox = Arc::new(Postbox { clock: Arc::clone(&clock), ..Postbox::default() });
        let public_url = Url::parse("https://mog.example").unwrap();
        let secret = InstanceSecret::new(&[secret; 32]);
        let outbox = Outbox::new(public_url, &secret, clock.clone(), random.clone()).unwrap();
        let service =
            MailService::new(database.clone(), outbox.clone(), postbox.clone(), clock.clone(), random);
        Self { database: database.clone(), clock, postbox, outbox, service }
    }

    async fn put(&self, mail: &Mail) {
        let mut transaction = self.database.begin().await.unwrap();
        self.outbox.put(&mut transaction, &ada(), mail).await.unwrap();
        transaction.commit().await.unwrap();
    }

    async fn deliver(&self) -> (usize, usize, usize) {
        let Delivered { delivered, postponed, given_up } = self.service.deliver_due().await.unwrap();
        (delivered, postponed, given_up)
    }

    fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    fn refuse(&self, refusal: DeliveryError) {
        self.postbox.refusals.lock().unwrap().push_back(refusal);
    }

    fn taken(&self) -> Vec<Message> {
        self.postbox.taken.lock().unwrap().clone()
    }

    /// State, reason and whether the content is still there, of each mail.
    async fn rows(&self) -> Vec<(String, String, bool)> {
        let rows = sqlx::query("SELECT state, failure, sealed FROM outgoing_mails ORDER BY id")
            .fetch_all(self.database.reader())
            .await
            .unwrap();
        let read = |row: &sqlx::any::AnyRow| {
            let sealed: Option<Vec<u8>> = row.get("sealed");
            (row.get("state"), row.get("failure"), sealed.is_some())
        };
        rows.iter().map(read).collect()
    }
}

fn ada() -> Recipient {
    Recipient { address: EmailAddress::parse("ada@example.org").unwrap(), language: Language::French }
}

fn reset() -> Mail {
    Mail::ResetPassword(Link { token: Secret::new(TOKEN), valid_hours: 1 })
}

fn notice() -> Mail {
    let occasion = Occasion { at_ms: 0, network: String::new(), device: String::new() };
    Mail::Notice(Notice::PasswordChanged, occasion)
}

fn busy() -> DeliveryError {
    DeliveryError::NotNow("busy".into())
}

#[tokio::test]
async fn a_mail_is_delivered_once_and_its_content_removed() {
    on_each_database(async |database| {
        let house = House::new(&database);
        house.put(&reset()).await;
        assert_eq!(house.deliver().await, (1, 0, 0));
        assert_eq!(house.deliver().await, (0, 0, 0));
        let [mail] = house.taken().try_into().unwrap();
        assert_eq!(
            (mail.to.as_str(), mail.kind.as_str(), mail.language.as_str()),
            ("ada@example.org", "reset_password", "fr")
        );
        assert!(
            mail.text.contains(&format!("\nhttps://mog.example/reset-password?token={TOKEN}\n")),
            "{}",
            mail.text
        );
        assert_eq!(house.rows().await, [("delivered".into(), String::new(), false)]);
    })
    .await;
}

#[tokio::test]
async fn a_mail_of_a_transaction_that_fails_was_never_written() {
    on_each_database(async |database| {
        let house = House::new(&database);
        let mut transaction = house.database.begin().await.unwrap();
        house.outbox.put(&mut transaction, &ada(), &reset()).await.unwrap();
        transaction.rollback().await.unwrap();
        assert_eq!(house.deliver().await, (0, 0, 0));
        assert_eq!(house.rows().await, []);
    })
    .await;
}

#[tokio::test]
async fn a_waiting_mail_shows_the_database_neither_token_nor_address() {
    on_each_database(async |database| {
        let house = House::new(&database);
        house.put(&reset()).await;
        let row =
            sqlx::query("SELECT sealed FROM outgoing_mails").fetch_one(database.reader()).await.unwrap();
        let sealed: Vec<u8> = row.get("sealed");
        for secret in [TOKEN, "ada@example.org"] {
            assert!(!sealed.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
        }
        // Another instance, without the secret, opens nothing, and does not try for ever.
        let stranger = House::with_secret(&database, 8);
        assert_eq!(stranger.deliver().await, (0, 0, 1));
        assert!(stranger.taken().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_is_not_taken_is_tried_again_after_a_growing_pause() {
    on_each_database(async |database| {
        let house = House::new(&database);
        house.put(&notice()).await;
        house.refuse(busy());
        house.refuse(busy());
        assert_eq!(house.deliver().await, (0, 1, 0));
        assert_eq!(house.rows().await, [("waiting".into(), "busy".into(), true)]);
        assert_eq!(house.deliver().await, (0, 0, 0), "it has its pause");
        house.pass(38_000);
        assert_eq!(house.deliver().await, (0, 1, 0));
        house.pass(38_000);
        assert_eq!(house.deliver().await, (0, 0, 0), "the second pause is longer");
        house.pass(38_000);
        assert_eq!(house.deliver().await, (1, 0, 0));
        assert_eq!(house.taken().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_nobody_will_take_is_given_up_at_once() {
    on_each_database(async |database| {
        let house = House::new(&database);
        house.put(&reset()).await;
        house.refuse(DeliveryError::Never("nobody of that name".into()));
        assert_eq!(house.deliver().await, (0, 0, 1));
        assert_eq!(house.rows().await, [("given_up".into(), "nobody of that name".into(), false)]);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_has_stopped_working_is_not_sent_but_news_are_for_three_days() {
    on_each_database(async |database| {
        let house = House::new(&database);
        house.put(&reset()).await;
        house.put(&notice()).await;
        house.pass(HOUR_MS);
        assert_eq!(house.deliver().await, (1, 0, 1));
        house.put(&notice()).await;
        house.pass(3 * 24 * HOUR_MS);
        assert_eq!(house.deliver().await, (0, 0, 1));
    })
    .await;
}

#[tokio::test]
async fn workers_side_by_side_deliver_each_mail_once() {
    on_each_database(async |database| {
        let house = House::new(&database);
        for _ in 0..20 {
            house.put(&notice()).await;
        }
        let workers = (0..4).map(|_| house.service.deliver_due());
        let done = futures_util::future::join_all(workers).await;
        let delivered: usize = done.into_iter().map(|done| done.unwrap().delivered).sum();
        let mut ids: Vec<_> = house.taken().into_iter().map(|mail| mail.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((delivered, house.taken().len(), ids.len()), (20, 20, 20));
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_died_leaves_its_mail_to_the_next() {
    on_each_database(async |database| {
        let house = House::new(&database);
        house.put(&notice()).await;
        // It claims, and is cut off while the mailer has the mail.
        let mut worker = Box::pin(house.service.deliver_due());
        while !sqlx::query("SELECT 1 FROM outgoing_mails WHERE attempts = 1")
            .fetch_all(database.reader())
            .await
            .is_ok_and(|rows| rows.len() == 1)
        {
            let _ = futures_util::poll!(worker.as_mut());
            tokio::task::yield_now().await;
        }
        drop(worker);
        let cut_off = house.taken().len();
        assert_eq!(house.deliver().await, (0, 0, 0), "the lease still runs");
        house.pass(5 * 60 * 1000);
        assert_eq!(house.deliver().await, (1, 0, 0));
        let taken = house.taken();
        assert_eq!(taken.len(), cut_off + 1);
        assert!(taken.iter().all(|mail| mail.id == taken[0].id), "a second copy carries the same id");
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_comes_late_changes_nothing() {
    on_each_database(async |database| {
        let slow = House::new(&database);
        slow.put(&notice()).await;
        // Its mailer answers no, but only once its lease has ended and another worker has delivered.
        let fast = House::with_secret(&database, 7);
        fast.pass(6 * 60 * 1000);
        let overtaken = Overtaken { fast: fast.service.clone() };
        let late = MailService::new(
            slow.database.clone(),
            slow.outbox.clone(),
            Arc::new(overtaken),
            slow.clock.clone(),
            Arc::new(Counter::default()),
        );
        late.deliver_due().await.unwrap();
        assert_eq!(slow.rows().await, [("delivered".into(), String::new(), false)]);
    })
    .await;
}

/// A mailer that says no after somebody else's said yes.
struct Overtaken {
    fast: MailService,
}

#[async_trait]
impl Mailer for Overtaken {
    async fn deliver(&self, _: &Message) -> Result<(), DeliveryError> {
        assert_eq!(self.fast.deliver_due().await.unwrap().delivered, 1);
        Err(DeliveryError::Never("too late".into()))
    }
}

#[tokio::test]
async fn traces_are_forgotten_after_a_month() {
    on_each_database(async |database| {
        let house = House::new(&database);
        house.put(&notice()).await;
        house.deliver().await;
        house.pass(30 * 24 * HOUR_MS);
        house.deliver().await;
        assert_eq!(house.rows().await.len(), 1);
        house.pass(1);
        house.deliver().await;
        assert_eq!(house.rows().await, []);
    })
    .await;
}
