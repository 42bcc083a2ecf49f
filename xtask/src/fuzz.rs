//! `cargo xtask fuzz`: LLVM's libFuzzer on what reads strangers' bytes, with the compiler that builds everything else.

use std::path::PathBuf;

use clap::Args;

use crate::house::House;
use crate::step::{run, step};

/// The targets, each a reader.
const TARGETS: [&str; 5] = ["upload", "codec", "watermark", "model", "c2pa"];

/// Coverage counters as `cargo fuzz` asks for them, less the sanitizers: those are nightly's, and there is no `unsafe`
/// here for them to watch but in the kernels, which have tests of their own (docs/adr/0042).
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Where the compiler and the fuzzers run.
const MACHINE: &str = "x86_64-unknown-linux-gnu";

/// Throw made-up bytes at what reads strangers' files.
#[derive(Debug, Args)]
pub(crate) struct Fuzz {
    /// Which readers: upload, codec, watermark, model, c2pa; all of them if none is named.
    targets: Vec<String>,
    /// How long each, in seconds.
    #[arg(long, default_value_t = 600)]
    seconds: u32,
}

impl Fuzz {
    pub(crate) fn run(&self, house: &House) -> anyhow::Result<()> {
        for name in &self.targets {
            anyhow::ensure!(TARGETS.contains(&name.as_str()), "{name}: one of {}", TARGETS.join(", "));
        }
        let built = house.target.join("fuzz");
        step("Building the fuzzers", || {
            let manifest = house.at("fuzz/Cargo.toml");
            let mut cargo =
                house.cargo(&["build", "--release", "--locked", "--target", MACHINE, "--manifest-path"]);
            run(cargo.arg(manifest).env("CARGO_TARGET_DIR", &built).env("RUSTFLAGS", FLAGS))
        })?;
        let chosen =
            TARGETS.iter().filter(|name| self.targets.is_empty() || self.targets.iter().any(|t| t == *name));
        chosen
            .copied()
            .try_for_each(|name| self.one(house, built.join(MACHINE).join("release").join(name), name))
    }

    /// Runs one; what it finds lies in `fuzz/artifacts`, and is a failure.
    fn one(&self, house: &House, program: PathBuf, name: &str) -> anyhow::Result<()> {
        let found = house.at("fuzz/artifacts");
        std::fs::create_dir_all(&found)?;
        let corpus = house.at("fuzz/corpus").join(name);
        let grown = house.target.join("fuzz/corpus").join(name);
        std::fs::create_dir_all(&grown)?;
        step(&format!("Fuzzing {name} for {} s", self.seconds), || {
            run(house
                .command(&program.to_string_lossy())
                .arg(&grown)
                .arg(&corpus)
                .arg(format!("-max_total_time={}", self.seconds))
                .arg(format!("-artifact_prefix={}/{name}-", found.display()))
                .args(["-rss_limit_mb=2048", "-timeout=30", "-max_len=65536", "-print_final_stats=1"]))
        })
    }
}
