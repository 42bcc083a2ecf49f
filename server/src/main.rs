//! `mog`: the one binary of MOG AI. `mog help` lists what it does.

mod api;
mod assets;
mod cli;
mod http;
mod middleware;
mod pages;
mod ports;
mod telemetry;
#[cfg(test)]
mod testing;

use clap::Parser;

fn main() -> anyhow::Result<()> {
    cli::Mog::parse().run()
}
