"""The Rasa server as a child of this process, for tests and measurements: started, waited for, ended."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

import httpx

from nlu.errors import RasaProjectProblem
from nlu.rasa.project import Process, RasaProject

#: Seconds a server may take to load its model on a busy machine; 8 to 20 are usual.
_PATIENCE = 240.0


@dataclass(frozen=True, kw_only=True)
class RunningRasa:
    """A server that answers. seconds: how long it took to."""

    url: str
    token: str
    pid: int
    seconds: float


@contextmanager
def running(project: RasaProject) -> Iterator[RunningRasa]:
    """The server of `project`, on a free port. Raises RasaProjectProblem with its last lines."""
    port, token, log = _free_port(), token_urlsafe(12), project.home / "server.log"
    process = project.server(port=port, token=token)
    started = time.monotonic()
    with log.open("wb") as output:
        child = _start(process, output.fileno())
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(child, f"{url}/status", token, log)
        yield RunningRasa(url=url, token=token, pid=child.pid, seconds=time.monotonic() - started)
    finally:
        child.kill()  # it has nothing to save, and may have been stopped
        child.wait()


def _start(process: Process, output: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- our own arguments
        process.arguments, env=process.environment, cwd=process.folder, stdout=output, stderr=output
    )


def _wait(child: subprocess.Popen[bytes], status: str, token: str, log: Path) -> None:
    """Until a model is loaded: before, Rasa refuses the connection or answers 409."""
    deadline = time.monotonic() + _PATIENCE
    while not _is_ready(status, token):
        if child.poll() is not None or time.monotonic() > deadline:
            said = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
            raise RasaProjectProblem(f"The Rasa server did not start:\n{said}")
        time.sleep(0.25)


def _is_ready(status: str, token: str) -> bool:
    try:
        response = httpx.get(status, params={"token": token}, trust_env=False, timeout=5)
    except httpx.HTTPError:
        return False
    return response.status_code == 200


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
