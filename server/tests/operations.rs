//! The real binary: how it starts and stops, what it says of itself, and what it does for an administrator.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What Trunk would have written.
const INDEX: &str = r#"<link rel="stylesheet" href="/pkg/main-0123456789abcdef.css" integrity="sha384-css"/>
    <link rel="stylesheet" href="/pkg/documents-0123456789abcdef.css" integrity="sha384-css"/>"#;
/// What `cargo xtask` would have written beside it.
const PAGE: &str = r#"{"folder":"/pkg/page-0123456789abcdef","integrity":"sha384-js","pieces":{}}"#;

/// `mog` with its folders. Cargo runs tests in their package's folder.
fn mog(folder: &Path, arguments: &[&str]) -> Command {
    let dist = folder.join("dist");
    std::fs::create_dir_all(dist.join("scripts")).unwrap();
    for script in std::fs::read_dir("../frontend/scripts").unwrap() {
        let script = script.unwrap();
        std::fs::copy(script.path(), dist.join("scripts").join(script.file_name())).unwrap();
    }
    let built = [
        ("index.html", INDEX),
        ("page.json", PAGE),
        ("worker.js", "/* worker */"),
        ("worker_bg.wasm", "wasm"),
        ("notary.js", "/* notary */"),
        ("notary_bg.wasm", "wasm"),
    ];
    for (name, content) in built {
        std::fs::write(dist.join(name), content).unwrap();
    }
    let mut mog = Command::new(env!("CARGO_BIN_EXE_mog"));
    mog.args(arguments).arg("--data").arg(folder.join("data")).arg("--dist").arg(dist);
    mog.args(["--assets", "../assets", "--models", "../assets/models", "--public", "../public"]);
    mog.env_remove("RUST_LOG");
    mog
}

fn answer(mut command: Command, input: &str) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A server that is killed when the test ends before it.
struct Server {
    child: Child,
    log: BufReader<ChildStderr>,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

impl Server {
    fn start(folder: &Path) -> Self {
        let mut command = mog(folder, &["serve", "--addr", "127.0.0.1:0", "--log-format", "json"]);
        command.env("MOG_SERVER__SHUTDOWN_DELAY_SECONDS", "3");
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let mut server = Self { child, log, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        let line = server.log_until("listening");
        server.address = line["address"].as_str().unwrap().strip_prefix("http://").unwrap().parse().unwrap();
        server
    }

    /// Reads the log up to a message.
    fn log_until(&mut self, message: &str) -> Value {
        let mut line = String::new();
        loop {
            line.clear();
            assert_ne!(self.log.read_line(&mut line).unwrap(), 0, "the log ended before {message:?}");
            let parsed: Value = serde_json::from_str(&line).unwrap_or_default();
            if parsed["message"] == message {
                return parsed;
            }
        }
    }

    fn send(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    }

    /// Status line, headers and body of an answer.
    fn get(&self, path: &str) -> String {
        read(self.send(&format!("GET {path} HTTP/1.1\r\nhost: mog\r\nconnection: close\r\n\r\n")))
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }
}

fn read(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_signal_lets_open_requests_finish_and_turns_new_ones_elsewhere() {
    let folder = TempDir::new().unwrap();
    let mut server = Server::start(folder.path());
    assert!(server.get("/health/ready").starts_with("HTTP/1.1 200"));

    let body = "--b\r\ncontent-disposition: form-data; name=\"likeness\"\r\n\r\n50\r\n--b--\r\n";
    let (first, rest) = body.split_at(20);
    let head = format!(
        "POST /api/v1/swaps?secret=hunter2 HTTP/1.1\r\nhost: mog\r\nconnection: close\r\ncontent-length: {}\r\n\
         content-type: multipart/form-data; boundary=b\r\n\r\n",
        body.len()
    );
    let mut slow = server.send(&(head + first));
    // The server has taken it: this one came after.
    assert!(server.get("/health").starts_with("HTTP/1.1 200"));

    server.signal("-TERM");
    server.log_until("stopping");
    let not_ready = server.get("/health/ready");
    assert!(
        not_ready.starts_with("HTTP/1.1 503") && not_ready.contains("\"database\":\"ok\""),
        "{not_ready}"
    );
    assert!(server.get("/health/live").starts_with("HTTP/1.1 204"));

    slow.write_all(rest.as_bytes()).unwrap();
    let answered = read(slow);
    assert!(answered.starts_with("HTTP/1.1 4") && answered.contains("\"photo_missing\""), "{answered}");
    server.log_until("stopped");
    assert!(server.child.wait().unwrap().success());

    let logs = std::fs::read_dir(folder.path().join("data/logs")).unwrap().next().unwrap().unwrap();
    let logs = std::fs::read_to_string(logs.path()).unwrap();
    let lines: Vec<Value> = logs.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let swap = lines.iter().find(|line| line["span"]["route"] == "/api/v1/swaps").unwrap();
    assert_eq!((&swap["message"], &swap["span"]["method"]), (&"answered".into(), &"POST".into()));
    assert!(
        swap["duration_ms"].as_f64().unwrap() > 0.0
            && swap["span"]["request_id"].as_str().unwrap().len() == 36
    );
    assert!(lines.iter().any(|line| line["message"] == "stopped"), "the last line is not lost");
    assert!(!logs.contains("hunter2"), "what stands behind a question mark is never written down");
}

#[test]
fn measurements_are_for_this_machine_and_know_routes_not_addresses() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path());
    server.get("/no/such/page/4711");
    let metrics = server.get("/metrics");
    assert!(metrics.starts_with("HTTP/1.1 200"), "{metrics}");
    for expected in [
        "mog_http_request_duration_seconds_bucket{route=\"none\",method=\"GET\",status=\"4xx\",le=\"0.5\"}",
        "mog_database_connections{pool=\"writer\",state=\"idle\"}",
        "# TYPE mog_http_request_duration_seconds histogram",
    ] {
        assert!(metrics.contains(expected), "{expected} is not in\n{metrics}");
    }
    assert!(!metrics.contains("4711"));
}

#[test]
fn an_administrator_makes_accounts_without_a_password_on_the_command_line() {
    let folder = TempDir::new().unwrap();
    let admin = |arguments: &[&str], input: &str| {
        let output = answer(mog(folder.path(), &[&["admin"], arguments].concat()), input);
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    };
    let weak = admin(&["create-user", "ada@example.org"], "password123\n");
    assert!(!weak.0 && weak.1.contains("easy to guess"), "{}", weak.1);
    let made = admin(&["create-user", "ada@example.org", "--role", "admin"], "copper lantern drifts north\n");
    assert!(made.0 && made.1.contains("as admin"), "{}", made.1);
    assert!(!admin(&["create-user", "ada@example.org"], "copper lantern drifts north\n").0, "once is enough");
    for done in [
        &["set-role", "ada@example.org", "coach"][..],
        &["lock", "ada@example.org"],
        &["unlock", "ada@example.org"],
    ] {
        let said = admin(done, "");
        assert!(said.0, "{done:?}: {}", said.1);
    }
    let nobody = admin(&["lock", "nobody@example.org"], "");
    assert!(!nobody.0 && nobody.1.contains("nobody has an account"), "{}", nobody.1);
}

#[test]
fn the_doctor_answers_in_words_in_json_and_with_its_exit() {
    let folder = TempDir::new().unwrap();
    let well = mog(folder.path(), &["doctor", "--json"]).output().unwrap();
    let findings: Value = serde_json::from_slice(&well.stdout).unwrap();
    assert!(well.status.success(), "{findings:#}");
    assert!(findings.as_array().unwrap().len() > 8);
    let elsewhere = "postgres://mog:hunter2@127.0.0.1:1/mog";
    let ill = mog(folder.path(), &["doctor", "--database-url", elsewhere]).output().unwrap();
    let said = String::from_utf8([ill.stdout, ill.stderr].concat()).unwrap();
    assert!(!ill.status.success() && said.contains("PROBLEM  database"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn settings_are_shown_without_secrets_and_wrong_ones_stop_the_start() {
    let folder = TempDir::new().unwrap();
    let mut shows = mog(folder.path(), &["config"]);
    let shown = shows.env("MOG_METRICS__TOKEN", "hunter2").output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("token = \"********\"") && !shown.contains("hunter2"), "{shown}");
    let mut wrong = mog(folder.path(), &["serve"]);
    let wrong = wrong.env("MOG_SERVER__ADRR", "x").output().unwrap();
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert!(!wrong.status.success() && said.contains("did you mean MOG_SERVER__ADDR?"), "{said}");
}
