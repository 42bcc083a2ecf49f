"""A database for one server: a file, or a database of a private PostgreSQL on a socket."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def programs() -> Path:
    """Where PostgreSQL's programs are: Debian keeps them off the PATH, in a folder per version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    found = [folder for folder in folders if (folder / "initdb").exists()]
    if on_path:
        found.append(Path(on_path).parent)
    if not found:
        raise SystemExit("PostgreSQL is not installed: sudo apt install postgresql")
    return found[0]


class Postgres:
    """A cluster with the settings that it comes with, so that a commit waits for the disk as it would in service."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mog-bench-postgres."))
        # It refuses to run as root.
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.as_user:
            shutil.chown(self.folder, "postgres")
        self.bin = programs()
        self.data = self.folder / "data"
        self._run("initdb", f"--pgdata={self.data}", "--username=mog", "--auth=trust", "--encoding=UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=200"
        log = f"--log={self.folder / 'log'}"
        self._run("pg_ctl", f"--pgdata={self.data}", log, "--wait", "start", f"--options={options}")

    def make(self, name: str) -> str:
        """A fresh database; its name."""
        self._run("createdb", f"--host={self.folder}", "--username=mog", name)
        return name

    def version(self) -> str:
        done = subprocess.run([self.bin / "postgres", "--version"], check=True, capture_output=True, text=True)
        return done.stdout.split()[2]

    def end(self) -> None:
        self._run("pg_ctl", f"--pgdata={self.data}", "--mode=fast", "stop")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_user, str(self.bin / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
