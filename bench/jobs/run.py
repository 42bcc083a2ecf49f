"""Jobs a second: the queue alone, on SQLite and PostgreSQL, beside graphile-worker on PostgreSQL, in turns.

`cargo xtask bench jobs` starts this. It installs the peer itself and writes RESULTS.md beside itself.
"""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "bench/accounts"))

from databases import programs  # noqa: E402
PEER = "graphile-worker@0.16.6"
JOBS = 4000
LINE = re.compile(r"(\w+): (\d+) enqueued/s, (\d+) claimed and ended/s")
MEASURE = ["throughput::throughput", "--exact", "--ignored", "--nocapture"]


def peer(modules: Path) -> tuple[int, int]:
    """On a cluster with the same settings as our tests' own."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    script = (ROOT / "platform/src/database/testing/cluster.sh").read_text()
    cluster = subprocess.Popen(
        [*as_user, "sh", "-c", script, "cluster", str(programs())], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/"
    )
    try:
        folder = cluster.stdout.readline().removeprefix("ready ").strip()
        connection = f"postgres://mog@localhost/postgres?host={folder}"
        command = ["node", str(HERE / "peer.mjs"), str(modules), connection, str(JOBS)]
        said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    finally:
        cluster.stdin.close()
        cluster.wait()
    return said["enqueued_per_s"], said["done_per_s"]


def ours(tests: list[str]) -> dict[str, tuple[int, int]]:
    said = subprocess.run([*tests, "--", *MEASURE], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    return {name: (int(enqueued), int(done)) for name, enqueued, done in LINE.findall(said)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tests", type=str.split, required=True, help="the command that runs the queue's tests")
    options.add_argument("--modules", type=Path, required=True, help="where the peer is installed")
    options.add_argument("--rounds", type=int, default=5)
    options = options.parse_args()
    options.modules.mkdir(parents=True, exist_ok=True)
    subprocess.run(["npm", "install", "--no-save", "--silent", "--prefix", str(options.modules), PEER, "pg"], check=True)
    rows: dict[str, list[tuple[int, int]]] = {}
    for _ in range(options.rounds):
        for name, rates in ours(options.tests).items():
            rows.setdefault(f"MOG AI on {name}", []).append(rates)
        rows.setdefault(f"{PEER} on PostgreSQL", []).append(peer(options.modules))
    text = ["# Results", "", f"{platform.machine()}, {os.cpu_count()} cores, {options.rounds} rounds of {JOBS} jobs; medians, least to most in brackets.", ""]
    text += ["| queue | enqueued a second | done a second |", "|---|---|---|"]
    for name, rates in rows.items():
        text.append(f"| {name} | {spread([one[0] for one in rates])} | {spread([one[1] for one in rates])} |")
    (HERE / "RESULTS.md").write_text("\n".join(text) + "\n")
    print("\n".join(text))


def spread(rates: list[int]) -> str:
    return f"{statistics.median(rates):.0f} ({min(rates)} to {max(rates)})"


if __name__ == "__main__":
    main()
