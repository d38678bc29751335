from __future__ import annotations

from collections.abc import Iterator

import pytest

from emulators.telegram import client


@pytest.fixture(scope="session")
def running_telegram() -> Iterator[client.Emulator]:
    with client.running() as emulator:
        yield emulator


@pytest.fixture
def telegram(running_telegram: client.Emulator) -> client.Emulator:
    """An emulated Bot API server in which nothing has happened yet."""
    running_telegram.reset()
    return running_telegram
