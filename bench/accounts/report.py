"""RESULTS.md: the figures of one run, with all that is needed to judge them."""

import argparse
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

PACKAGES = ["fastapi", "uvicorn", "uvloop", "sqlalchemy", "psycopg", "argon2-cffi", "pyjwt"]


def write(series, arguments: argparse.Namespace, python: Path, postgres_version: str, load_before) -> str:
    parts = [
        "# Accounts: MOG AI beside FastAPI",
        "",
        "Written by `cargo xtask bench accounts`. What is compared, and what is not, says [README.md](README.md).",
        "",
        *_circumstances(arguments, python, postgres_version, load_before),
        "",
        "Each figure is the median of the rounds, with the least and the most behind it. *times* is MOG AI's requests",
        "per second over FastAPI's.",
    ]
    for database in ("SQLite", "PostgreSQL"):
        parts += ["", f"## On {database}", "", *_table([one for one in series if one.database == database])]
    return "\n".join(parts) + "\n"


def _circumstances(arguments, python: Path, postgres_version: str, load_before) -> list[str]:
    versions = ", ".join(f"{name} {_version(python, name)}" for name in PACKAGES)
    load = ", ".join(f"{figure:.1f}" for figure in load_before)
    return [
        f"- When: {datetime.now(UTC):%d %B %Y, %H:%M} UTC. Load of the machine before the first round (1, 5, 15 min): {load}.",
        f"- Machine: {_processor()}, {os.cpu_count()} cores, {_memory_gib():.0f} GiB; {platform.system()} {platform.release()}. Server, load and database share its cores.",
        f"- MOG AI: {_output([str(arguments.mog), '--version'])}, built with `--release`, one process.",
        f"- FastAPI: Python {_output([str(python), '-c', 'import platform; print(platform.python_version())'])}, {versions}; {arguments.workers} worker processes.",
        f"- Databases: SQLite (WAL, synchronous as each sets it), PostgreSQL {postgres_version} on a Unix socket with its default settings.",
        "- Passwords: argon2id, 19,456 KiB, 2 passes, 1 lane, in both.",
        f"- Load: wrk, 1 thread, {arguments.seconds} s after {arguments.warm_up} s of warm-up, {arguments.rounds} rounds in which the servers take turns. It asks again as soon as it is answered, so a slow server is asked less often.",
        "- MOG AI's rate limits are off (`limits.enabled = false`), and its log says only warnings: the peer has neither limits nor a line per request.",
    ]


def _table(series) -> list[str]:
    lines = [
        "| | connections | server | requests/s | times | p50 ms | p99 ms | errors | CPU ms/request | memory MiB |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in sorted(series, key=lambda one: one.endpoint):
        peer = next(other for other in series if other.endpoint == one.endpoint and other.server == "FastAPI")
        rates = [sample.requests_per_second for sample in one.samples]
        times = median(rates) / max(median(sample.requests_per_second for sample in peer.samples), 1e-9)
        cells = [
            f"`{one.endpoint}`",
            str(one.connections),
            one.server,
            _spread(rates),
            f"{times:.1f}" if one.server != "FastAPI" else "",
            _spread([sample.p50_ms for sample in one.samples]),
            _spread([sample.p99_ms for sample in one.samples]),
            str(sum(sample.errors for sample in one.samples)),
            _spread([sample.cpu_ms_per_request for sample in one.samples]),
            _spread([sample.memory_mib for sample in one.samples]),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _spread(figures: list[float]) -> str:
    return f"{_short(median(figures))} ({_short(min(figures))}–{_short(max(figures))})"


def _short(figure: float) -> str:
    """Three digits that count, and no more."""
    if figure >= 100:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


def _version(python: Path, package: str) -> str:
    return _output([str(python), "-c", f"from importlib.metadata import version; print(version({package!r}))"])


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory_gib() -> float:
    line = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    return int(line.split()[1]) / 1024**2
