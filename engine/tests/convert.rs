//! The converter on the real package, and on what is left of it after damage.

mod common;

use common::Xorshift;
use engine::ModelFiles;
use engine::convert::{
    ConvertError, Record, convert, detector_record, hand_record, mesh_record, palms_record,
    refined_mesh_record, topology_record,
};
use engine::models::{Manifest, Package};

type Converter = fn(&[u8]) -> Result<Vec<u8>, String>;

/// Each model's file with its converter: those of faces by their sizes in the order of the package.
fn models() -> [(Converter, Vec<u8>); 6] {
    let manifest = Manifest::embedded().expect("the manifest parses");
    let bytes = |name: &str| manifest.model(name).expect("listed").bytes as usize;
    let (detector, topology, mesh) = (bytes("face_detector"), bytes("face_topology"), bytes("face_mesh"));
    let [faces, hands] = common::packages();
    let data = common::packaged(&faces, &faces.data_file);
    let (rest, detector) = data.split_at(data.len() - detector);
    let (rest, topology) = rest.split_at(rest.len() - topology);
    let (refined, mesh) = rest.split_at(rest.len() - mesh);
    let palms = common::packaged(&hands, &hands.data_file);
    let palms = &palms[palms.len() - bytes("hand_detector")..];
    let hand = common::packaged(&hands, &manifest.model("hand_landmarks").expect("listed").file);
    [
        (detector_record, detector.to_vec()),
        (mesh_record, mesh.to_vec()),
        (refined_mesh_record, refined.to_vec()),
        (topology_record, topology.to_vec()),
        (palms_record, palms.to_vec()),
        (hand_record, hand),
    ]
}

/// The package's records when one of its files is another.
fn convert_with(package: &Package, file: &str, content: &[u8]) -> Result<Vec<Record>, ConvertError> {
    convert(package, |name| {
        Some(if name == file { content.to_vec() } else { common::packaged(package, name) })
    })
}

#[test]
fn the_packages_become_the_records_in_use() {
    let all = || -> Vec<Record> {
        let of = |package: &Package| convert(package, |name| Some(common::packaged(package, name)));
        common::packages()
            .iter()
            .flat_map(|package| of(package).expect("the pinned package converts"))
            .collect()
    };
    let records = all();
    let names: Vec<&str> = records.iter().map(|r| r.file_name.as_str()).collect();
    let ([detector, mesh, topology], [palms, hand]) = (ModelFiles::NAMES, ModelFiles::HANDS);
    assert_eq!(names, [detector, mesh, ModelFiles::REFINED, topology, palms, hand]);
    assert!(records == all(), "conversion is repeatable");
}

#[test]
fn another_package_is_refused() {
    for package in common::packages() {
        let data = common::packaged(&package, &package.data_file);
        let short = convert_with(&package, &package.data_file, &data[..data.len() - 1]);
        assert!(matches!(short, Err(ConvertError::DataSize { .. })));
        let mut altered = data;
        let last = altered.len() - 1;
        altered[last] ^= 1;
        let altered = convert_with(&package, &package.data_file, &altered);
        assert!(matches!(altered, Err(ConvertError::Unknown { .. })));
        let loader = String::from_utf8(common::packaged(&package, &package.loader_file)).expect("a script");
        let bytes = package.data_bytes.to_string();
        let beyond = loader.replace(&bytes, &format!("9{}", &bytes[1..]));
        assert!(convert_with(&package, &package.loader_file, beyond.as_bytes()).is_err());
        assert!(matches!(convert(&package, |_| None), Err(ConvertError::MissingFile(_))));
    }
}

#[test]
fn a_model_beside_the_data_is_checked_too() {
    let [_, hands] = common::packages();
    let alone = "hand_landmark_lite.tflite";
    let mut altered = common::packaged(&hands, alone);
    altered[999] ^= 1;
    assert!(matches!(convert_with(&hands, alone, &altered), Err(ConvertError::Unknown { .. })));
    let without = convert(&hands, |name| (name != alone).then(|| common::packaged(&hands, name)));
    assert!(matches!(without, Err(ConvertError::MissingFile(_))));
}

#[test]
fn a_loader_that_says_nothing_is_an_error() {
    let [faces, _] = common::packages();
    let with = |loader: &str| {
        convert(&faces, |name| Some(if name == faces.loader_file { loader.into() } else { Vec::new() }))
    };
    for loader in
        ["", "loadPackage(", "loadPackage({", "loadPackage({\"files\": 3})", "loadPackage({}); loadPackage({"]
    {
        assert!(matches!(with(loader), Err(ConvertError::Loader(_))), "{loader:?}");
    }
    // A file that the table does not have is looked for beside it: here it is empty.
    let empty = r#"loadPackage({"files": [], "remote_package_size": 0})"#;
    assert!(matches!(with(empty), Err(ConvertError::Unknown { .. })));
    let backwards = r#"loadPackage({"files": [{"filename": "/a/face_detection_short_range.tflite", "start": 9,
        "end": 2, "audio": 0}], "remote_package_size": 0})"#;
    assert!(matches!(with(backwards), Err(ConvertError::MissingFile(_))));
}

#[test]
fn no_prefix_of_a_real_file_panics() {
    for (converter, slice) in models() {
        assert!(converter(&slice).is_ok());
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
    let mut random = Xorshift(0x2545_F491_4F6C_DD1D);
    for (converter, slice) in models() {
        let mut refused = 0;
        for round in 0..250 {
            let mut damaged = slice.clone();
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
        assert!(palms_record(&noise).is_err());
        assert!(hand_record(&noise).is_err());
    }
    // A well-formed header in front of noise, and tables that point at themselves.
    let mut circular = vec![8, 0, 0, 0];
    circular.extend(b"TFL3");
    circular.extend([0u8; 64]);
    assert!(detector_record(&circular).is_err());
}
