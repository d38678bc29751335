"""A throw-away PostgreSQL cluster for one command: `python -m tests.postgres pytest -m database`.

Debian's binaries, a temporary folder, a free loopback port, and an unprivileged user when started by root
(PostgreSQL refuses to run as root). A cluster that cannot start ends the run with its log and status 1.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BINARIES = Path("/usr/lib/postgresql/15/bin")
SECONDS_TO_START = 60
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class ClusterProblem(Exception):
    """PostgreSQL could not be started; the text holds its own words."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _unprivileged() -> dict[str, Any]:
    """The user to run PostgreSQL as, as keyword arguments of subprocess."""
    if os.geteuid() != 0:
        return {}
    entry = next(pwd.getpwnam(name) for name in ("postgres", "nobody") if _exists(name))
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _exists(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


def _initialise(folder: Path, *, as_user: dict[str, Any]) -> None:
    if as_user:
        os.chown(folder, as_user["user"], as_user["group"])
    options = ("--username=motcua", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    made = subprocess.run(
        [BINARIES / "initdb", f"--pgdata={folder / 'data'}", *options],
        cwd=folder, capture_output=True, text=True, check=False, **as_user,
    )  # fmt: skip
    if made.returncode:
        raise ClusterProblem(made.stderr)


def _start(folder: Path, *, port: int, as_user: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", *FAST_AND_FORGETFUL)
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [BINARIES / "postgres", "-D", folder / "data", "-p", str(port)]
            + [word for setting in settings for word in ("-c", setting)],
            cwd=folder, stdout=log, stderr=log, **as_user,
        )  # fmt: skip


def _wait_until_ready(server: subprocess.Popen[bytes], *, folder: Path, port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    asks = [BINARIES / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(asks, check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise ClusterProblem((folder / "log").read_text(errors="replace"))
        time.sleep(0.1)


@contextmanager
def cluster() -> Iterator[str]:
    """The database URL of a new, empty cluster that ends with the block. Raises ClusterProblem."""
    if not (BINARIES / "postgres").exists():
        raise ClusterProblem(f"{BINARIES} is missing. Install Debian's package postgresql-15.")
    as_user, port = _unprivileged(), _free_port()
    folder = Path(tempfile.mkdtemp(prefix="motcua-postgres-"))
    server = None
    try:
        _initialise(folder, as_user=as_user)
        server = _start(folder, port=port, as_user=as_user)
        _wait_until_ready(server, folder=folder, port=port)
        yield f"postgres://motcua@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
            server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def main(command: Sequence[str]) -> int:
    """Run the command with MOTCUA_DATABASE_URL naming the cluster; returns its exit status."""
    try:
        with cluster() as url:
            return subprocess.call(command, env={**os.environ, "MOTCUA_DATABASE_URL": url})
    except ClusterProblem as problem:
        sys.stderr.write(f"PostgreSQL did not start:\n{problem}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
