"""Emulated messengers for the tests that ask for one: started once, in each test as if nothing had happened.

A conftest.py imports the fixtures its tests need.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from emulators.telegram import client as telegram_client
from emulators.zalo import client as zalo_client


@pytest.fixture(scope="session")
def running_telegram() -> Iterator[telegram_client.Emulator]:
    with telegram_client.running() as emulator:
        yield emulator


@pytest.fixture
def telegram(running_telegram: telegram_client.Emulator) -> telegram_client.Emulator:
    """An emulated Bot API server in which nothing has happened yet."""
    running_telegram.reset()
    return running_telegram


@pytest.fixture(scope="session")
def running_zalo() -> Iterator[zalo_client.Emulator]:
    with zalo_client.running() as emulator:
        yield emulator


@pytest.fixture
def zalo(running_zalo: zalo_client.Emulator) -> zalo_client.Emulator:
    """An emulated Zalo in which nothing has happened yet."""
    running_zalo.reset()
    return running_zalo
