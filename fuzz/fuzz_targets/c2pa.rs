//! The reader of manifests: any file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provenance::read;

fuzz_target!(|bytes: &[u8]| {
    if let Some(reading) = read(bytes) {
        assert!(reading.actions.len() <= bytes.len());
    }
});
