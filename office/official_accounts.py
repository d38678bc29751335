"""The accounts by which the city is reached; from starter/official_accounts.yaml, with each one's source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml

import starter


@dataclass(frozen=True, kw_only=True)
class OfficialAccount:
    """An account of the city. url: "" or an address that may be opened; checked: None when nobody has."""

    name: str
    address: str
    url: str
    source: str
    checked: date | None


@cache
def official_accounts() -> tuple[OfficialAccount, ...]:
    """All of them, in the order in which they are shown, read once a process."""
    entries = yaml.safe_load(starter.OFFICIAL_ACCOUNTS.read_text(encoding="utf-8"))["accounts"]
    return tuple(OfficialAccount(**entry) for entry in entries)
