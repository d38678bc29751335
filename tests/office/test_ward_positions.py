"""Which wards are likely near a position: measured on former wards that went whole into one unit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

import starter
from office.ward_positions import OFFERED, distance, is_in_the_city, wards_near

HOAN_KIEM_LAKE = (21.0287, 105.8524)
BA_VI = (21.0835, 105.3690)
HAI_PHONG, HO_CHI_MINH_CITY = (20.8449, 106.6881), (10.7769, 106.7009)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def middles() -> list[tuple[float, float, str]]:
    """The middle of the rectangle of each former ward that went whole into one unit, with that unit."""
    went_to = {row["code"]: row["unit"] for row in rows(starter.FORMER_WARDS) if row["relation"] == "whole"}
    return [
        (
            (float(row["south"]) + float(row["north"])) / 2,
            (float(row["west"]) + float(row["east"])) / 2,
            went_to[row["code"]],
        )
        for row in rows(starter.FORMER_WARD_BOXES)
        if row["code"] in went_to
    ]


def test_each_unit_and_each_former_ward_has_its_facts() -> None:
    units = {row["code"] for row in rows(starter.UNITS) if row["kind"] in {"ward", "commune"}}
    assert {row["code"] for row in rows(starter.UNIT_CENTRES)} == units
    former = {row["code"] for row in rows(starter.FORMER_WARDS)}
    assert {row["code"] for row in rows(starter.FORMER_WARD_BOXES)} == former


def test_the_unit_of_a_former_ward_s_middle_is_among_those_offered() -> None:
    offered = [
        (unit, [ward.code for ward in wards_near(latitude, longitude)])
        for latitude, longitude, unit in middles()
    ]
    assert len(offered) == 327
    assert sum(unit in codes for unit, codes in offered) / len(offered) >= 0.99
    assert all(0 < len(codes) <= OFFERED for _, codes in offered)


@pytest.mark.parametrize(("position", "ward"), [(HOAN_KIEM_LAKE, "Phường Hoàn Kiếm"), (BA_VI, "Xã Ba Vì")])
def test_a_known_place_is_in_its_ward(position: tuple[float, float], ward: str) -> None:
    assert ward in [near.name for near in wards_near(*position)]


@pytest.mark.parametrize("position", [HAI_PHONG, HO_CHI_MINH_CITY, (0.0, 0.0), (-90.0, 180.0)])
def test_outside_the_city_no_ward_is_offered(position: tuple[float, float]) -> None:
    assert not is_in_the_city(*position)
    assert wards_near(*position) == ()


def test_a_phone_that_is_far_from_sure_may_be_in_the_city_all_the_same() -> None:
    north_of_the_city = (21.402, 105.80)
    assert not is_in_the_city(*north_of_the_city)
    assert is_in_the_city(*north_of_the_city, accuracy=5000)


def test_distances_are_those_on_the_ground() -> None:
    """A thousandth of a degree of latitude is 111 m; of longitude in Hà Nội some 104 m."""
    assert distance(21.0, 105.8, 21.001, 105.8) == pytest.approx(111.2, abs=0.5)
    assert distance(21.0, 105.8, 21.0, 105.801) == pytest.approx(103.8, abs=0.5)
