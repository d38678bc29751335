"""One throw-away home for the whole run, before Django reads its settings; no network beyond this machine."""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

IS_XDIST_WORKER = "PYTEST_XDIST_WORKER" in os.environ

if not IS_XDIST_WORKER:  # a worker inherits the home of the run that started it
    os.environ["MOTCUA_HOME"] = tempfile.mkdtemp(prefix="motcua-tests-")
    os.environ["MOTCUA_MODE"] = "demo"
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.settings"

import django  # noqa: E402 -- the settings read the environment when they are imported

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from casework.cases import replies  # noqa: E402
from motcua import logs  # noqa: E402
from nlu.intents import IntentClassifier  # noqa: E402
from nlu.local_classifier import load_or_train  # noqa: E402
from nlu.report_classifier import ReportClassifier  # noqa: E402
from nlu.report_classifier import load_or_train as load_reports  # noqa: E402
from nlu.training_data import NLU_YML  # noqa: E402
from tests.emptying import empty_after_each_test  # noqa: E402

logs.set_up()  # structlog's own way takes a second to draw each traceback
settings.STATIC_ROOT.mkdir(exist_ok=True)
# Argon2 is slow on purpose; what is tested is who may sign in.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
empty_after_each_test()
# No row of a test outlives a machine that stops: SQLite need not wait for the disk.
settings.SQLITE_OPTIONS["init_command"] += "; PRAGMA synchronous=off"


# Nothing is judged by a clock that a busy machine slows.
hypothesis_settings.register_profile("motcua", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("motcua")


class BeyondThisMachine(Exception):
    """A test tried to reach another machine. Start what it needs on a loopback address instead."""


def _is_on_this_machine(host: str) -> bool:
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    """Sees every connection of this process, whichever library makes it; not those of its children."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
    elif event == "socket.getaddrinfo" and arguments[0] is not None:
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0])
    else:
        return
    if not _is_on_this_machine(host):
        raise BeyondThisMachine(f"A test tried to reach {host}.")


sys.addaudithook(_refuse_other_machines)


@pytest.fixture(autouse=True)
def replies_go_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No seconds to undo a reply, but where a test sets `cases.undo_seconds` itself."""
    monkeypatch.setattr(replies, "UNDO_SECONDS", replace(replies.UNDO_SECONDS, default=0))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """On SQLite tables are emptied row by row between some tests, which the register refuses: here it may."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS audit_register_refuses_delete")


@pytest.fixture(scope="session")
def classifier() -> IntentClassifier:
    """The real one, trained once for the run."""
    return load_or_train(NLU_YML, settings.MOTCUA_HOME / "nlu")


@pytest.fixture(scope="session")
def report_classifier() -> ReportClassifier:
    """The real one, trained once for the run."""
    return load_reports(settings.MOTCUA_HOME / "nlu")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first; what touches the database marked, so that `make test-all` can run it on PostgreSQL too.

    Journeys take longest, and many short tests share out evenly between workers what is left at the end.
    """
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"}:
            item.add_marker("database")


def pytest_unconfigure() -> None:
    if not IS_XDIST_WORKER:
        shutil.rmtree(Path(os.environ["MOTCUA_HOME"]), ignore_errors=True)
