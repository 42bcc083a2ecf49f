//! The engine's source gate, in the contract's words.

use contract::gate::{Finding, FindingKind, Severity};
use engine::face::Face;
use engine::photo::Photo;
use engine::{Engine, gate};

/// What a swap with this face as its source will suffer from, the worst first.
pub(crate) fn findings(engine: &Engine, photo: &Photo, face: &Face) -> Vec<Finding> {
    let measures = engine.measure_source(photo, face);
    measures.map_or_else(Vec::new, |measures| measures.findings().into_iter().map(finding).collect())
}

fn finding(found: gate::Finding) -> Finding {
    let severity = match found.severity {
        gate::Severity::Mild => Severity::Mild,
        gate::Severity::Severe => Severity::Severe,
    };
    Finding { kind: kind(found.kind), severity, value: found.value }
}

const fn kind(kind: gate::Kind) -> FindingKind {
    match kind {
        gate::Kind::Small => FindingKind::Small,
        gate::Kind::Blurred => FindingKind::Blurred,
        gate::Kind::Turned => FindingKind::Turned,
        gate::Kind::Nodding => FindingKind::Nodding,
        gate::Kind::Tilted => FindingKind::Tilted,
        gate::Kind::Dark => FindingKind::Dark,
        gate::Kind::Bright => FindingKind::Bright,
        gate::Kind::OneSided => FindingKind::OneSided,
        gate::Kind::EyesCovered => FindingKind::EyesCovered,
        gate::Kind::MouthCovered => FindingKind::MouthCovered,
        gate::Kind::Cut => FindingKind::Cut,
    }
}
