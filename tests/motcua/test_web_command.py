"""`motcua web`: several processes on one port, each told what the others and `motcua run` change."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from casework import cases
from casework.models import Case
from motcua.commands.web import web
from office import sessions
from office.models import Staff
from tests.casework.people import citizen, official
from tests.journeys.processes import ROOT, free_port
from tests.serving import browser_of, until, words

pytestmark = pytest.mark.django_db(transaction=True)
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one process")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's refusal")


def refused() -> Result:
    result = CliRunner().invoke(web, ["--port", str(free_port())])
    assert result.exit_code == 1
    return result


@on_sqlite
def test_with_a_sqlite_file_it_says_that_one_process_does_all() -> None:
    assert "Set MOTCUA_DATABASE_URL to a PostgreSQL database" in str(refused().exception)


@on_postgres
def test_tables_of_another_version_are_refused_with_what_to_do() -> None:
    applied = MigrationRecorder.Migration.objects.filter(app="conversations").latest("pk")
    applied.delete()
    try:
        assert "Start it first" in str(refused().exception)
    finally:
        applied.save()


@contextmanager
def processes_at(port: int, home: Path, *, number: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "motcua.cli", "web", "--port", str(port), "--processes", str(number)]
    with (home / "web.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=_environment(), stdout=log, stderr=log)
    try:
        until(lambda: _answers(port), seconds=60)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _environment() -> dict[str, str]:
    """Of a process at the test's database."""
    database = connection.settings_dict
    address = f"{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return {**os.environ, "MOTCUA_DATABASE_URL": f"postgres://{address}"}


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/api/health/live", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


def heard_by(who: Staff, address: str, path: str, stack: ExitStack) -> Iterator[str]:
    """What a page of this person hears, over a connection of its own."""
    browser = stack.enter_context(browser_of(who, address))
    response = stack.enter_context(browser.stream("GET", path))
    assert response.status_code == 200
    return words(response)


def ends(heard: Iterator[str]) -> bool:
    """At once, rather than at the next heartbeat; an act may have said two things before."""
    began = time.monotonic()
    return set(heard) <= {"event: change"} and time.monotonic() - began < 5


@on_postgres
def test_pages_of_all_processes_hear_and_their_streams_end_with_the_session_or_the_server(
    tmp_path: Path,
) -> None:
    ha, lan, port = official("ha"), official("lan"), free_port()
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="")
    address, path = f"http://127.0.0.1:{port}", f"/desk/live?case={case.number}"
    with processes_at(port, tmp_path, number=2) as server, ExitStack() as stack:
        streams = [heard_by(who, address, path, stack) for who in [ha] * 6 + [lan] * 2]
        assert [next(heard) for heard in streams] == ["event: change"] * 8
        cases.claim(case, ha)  # by this process, which is a third
        assert [next(heard) for heard in streams] == ["event: change"] * 8
        sessions.end_all(ha)
        assert [ends(heard) for heard in streams[:6]] == [True] * 6
        server.terminate()
        assert [ends(heard) for heard in streams[6:]] == [True] * 2
        server.wait(10)
        assert (tmp_path / "web.log").read_text() == ""
