"""The face networks and the camera's whole picture, beside onnxruntime-web and MediaPipe in Chromium, XNNPACK and tract
natively, on one machine, in one run.

`cargo xtask bench engine` starts this. It makes the peers' environments itself and writes RESULTS.md beside itself.
"""

import argparse
import hashlib
import json
import os
import subprocess
import venv
from pathlib import Path

import inputs
import report

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
ORT = "1.30.0"
FLAGS = {"simd128": "+simd128", "relaxed": "+simd128,+relaxed-simd"}
NETWORKS = ["detector", "mesh"]
FRAME = ["frame"]


class Peer:
    """A process that answers lines."""

    def __init__(self, command: list[str], prefix: str = ""):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.prefix = prefix
        first = self.process.stdout.readline().strip()
        if not first.startswith("ready "):
            raise SystemExit(f"{command[0]} did not start: {first}")
        self.says = first.removeprefix("ready ")

    def run(self, line: str) -> list[float]:
        print(line, file=self.process.stdin, flush=True)
        return [float(time) for time in self.process.stdout.readline().split()]

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=30)


def main() -> None:
    arguments = parse()
    load_before = os.getloadavg()
    build(arguments.target)
    python, ort = peers()
    files = arguments.target / "files"
    prepare(python, arguments.target, files)
    native = Peer([str(arguments.target / "release/kernels")])
    xnnpack = Peer([str(python), str(HERE / "peers/xnnpack.py"), *models(files, "tflite")])
    tract = Peer([str(arguments.target / "release/tract-peer"), *models(files, "onnx")])
    command = ["node", HERE / "peers/browser.mjs", arguments.chromium, REPOSITORY, ort, files]
    browser = Peer([str(part) for part in command])
    turns = [
        ("native", "MOG AI", native, "", NETWORKS),
        ("native", "XNNPACK", xnnpack, "", NETWORKS),
        ("native", "tract", tract, "", NETWORKS),
        ("Chromium", "MOG AI, relaxed-simd", browser, "relaxed ", NETWORKS + FRAME),
        ("Chromium", "MOG AI, simd128", browser, "simd128 ", NETWORKS + FRAME),
        ("Chromium", "onnxruntime-web", browser, "ort ", NETWORKS),
        ("Chromium", "@mediapipe/face_mesh", browser, "mediapipe ", FRAME),
    ]
    times = measure(turns, arguments)
    for peer in (native, xnnpack, tract, browser):
        peer.end()
    versions = {"native": native.says, "browser": browser.says, "ort": ORT, "python": python}
    text = report.write(times, versions, arguments, load_before, json.loads((HERE / "instructions.json").read_text()))
    (HERE / "RESULTS.md").write_text(text)
    print(text)


def models(files: Path, ending: str) -> list[str]:
    """Each network in this format, followed by the picture it looks at."""
    return [str(files / name) for name in (f"detector.{ending}", "detector.f32", f"mesh.{ending}", "mesh.f32")]


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", required=True, help="the browser's program")
    parser.add_argument("--target", type=Path, required=True, help="where the kernels are built")
    parser.add_argument("--rounds", type=int, default=25, help="how often each has its turn")
    parser.add_argument("--runs", type=int, default=12, help="inferences of each network in a turn")
    return parser.parse_args()


def build(target: Path) -> None:
    """tract, and the kernels natively and as both wasm builds."""
    cargo = ["cargo", "build", "--locked", "--quiet", "--release", "--manifest-path", HERE / "kernels/Cargo.toml"]
    environment = dict(os.environ, CARGO_TARGET_DIR=str(target))
    tract = ["cargo", "build", "--locked", "--quiet", "--release", "--manifest-path", HERE / "tract/Cargo.toml"]
    subprocess.run(tract, check=True, env=environment, cwd=REPOSITORY)
    subprocess.run(cargo, check=True, env=environment, cwd=REPOSITORY)
    (target / "files").mkdir(parents=True, exist_ok=True)
    for name, features in FLAGS.items():
        wasm = [*cargo, "--lib", "--target", "wasm32-unknown-unknown"]
        environment["RUSTFLAGS"] = f"-C target-feature={features}"
        subprocess.run(wasm, check=True, env=environment, cwd=REPOSITORY)
        built = target / "wasm32-unknown-unknown/release/kernels.wasm"
        (target / f"files/kernels-{name}.wasm").write_bytes(built.read_bytes())


def peers() -> tuple[Path, Path]:
    """Python with XNNPACK, and onnxruntime-web: exactly the pinned versions, outside the repository."""
    requirements = HERE / "peers/requirements.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]
    cache = Path.home() / ".cache/mog-ai/bench"
    folder = cache / f"engine-{digest}"
    python = folder / "bin/python"
    if not (folder / "done").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", requirements], check=True)
        (folder / "done").touch()
    npm = cache / f"onnxruntime-web-{ORT}"
    ort = npm / "node_modules/onnxruntime-web/dist"
    if not ort.exists():
        npm.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--prefix", npm, "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([*install, "--loglevel=error", f"onnxruntime-web@{ORT}"], check=True)
    return python, ort


def prepare(python: Path, target: Path, files: Path) -> None:
    """The networks out of the npm package, as TFLite and as ONNX, and the pictures they look at."""
    package = REPOSITORY / "node_modules/@mediapipe/face_mesh"
    loader = (package / "face_mesh_solution_packed_assets_loader.js").read_text()
    start = loader.rindex("loadPackage(") + len("loadPackage(")
    table, _ = json.JSONDecoder().raw_decode(loader[start:])
    data = (package / "face_mesh_solution_packed_assets.data").read_bytes()
    wanted = {"face_detection_short_range.tflite": "detector", "face_landmark.tflite": "mesh"}
    for entry in table["files"]:
        name = wanted.get(entry["filename"].rsplit("/", 1)[-1])
        if name:
            (files / f"{name}.tflite").write_bytes(data[entry["start"] : entry["end"]])
    for name, side in (("detector", 128), ("mesh", 192)):
        command = [python, HERE / "peers/to_onnx.py", files / f"{name}.tflite", files / f"{name}.onnx"]
        subprocess.run(command, check=True)
        inputs.write(files / f"{name}.f32", side, signed=name == "detector")


def measure(turns, arguments: argparse.Namespace) -> dict[tuple[str, str, str], list[float]]:
    """Each has its turn in each round, so that what else the machine does falls on all."""
    for _, _, peer, prefix, subjects in turns:
        for subject in subjects:
            peer.run(f"{prefix}{subject} 40")
    times = {}
    for round_number in range(arguments.rounds):
        for place, name, peer, prefix, subjects in turns:
            for subject in subjects:
                new = peer.run(f"{prefix}{subject} {arguments.runs}")
                times.setdefault((place, name, subject), []).append(new)
        print(f"round {round_number + 1} of {arguments.rounds}", flush=True)
    return times


if __name__ == "__main__":
    main()
