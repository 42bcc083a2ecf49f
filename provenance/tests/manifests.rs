//! Manifests written and read back, whole and tampered with.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use provenance::{
    Claim, Container, Elsewhere, Identity, Ingredient, Role, Standing, read, sign, sign_elsewhere,
};
use sha2::{Digest, Sha256};

const NOW_MS: i64 = 1_790_000_000_000;

fn identity() -> Identity {
    Identity::new("MOG AI of a test", [7; 32], [9; 32], NOW_MS).unwrap()
}

fn jpeg() -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 80)
        .write_image(&[120; 64 * 48 * 3], 64, 48, ExtendedColorType::Rgb8)
        .unwrap();
    file
}

fn png() -> Vec<u8> {
    let mut file = Vec::new();
    PngEncoder::new(&mut file).write_image(&[120; 64 * 48 * 3], 64, 48, ExtendedColorType::Rgb8).unwrap();
    file
}

fn claim<'a>(id: u64, ingredients: &'a [Ingredient<'a>]) -> Claim<'a> {
    Claim { id, made_at_ms: NOW_MS, ingredients }
}

#[test]
fn what_is_signed_is_read_with_all_it_was_made_of() {
    for file in [jpeg(), png()] {
        let ingredients = [Role::Source, Role::Target, Role::Source];
        let ingredients = ingredients.map(|role| Ingredient { role, file: &file });
        let signed = sign(&file, &claim(0xFEED_0000_0000_0001, &ingredients), &identity()).unwrap();
        let reading = read(&signed).unwrap();
        assert_eq!((reading.standing, &reading.problems), (Standing::Valid, &vec![]), "{reading:?}");
        assert_eq!(reading.mark, Some(0xFEED_0000_0000_0001));
        assert_eq!(reading.signer.as_deref(), Some("MOG AI of a test"));
        assert_eq!(reading.generator.as_deref(), Some("MOG AI"));
        assert!(reading.when.is_some_and(|when| when.starts_with("2026-09-21T")));
        let names: Vec<_> = reading.actions.iter().map(|action| action.name.as_str()).collect();
        assert_eq!(names, ["c2pa.opened", "c2pa.placed", "c2pa.placed", "c2pa.edited"]);
        assert_eq!(reading.actions[3].source_type.as_deref(), Some("compositeWithTrainedAlgorithmicMedia"));
        let kept = ["target", "source", "source 2"].map(|title| (title.to_owned(), false));
        assert_eq!(reading.ingredients, kept);
    }
}

#[test]
fn manifests_that_came_in_are_kept() {
    let first = sign(&jpeg(), &claim(1, &[]), &identity()).unwrap();
    let ingredients = [Ingredient { role: Role::Target, file: &first }];
    let second = sign(&png(), &claim(2, &ingredients), &identity()).unwrap();
    let reading = read(&second).unwrap();
    assert_eq!((reading.standing, reading.mark), (Standing::Valid, Some(2)), "{reading:?}");
    assert_eq!(reading.ingredients, [("target".to_owned(), true)]);
}

#[test]
fn a_changed_pixel_breaks_it() {
    let mut signed = sign(&jpeg(), &claim(1, &[]), &identity()).unwrap();
    let last = signed.len() - 10;
    signed[last] ^= 0x10;
    assert_eq!(read(&signed).unwrap().standing, Standing::Broken);
}

#[test]
fn a_file_that_stays_elsewhere_gets_a_manifest_for_its_hash() {
    for (container, file) in [(Container::Jpeg, jpeg()), (Container::Png, png())] {
        let elsewhere = Elsewhere { container, sha256: Sha256::digest(&file).into() };
        let manifest = sign_elsewhere(&elsewhere, &claim(9, &[]), &identity()).unwrap();
        let (head, tail) = file.split_at(container.place());
        let mut signed = [head, &manifest, tail].concat();
        let reading = read(&signed).unwrap();
        assert_eq!((reading.standing, reading.mark), (Standing::Valid, Some(9)), "{reading:?}");
        assert_eq!(reading.generator.as_deref(), Some("MOG AI in a browser"));
        let last = signed.len() - 20;
        signed[last] ^= 1;
        assert_eq!(read(&signed).unwrap().standing, Standing::Broken);
    }
}

#[test]
fn files_without_a_manifest_have_none() {
    assert_eq!(read(&jpeg()), None);
    assert_eq!(read(b"a text"), None);
    assert_eq!(read(&[]), None);
}

#[test]
fn an_identity_that_was_kept_signs_as_before() {
    let made = identity();
    let (seed, chain) = made.parts();
    let kept = Identity::from_parts(*seed, chain.to_vec()).unwrap();
    let signed = sign(&png(), &claim(3, &[]), &kept).unwrap();
    assert_eq!(read(&signed).unwrap().standing, Standing::Valid);
    assert!(!format!("{kept:?}").contains('7'));
}
