"""RESULTS.md: the figures of one run, with all that is needed to judge them."""

import argparse
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

BASE = {"native": "XNNPACK", "Chromium": "onnxruntime-web"}
NETWORKS = ["detector", "mesh"]


def write(times, versions, arguments: argparse.Namespace, load_before, instructions) -> str:
    load = ", ".join(f"{figure:.1f}" for figure in load_before)
    litert = _output(
        [str(versions["python"]), "-c", "from importlib.metadata import version; print(version('ai-edge-litert'))"]
    )
    parts = [
        "# The face networks: MOG AI beside onnxruntime-web and XNNPACK",
        "",
        "Written by `cargo xtask bench engine`. What is compared, and what is not, says [README.md](README.md).",
        "",
        f"- When: {datetime.now(UTC):%d %B %Y, %H:%M} UTC. Load of the machine before (1, 5, 15 min): {load}.",
        f"- Machine: {_processor()}, {os.cpu_count()} cores; {platform.system()} {platform.release()}. Each peer has one thread.",
        f"- Native: our kernels with {versions['native']}; ai-edge-litert {litert} with XNNPACK.",
        f"- Browser: {versions['browser']}; onnxruntime-web {versions['ort']}, its wasm build, one thread.",
        f"- {arguments.rounds} rounds in which all take turns, {arguments.runs} inferences of each network in a turn.",
        "",
        "Milliseconds per inference: the median over all, with the lower and the upper quartile behind it. *times* is the",
        "median over the rounds of what both networks take together, over what the peer takes in the same round.",
        "",
        "| | | detector | mesh | both, median | both, least | times |",
        "|---|---|---|---|---|---|---|",
    ]
    for place, name in dict.fromkeys((place, name) for place, name, _ in times):
        parts.append(_row(times, place, name))
    counts = ", ".join(f"{network} {count:,}" for network, count in instructions.items())
    parts += ["", f"Instructions of our kernels per inference (AVX2, counted by callgrind): {counts}."]
    return "\n".join(parts) + "\n"


def _row(times, place: str, name: str) -> str:
    own = [times[place, name, network] for network in NETWORKS]
    peer = [times[place, BASE[place], network] for network in NETWORKS]
    both = [sum(median(turn) for turn in turns) for turns in zip(*own, strict=True)]
    peers = [sum(median(turn) for turn in turns) for turns in zip(*peer, strict=True)]
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


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
