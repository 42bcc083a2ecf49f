//! `mog migrate`, `mog backup` and `mog restore` at the command line.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn mog(at: &Path, arguments: &[&str]) -> Output {
    let mut mog = Command::new(env!("CARGO_BIN_EXE_mog"));
    mog.current_dir(at).env_remove("DATABASE_URL").args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn succeed(at: &Path, arguments: &[&str]) -> String {
    let output = mog(at, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    said(&output)
}

fn refuse(at: &Path, arguments: &[&str]) -> String {
    let output = mog(at, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    said(&output)
}

#[test]
fn an_instance_is_backed_up_and_restored() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    assert!(refuse(at, &["backup", "none"]).contains("run `mog migrate` first"));
    assert!(succeed(at, &["migrate"]).contains("was new"));
    assert!(succeed(at, &["migrate"]).contains("the newest"));
    fs::write(at.join("data/secret.key"), [7; 32]).unwrap();

    let told = succeed(at, &["backup", "backup"]);
    assert!(told.contains("▸ results: 0 rows") && told.contains("keep it safe"), "{told}");
    assert!(refuse(at, &["backup", "backup"]).contains("is not empty"));
    assert!(refuse(at, &["restore", "backup"]).contains("data is not empty"));
    assert!(refuse(at, &["restore", "nowhere", "--data", "other"]).contains("no finished backup"));

    let told = succeed(at, &["restore", "backup", "--data", "copy"]);
    assert!(told.contains("1 files are back"), "{told}");
    assert_eq!(fs::read(at.join("copy/secret.key")).unwrap(), [7; 32]);
    assert!(succeed(at, &["migrate", "--data", "copy"]).contains("the newest"));
}

#[test]
fn a_database_out_of_reach_is_named_without_its_password() {
    let folder = TempDir::new().unwrap();
    let url = "postgres://mog:hunter2@127.0.0.1:1/mog";
    let told = refuse(folder.path(), &["migrate", "--database-url", url]);
    assert!(
        told.contains("cannot open the database at postgres://mog:") && !told.contains("hunter2"),
        "{told}"
    );
}
