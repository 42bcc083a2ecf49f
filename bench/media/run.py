"""What an upload takes in time and memory, and how long a swap in HD takes from order to result.

One `mog serve` with a data folder of its own, on loopback, its limits off. Standard library alone.
"""

import argparse
import http.client
import json
import os
import platform
import secrets
import shutil
import socket
import statistics
import struct
import subprocess
import tempfile
import threading
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDRESS, PASSWORD = "bench@example.org", "otters juggle quiet violins"
BOUNDARY = "----bench"


class Server:
    """`mog serve`, and somebody who is signed in."""

    def __init__(self, mog: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mog-bench-media."))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = {**os.environ, "MOG_LIMITS__ENABLED": "false", "RUST_LOG": "warn"}
        environment["MOG_MEDIA__QUOTA_MEGABYTES"] = "100000"
        place = ["--data", str(self.folder)]
        account = [str(mog), "admin", "create-user", ADDRESS, *place]
        migrate = [str(mog), "migrate", *place]
        subprocess.run(migrate, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        subprocess.run(account, check=True, cwd=ROOT, env=environment, input=PASSWORD.encode(), stdout=subprocess.DEVNULL)
        serve = [str(mog), "serve", "--addr", f"127.0.0.1:{self.port}", *place]
        self.process = subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        self._until_it_answers()
        self.bearer = self.call("POST", "/api/v1/auth/login", {"email": ADDRESS, "password": PASSWORD})["access_token"]

    def _until_it_answers(self) -> None:
        for _ in range(600):
            try:
                return self.call("GET", "/health", signed=False) and None
            except (OSError, RuntimeError):
                time.sleep(0.1)
        raise SystemExit("mog serve does not answer")

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.bearer}"} if hasattr(self, "bearer") else {}

    def call(self, method: str, path: str, body: object = None, signed: bool = True) -> dict:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        headers = self.headers() if signed else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return json.loads(text or b"null")

    def upload(self, name: str, content: bytes) -> dict:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        connection.request("POST", "/api/v1/media", form(name, content), {**self.headers(), "Content-Type": kind})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"upload: {answer.status} {text[:300]!r}")
        return json.loads(text)

    def resident_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder)


def form(name: str, content: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def noise(side: int) -> bytes:
    """A PNG that no compression makes smaller."""
    rows = b"".join(b"\0" + secrets.token_bytes(3 * side) for _ in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")


def held_uploads(server: Server, count: int, content: bytes) -> float:
    """Megabytes of memory for each of so many uploads that have sent all but their last bytes."""
    body = form("noise.png", content)
    before = server.resident_mb()
    sockets = []
    for _ in range(count):
        one = socket.create_connection(("127.0.0.1", server.port))
        head = f"POST /api/v1/media HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.bearer}\r\n"
        head += f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
        one.sendall(head.encode() + body[:-64])
        sockets.append(one)
    time.sleep(2)
    during = server.resident_mb()
    for one in sockets:
        one.close()
    return (during - before) / count


def throughput(server: Server, count: int, at_once: int, side: int) -> tuple[float, float, float]:
    """Megabytes a second, the median of the milliseconds of one upload, and the most memory in MB."""
    files = [noise(side) for _ in range(count)]
    times, most, gate = [], [0.0], threading.Semaphore(at_once)
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            most[0] = max(most[0], server.resident_mb())
            time.sleep(0.01)

    def one(content: bytes) -> None:
        with gate:
            began = time.perf_counter()
            server.upload("noise.png", content)
            times.append(1e3 * (time.perf_counter() - began))

    watcher = threading.Thread(target=watch)
    watcher.start()
    threads = [threading.Thread(target=one, args=(content,)) for content in files]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    done.set()
    watcher.join()
    return sum(map(len, files)) / 1e6 / took, statistics.median(times), most[0]


def hd_swaps(server: Server, runs: int) -> tuple[list[float], list[float]]:
    """Milliseconds from the order to the end, made anew and found again."""
    samples = ROOT / "assets/samples"
    source, target = (server.upload(f"{name}.webp", (samples / f"{name}.webp").read_bytes())["id"] for name in ("amber", "porcelain"))
    server.call("PUT", "/api/v1/age", {"of_age": True})
    server.call("POST", "/api/v1/attestations", {"source": source, "claim": "synthetic"})

    def one(likeness: int) -> float:
        order = {"kind": "hd_swap", "sources": [source], "target": target, "likeness": likeness}
        began = time.perf_counter()
        job = server.call("POST", "/api/v1/jobs", order)
        while job["state"] in ("queued", "running"):
            time.sleep(0.01)
            job = server.call("GET", f"/api/v1/jobs/{job['id']}")
        if job["state"] != "succeeded":
            raise RuntimeError(f"the job ended so: {job}")
        return 1e3 * (time.perf_counter() - began)

    one(50)
    return [one(likeness) for likeness in range(runs)], [one(likeness) for likeness in range(runs)]


def spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):.0f} ms ({ordered[0]:.0f} to {ordered[-1]:.0f})"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mog", type=Path, required=True)
    options.add_argument("--runs", type=int, default=10)
    options = options.parse_args()
    server = Server(options.mog)
    try:
        idle = server.resident_mb()
        content = noise(1800)
        each = held_uploads(server, 50, content)
        rows = [f"Server at rest: {idle:.0f} MB. {platform.machine()}, {os.cpu_count()} cores.", ""]
        rows += [f"50 uploads of {len(content) / 1e6:.1f} MB, all but their last bytes sent: {each:.2f} MB of memory for each.", ""]
        rows += ["| uploads at once | MB/s | one upload, median | most memory |", "|---|---|---|---|"]
        for at_once in (1, 8):
            rate, median, most = throughput(server, 16, at_once, 1800)
            rows.append(f"| {at_once} | {rate:.1f} | {median:.0f} ms | {most:.0f} MB |")
        anew, again = hd_swaps(server, options.runs)
        rows += ["", "| swap in HD, 768 x 768, from order to result | |", "|---|---|"]
        rows += [f"| made anew | {spread(anew)} |", f"| found again | {spread(again)} |"]
        text = "\n".join(["# Results", "", *rows])
        (Path(__file__).parent / "RESULTS.md").write_text(text + "\n")
        print(text)
    finally:
        server.end()


if __name__ == "__main__":
    main()
