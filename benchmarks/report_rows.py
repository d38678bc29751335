"""Made-up reports as rows: a city to make them in, and the tables they are written to."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from benchmarks.report_lives import City, Life, life_of
from casework.models import Follow, NumberSeries, Publication, Report, ReportRating, ReportStep
from casework.terms import terms
from conversations.models import Attachment, Conversation
from motcua.setup import migrate
from office.models import Staff, Unit
from office.places import load_places
from office.units import contact_team

BATCH = 5_000
_STAMPED = ((Report, "created_at"), (ReportStep, "at"), (ReportRating, "at"), (Follow, "at"))
SOUTH_WEST, NORTH_EAST = (20.88, 105.70), (21.18, 105.96)


def prepare() -> None:
    """The tables as the code knows them, and the units."""
    migrate()
    if not Unit.objects.exists():
        load_places()


def fill(count: int, *, years: float = 2.0, seed: int = 6, batch: int = BATCH) -> Iterator[int]:
    """Make the reports, oldest first; yields how many there are after each batch."""
    city = _city(random.Random(seed), citizens=max(1, count * 3 // 5))
    filed = sorted(_filed_at(city, timedelta(days=365 * years)) for _ in range(count))
    for first in range(0, count, batch):
        lives = [life_of(city, filed_at=at) for at in filed[first : first + batch]]
        _write(lives, city)
        yield first + len(lives)
    for year, last in city.numbers.items():
        NumberSeries.objects.update_or_create(name=f"PA-{year}", defaults={"last": last})


def _city(chance: random.Random, *, citizens: int) -> City:
    wards = list(Unit.objects.filter(kind__in=(Unit.Kind.WARD, Unit.Kind.COMMUNE)).order_by("code"))
    (south, west), (north, east) = SOUTH_WEST, NORTH_EAST
    given = NumberSeries.objects.filter(name__startswith="PA-").values_list("name", "last")
    mark = f"made-{time.time_ns():x}"
    rows = (Conversation(channel="webchat", account="site", chat=f"{mark}-{n}") for n in range(citizens))
    return City(
        chance=chance,
        now=timezone.now(),
        wards=wards,
        weights=[chance.paretovariate(1.1) for _ in wards],
        middles={ward.pk: (chance.uniform(south, north), chance.uniform(west, east)) for ward in wards},
        contact=contact_team(),
        overseer=Unit.objects.filter(kind=Unit.Kind.DEPARTMENT, parent=None).earliest("pk"),
        official=Staff.objects.get_or_create(username="made-official", defaults={"is_active": False})[0],
        citizens=Conversation.objects.bulk_create(rows),
        terms=terms(),
        numbers=Counter({int(name.removeprefix("PA-")): last for name, last in given}),
    )


def _filed_at(city: City, span: timedelta) -> datetime:
    """More in the later months, mostly by day."""
    ago = span * (1 - city.chance.random() ** 0.7)
    hour = min(23, max(0, round(city.chance.gauss(14, 4.5))))
    at = timezone.localtime(city.now - ago).replace(hour=hour)
    return min(at, city.now - timedelta(minutes=city.chance.uniform(1, 90)))


def _write(lives: Sequence[Life], city: City) -> None:
    with transaction.atomic(), times_as_given(*_STAMPED):
        Report.objects.bulk_create([life.report for life in lives])
        ReportStep.objects.bulk_create([step for life in lives for step in life.steps])
        ReportRating.objects.bulk_create([life.rating for life in lives if life.rating])
        Follow.objects.bulk_create([life.follow for life in lives if life.follow], ignore_conflicts=True)
        Publication.objects.bulk_create([life.publication for life in lives if life.publication])
        _add_photos([life.report for life in lives if city.chance.random() < 0.2], city.chance)
    for report in (life.report for life in lives if life.report.merged_into is None):
        city.twins[report.ward_id or 0, report.category] = report


def _add_photos(reports: Sequence[Report], chance: random.Random) -> None:
    """One photo each, as a row; there is no file."""
    kept = {"media_type": "image/jpeg", "size": 250_000, "is_filed": True}
    photos = Attachment.objects.bulk_create(
        Attachment(conversation=report.conversation, file=f"made/{chance.getrandbits(64):x}.jpg", **kept)
        for report in reports
    )
    through = Report.photos.through
    pairs = zip(reports, photos, strict=True)
    through.objects.bulk_create(
        through(report_id=report.pk, attachment_id=photo.pk) for report, photo in pairs
    )


@contextmanager
def times_as_given(*stamped: tuple[type[Model], str]) -> Iterator[None]:
    """Rows keep the times they were made with, in columns that else take the time of writing."""
    columns = [model._meta.get_field(name) for model, name in stamped]
    for column in columns:
        column.auto_now_add = False
    try:
        yield
    finally:
        for column in columns:
            column.auto_now_add = True
