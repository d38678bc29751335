"""Offices to walk through: one home prepared once, copied for each journey."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.processes import Office

OpenOffice = Callable[..., Office]


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after its first start: migrated, stocked, released, with demonstration accounts."""
    home = tmp_path_factory.mktemp("home")
    Office(home=home).start().stop()
    return home


@pytest.fixture
def open_office(prepared_home: Path, tmp_path: Path) -> Iterator[OpenOffice]:
    """Start an office; every one started is ended with the test."""
    offices: list[Office] = []

    def open_one(**options: object) -> Office:
        home = tmp_path / "home"
        if not home.exists():
            shutil.copytree(prepared_home, home)
        office = Office(home=home, **options)
        offices.append(office)
        return office.start()

    yield open_one
    for office in offices:
        if office.process and office.process.poll() is None:
            office.kill()
