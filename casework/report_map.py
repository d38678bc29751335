"""Published reports on a map: gathered by a grid, so that a hundred thousand are as quick as ten."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, F, Func, IntegerField, Max, Min, QuerySet

from casework.models import Publication
from casework.public_reports import Wanted, published, wanted

#: Of the map's tiles at level 0, by which the whole earth is one (https://wiki.openstreetmap.org/wiki/Zoom_levels).
TILE = 256
#: Screen points between two gathered points: a finger's width and room for a figure of three digits.
APART = 64
LEVELS = range(8, 20)
#: From this level on wards lie far enough apart for their names.
WARDS_NAMED_FROM = 12
#: Reports told beside the map.
BESIDE = 20


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """A part of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, kw_only=True)
class Point:
    """Reports near each other, in their middle. newest: of them, the key of the one published last."""

    latitude: float
    longitude: float
    number: int
    newest: int


@dataclass(frozen=True, kw_only=True)
class NamedWard:
    """The name of a ward, in the middle of the reports from there."""

    name: str
    latitude: float
    longitude: float


def bounds_in(given: str) -> Bounds | None:
    """ "west,south,east,north" as an address says it; None for anything else."""
    try:
        west, south, east, north = (float(part) for part in given.split(","))
    except ValueError:
        return None
    on_earth = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return Bounds(west=west, south=south, east=east, north=north) if on_earth else None


def within(looked_for: Wanted, now: datetime, bounds: Bounds) -> QuerySet[Publication]:
    """What is looked for and lies in this part of the map, in no order."""
    found = wanted(looked_for, now)
    high, wide = (bounds.south, bounds.north), (bounds.west, bounds.east)
    if looked_for.words:
        # Words are looked for row by row: in their order on disk, not in that of the index on places.
        placed = found.alias(high=F("latitude") + 0.0, wide=F("longitude") + 0.0)
        return placed.filter(high__range=high, wide__range=wide)
    return found.filter(latitude__range=high, longitude__range=wide)


def gathered(found: QuerySet[Publication], bounds: Bounds, level: int) -> list[Point]:
    """The points to draw at this level of the map, as far apart as a finger needs."""
    wide = 360 / (TILE * 2**level) * APART
    high = wide * math.cos(math.radians((bounds.south + bounds.north) / 2))
    rows = (
        found.annotate(row=_Whole(F("latitude") / high), column=_Whole(F("longitude") / wide))
        .values("row", "column")
        .annotate(
            number=Count("id"), latitude_=Avg("latitude"), longitude_=Avg("longitude"), newest=Max("id")
        )
        .order_by()
    )
    return [
        Point(
            latitude=_inside(row["latitude_"] / high, row["row"]) * high,
            longitude=_inside(row["longitude_"] / wide, row["column"]) * wide,
            number=row["number"],
            newest=row["newest"],
        )
        for row in rows
    ]


class _Whole(Func):
    """The whole part of a positive number. SQLite's own FLOOR is not in every build."""

    output_field = IntegerField()
    template = "CAST(%(expressions)s AS INTEGER)"

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(FLOOR(%(expressions)s) AS INTEGER)", **more)


def _inside(place: float, cell: int) -> float:
    """In the middle half of its cell, so that points of two neighbouring cells do not cover each other."""
    return min(max(place, cell + 0.25), cell + 0.75)


def extent(found: QuerySet[Publication]) -> Bounds | None:
    """The smallest part of the map with all of them; None without any."""
    ends = found.aggregate(
        west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude")
    )
    return Bounds(**ends) if ends["west"] is not None else None


def newest(found: QuerySet[Publication]) -> list[Publication]:
    """The last published of them, to be told beside the map."""
    # Two steps: the keys come from the index, and only their rows are read.
    keys = list(found.order_by("-id").values_list("pk", flat=True)[:BESIDE])
    return list(
        Publication.objects.select_related("report__unit", "ward").filter(pk__in=keys).order_by("-id")
    )


def wards_named(bounds: Bounds) -> list[NamedWard]:
    """The wards whose middle, as published reports show it, lies in this part of the map."""
    located = published().filter(
        ward__isnull=False,
        latitude__range=(bounds.south, bounds.north),
        longitude__range=(bounds.west, bounds.east),
    )
    middles = located.values("ward__name").annotate(x=Avg("longitude"), y=Avg("latitude")).order_by()
    return [NamedWard(name=row["ward__name"], latitude=row["y"], longitude=row["x"]) for row in middles]


def by_ward(looked_for: Wanted, now: datetime) -> list[tuple[str, str, int]]:
    """Code and name of each ward with published reports, and how many, the most first."""
    counted = (
        wanted(looked_for, now).filter(ward__isnull=False).order_by().values_list("ward__code", "ward__name")
    )
    return list(counted.annotate(number=Count("id")).order_by("-number", "ward__name"))
