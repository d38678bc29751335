"""The numbers to call, with whom they reach; from starter/hotlines.yaml, which names each one's source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml

import starter


@dataclass(frozen=True, kw_only=True)
class Hotline:
    """A number to call. urgent: for people in danger now.

    situations: "self_harm", "scam" – where it is shown besides. source: where the number is from;
    checked: the day somebody of the office rang or read the source, None when nobody has.
    """

    number: str
    name: str
    purpose: str
    urgent: bool
    situations: tuple[str, ...]
    source: str
    checked: date | None

    @property
    def url(self) -> str:
        return f"tel:{self.number.replace('.', '')}"


@cache
def hotlines() -> tuple[Hotline, ...]:
    """All of them, in the order in which they are shown, read once a process."""
    entries = yaml.safe_load(starter.HOTLINES.read_text(encoding="utf-8"))["hotlines"]
    return tuple(
        Hotline(
            number=entry["number"],
            name=entry["name"],
            purpose=entry["for"],
            urgent=entry["urgent"],
            situations=tuple(entry.get("situations", ())),
            source=entry["source"],
            checked=entry["checked"],
        )
        for entry in entries
    )


def urgent_hotlines() -> tuple[Hotline, ...]:
    return tuple(hotline for hotline in hotlines() if hotline.urgent)


def hotlines_for(situation: str) -> tuple[Hotline, ...]:
    """The numbers for one situation ("self_harm", "scam"), in their order."""
    return tuple(hotline for hotline in hotlines() if situation in hotline.situations)


def city_hotline() -> Hotline:
    """The city's own number, for what is not known here: the first that is not for people in danger."""
    return next(hotline for hotline in hotlines() if not hotline.urgent and not hotline.situations)
