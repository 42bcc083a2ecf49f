//! `cargo xtask soak`: kills nodes, for minutes.

use clap::Args;

use crate::house::House;
use crate::step::{run, step};
use crate::tools;

/// Kill nodes without warning while jobs are done, on SQLite and on PostgreSQL, and look whether anything was lost.
#[derive(Debug, Args)]
pub(crate) struct Soak {
    /// How often, on each database.
    #[arg(long, default_value_t = 200)]
    kills: usize,
}

impl Soak {
    pub(crate) fn run(self, house: &House) -> anyhow::Result<()> {
        tools::postgres(house)?;
        step(&format!("{} kills on each database", self.kills), || {
            let test = ["test", "--locked", "--package", "platform", "--test", "jobs", "--"];
            let long = ["soak::two_hundred_times", "--exact", "--ignored", "--nocapture"];
            run(house.cargo(&[&test[..], &long[..]].concat()).env("MOG_SOAK_KILLS", self.kills.to_string()))
        })
    }
}
