"""The practice room: citizens who do not exist, made for one official, who tries everything on them.

They are ordinary rows, so that every page and act is the real one. What keeps them apart is said here, once:
their conversations are on a channel of their own, at a chat that names their official, and their cases have a
series of numbers of their own. casework/visibility.py shows them to nobody else, and to their official only
while he practises; whoever counts or moves cases past it takes `of_citizens`.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from office.anyone import Asking
from office.models import Staff

CHANNEL, ACCOUNT = "practice", "main"
#: Of the numbers of cases: LT-2026-000003.
SERIES = "LT"

Row = TypeVar("Row", bound=Model)


def chat_of(staff: Staff, situation: str) -> str:
    """Where the invented citizen of this situation is reached, for this official."""
    return f"{staff.pk}:{situation}"


def made_for(staff: Asking, *, conversation: str = "conversation__") -> Q:
    """Rows of the conversations that were invented for this official; conversation: the way to them."""
    return Q(**{f"{conversation}channel": CHANNEL, f"{conversation}chat__startswith": f"{staff.pk}:"})


def of_citizens(cases: QuerySet[Row]) -> QuerySet[Row]:
    """The cases among these whose citizens exist."""
    return cases.exclude(number__startswith=f"{SERIES}-")


def of_real_acts(lines: QuerySet[Row]) -> QuerySet[Row]:
    """The lines of the register among these that are not about invented citizens."""
    return lines.exclude(subject__startswith=f"{SERIES}-")
