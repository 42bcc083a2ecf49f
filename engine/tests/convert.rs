//! The converter on the real package, and on what is left of it after damage.

mod common;

use common::Xorshift;
use engine::ModelFiles;
use engine::convert::{
    ConvertError, convert, detector_record, mesh_record, refined_mesh_record, topology_record,
};
use engine::models::Manifest;

type Converter = fn(&[u8]) -> Result<Vec<u8>, String>;

/// Each slice with its converter, found by the hashes of the manifest's sizes in the order of the package.
fn slices(data: &[u8]) -> [(Converter, &[u8]); 4] {
    let manifest = Manifest::embedded().expect("the manifest parses");
    let bytes = |name: &str| manifest.model(name).expect("listed").bytes as usize;
    let (detector, topology, mesh) = (bytes("face_detector"), bytes("face_topology"), bytes("face_mesh"));
    let (rest, detector) = data.split_at(data.len() - detector);
    let (rest, topology) = rest.split_at(rest.len() - topology);
    let (refined, mesh) = rest.split_at(rest.len() - mesh);
    [
        (detector_record, detector),
        (mesh_record, mesh),
        (refined_mesh_record, refined),
        (topology_record, topology),
    ]
}

#[test]
fn the_package_becomes_the_records_in_use() {
    let (loader, data) = common::package();
    let records = convert(&loader, &data).expect("the pinned package converts");
    let names: Vec<&str> = records.iter().map(|r| r.file_name.as_str()).collect();
    let [detector, mesh, topology] = ModelFiles::NAMES;
    assert_eq!(names, [detector, mesh, ModelFiles::REFINED, topology]);
    let again = convert(&loader, &data).expect("it did before");
    assert!(records == again, "conversion is repeatable");
}

#[test]
fn another_package_is_refused() {
    let (loader, data) = common::package();
    let short = &data[..data.len() - 1];
    assert!(matches!(convert(&loader, short), Err(ConvertError::DataSize { .. })));
    let mut altered = data.clone();
    let last = altered.len() - 1;
    altered[last] ^= 1;
    assert!(matches!(convert(&loader, &altered), Err(ConvertError::Unknown { .. })));
    let beyond = loader.replace("3986256", "9986256");
    assert!(convert(&beyond, &data).is_err());
}

#[test]
fn a_loader_that_says_nothing_is_an_error() {
    for loader in
        ["", "loadPackage(", "loadPackage({", "loadPackage({\"files\": 3})", "loadPackage({}); loadPackage({"]
    {
        assert!(matches!(convert(loader, &[]), Err(ConvertError::Loader(_))), "{loader:?}");
    }
    let empty = r#"loadPackage({"files": [], "remote_package_size": 0})"#;
    assert!(matches!(convert(empty, &[]), Err(ConvertError::MissingFile(_))));
    let backwards = r#"loadPackage({"files": [{"filename": "/a/face_detection_short_range.tflite", "start": 9,
        "end": 2, "audio": 0}], "remote_package_size": 0})"#;
    assert!(matches!(convert(backwards, &[]), Err(ConvertError::MissingFile(_))));
}

#[test]
fn no_prefix_of_a_real_file_panics() {
    let (_, data) = common::package();
    for (converter, slice) in slices(&data) {
        assert!(converter(slice).is_ok());
        let stride = (slice.len() / 400).max(1);
        let ends = (0..600.min(slice.len())).chain((600..slice.len()).step_by(stride));
        for end in ends {
            let result = converter(&slice[..end]);
            // The last bytes may be padding, or fields we do not read.
            assert!(result.is_err() || end + 512 > slice.len(), "{end} of {} bytes", slice.len());
        }
    }
}

#[test]
fn no_damage_to_a_real_file_panics() {
    let (_, data) = common::package();
    let mut random = Xorshift(0x2545_F491_4F6C_DD1D);
    for (converter, slice) in slices(&data) {
        let mut refused = 0;
        for round in 0..250 {
            let mut damaged = slice.to_vec();
            // The structure is at both ends of a FlatBuffers file; the middle is weights.
            let span = if round % 3 == 0 { slice.len() } else { 40_000.min(slice.len()) };
            let from = if round % 2 == 0 { 0 } else { slice.len() - span };
            for _ in 0..=random.below(8) {
                damaged[from + random.below(span)] = random.next() as u8;
            }
            refused += usize::from(converter(&damaged).is_err());
        }
        assert!(refused > 10, "damage to the structure is noticed ({refused} of 250)");
    }
}

#[test]
fn nothing_and_noise_are_errors() {
    let mut random = Xorshift(7);
    for length in [0, 1, 3, 4, 8, 100, 5000] {
        let noise: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
        assert!(detector_record(&noise).is_err());
        assert!(mesh_record(&noise).is_err());
        assert!(topology_record(&noise).is_err());
    }
    // A well-formed header in front of noise, and tables that point at themselves.
    let mut circular = vec![8, 0, 0, 0];
    circular.extend(b"TFL3");
    circular.extend([0u8; 64]);
    assert!(detector_record(&circular).is_err());
}
