"""Holds a running `mog serve` to its own description, with schemathesis: thousands of requests, right and wrong.

Called by `cargo xtask test contract`, which installs schemathesis (end2end/contract/requirements.txt):

    python contract.py MOG FOLDER

Every operation is asked by an administrator who is signed in, and then with a bearer that opens nothing. No answer may be a server error, have a status
or a body that the description does not know, or come without the account that the description asks for.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

CHECKS = ",".join([
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "ignored_auth",
    "unsupported_method",
])
EMAIL, PASSWORD = "contract@example.org", "lantern otter quartz 93"

# They would end the session that the other operations are asked with.
ENDS_THE_SESSION = ["logout", "revoke_session"]


def main(mog: str, folder: str) -> int:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    settings = {"MOG_ADDR": f"127.0.0.1:{port}", "MOG_SERVER__PUBLIC_URL": base, "MOG_DATA": folder,
                "MOG_LIMITS__ENABLED": "false", "MOG_LOGS__FILES": "false"}
    environment = os.environ | settings
    subprocess.run([mog, "admin", "create-user", EMAIL, "--role", "admin"], env=environment, input=PASSWORD, text=True, check=True)
    with open(os.path.join(folder, "mog.log"), "w", encoding="utf-8") as log:
        server = subprocess.Popen([mog, "serve"], env=environment, stderr=log)
        try:
            wait_for(f"{base}/health", server)
            token = post(f"{base}/api/v1/auth/login", {"email": EMAIL, "password": PASSWORD})["access_token"]
            stays = [part for operation in ENDS_THE_SESSION for part in ("--exclude-operation-id", operation)]
            signed_in = schemathesis(base, folder, "signed-in", token, 16, stays)
            nobody = schemathesis(base, folder, "nobody", "nobody", 4, [])
            return shown(nobody, folder, "nobody") | shown(signed_in, folder, "signed-in")
        finally:
            server.terminate()
            server.wait()


def schemathesis(base: str, folder: str, name: str, bearer: str, examples: int, more: list[str]) -> subprocess.Popen:
    """Starts to ask every operation; what it says goes to `name`.log.

    Each with one worker: Python 3.11 up to 3.11.7 now and then loses count when two threads parse Python at once, as Hypothesis does
    (https://github.com/python/cpython/issues/106905), and a run then ends with "AST constructor recursion depth mismatch".
    """
    program = os.path.join(os.path.dirname(sys.executable), "schemathesis")
    arguments = ["run", f"{base}/api/openapi.json", "--url", base, "--checks", CHECKS, "--phases", "examples,coverage,fuzzing",
                 "--max-examples", str(examples), "--generation-deterministic", "--workers", "1", "--no-color",
                 "--header", f"Authorization: Bearer {bearer}"]
    # It leaves notes where it runs.
    notes = os.path.join(folder, name)
    os.makedirs(notes)
    with open(f"{notes}.log", "w", encoding="utf-8") as log:
        return subprocess.Popen([program, *arguments, *more], cwd=notes, stdout=log, stderr=subprocess.STDOUT)


def shown(asking: subprocess.Popen, folder: str, name: str) -> int:
    """Waits for its end and prints what it said."""
    status = asking.wait()
    with open(os.path.join(folder, f"{name}.log"), encoding="utf-8") as log:
        print(f"== {name}", log.read(), sep="\n", flush=True)
    return status


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(url: str, server: subprocess.Popen) -> None:
    for _ in range(300):
        if server.poll() is not None:
            sys.exit(f"mog serve ended with {server.returncode}: see mog.log in its folder")
        try:
            urllib.request.urlopen(url).close()
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    sys.exit("mog serve did not answer within 30 seconds")


def post(url: str, body: dict) -> dict:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"{}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
