"""Counters where dossiers are handed in, as plain data: what an answer to "nộp ở đâu" is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CounterKind(StrEnum):
    """Whose counter it is."""

    WARD = "ward"
    CENTRE_BRANCH = "centre_branch"
    POLICE = "police"
    LAND = "land"
    TAX = "tax"
    SOCIAL_INSURANCE = "social_insurance"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Counter:
    """A service point on the day it is read. "" for what is not known: never filled in by guess.

    unit: code of the ward, commune or department it belongs to, "" for none. fields: those served, () for
    every field. booking: how to book, in words ("trên iHanoi"); booking_url: where, when there is a page.
    """

    kind: CounterKind
    name: str
    unit: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    fields: tuple[str, ...] = ()
    booking: str = ""
    booking_url: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    checked_on: date | None = None

    def is_open_on(self, day: date) -> bool:
        """Whether it exists on that day; both ends included."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def serves(self, field: str) -> bool:
        return not self.fields or field.casefold() in {served.casefold() for served in self.fields}
