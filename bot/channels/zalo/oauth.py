"""A refresh token exchanged for a new pair. It works once, within three months; an access token 25 hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from bot.channels.zalo.account import ZaloAccount
from bot.channels.zalo.answers import TIMEOUT, answer_of, unreachable
from bot.channels.zalo.errors import ZaloUnreachable
from bot.channels.zalo.values import word

#: What Zalo says `expires_in` is, should it say nothing that can be read: "90000" seconds.
ACCESS_LIVES = timedelta(hours=25)
#: No page of Zalo's names the days; its "three months" are at least these.
REFRESH_LIVES = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class TokenPair:
    """lives: how long the access token is good for, from the moment it was given out."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    lives: timedelta


def exchange(account: ZaloAccount, refresh_token: str) -> TokenPair:
    """Raises ZaloRefusal when the token is not taken, ZaloUnreachable when nobody knows whether it was."""
    form = {"refresh_token": refresh_token, "app_id": account.app_id, "grant_type": "refresh_token"}
    with unreachable():
        response = httpx.post(
            f"{account.oauth}/v4/oa/access_token",
            data=form,
            headers={"secret_key": account.app_secret},
            timeout=TIMEOUT,
        )
    answer = answer_of(response)
    access, refresh = word(answer.get("access_token")), word(answer.get("refresh_token"))
    if not access or not refresh:
        raise ZaloUnreachable("Zalo không trả về cặp mã truy cập mới.")
    return TokenPair(access_token=access, refresh_token=refresh, lives=_lives(word(answer.get("expires_in"))))


def _lives(seconds: str) -> timedelta:
    return timedelta(seconds=int(seconds)) if seconds.isdecimal() and len(seconds) < 9 else ACCESS_LIVES
