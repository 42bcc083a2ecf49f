//! `cargo xtask bench`.

use clap::{Args, ValueEnum};

use crate::build::{self, Profile};
use crate::house::House;
use crate::step::{run, step};
use crate::tools;

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
    /// The networks and the camera's picture, beside onnxruntime-web, MediaPipe, XNNPACK and tract.
    Engine,
    /// The queue of jobs, beside graphile-worker.
    Jobs,
    /// Uploads and swaps in HD: time and memory.
    Media,
}

impl Bench {
    pub(crate) fn run(self, house: &House) -> anyhow::Result<()> {
        match self.subject {
            Subject::Accounts => self.accounts(house),
            Subject::Engine => self.engine(house),
            Subject::Jobs => self.jobs(house),
            Subject::Media => self.media(house),
        }
    }

    fn jobs(&self, house: &House) -> anyhow::Result<()> {
        tools::postgres(house)?;
        let tests = ["--release", "--locked", "--package", "platform", "--test", "jobs"];
        step("Building the queue", || run(house.cargo(&["test", "--no-run"]).args(tests)))?;
        step("Measuring", || {
            let mut python = house.command("python3");
            python.arg(house.at("bench/jobs/run.py")).arg("--modules").arg(house.target.join("bench-jobs"));
            let run_tests = format!("cargo test {}", tests.join(" "));
            run(python.args(["--tests", &run_tests]).args(&self.options))
        })
    }

    fn media(&self, house: &House) -> anyhow::Result<()> {
        build::all(house, Profile::Release)?;
        step("Measuring", || {
            let mut python = house.command("python3");
            python.arg(house.at("bench/media/run.py"));
            run(python.arg("--mog").arg(build::mog(house, Profile::Release)).args(&self.options))
        })
    }

    fn accounts(&self, house: &House) -> anyhow::Result<()> {
        build::all(house, Profile::Release)?;
        step("Measuring", || {
            let mut python = house.command("python3");
            python.arg(house.at("bench/accounts/run.py"));
            python.arg("--mog").arg(build::mog(house, Profile::Release)).args(&self.options);
            run(&mut python)
        })
    }

    fn engine(&self, house: &House) -> anyhow::Result<()> {
        build::all(house, Profile::Release)?;
        let chromium = tools::chromium(house)?;
        step("Measuring", || {
            let mut python = house.command("python3");
            python.arg(house.at("bench/engine/run.py")).arg("--chromium").arg(chromium);
            python.arg("--target").arg(house.target.join("kernels")).args(&self.options);
            run(&mut python)
        })
    }
}
