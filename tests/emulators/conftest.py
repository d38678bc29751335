from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.emulated import running_telegram, running_zalo, telegram, zalo
from tests.emulators.receiver import Receiver, receiving

__all__ = ["running_telegram", "running_zalo", "telegram", "zalo"]


@pytest.fixture(scope="session")
def running_receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def receiver(running_receiver: Receiver) -> Receiver:
    """A webhook that has received nothing yet."""
    running_receiver.received.clear()
    running_receiver.answers.clear()
    return running_receiver
