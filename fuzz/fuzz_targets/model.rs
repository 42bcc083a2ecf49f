//! The readers of models: the records that set-up writes, and the TFLite files that it reads.
#![no_main]

use engine::{Engine, ModelFiles, convert, cpu};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [which, file @ ..] = bytes else { return };
    match which % 8 {
        0 => drop(convert::detector_record(file)),
        1 => drop(convert::mesh_record(file)),
        2 => drop(convert::topology_record(file)),
        6 => drop(convert::palms_record(file)),
        7 => drop(convert::hand_record(file)),
        record => {
            let mut files = ModelFiles { detector: Vec::new(), mesh: Vec::new(), topology: Vec::new() };
            let place = [&mut files.detector, &mut files.mesh, &mut files.topology];
            *place.into_iter().nth(usize::from(record - 3)).expect("three records") = file.to_vec();
            assert!(Engine::load(&files, &cpu()).is_err(), "two of three records are empty");
        }
    }
});
