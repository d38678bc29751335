"""Procedures of one title are told apart by who settles them, else by their code."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.namesakes import namesakes
from tests.knowledge_base.contents import procedure

CITY = replace(procedure(), code="1.000001", title="Giao đất", agencies=("Sở Nông nghiệp và Môi trường",))
WARD = replace(procedure(), code="1.000002", title="Giao đất.", agencies=("Ủy ban nhân dân cấp xã", "khác"))
OTHER = replace(procedure(), code="1.000003", title="Đăng ký khai sinh")


def test_titles_that_differ_by_a_full_stop_are_told_apart_by_their_agencies() -> None:
    told = namesakes([CITY, WARD, OTHER])
    assert told == {"1.000001": "Sở Nông nghiệp và Môi trường", "1.000002": "Ủy ban nhân dân cấp xã"}


def test_the_same_agency_or_none_leaves_the_code() -> None:
    for agencies in (CITY.agencies, ()):
        told = namesakes([CITY, replace(WARD, agencies=agencies)])
        assert told == {"1.000001": "mã 1.000001", "1.000002": "mã 1.000002"}
