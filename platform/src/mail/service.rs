//! Delivers what waits in the outbox.

use std::fmt;
use std::sync::Arc;

use super::repository::{self, Claimed, End};
use super::{DeliveryError, Mailer, Outbox, OutboxError};
use crate::clock::Clock;
use crate::database::Database;
use crate::ids::RandomSource;

/// How long a worker has for one mail before another may take it, in milliseconds. Longer than any mailer waits.
const LEASE_MS: i64 = 5 * 60 * 1000;

/// The pause after the first failure, in milliseconds. It doubles with each further one.
const FIRST_PAUSE_MS: i64 = 30 * 1000;

/// The longest pause, in milliseconds.
const LONGEST_PAUSE_MS: i64 = 6 * 60 * 60 * 1000;

/// How many mails one call delivers at the most, so that none runs for long.
const AT_ONCE: i64 = 50;

/// How long it stays known that there was a mail, in milliseconds.
const TRACE_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// What one call of [`MailService::deliver_due`] has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Mails that were taken.
    pub delivered: usize,
    /// Mails that will be tried again.
    pub postponed: usize,
    /// Mails that will not.
    pub given_up: usize,
}

/// Takes mails from the outbox to the mailer. Any number of workers may, each mail is claimed by one at a time.
///
/// A mail is delivered at least once. It comes twice only where a worker dies, or loses the database, between the
/// mailer's yes and its note of it; then both copies carry the same id.
#[derive(Clone)]
pub struct MailService {
    database: Database,
    outbox: Outbox,
    mailer: Arc<dyn Mailer>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
}

impl MailService {
    /// A worker on this outbox.
    pub fn new(
        database: Database,
        outbox: Outbox,
        mailer: Arc<dyn Mailer>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Self {
        Self { database, outbox, mailer, clock, random }
    }

    /// Delivers what is due, and forgets the traces of what was finished a month ago.
    ///
    /// # Errors
    /// When the database refuses. What was claimed then comes again once its lease has ended.
    pub async fn deliver_due(&self) -> Result<Delivered, OutboxError> {
        let now_ms = self.clock.now_ms();
        let mut delivered = Delivered::default();
        for id in repository::due(&self.database, now_ms, AT_ONCE).await? {
            let now_ms = self.clock.now_ms();
            if let Some(mail) = repository::claim(&self.database, &id, now_ms, now_ms + LEASE_MS).await? {
                self.attempt(&mail, &mut delivered).await?;
            }
        }
        repository::forget_before(&self.database, now_ms - TRACE_MS).await?;
        Ok(delivered)
    }

    async fn attempt(&self, mail: &Claimed, delivered: &mut Delivered) -> Result<(), OutboxError> {
        let outcome = match self.outbox.open(&mail.id, &mail.sealed) {
            // The owner of a link that has stopped working has long asked for another.
            Ok(_) if self.clock.now_ms() >= mail.give_up_at_ms => {
                Err(DeliveryError::Never("too late".into()))
            }
            Ok(message) => self.mailer.deliver(&message).await,
            // The instance has another secret than it had: that mail stays closed for ever.
            Err(unreadable) => Err(DeliveryError::Never(unreadable.to_string())),
        };
        match outcome {
            Ok(()) => {
                self.finish(mail, End::Delivered, "").await?;
                delivered.delivered += 1;
            }
            Err(DeliveryError::Never(reason)) => {
                tracing::error!(mail = mail.id, kind = mail.kind, reason, "mail given up");
                self.finish(mail, End::GivenUp, &reason).await?;
                delivered.given_up += 1;
            }
            Err(DeliveryError::NotNow(reason)) => {
                let pause_ms = pause_ms(mail.attempts, self.random.bits_128());
                tracing::warn!(mail = mail.id, kind = mail.kind, reason, pause_ms, "mail not delivered yet");
                let due_at_ms = self.clock.now_ms() + pause_ms;
                self.check(repository::postpone(&self.database, mail, &reason, due_at_ms).await?, mail);
                delivered.postponed += 1;
            }
        }
        Ok(())
    }

    async fn finish(&self, mail: &Claimed, end: End, failure: &str) -> Result<(), OutboxError> {
        let now_ms = self.clock.now_ms();
        self.check(repository::finish(&self.database, mail, end, failure, now_ms).await?, mail);
        Ok(())
    }

    /// Says when the lease ended before the mailer answered: whoever has the newer claim decides.
    fn check(&self, still_ours: bool, mail: &Claimed) {
        if !still_ours {
            tracing::warn!(mail = mail.id, kind = mail.kind, "another worker has taken this mail over");
        }
    }
}

impl fmt::Debug for MailService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailService").finish_non_exhaustive()
    }
}

/// The pause after this many attempts: doubling, between three and five quarters of the round number, so that mails
/// that failed together do not all come back together.
fn pause_ms(attempts: i64, random: u128) -> i64 {
    let doublings = (attempts - 1).clamp(0, 20);
    let round = (FIRST_PAUSE_MS << doublings).min(LONGEST_PAUSE_MS);
    let quarters_of_thousand = i64::try_from(random % 501).unwrap_or(0);
    round / 1000 * (750 + quarters_of_thousand)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_scatter_and_end_at_six_hours() {
        let earliest: Vec<_> = (1..=4).map(|attempts| pause_ms(attempts, 0) / 1000).collect();
        let latest: Vec<_> = (1..=4).map(|attempts| pause_ms(attempts, 500) / 1000).collect();
        assert_eq!(earliest, [22, 45, 90, 180]);
        assert_eq!(latest, [37, 75, 150, 300]);
        assert_eq!(pause_ms(i64::MAX, 250), LONGEST_PAUSE_MS);
    }
}
