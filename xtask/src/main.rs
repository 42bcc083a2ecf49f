//! `cargo xtask`: the habits of the house, each with all of its own set-up.

mod bench;
mod build;
mod check;
mod compress;
mod contract;
mod fuzz;
mod house;
mod instructions;
mod page;
mod scripts;
mod serve;
mod soak;
mod stale;
mod step;
mod test;
mod tools;
mod worker;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::house::House;

/// The habits of the house. `serve` and `test` are the two to know.
#[derive(Debug, Parser)]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build what is stale and serve the studio on http://127.0.0.1:3000.
    Serve(serve::Serve),
    /// Run the tests: all of them, or the named parts.
    Test(test::Test),
    /// Check the format and the lints, warnings denied.
    Check,
    /// Kill nodes while jobs are done, and look whether anything was lost.
    Soak(soak::Soak),
    /// Throw made-up bytes at what reads strangers' files.
    Fuzz(fuzz::Fuzz),
    /// Measure this house beside another.
    Bench(bench::Bench),
    /// Cut the page's half of the client into pieces: Trunk's hook.
    #[command(hide = true)]
    CutPage,
    /// Convert the models and draw the samples into `assets/`.
    Models,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            step::say(&format!("✗ {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let house = House::find()?;
    match Xtask::parse().command {
        Command::Serve(serve) => serve.run(&house),
        Command::Test(test) => test.run(&house),
        Command::Check => check::all(&house),
        Command::Soak(soak) => soak.run(&house),
        Command::Fuzz(fuzz) => fuzz.run(&house),
        Command::Bench(bench) => bench.run(&house),
        Command::CutPage => page::cut(&house),
        Command::Models => build::assets(&house, build::Profile::Dev),
    }
}
