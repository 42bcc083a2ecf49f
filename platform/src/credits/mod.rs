//! Credits: a double-entry ledger of what people have, hold for work that is under way, and have spent.

mod allowance;
mod audit;
mod ledger;
mod personal_data;
mod repository;
mod service;

pub use allowance::next_month_ms;
pub use audit::Audit;
pub use ledger::{Hold, Ledger, LedgerError};
pub use personal_data::CreditRecords;
pub use service::{CreditConfig, CreditService};
