"""Offices to walk through: one home prepared once, copied for each journey."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.journeys.processes import Office

OpenOffice = Callable[..., Office]


@pytest.fixture(scope="session")
def prepared_home() -> Path:
    """A home after its first start: migrated, stocked, released, with demonstration accounts.

    A first start takes a minute, so all workers of a run share one; whoever comes first makes it.
    """
    home = settings.MOTCUA_HOME / "after-first-start"
    with (settings.MOTCUA_HOME / "first-start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            _prepare(home.with_suffix(".begun"), home)
    return home


def _prepare(begun: Path, home: Path) -> None:
    begun.mkdir(exist_ok=True)
    Office(home=begun).start().stop()
    begun.rename(home)


@pytest.fixture
def open_office(prepared_home: Path, tmp_path: Path) -> Iterator[OpenOffice]:
    """Start an office; every one started is ended with the test."""
    with _opening(tmp_path / "home", prepared_home) as open_one:
        yield open_one


@pytest.fixture(scope="module")
def shared_office(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for all stories of a file whose citizens do not meet: each has a conversation of their own."""
    with _opening(tmp_path_factory.mktemp("shared") / "home", prepared_home) as open_one:
        yield open_one()


@contextmanager
def _opening(home: Path, prepared_home: Path) -> Iterator[OpenOffice]:
    offices: list[Office] = []

    def open_one(**options: object) -> Office:
        if not home.exists():
            shutil.copytree(prepared_home, home)
        office = Office(home=home, **options)
        offices.append(office)
        return office.start()

    try:
        yield open_one
    finally:
        for office in offices:
            if office.process and office.process.poll() is None:
                office.kill()
