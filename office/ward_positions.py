"""Which wards and communes a position is likely in. Boundaries are not known, so the citizen is asked.

Known are the centre and the area of each unit of today, and the rectangle around each former ward
(starter/README.md names the source). A unit is as far as the nearest rectangle of a former ward that went to
it, in half widths, plus its own centre, in radii of a circle of its area. Of the 327 former wards that went
whole into one unit, the unit is among the four likeliest at the ward's own centre for 327, and for 326 when
the ward's own rectangle is left out; the likeliest alone is right for 319 and 276. Near a boundary less.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, pi, radians, sqrt
from pathlib import Path

import starter

#: Wards offered for one position.
OFFERED = 4
#: A ward this much farther than the nearest one, in the measure above, is not offered.
LEEWAY = 2.5
#: Half widths beyond which a former ward tells nothing of a position.
FAR = 3.0
#: Metres a position may lie outside every rectangle and still count as in the city.
SLACK = 300
METRES_A_DEGREE = 111_195


@dataclass(frozen=True, kw_only=True)
class NearWard:
    """A unit of today that a position may be in."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class _Centre:
    name: str
    latitude: float
    longitude: float
    radius_km: float


@dataclass(frozen=True, kw_only=True)
class _Box:
    south: float
    west: float
    north: float
    east: float
    units: tuple[str, ...]

    def offset(self, latitude: float, longitude: float) -> float:
        """From the middle, in half widths: 1 on the sides of an ellipse that touches all four."""
        tall, wide = self.north - self.south, self.east - self.west
        up = (2 * latitude - self.south - self.north) / tall
        across = (2 * longitude - self.west - self.east) / wide
        return hypot(up, across)

    def holds(self, latitude: float, longitude: float, *, slack: float) -> bool:
        """slack: metres beyond its sides."""
        more = slack / METRES_A_DEGREE
        within = self.south - more <= latitude <= self.north + more
        return within and self.west - more <= longitude <= self.east + more


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Metres between two positions in one city: the earth as flat as it is over a few kilometres."""
    north = latitude - other_latitude
    east = (longitude - other_longitude) * cos(radians((latitude + other_latitude) / 2))
    return METRES_A_DEGREE * hypot(north, east)


def is_in_the_city(latitude: float, longitude: float, *, accuracy: float | None = None) -> bool:
    """Whether the position, WGS 84 degrees, may be in Hà Nội. accuracy: metres, as the phone says."""
    slack = SLACK + (accuracy or 0)
    return any(box.holds(latitude, longitude, slack=slack) for box in _boxes())


def wards_near(latitude: float, longitude: float) -> tuple[NearWard, ...]:
    """The units a position, WGS 84 degrees, is likely in, likeliest first: at most four.

    () outside the city.
    """
    if not is_in_the_city(latitude, longitude):
        return ()
    centres = _centres()
    measured = {
        code: offset + _radii(centres[code], latitude, longitude)
        for code, offset in _offsets(latitude, longitude).items()
    }
    likeliest = sorted(measured, key=lambda code: measured[code])[:OFFERED]
    near = (code for code in likeliest if measured[code] <= measured[likeliest[0]] + LEEWAY)
    return tuple(NearWard(code=code, name=centres[code].name) for code in near)


def _offsets(latitude: float, longitude: float) -> Mapping[str, float]:
    """By unit, the offset from the nearest rectangle of a former ward that went to it: FAR at most."""
    nearest = dict.fromkeys(_centres(), FAR)
    for box in _boxes():
        offset = box.offset(latitude, longitude)
        for unit in box.units if offset < FAR else ():
            nearest[unit] = min(offset, nearest[unit])
    return nearest


def _radii(centre: _Centre, latitude: float, longitude: float) -> float:
    away = distance(latitude, longitude, centre.latitude, centre.longitude)
    return away / 1000 / centre.radius_km


@cache
def _centres() -> Mapping[str, _Centre]:
    names = {row["code"]: row["name"] for row in _rows(starter.UNITS)}
    return {
        row["code"]: _Centre(
            name=names[row["code"]],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            radius_km=sqrt(float(row["area_km2"]) / pi),
        )
        for row in _rows(starter.UNIT_CENTRES)
    }


@cache
def _boxes() -> tuple[_Box, ...]:
    went_to: dict[str, list[str]] = {}
    for row in _rows(starter.FORMER_WARDS):
        went_to.setdefault(row["code"], []).append(row["unit"])
    return tuple(
        _Box(
            south=float(row["south"]),
            west=float(row["west"]),
            north=float(row["north"]),
            east=float(row["east"]),
            units=tuple(went_to[row["code"]]),
        )
        for row in _rows(starter.FORMER_WARD_BOXES)
    )


def _rows(path: Path) -> Iterable[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
