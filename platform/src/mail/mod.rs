//! Mails: what they say, the outbox that they wait in, and the port that takes them out of the house.
//!
//! Whoever changes something puts the mail about it into the [`Outbox`] within the same transaction, so that neither
//! happens without the other. [`MailService::deliver_due`] takes it from there.

mod layout;
mod mailer;
mod mails;
mod outbox;
mod repository;
mod service;
mod words;

pub use mailer::{DeliveryError, Mailer, Message};
pub use mails::{Link, Mail, Notice, Occasion};
pub use outbox::{Outbox, OutboxError, Recipient};
pub use service::{Delivered, MailService};
