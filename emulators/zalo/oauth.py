"""The keys: access tokens (25 hours), refresh tokens (one use, 3 months), codes (10 minutes)."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from emulators.zalo.refusals import Refusal

ACCESS = timedelta(seconds=90_000)
REFRESH = timedelta(days=90)
CODE = timedelta(minutes=10)


def _refused(code: int, name: str) -> Refusal:
    return Refusal(code, name, error_name=name, error_reason=name, error_description=name)


@dataclass(kw_only=True)
class Keys:
    """Which tokens open, and until when.

    A refresh takes the old access token away. Whether the real service does so is not stated; a program that
    holds on to the old one has to cope either way.
    """

    app_id: str
    app_secret: str
    access: dict[str, datetime] = field(default_factory=dict)
    refresh: dict[str, datetime] = field(default_factory=dict)
    codes: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    refreshed: int = 0

    def check(self, token: str, now: datetime) -> None:
        """Refuses a token that was never given (-216) and one that is over or was replaced (-220)."""
        if token in self.access and now < self.access[token]:
            return
        raise Refusal(-220 if token in self.access or token in self.used else -216)

    def authorise(self, now: datetime, challenge: str = "") -> str:
        """A code, as the administrator's consent gives. challenge: of PKCE (S256), "" without."""
        code = f"CODE-{uuid4().hex}"
        self.codes[code] = (now + CODE, challenge)
        return code

    def exchange(self, form: Mapping[str, Any], secret: str, now: datetime) -> dict[str, str]:
        """What POST /v4/oa/access_token answers.

        The codes of its refusals are on no official page: a program should take any `error` for one.
        """
        if form.get("app_id") != self.app_id:
            raise _refused(-14002, "Invalid app id")
        if secret != self.app_secret:
            raise _refused(-14004, "Invalid secret key")
        match form.get("grant_type"):
            case "refresh_token":
                self._use_refresh_token(str(form.get("refresh_token", "")), now)
            case "authorization_code":
                self._use_code(str(form.get("code", "")), str(form.get("code_verifier", "")), now)
            case _:
                raise _refused(-14001, "Invalid grant type")
        return self.give(now)

    def give(self, now: datetime) -> dict[str, str]:
        """A new pair; the tokens before it open no longer."""
        self.used |= self.access.keys()
        self.access = {f"ACCESS-{uuid4().hex}": now + ACCESS}
        self.refresh = {f"REFRESH-{uuid4().hex}": now + REFRESH}
        self.refreshed += 1
        return self.pair()

    def pair(self) -> dict[str, str]:
        """The tokens that open now, in the words of the service: `expires_in` is a text of seconds."""
        access, refresh = next(iter(self.access), ""), next(iter(self.refresh), "")
        seconds = str(int(ACCESS.total_seconds()))
        return {"access_token": access, "refresh_token": refresh, "expires_in": seconds}

    def expire(self, now: datetime) -> None:
        """The access token is over before its time."""
        self.access = dict.fromkeys(self.access, now)

    def revoke(self) -> None:
        """The administrator takes the permission back: nothing opens until there is a new code."""
        self.used |= self.access.keys()
        self.access, self.refresh = {}, {}

    def _use_refresh_token(self, token: str, now: datetime) -> None:
        if token not in self.refresh or now >= self.refresh[token]:
            raise _refused(-14014, "Invalid refresh token")

    def _use_code(self, code: str, verifier: str, now: datetime) -> None:
        until, challenge = self.codes.pop(code, (now, ""))
        digest = hashlib.sha256(verifier.encode()).digest()
        given = urlsafe_b64encode(digest).rstrip(b"=").decode()
        if now >= until or (challenge and given != challenge):
            raise _refused(-14015, "Invalid authorization code")
