//! The services of people, their credits, jobs and files, put together over one database.

use std::sync::Arc;

use platform::auth::{AuthConfig, AuthPorts, AuthService};
use platform::clock::Clock;
use platform::consent::{ConsentService, Statements};
use platform::credits::{CreditConfig, CreditRecords, CreditService, Ledger};
use platform::database::Database;
use platform::hd_swap::HdSwapService;
use platform::idempotency::{IdempotencyService, SqlIdempotency};
use platform::ids::RandomSource;
use platform::jobs::{JobConfig, JobRecords, JobService, Queue, Signals};
use platform::mail::Outbox;
use platform::media::{ContentSafety, MediaConfig, MediaPorts, MediaService, Store, StoredFiles};
use platform::moderation::ModerationService;
use platform::users::{Profiles, UserService};

/// The services of people.
#[derive(Clone)]
pub(crate) struct Services {
    pub(crate) auth: AuthService,
    pub(crate) users: UserService,
    pub(crate) idempotency: IdempotencyService,
    pub(crate) credits: CreditService,
    pub(crate) jobs: JobService,
    pub(crate) media: MediaService,
    pub(crate) consent: ConsentService,
    pub(crate) moderation: ModerationService,
    pub(crate) hd_swaps: HdSwapService,
}

/// What they stand on.
pub(crate) struct Ground {
    pub(crate) database: Database,
    pub(crate) config: AuthConfig,
    pub(crate) credits: CreditConfig,
    pub(crate) jobs: JobConfig,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn RandomSource>,
    pub(crate) media: MediaConfig,
    pub(crate) store: Store,
    pub(crate) safety: Option<Arc<dyn ContentSafety>>,
}

impl Services {
    /// Puts them together.
    ///
    /// # Errors
    /// When the configuration asks for what cannot be done.
    pub(crate) fn new(ground: Ground) -> anyhow::Result<Self> {
        let Ground { database, config, credits, jobs, clock, random, media, store, safety } = ground;
        let public_url = config.public_url.parse()?;
        let outbox = Outbox::new(public_url, &config.secret, clock.clone(), random.clone())?;
        let profiles = Arc::new(Profiles::new(database.clone()));
        let keys = Arc::new(SqlIdempotency::new(database.clone()));
        let sealer = config.secret.sealer("idempotent answers")?;
        let idempotency = IdempotencyService::new(keys.clone(), sealer, clock.clone(), random.clone());
        let records = Arc::new(JobRecords::new(database.clone()));
        let transfers = Arc::new(CreditRecords::new(database.clone()));
        let files = Arc::new(StoredFiles::new(database.clone(), clock.clone()));
        let media = MediaService::new(
            media,
            MediaPorts {
                database: database.clone(),
                store,
                secret: config.secret.clone(),
                clock: clock.clone(),
                random: random.clone(),
                safety,
            },
        );
        let statements = Arc::new(Statements::new(database.clone()));
        let consent = ConsentService::new(database.clone(), media.clone(), clock.clone(), random.clone());
        let moderation =
            ModerationService::new(database.clone(), media.clone(), clock.clone(), random.clone());
        let ports = AuthPorts {
            database: database.clone(),
            clock: clock.clone(),
            random: random.clone(),
            outbox,
            people: profiles.clone(),
            personal_data: vec![profiles, keys, records, transfers, files, statements],
        };
        let auth = AuthService::new(config, ports)?;
        let users = UserService::new(database.clone(), auth.clone());
        let ledger = Ledger::new(clock.clone(), random.clone());
        let credits =
            CreditService::new(database.clone(), ledger.clone(), auth.clone(), clock.clone(), credits);
        let queue = Queue::new(database, clock, random, Signals::default());
        let jobs = JobService::new(queue, ledger, credits.clone(), jobs);
        let hd_swaps = HdSwapService::new(jobs.clone(), media.clone(), consent.clone());
        Ok(Self { auth, users, idempotency, credits, jobs, media, consent, moderation, hd_swaps })
    }
}
