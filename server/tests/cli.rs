//! `mog swap` at the command line: a picture, or a sentence.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use engine::codec::{Limits, decode};
use tempfile::TempDir;

/// Cargo runs tests in their package's folder.
fn sample(at: usize) -> PathBuf {
    Path::new("../assets/samples").join(format!("{}.webp", portrait::gallery()[at].name))
}

fn swap(source: &Path, target: &Path, output: &Path, more: &[&str]) -> Output {
    let mut mog = Command::new(env!("CARGO_BIN_EXE_mog"));
    mog.args(["swap", "--models", "../assets/models", "--source"]).arg(source).arg("--target").arg(target);
    mog.arg("--output").arg(output).args(more).output().unwrap()
}

fn sentence(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn two_photos_make_a_picture_and_the_strengths_matter() {
    let folder = TempDir::new().unwrap();
    let picture = |name: &str, more: &[&str]| {
        let path = folder.path().join(name);
        let output = swap(&sample(0), &sample(1), &path, more);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        decode(&std::fs::read(path).unwrap(), &Limits::default()).unwrap()
    };
    let usual = picture("usual.png", &[]);
    assert_eq!((usual.width(), usual.height()), (768, 768));
    assert!(usual != picture("mild.png", &["--likeness", "0"]));
    assert_eq!(usual, picture("again.png", &["--likeness", "60", "--target-face", "0"]));
}

#[test]
fn what_cannot_be_done_is_said_in_a_sentence() {
    let folder = TempDir::new().unwrap();
    let (output, text) = (folder.path().join("result.png"), folder.path().join("notes.txt"));
    std::fs::write(&text, "Dear diary").unwrap();
    let cases = [
        (swap(&text, &sample(0), &output, &[]), "This file is not a photo we can read."),
        (swap(Path::new("nowhere.jpg"), &sample(0), &output, &[]), "cannot read nowhere.jpg"),
        (
            swap(&sample(0), &sample(1), &folder.path().join("result.gif"), &[]),
            "must end in .jpg, .jpeg or .png",
        ),
        (
            swap(&sample(0), &sample(1), &output, &["--target-face", "5"]),
            "The chosen face is not in the photo.",
        ),
        (
            swap(&sample(0), &sample(1), &output, &["--likeness", "101"]),
            "One of the settings is out of its range.",
        ),
    ];
    for (answer, expected) in cases {
        let said = sentence(&answer);
        assert!(said.contains(expected) && !said.contains("backtrace"), "{said}");
    }
    assert!(!output.exists(), "a failure leaves no file behind");
}
