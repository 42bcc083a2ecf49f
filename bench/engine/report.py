"""RESULTS.md: the figures of one run, with all that is needed to judge them."""

import argparse
import json
import os
import platform
import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

HERE = Path(__file__).resolve().parent
BASE = {"native": "XNNPACK", "Chromium": "onnxruntime-web"}
NETWORKS = ["detector", "mesh"]


def write(times, versions, arguments: argparse.Namespace, load_before, instructions) -> str:
    load = ", ".join(f"{figure:.1f}" for figure in load_before)
    litert = _output(
        [str(versions["python"]), "-c", "from importlib.metadata import version; print(version('ai-edge-litert'))"]
    )
    parts = [
        "# The face networks and the camera's picture: MOG AI beside its peers",
        "",
        "Written by `cargo xtask bench engine`. What is compared, and what is not, says [README.md](README.md).",
        "",
        f"- When: {datetime.now(UTC):%d %B %Y, %H:%M} UTC. Load of the machine before (1, 5, 15 min): {load}.",
        f"- Machine: {_processor()}, {os.cpu_count()} cores; {platform.system()} {platform.release()}. Each peer has one thread.",
        f"- Native: our kernels with {versions['native']}; ai-edge-litert {litert} with XNNPACK; tract-onnx {_tract()}.",
        f"- Browser: {versions['browser']}; onnxruntime-web {versions['ort']}, its wasm build, one thread;",
        f"  @mediapipe/face_mesh {_mediapipe()}, WebGL drawn by the processor.",
        f"- {arguments.rounds} rounds in which all take turns, {arguments.runs} inferences or pictures in a turn.",
        "",
        "## The networks",
        "",
        "Milliseconds per inference: the median over all, with the lower and the upper quartile behind it. *times* is the",
        "median over the rounds of what both networks take together, over what the peer takes in the same round.",
        "",
        "| | | detector | mesh | both, median | both, least | times |",
        "|---|---|---|---|---|---|---|",
    ]
    for place, name in dict.fromkeys((place, name) for place, name, subject in times if subject in NETWORKS):
        parts.append(_row(times, place, name))
    counts = ", ".join(f"{network} {count:,}" for network, count in instructions.items())
    parts += ["", f"Instructions of our kernels per inference (AVX2, counted by callgrind): {counts}."]
    parts += [
        "",
        "## The camera's picture",
        "",
        "One picture of 1280 x 720 with one face, in Chromium: for us from handing the picture to the worker to the answer that",
        "the grafted one is drawn, label and all; for @mediapipe/face_mesh the landmarks alone. *times* is the median over the",
        "rounds of one picture, over what onnxruntime-web takes for both networks in the same round.",
        "",
        "| | milliseconds | least | times |",
        "|---|---|---|---|",
    ]
    parts += [_frame(times, name) for _, name, subject in times if subject == "frame"]
    return "\n".join(parts) + "\n"


def _both(times, place: str, name: str) -> list[float]:
    """What both networks take together, round by round."""
    rounds = zip(*(times[place, name, network] for network in NETWORKS), strict=True)
    return [sum(median(turn) for turn in turns) for turns in rounds]


def _frame(times, name: str) -> str:
    turns = times["Chromium", name, "frame"]
    pictures = [time for turn in turns for time in turn]
    peer = _both(times, "Chromium", BASE["Chromium"])
    ratio = median(median(turn) / both for turn, both in zip(turns, peer, strict=True))
    return f"| {name} | {_spread(pictures)} | {min(pictures):.2f} | {ratio:.2f} |"


def _row(times, place: str, name: str) -> str:
    own = [times[place, name, network] for network in NETWORKS]
    both, peers = _both(times, place, name), _both(times, place, BASE[place])
    ratio = median(a / b for a, b in zip(both, peers, strict=True))
    cells = [_spread([time for turn in turns for time in turn]) for turns in own]
    least = sum(min(time for turn in turns for time in turn) for turns in own)
    mine = f"{ratio:.2f}" if name != BASE[place] else "1"
    return f"| {place} | {name} | {cells[0]} | {cells[1]} | {median(both):.2f} | {least:.2f} | {mine} |"


def _spread(figures: list[float]) -> str:
    low, middle, high = quantiles(figures, n=4)
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _tract() -> str:
    lock = tomllib.loads((HERE / "tract/Cargo.lock").read_text())
    return next(package["version"] for package in lock["package"] if package["name"] == "tract-onnx")


def _mediapipe() -> str:
    package = HERE.parent.parent / "node_modules/@mediapipe/face_mesh/package.json"
    return json.loads(package.read_text())["version"]


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
