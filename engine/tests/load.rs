//! Damaged records are refused with an error, whatever is wrong with them.

mod common;

use common::Xorshift;
use engine::{Engine, LoadError, ModelFiles, cpu};

fn records() -> [Vec<u8>; 3] {
    let ModelFiles { detector, mesh, topology } = common::models();
    [detector, mesh, topology]
}

fn load(records: &[Vec<u8>; 3]) -> Result<Engine, LoadError> {
    let [detector, mesh, topology] = records.clone();
    Engine::load(&ModelFiles { detector, mesh, topology }, &cpu())
}

#[test]
fn the_wrong_record_is_named() {
    let [detector, mesh, topology] = records();
    let swapped = [mesh.clone(), detector.clone(), topology.clone()];
    let error = load(&swapped).expect_err("a mesh is no detector");
    assert_eq!((error.model, error.code()), ("face_detector", "model_damaged"));
    let error = load(&[detector, mesh.clone(), mesh]).expect_err("a mesh network is no topology");
    assert_eq!(error.model, "face_topology");
}

#[test]
fn cut_and_empty_records_are_refused() {
    let whole = records();
    for part in 0..3 {
        for keep in [0, 1, 7, 8, 100, whole[part].len() / 2, whole[part].len() - 1] {
            let mut cut = whole.clone();
            cut[part].truncate(keep);
            assert!(load(&cut).is_err(), "record {part} cut to {keep} bytes");
        }
    }
}

#[test]
fn flipped_headers_never_panic() {
    let whole = records();
    let mut random = Xorshift(0x9E37_79B9_7F4A_7C15);
    for round in 0..60 {
        let mut flipped = whole.clone();
        let record = &mut flipped[round % 3];
        let at = random.below(2000.min(record.len()));
        record[at] ^= 1 << random.below(8);
        // Weights that differ by a bit still load; what matters is that nothing panics.
        let _ = load(&flipped);
    }
}
