//! `cargo xtask test instructions`: what the kernels execute, counted. Unlike time, a count does not depend on what else the
//! machine does.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};

use crate::house::House;
use crate::step::{output, run, say, step};
use crate::tools;

/// How much a count may grow.
const TOLERANCE: f64 = 0.02;
/// Inferences that `kernels count` runs.
const RUNS: u64 = 10;

/// Compares the counts with the committed ones.
pub(crate) fn test(house: &House) -> anyhow::Result<()> {
    tools::valgrind(house)?;
    let folder = house.at("bench/engine/kernels");
    let target = house.target.join("kernels");
    step("Building the kernels alone", || {
        let mut cargo = house.cargo(&["build", "--locked", "--quiet", "--release"]);
        run(cargo.current_dir(&folder).env("CARGO_TARGET_DIR", &target))
    })?;
    let counts = step("Counting instructions", || count(house, &target.join("release/kernels")))?;
    compare(&counts, &read(&house.at("bench/engine/instructions.json"))?)
}

fn count(house: &House, program: &Path) -> anyhow::Result<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    for network in ["detector", "mesh"] {
        let mut valgrind = house.command("valgrind");
        valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-fd=1"]);
        valgrind.arg("--toggle-collect=*kernels::kernels::infer*").arg(program).args(["count", network]);
        let printed = output(&mut valgrind).context("valgrind could not run the kernels")?;
        let line = printed.lines().find_map(|line| line.split_once("Collected : "));
        let (_, number) = line.context("valgrind says no count")?;
        counts.insert(network.to_owned(), number.trim().parse::<u64>()? / RUNS);
    }
    Ok(counts)
}

fn read(path: &Path) -> anyhow::Result<BTreeMap<String, u64>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} is not there", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not a list of counts", path.display()))
}

fn compare(now: &BTreeMap<String, u64>, committed: &BTreeMap<String, u64>) -> anyhow::Result<()> {
    for (network, &count) in now {
        let before = *committed.get(network).with_context(|| format!("no committed count of {network}"))?;
        let growth = count as f64 / before as f64 - 1.0;
        say(&format!("  {network}: {count} instructions per inference ({:+.2} %)", growth * 100.0));
        if count as f64 > before as f64 * (1.0 + TOLERANCE) {
            bail!(
                "{network} executes {count} instructions instead of {before}: make it as lean again, or say in the commit why not and write the new count into bench/engine/instructions.json"
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(detector: u64) -> BTreeMap<String, u64> {
        BTreeMap::from([("detector".to_owned(), detector)])
    }

    #[test]
    fn a_count_may_shrink_and_hardly_grow() {
        assert!(compare(&counts(900), &counts(1000)).is_ok());
        assert!(compare(&counts(1020), &counts(1000)).is_ok());
        assert!(compare(&counts(1021), &counts(1000)).is_err());
        assert!(compare(&counts(1), &BTreeMap::new()).is_err());
    }
}
