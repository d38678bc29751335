"""The numbers to call, with whom they reach; from starter/hotlines.yaml, which names each one's source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

import starter


@dataclass(frozen=True, kw_only=True)
class Hotline:
    """A number to call. urgent: for people in danger now."""

    number: str
    name: str
    purpose: str
    urgent: bool

    @property
    def url(self) -> str:
        return f"tel:{self.number.replace('.', '')}"


@cache
def hotlines() -> tuple[Hotline, ...]:
    """All of them, in the order in which they are shown, read once a process."""
    entries = yaml.safe_load(starter.HOTLINES.read_text(encoding="utf-8"))["hotlines"]
    return tuple(
        Hotline(number=entry["number"], name=entry["name"], purpose=entry["for"], urgent=entry["urgent"])
        for entry in entries
    )


def urgent_hotlines() -> tuple[Hotline, ...]:
    return tuple(hotline for hotline in hotlines() if hotline.urgent)


def city_hotline() -> Hotline:
    """The city's own number, for what is not known here: the first that is not for people in danger."""
    return next(hotline for hotline in hotlines() if not hotline.urgent)
