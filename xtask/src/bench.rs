//! `cargo xtask bench`.

use clap::{Args, ValueEnum};

use crate::build::{self, Profile};
use crate::house::House;
use crate::step::{run, step};

/// Measure this house beside another.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// What to measure.
    #[arg(value_enum)]
    subject: Subject,
    /// Passed on, such as `-- --rounds 5`.
    #[arg(last = true)]
    options: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Subject {
    /// Sign-in and reads with a bearer token, beside FastAPI.
    Accounts,
}

impl Bench {
    pub(crate) fn run(self, house: &House) -> anyhow::Result<()> {
        let Subject::Accounts = self.subject;
        build::all(house, Profile::Release)?;
        step("Measuring", || {
            let mut python = house.command("python3");
            python.arg(house.at("bench/accounts/run.py"));
            python.arg("--mog").arg(build::mog(house, Profile::Release)).args(&self.options);
            run(&mut python)
        })
    }
}
