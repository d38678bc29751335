"""Published reports that are still open and may be of the same thing as one about to be sent.

Only what a person approved for the public is looked at and told: never anybody's unpublished report, never a
position more exact than the one that was approved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians

from django.db.models import QuerySet
from django.utils import timezone
from rapidfuzz import fuzz

from casework.models import Publication
from casework.public_reports import published
from casework.report_life import OPEN
from conversations.messages import Position
from conversations.models import Conversation
from nlu.text import fold
from office import live_settings
from office.setting_kinds import WholeNumber
from office.ward_positions import METRES_A_DEGREE, distance

#: Reports offered to be joined.
OFFERED = 3
#: Where no position is known: how alike places or words must be, of 100 (rapidfuzz, token_set_ratio without
#: diacritics). Chosen on the pairs of tests/casework/test_nearby.py, which were written for it.
ALIKE_FROM = 65.0
#: Reports of one category and ward that are compared, the newest first, and how old they may be.
COMPARED = 200
NOT_OLDER = timedelta(days=90)
#: Metres by which an approved position may be coarser than the one it was made from.
COARSER = 250
#: Columns that are read of a published report.
_TOLD = ("text", "place", "latitude", "longitude", "report__code")

RADIUS = live_settings.declare(
    name="similar.radius",
    group="Phản ánh tương tự",
    title="Gợi ý phản ánh đã công khai trong vòng",
    kind=WholeNumber(lowest=20, highest=2000, unit="mét"),
    default=250,
    source="FixMyStreet dùng 250 m khi tìm phản ánh trùng cùng loại",
    hint="Cùng loại, đang xử lý, đã công khai; người dân chọn theo dõi hoặc gửi riêng.",
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the report about to be sent says. ward: code of its unit, "" when unknown."""

    category: str
    text: str
    place: str = ""
    ward: str = ""
    position: Position | None = None


@dataclass(frozen=True, kw_only=True)
class Nearby:
    """A published report, as the public sees it. metres: how far, None where a position is not known."""

    code: str
    text: str
    place: str
    metres: int | None = None


def similar_to(wanted: Wanted, *, besides: Conversation) -> tuple[Nearby, ...]:
    """At most three, the nearest first: near where both positions are known, else alike in the same ward.

    besides: the conversation whose own reports, and those it follows already, are left out.
    """
    found = [*_near(wanted, besides), *_alike(wanted, besides)]
    return tuple({nearby.code: nearby for nearby in reversed(found)}.values())[::-1][:OFFERED]


def _open(category: str, besides: Conversation) -> QuerySet[Publication]:
    still = published().filter(category=category, report__state__in=OPEN)
    others = still.exclude(report__conversation=besides).exclude(report__follows__conversation=besides)
    return others.select_related("report").only(*_TOLD)


def _near(wanted: Wanted, besides: Conversation) -> Iterable[Nearby]:
    """By the index on category and position first, then exactly, by the position that was approved."""
    position = wanted.position
    if position is None:
        return []
    radius = RADIUS.current()
    up = (radius + COARSER) / METRES_A_DEGREE
    across = up / cos(radians(position.latitude))
    around = _open(wanted.category, besides).filter(
        report__category=wanted.category,
        report__latitude__range=(position.latitude - up, position.latitude + up),
        report__longitude__range=(position.longitude - across, position.longitude + across),
    )
    measured = [_told(shown, position) for shown in around]
    near = (nearby for nearby in measured if nearby.metres is not None and nearby.metres <= radius)
    return sorted(near, key=lambda nearby: nearby.metres or 0)


def _alike(wanted: Wanted, besides: Conversation) -> Iterator[Nearby]:
    """In the same ward, where a position is missing on one side at least: the most alike first."""
    if not wanted.ward:
        return
    since = timezone.now() - NOT_OLDER
    here = _open(wanted.category, besides).filter(ward__code=wanted.ward, report__created_at__gt=since)
    scored = [(_likeness(wanted, shown), shown) for shown in here.order_by("-id")[:COMPARED]]
    for likeness, shown in sorted(scored, key=lambda pair: -pair[0]):
        if likeness >= ALIKE_FROM and not (wanted.position and shown.latitude is not None):
            yield _told(shown, None)


def _likeness(wanted: Wanted, shown: Publication) -> float:
    """Of the places where both are told, else of all words."""
    if wanted.place and shown.place:
        return _ratio(wanted.place, shown.place)
    return _ratio(f"{wanted.place} {wanted.text}", f"{shown.place} {shown.text}")


def _ratio(one: str, other: str) -> float:
    return float(fuzz.token_set_ratio(fold(one), fold(other)))


def _told(shown: Publication, position: Position | None) -> Nearby:
    metres = None
    if position and shown.latitude is not None and shown.longitude is not None:
        metres = round(distance(position.latitude, position.longitude, shown.latitude, shown.longitude))
    return Nearby(code=shown.report.code, text=shown.text, place=shown.place, metres=metres)
