//! `docs/ASVS.md` claims nothing that is not there: each test and each file that it names exists.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Cargo runs tests in their package's folder.
const REPOSITORY: &str = "..";

/// Folders whose tests are ours.
const ROOMS: [&str; 10] =
    ["app", "contract", "end2end", "engine", "frontend", "platform", "portrait", "server", "studio", "xtask"];

/// What a row may say of a requirement.
const STATES: [&str; 4] = ["met", "partly", "not met", "does not apply"];

/// The sections of ASVS 5.0.0, and how many lines of levels 1 and 2 each begins with. Those of level 3 come after them.
#[rustfmt::skip]
const LINES: [(&str, u32); 75] = [
    ("1.1", 2), ("1.2", 9), ("1.3", 11), ("1.4", 3), ("1.5", 2),
    ("2.1", 3), ("2.2", 3), ("2.3", 4), ("2.4", 1),
    ("3.2", 2), ("3.3", 4), ("3.4", 6), ("3.5", 5), ("3.7", 2),
    ("4.1", 3), ("4.2", 1), ("4.3", 2), ("4.4", 4),
    ("5.1", 1), ("5.2", 3), ("5.3", 2), ("5.4", 3),
    ("6.1", 3), ("6.2", 12), ("6.3", 4), ("6.4", 4), ("6.5", 5), ("6.6", 3), ("6.8", 4),
    ("7.1", 3), ("7.2", 4), ("7.3", 2), ("7.4", 5), ("7.5", 2), ("7.6", 2),
    ("8.1", 2), ("8.2", 3), ("8.3", 1), ("8.4", 1),
    ("9.1", 3), ("9.2", 4),
    ("10.1", 2), ("10.2", 2), ("10.3", 4), ("10.4", 11), ("10.5", 5), ("10.6", 2), ("10.7", 3),
    ("11.1", 2), ("11.2", 3), ("11.3", 3), ("11.4", 4), ("11.5", 1), ("11.6", 1),
    ("12.1", 3), ("12.2", 2), ("12.3", 4),
    ("13.1", 1), ("13.2", 5), ("13.3", 2), ("13.4", 5),
    ("14.1", 2), ("14.2", 4), ("14.3", 3),
    ("15.1", 3), ("15.2", 3), ("15.3", 7),
    ("16.1", 1), ("16.2", 5), ("16.3", 4), ("16.4", 3), ("16.5", 3),
    ("17.1", 1), ("17.2", 4), ("17.3", 2),
];

/// A row: number, what is asked, state, where or why, evidence.
struct Row {
    number: String,
    state: String,
    place: String,
    evidence: String,
}

fn rows() -> Vec<Row> {
    let page = fs::read_to_string(Path::new(REPOSITORY).join("docs/ASVS.md")).unwrap();
    let row = |line: &str| {
        let cells: Vec<String> =
            line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
        let [number, _, state, place, evidence] =
            <[String; 5]>::try_from(cells).unwrap_or_else(|cells| panic!("five cells, not these: {cells:?}"));
        Row { number, state, place, evidence }
    };
    let is_row = |line: &&str| {
        line.strip_prefix("| ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    page.lines().filter(is_row).map(row).collect()
}

fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Names of Rust tests, and titles of tests in the browser.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for room in ROOMS {
        for file in files(&Path::new(REPOSITORY).join(room)) {
            let source = fs::read_to_string(&file).unwrap();
            if file.extension().is_some_and(|extension| extension == "rs") {
                rust_tests(&source, &mut found);
            } else {
                browser_tests(&source, &mut found);
            }
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name != "node_modules" && name != "results" {
            found.extend(files(&path));
        } else if name.ends_with(".rs") || name.ends_with(".ts") {
            found.push(path);
        }
    }
    found
}

/// The function after each `#[test]`, `#[tokio::test]` or their like.
fn rust_tests(source: &str, found: &mut BTreeSet<String>) {
    let mut marked = false;
    for line in source.lines().map(str::trim) {
        if line.starts_with("#[") && line.contains("test") && !line.contains("cfg(") {
            marked = true;
        } else if marked && !line.starts_with("#[") && !line.starts_with("//") {
            let name = line.split("fn ").nth(1).and_then(|rest| rest.split(['(', '<']).next());
            found.extend(name.map(str::to_owned));
            marked = false;
        }
    }
}

/// The first text of each `test("…"`.
fn browser_tests(source: &str, found: &mut BTreeSet<String>) {
    for rest in source.split("test(").skip(1) {
        let quote = rest.chars().next().unwrap_or_default();
        if matches!(quote, '"' | '\'' | '`') {
            found.extend(rest[1..].split(quote).next().map(str::to_owned));
        }
    }
}

#[test]
fn each_test_that_the_page_names_exists() {
    let tests = tests();
    assert!(tests.contains("each_test_that_the_page_names_exists"), "the search itself works");
    let missing: Vec<String> = rows()
        .iter()
        .flat_map(|row| {
            quoted(&row.evidence).map(|name| (row.number.clone(), name.to_owned())).collect::<Vec<_>>()
        })
        .filter(|(_, name)| !tests.contains(name) && !Path::new(REPOSITORY).join(name).is_file())
        .map(|(number, name)| format!("{number}: {name}"))
        .collect();
    assert!(missing.is_empty(), "neither a test nor a file of the repository: {missing:#?}");
}

#[test]
fn each_file_that_the_page_names_exists() {
    let missing: Vec<String> = rows()
        .iter()
        .flat_map(|row| quoted(&row.place).map(str::to_owned).collect::<Vec<_>>())
        .filter(|place| place.contains('/') && !place.starts_with('/') && !place.contains([' ', '*']))
        .filter(|place| !Path::new(REPOSITORY).join(place).exists())
        .collect();
    assert!(missing.is_empty(), "not in the repository: {missing:#?}");
}

#[test]
fn each_row_says_how_things_stand() {
    for row in &rows() {
        assert!(
            STATES.contains(&row.state.as_str()),
            "{}: {:?} is not one of {STATES:?}",
            row.number,
            row.state
        );
        let proven = quoted(&row.evidence).next().is_some();
        assert!(row.state != "met" || proven, "{}: met, but where is the evidence?", row.number);
        assert!(!row.place.is_empty(), "{}: where, or why not?", row.number);
    }
}

#[test]
fn no_line_of_the_standard_is_missing() {
    let written: Vec<String> = rows().into_iter().map(|row| row.number).collect();
    let asked: Vec<String> = LINES
        .iter()
        .flat_map(|(section, lines)| (1..=*lines).map(move |line| format!("{section}.{line}")))
        .collect();
    assert_eq!(written, asked);
}
