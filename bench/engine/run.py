"""The face networks: our kernels beside onnxruntime-web in Chromium and XNNPACK natively, on one machine, in one run.

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
    models = [str(files / name) for name in ("detector.tflite", "detector.f32", "mesh.tflite", "mesh.f32")]
    xnnpack = Peer([str(python), str(HERE / "peers/xnnpack.py"), *models])
    playwright = REPOSITORY / "node_modules/playwright-core"
    command = ["node", HERE / "peers/browser.mjs", arguments.chromium, playwright, ort, files]
    browser = Peer([str(part) for part in command])
    turns = [
        ("native", "MOG AI", native, ""),
        ("native", "XNNPACK", xnnpack, ""),
        ("Chromium", "MOG AI, relaxed-simd", browser, "relaxed "),
        ("Chromium", "MOG AI, simd128", browser, "simd128 "),
        ("Chromium", "onnxruntime-web", browser, "ort "),
    ]
    times = measure(turns, arguments)
    for peer in (native, xnnpack, browser):
        peer.end()
    versions = {"native": native.says, "browser": browser.says, "ort": ORT, "python": python}
    text = report.write(times, versions, arguments, load_before, json.loads((HERE / "instructions.json").read_text()))
    (HERE / "RESULTS.md").write_text(text)
    print(text)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", required=True, help="the browser's program")
    parser.add_argument("--target", type=Path, required=True, help="where the kernels are built")
    parser.add_argument("--rounds", type=int, default=25, help="how often each has its turn")
    parser.add_argument("--runs", type=int, default=12, help="inferences of each network in a turn")
    return parser.parse_args()


def build(target: Path) -> None:
    """The kernels natively and as both wasm builds."""
    cargo = ["cargo", "build", "--locked", "--quiet", "--release", "--manifest-path", HERE / "kernels/Cargo.toml"]
    environment = dict(os.environ, CARGO_TARGET_DIR=str(target))
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
    for _, _, peer, prefix in turns:
        for network in NETWORKS:
            peer.run(f"{prefix}{network} 40")
    times = {}
    for round_number in range(arguments.rounds):
        for place, name, peer, prefix in turns:
            for network in NETWORKS:
                new = peer.run(f"{prefix}{network} {arguments.runs}")
                times.setdefault((place, name, network), []).append(new)
        print(f"round {round_number + 1} of {arguments.rounds}", flush=True)
    return times


if __name__ == "__main__":
    main()
