//! Settings as they are given, and the sentences for those that cannot be.

use std::collections::BTreeSet;
use std::path::Path;

use secrecy::ExposeSecret;
use serde_json::Value;
use tempfile::TempDir;

use super::load::{ConfigArgs, load};
use super::{Config, Delivery, LogFormat, keys};

const EXAMPLE: &str = include_str!("../../../mog.example.toml");

/// The settings of a file with this text and of these variables.
fn loaded(file: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("mog.toml");
    std::fs::write(&path, file).unwrap();
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let config = load(&ConfigArgs::default(), &path, variables);
    config.map_err(|error| format!("{error:#}").replace(&path.display().to_string(), "mog.toml"))
}

fn refusal(file: &str, variables: &[(&str, &str)]) -> String {
    loaded(file, variables).expect_err("these settings should be refused")
}

fn json(config: &Config) -> Value {
    serde_json::to_value(config).unwrap()
}

fn names(value: &Value) -> BTreeSet<String> {
    let sections = value.as_object().unwrap().iter();
    sections
        .flat_map(|(section, keys)| {
            keys.as_object().unwrap().keys().map(move |key| format!("{section}.{key}"))
        })
        .collect()
}

#[test]
fn without_anything_the_defaults_hold() {
    let config = load(&ConfigArgs::default(), Path::new("no-such-file.toml"), std::iter::empty()).unwrap();
    assert_eq!(json(&config), json(&Config::default()));
    assert!(config.server.public_url.is_loopback());
}

#[test]
fn every_setting_is_in_the_table_of_keys_and_no_other() {
    let table: BTreeSet<String> = keys().map(|key| key.name.to_owned()).collect();
    assert_eq!(names(&json(&Config::default())), table);
}

#[test]
fn the_example_shows_every_setting_with_its_default() {
    assert_eq!(json(&loaded(EXAMPLE, &[]).unwrap()), json(&Config::default()));
    let mut section = "";
    let mut shown = BTreeSet::new();
    for line in EXAMPLE.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if let Some((key, _)) =
            line.trim_start_matches('#').split_once(" = ").filter(|(key, _)| !key.contains(' '))
        {
            shown.insert(format!("{section}.{key}"));
        }
    }
    assert_eq!(shown, keys().map(|key| key.name.to_owned()).collect());
}

#[test]
fn the_values_that_the_example_shows_for_what_has_no_default_are_usable() {
    let lines = EXAMPLE.lines().filter(|line| !line.contains("_file = ")).map(|line| {
        let setting = line.strip_prefix('#').filter(|rest| !rest.starts_with(' ') && rest.contains(" = "));
        setting.unwrap_or(line)
    });
    let config = loaded(&lines.collect::<Vec<_>>().join("\n"), &[]).unwrap();
    assert_eq!(config.server.cores(), 4);
    let project = config.supabase.project().unwrap().unwrap();
    assert_eq!(project.issuer, "https://abc.supabase.co/auth/v1");
}

#[test]
fn the_environment_wins_over_the_file_and_flags_over_both() {
    let file = "[server]\naddr = \"127.0.0.1:1\"\ncores = 3\n[mail]\nfrom = \"a@example.org\"";
    let config = loaded(file, &[("MOG_SERVER__ADDR", "127.0.0.1:2"), ("MOG_CORES", "7")]).unwrap();
    assert_eq!((config.server.addr.port(), config.server.cores()), (2, 7));
    assert_eq!(config.mail.from, "a@example.org");

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        args: ConfigArgs,
    }
    let line = <Line as clap::Parser>::parse_from(["mog", "--addr", "127.0.0.1:9", "--log-format", "json"]);
    let variables =
        [("MOG_ADDR", "127.0.0.1:2"), ("MOG_SERVER__ADDR", "127.0.0.1:3"), ("MOG_LOGS__FILES", "false")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter();
    let config = load(&line.args, Path::new("no-such-file.toml"), variables).unwrap();
    assert_eq!(
        (config.server.addr.port(), config.logs.format, config.logs.files),
        (9, LogFormat::Json, false)
    );
}

#[test]
fn lists_are_arrays_in_the_file_and_have_commas_in_the_environment() {
    let file = loaded("[server]\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]", &[]).unwrap();
    let variable = loaded("", &[("MOG_SERVER__TRUSTED_PROXIES", "10.0.0.0/8, ::1")]).unwrap();
    assert_eq!(file.server.trusted_proxies, variable.server.trusted_proxies);
    assert!(file.server.trusted_proxies[0].contains("10.9.8.7".parse().unwrap()));
    assert!(!file.server.trusted_proxies[1].contains("::2".parse().unwrap()));
}

#[test]
fn an_unknown_name_is_refused_with_the_one_that_was_meant() {
    assert_eq!(
        refusal("[server]\npublc_url = \"http://localhost\"", &[]),
        "server.publc_url (in mog.toml) is not a setting: did you mean server.public_url?"
    );
    assert_eq!(
        refusal("", &[("MOG_MAIL__SMPT_HOST", "x")]),
        "MOG_MAIL__SMPT_HOST is not a setting: did you mean MOG_MAIL__SMTP_HOST?"
    );
    assert_eq!(refusal("", &[("MOG_ADR", "x")]), "MOG_ADR sets nothing: did you mean MOG_ADDR?");
    let cluster = [("MOG_SERVICE_HOST", "10.0.0.1"), ("MOG_PORT", "tcp://10.0.0.1:80"), ("MOG_DATA", "")];
    assert!(loaded("", &cluster).is_ok(), "a cluster's own variables are nobody's mistake");
}

#[test]
fn a_wrong_value_is_refused_with_a_sentence_that_says_what_it_may_be() {
    let cases: [(&str, &[(&str, &str)]); 14] = [
        ("[server]\naddr = \"here\"", &[]),
        ("[server]\ncores = \"many\"", &[]),
        ("[server]\ncores = 0", &[]),
        ("[server]\nshutdown_grace_seconds = -1", &[]),
        ("[server]\npublic_url = \"http://mog.example\"", &[]),
        ("[server]\npublic_url = \"https://mog.example/studio\"", &[]),
        ("[server]\ntrusted_proxies = [\"10.0.0.0/33\"]", &[]),
        ("[database]\nurl = \"mysql://root:hunter2@db/mog\"", &[]),
        ("[auth]\nsecret = \"hunter2\"", &[]),
        ("[mail]\ndelivery = \"pigeon\"", &[]),
        ("[mail]\ndelivery = \"smtp\"", &[]),
        ("[logs]\nfilter = \"info,,=\"", &[]),
        ("", &[("MOG_LIMITS__FACTOR", "0")]),
        ("[supabase]\nproject_url = \"https://abc.supabase.co\"\njwt_secret = \"hunter2\"", &[]),
    ];
    for (file, variables) in cases {
        let said = refusal(file, variables);
        let known = keys().find(|key| said.starts_with(key.name)).unwrap_or_else(|| panic!("{said}"));
        assert!(said.ends_with(&format!("It may be: {}.", known.may_be)), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn a_secret_comes_from_a_file_without_its_line_break() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("password");
    std::fs::write(&path, "hunter2\n").unwrap();
    let file = format!(
        "[mail]\ndelivery = \"smtp\"\nsmtp_host = \"smtp.example\"\nsmtp_username = \"mog\"\nsmtp_password_file = {path:?}"
    );
    let config = loaded(&file, &[]).unwrap();
    assert_eq!((config.mail.delivery, config.mail.port()), (Delivery::Smtp, 587));
    assert_eq!(config.mail.smtp_password.unwrap().expose_secret(), "hunter2");

    let twice = refusal(&file, &[("MOG_MAIL__SMTP_PASSWORD", "hunter3")]);
    assert!(twice.contains("given twice") && !twice.contains("hunter"), "{twice}");
    std::fs::remove_file(&path).unwrap();
    assert!(refusal(&file, &[]).starts_with("mail.smtp_password (from mog.toml) cannot be read from"));
}

#[test]
fn nothing_that_is_printed_holds_a_secret() {
    let secret = "c0ffee".repeat(10) + "c0ff";
    let file = format!(
        "[auth]\nsecret = \"{secret}\"\n[database]\nurl = \"postgres://mog:{secret}@db/mog\"\n[metrics]\ntoken = \"{secret}\"\n\
         [mail]\nsmtp_username = \"mog\"\nsmtp_password = \"{secret}\"\n\
         [supabase]\nproject_url = \"https://abc.supabase.co\"\njwt_secret = \"{secret}\""
    );
    let config = loaded(&file, &[]).unwrap();
    for shown in [config.to_string(), format!("{config:?}"), json(&config).to_string()] {
        assert!(!shown.contains("c0ffee"), "{shown}");
    }
    assert!(config.to_string().contains("url = \"postgres://mog:********@db/mog\""), "{config}");
}

#[test]
fn a_broken_file_is_refused_by_line_and_never_quoted() {
    let broken = [
        "[mail]\nsmtp_password = \"hunter2",
        "[mail]\nsmtp_password = hunter2",
        "[mail]\nsmtp_password = \"a\" \"hunter2\"",
        "[mail]\nsmtp_password: hunter2",
        "[mail]\nsmtp_password = \"a\"\nsmtp_password = \"hunter2\"",
    ];
    for file in broken {
        let said = refusal(file, &[]);
        assert!(said.starts_with("mog.toml is not a TOML file: ") && !said.contains("hunter2"), "{said}");
        assert!(said.contains("line "), "{said}");
    }
}

#[test]
fn what_is_printed_can_be_read_again() {
    let config =
        loaded("[server]\ncores = 2\ntrusted_proxies = [\"10.0.0.0/8\"]\n[limits]\nfactor = 2.5", &[])
            .unwrap();
    let again = loaded(&config.to_string(), &[]).unwrap();
    assert_eq!(json(&again), json(&config));
}
