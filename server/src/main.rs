//! `mog`: the one binary of MOG AI. `mog help` lists what it does.

mod api;
mod assets;
mod background;
mod cli;
mod config;
mod cookies;
mod doctor;
mod http;
mod measurements;
mod middleware;
mod offline;
mod operations;
#[cfg(test)]
mod outages;
mod pages;
mod ports;
mod services;
mod site;
mod telemetry;
#[cfg(test)]
mod testing;
mod workshop;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match cli::Mog::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One sentence with its causes; a panic's backtrace would not help the person who mistyped a path.
            let _ = writeln!(std::io::stderr(), "mog: {error:#}");
            ExitCode::FAILURE
        }
    }
}
