//! The services of accounts, put together over one database.

use std::sync::Arc;

use platform::auth::{AuthConfig, AuthPorts, AuthService};
use platform::clock::Clock;
use platform::database::Database;
use platform::idempotency::{IdempotencyService, SqlIdempotency};
use platform::ids::RandomSource;
use platform::mail::Outbox;
use platform::users::{Profiles, UserService};

/// The services of accounts.
#[derive(Clone)]
pub(crate) struct Services {
    pub(crate) auth: AuthService,
    pub(crate) users: UserService,
    pub(crate) idempotency: IdempotencyService,
}

/// What they stand on.
pub(crate) struct Ground {
    pub(crate) database: Database,
    pub(crate) config: AuthConfig,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn RandomSource>,
}

impl Services {
    /// Puts them together.
    ///
    /// # Errors
    /// When the configuration asks for what cannot be done.
    pub(crate) fn new(ground: Ground) -> anyhow::Result<Self> {
        let Ground { database, config, clock, random } = ground;
        let public_url = config.public_url.parse()?;
        let outbox = Outbox::new(public_url, &config.secret, clock.clone(), random.clone())?;
        let profiles = Arc::new(Profiles::new(database.clone()));
        let keys = Arc::new(SqlIdempotency::new(database.clone()));
        let sealer = config.secret.sealer("idempotent answers")?;
        let idempotency = IdempotencyService::new(keys.clone(), sealer, clock.clone(), random.clone());
        let ports = AuthPorts {
            database: database.clone(),
            clock,
            random,
            outbox,
            people: profiles.clone(),
            personal_data: vec![profiles, keys],
        };
        let auth = AuthService::new(config, ports)?;
        let users = UserService::new(database, auth.clone());
        Ok(Self { auth, users, idempotency })
    }
}
