//! Where networks run: what this build can use, what of it answers, and what the settings ask for.

use engine::device::{self, DeviceChoice};

use super::Finding;
use crate::config::Config;

const SUBJECT: &str = "device";

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let mut findings: Vec<Finding> = device::compiled_in().into_iter().map(compiled_in).collect();
    let wanted = config.server.device;
    if wanted != DeviceChoice::Auto && !device::compiled_in().contains(&wanted) {
        findings.extend(
            device::open(wanted)
                .passed_over
                .first()
                .map(|why| Finding::warning(SUBJECT, format!("{why}; the server uses flex"), remedy(wanted))),
        );
    }
    findings
}

/// What became of a device whose backend is in this build.
fn compiled_in(name: DeviceChoice) -> Finding {
    match device::probe(name) {
        Ok(_) => Finding::well(SUBJECT, format!("{name} computes")),
        Err(why) => Finding::warning(
            SUBJECT,
            why.to_string(),
            "Install the GPU's driver, or set server.device to flex.",
        ),
    }
}

fn remedy(wanted: DeviceChoice) -> String {
    match wanted {
        DeviceChoice::Cuda(_) => {
            "Set server.device to flex, or build with --features cuda (docs/adr/0051).".into()
        }
        _ => format!("Set server.device to flex, or build with --features {wanted}."),
    }
}
