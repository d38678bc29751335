"""Zalo as a part of the running assistant: the channel the settings ask for, and its tokens kept fresh."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.channels.zalo import ZaloAccount, ZaloChannel, tokens, zalo_account
from motcua.environment import EnvironmentProblem

#: Seconds a refresh under way may take at shutdown: its pair must be stored.
FAREWELL = 15.0


def zalo_channel() -> ZaloChannel | None:
    """None when Zalo is off. Raises EnvironmentProblem when there is no token to begin with."""
    account = zalo_account()
    return ZaloChannel(with_token(account)) if account else None


def with_token(account: ZaloAccount) -> ZaloAccount:
    """The account, once its row of tokens is there; begun with the setting's token if that is a new one."""
    tokens.adopt(account)
    if tokens.row_of(account) is None:
        raise EnvironmentProblem(
            "Zalo has no token yet: set MOTCUA_ZALO_REFRESH_TOKEN to the refresh token that Zalo gave out "
            "for the Official Account, or enter it with `motcua zalo token --new`."
        )
    return account


@contextmanager
def keeping_token_fresh(stop: threading.Event) -> Iterator[None]:
    """Refresh the tokens in time for the length of the block, in a thread of its own, if Zalo is on."""
    account = zalo_account()
    if account is None:
        yield
        return
    thread = threading.Thread(
        target=tokens.keep_fresh_until, args=(stop, account), name="zalo-tokens", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(FAREWELL)
