"""The Zalo channel against an emulated service over real HTTP; the emulator knows nothing of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.channels.zalo import ZaloAccount, ZaloChannel
from emulators.zalo import client
from tests.bot.wires import switched_on


@pytest.fixture
def account(zalo: client.Emulator, settings: Any, transactional_db: None) -> ZaloAccount:
    """Our account there, switched on, with the first refresh token in its row."""
    return switched_on(zalo, settings)


@pytest.fixture
def channel(account: ZaloAccount) -> Iterator[ZaloChannel]:
    opened = ZaloChannel(account)
    yield opened
    opened.close()
