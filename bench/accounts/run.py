"""Sign-in, a read with a bearer token and /health: MOG AI beside FastAPI, on one machine, in one run.

`cargo xtask bench accounts` builds the server and starts this. It needs wrk and PostgreSQL (apt), makes the peer's
virtual environment itself, and writes RESULTS.md beside itself.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import venv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import report
from databases import Postgres
from servers import Server, sign_in_form, start_mog, start_peer

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent


@dataclass(frozen=True)
class Endpoint:
    """What is asked for, and by how many at once."""

    name: str
    path: str
    connections: int
    method: str = "GET"
    body: str | None = None
    signed_in: bool = False


ENDPOINTS = [
    Endpoint("GET /health", "/health", connections=16),
    Endpoint("GET /users/me", "/users/me", connections=16, signed_in=True),
    # Each sign-in computes for tens of milliseconds: more at once would only queue.
    Endpoint("POST /auth/login", "/auth/login", connections=4, method="POST", body=sign_in_form()),
]


@dataclass
class Sample:
    """One endpoint of one server under load, once."""

    requests_per_second: float
    p50_ms: float
    p99_ms: float
    errors: int
    cpu_ms_per_request: float
    memory_mib: float


@dataclass
class Series:
    """The rounds of one endpoint of one server on one database."""

    server: str
    database: str
    endpoint: str
    connections: int
    samples: list[Sample] = field(default_factory=list)


def main() -> None:
    arguments = parse()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed: sudo apt install wrk")
    python = peer_python()
    load_before = os.getloadavg()
    postgres = Postgres()
    try:
        series = measure(arguments, python, postgres)
    finally:
        version = postgres.version()
        postgres.end()
    text = report.write(series, arguments, python, version, load_before)
    arguments.output.write_text(text)
    print(text)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mog", type=Path, required=True, help="the server's binary, built with --release")
    parser.add_argument("--rounds", type=int, default=3, help="how often each server has its turn")
    parser.add_argument("--seconds", type=int, default=8, help="how long each endpoint is under load")
    parser.add_argument("--warm-up", type=int, default=3, help="seconds of load before that, not counted")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="uvicorn's worker processes")
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md")
    return parser.parse_args()


def peer_python() -> Path:
    """The interpreter of a virtual environment with exactly the pinned requirements."""
    requirements = HERE / "peer/requirements.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]
    folder = Path.home() / f".cache/mog-ai/bench/accounts-{digest}"
    python = folder / "bin/python"
    done = folder / "done"
    if not done.exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", requirements], check=True)
        done.touch()
    return python


def measure(arguments: argparse.Namespace, python: Path, postgres: Postgres) -> list[Series]:
    series: dict[tuple[str, str, str], Series] = {}
    for database in ("SQLite", "PostgreSQL"):
        for round_number in range(arguments.rounds):
            # They take turns, so that what else the machine does falls on both.
            for name, start in starters(arguments, python, postgres, database, round_number):
                with tempfile.TemporaryDirectory(prefix="mog-bench.") as folder:
                    server = start(Path(folder))
                    try:
                        for endpoint in ENDPOINTS:
                            key = (name, database, endpoint.name)
                            new = Series(name, database, endpoint.name, endpoint.connections)
                            sample = load(server, endpoint, arguments)
                            series.setdefault(key, new).samples.append(sample)
                            print(f"{database} {round_number + 1} {name} {endpoint.name}: {sample}", flush=True)
                    finally:
                        server.stop()
    return list(series.values())


def starters(
    arguments: argparse.Namespace, python: Path, postgres: Postgres, database: str, round_number: int
) -> list[tuple[str, Callable[[Path], Server]]]:
    mog_url = peer_url = None
    if database == "PostgreSQL":
        mog_name, peer_name = (postgres.make(f"{server}_{round_number}") for server in ("mog", "peer"))
        mog_url = f"postgres://mog@localhost/{mog_name}?host={postgres.folder}"
        peer_url = f"postgresql+psycopg://mog@/{peer_name}?host={postgres.folder}"
    return [
        ("MOG AI", lambda folder: start_mog(arguments.mog, REPOSITORY, folder, mog_url)),
        ("FastAPI", lambda folder: start_peer(python, folder, peer_url, arguments.workers)),
    ]


def load(server: Server, endpoint: Endpoint, arguments: argparse.Namespace) -> Sample:
    environment = dict(os.environ, LOAD_METHOD=endpoint.method)
    if endpoint.body:
        environment["LOAD_BODY"] = endpoint.body
    if endpoint.signed_in:
        environment["LOAD_BEARER"] = server.sign_in()
    if arguments.warm_up:
        wrk(server, endpoint, arguments.warm_up, environment)
    cpu_before = server.cpu_seconds()
    result = wrk(server, endpoint, arguments.seconds, environment)
    cpu_seconds = server.cpu_seconds() - cpu_before
    errors = sum(result[kind] for kind in ("connect", "read", "write", "status", "timeout"))
    return Sample(
        requests_per_second=(result["requests"] - result["status"]) / (result["duration_us"] / 1e6),
        p50_ms=result["p50_us"] / 1000,
        p99_ms=result["p99_us"] / 1000,
        errors=errors,
        cpu_ms_per_request=cpu_seconds * 1000 / max(result["requests"], 1),
        memory_mib=server.memory_mib(),
    )


def wrk(server: Server, endpoint: Endpoint, seconds: int, environment: dict[str, str]) -> dict:
    command = ["wrk", "--threads", "1", "--connections", str(endpoint.connections), "--duration", f"{seconds}s"]
    command += ["--timeout", "30s", "--script", str(HERE / "load.lua"), server.url + endpoint.path]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    return json.loads(line.removeprefix("RESULT "))


if __name__ == "__main__":
    main()
