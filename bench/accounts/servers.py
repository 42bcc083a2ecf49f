"""The two servers: how each is started, and what the machine spends on it."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
EMAIL = "ada@bench.example"
PASSWORD = "violet-harbour-97-lantern"
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server with one account, listening on a port of this machine."""

    def __init__(self, command: list[str], environment: dict[str, str], port: int, log: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.log = log
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command, env=os.environ | environment, stdout=output, stderr=output, start_new_session=True
            )
        self._wait()

    def _wait(self) -> None:
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                self.get("/health")
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        self.stop()
        raise SystemExit(f"the server does not answer:\n{self.log.read_text()[-2000:]}")

    def get(self, path: str, bearer: str | None = None) -> dict:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return self._send(urllib.request.Request(self.url + path, headers=headers))

    def post_json(self, path: str, body: dict) -> dict:
        headers = {"Content-Type": "application/json"}
        return self._send(urllib.request.Request(self.url + path, json.dumps(body).encode(), headers))

    def sign_in(self) -> str:
        """An access token, got as any OAuth2 client would."""
        return self._send(urllib.request.Request(self.url + "/auth/login", sign_in_form().encode()))["access_token"]

    def _send(self, request: urllib.request.Request) -> dict:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"{}")

    def cpu_seconds(self) -> float:
        """What its processes have computed so far. PostgreSQL's own are not among them."""
        return sum(_cpu_ticks(process) for process in self._processes()) / TICKS_PER_SECOND

    def memory_mib(self) -> float:
        """What its processes hold now; pages that several share are counted once (PSS)."""
        return sum(_pss_kib(process) for process in self._processes()) / 1024

    def _processes(self) -> list[int]:
        return [process for process, group in _groups() if group == self.process.pid]

    def stop(self) -> None:
        if self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def sign_in_form() -> str:
    """OAuth2's password form, which both take."""
    return urllib.parse.urlencode({"grant_type": "password", "username": EMAIL, "password": PASSWORD})


def start_mog(binary: Path, repository: Path, folder: Path, database_url: str | None) -> Server:
    """MOG AI as it comes, but for its rate limits, which would answer instead of it."""
    port = free_port()
    environment = {
        "MOG_ADDR": f"127.0.0.1:{port}",
        "MOG_SERVER__PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MOG_DATA": str(folder / "data"),
        "MOG_DIST": str(repository / "dist"),
        "MOG_ASSETS": str(repository / "assets"),
        "MOG_PUBLIC": str(repository / "public"),
        "MOG_FOLDERS__MODELS": str(repository / "assets/models"),
        "MOG_LIMITS__ENABLED": "false",
        "MOG_LOGS__FILTER": "warn",
        "MOG_LOGS__FILES": "false",
    }
    if database_url:
        environment["DATABASE_URL"] = database_url
    server = Server([str(binary), "serve"], environment, port, folder / "mog.log")
    try:
        server.post_json("/auth/register", {"email": EMAIL, "password": PASSWORD, "name": "Ada"})
    except urllib.error.HTTPError:
        server.stop()
        raise
    return server


def start_peer(python: Path, folder: Path, database_url: str | None, workers: int) -> Server:
    """FastAPI behind uvicorn with its fast loop and parser, a worker for each core, and no line per request."""
    port = free_port()
    environment = {
        "PEER_SECRET": "a-secret-of-the-bench-that-is-long-enough",
        "PEER_DATABASE_URL": database_url or f"sqlite:///{folder / 'peer.db'}",
        "PYTHONPATH": str(HERE / "peer"),
    }
    prepare = f"import app; app.prepare({EMAIL!r}, {PASSWORD!r})"
    subprocess.run([python, "-c", prepare], check=True, env=os.environ | environment)
    command = [str(python), "-m", "uvicorn", "app:app", "--port", str(port), "--workers", str(workers)]
    command += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    return Server(command, environment, port, folder / "peer.log")


def _groups() -> list[tuple[int, int]]:
    """Every process with its group."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            found.append((int(entry.name), int(fields[2])))
    return found


def _stat(process: int) -> list[str]:
    """The fields after the program's name, from its state on; none if it has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _cpu_ticks(process: int) -> int:
    fields = _stat(process)
    return int(fields[11]) + int(fields[12]) if fields else 0


def _pss_kib(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
