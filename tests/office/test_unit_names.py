"""Offices that are no wards, as people name them."""

from __future__ import annotations

import pytest

from office.models import Unit
from office.places import load_places
from office.unit_names import unit_named

pytestmark = pytest.mark.django_db

CENTRE = "trung-tam-phuc-vu-hanh-chinh-cong"
TEAM = "to-tiep-nhan-trung-tam"


@pytest.fixture(autouse=True)
def _units() -> None:
    load_places()
    city = Unit.objects.get(code="ubnd-thanh-pho")
    Unit.objects.create(code="so-xay-dung", name="Sở Xây dựng Hà Nội", kind="department", parent=city)
    Unit.objects.create(code="cong-an", name="Công an thành phố Hà Nội", kind="department", parent=city)


def code_in(text: str) -> str:
    named = unit_named(text)
    return named.code if named else ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Trung tâm Phục vụ hành chính công", CENTRE),
        ("quầy 5 trung tâm phục vụ hành chính công thành phố Hà Nội, sáng nay", CENTRE),
        ("trung tam hanh chinh cong chieu qua", CENTRE),
        ("TTPVHCC TP", CENTRE),
        ("chi nhánh số 3 Trung tâm PVHCC", CENTRE),
        ("Trung tâm Phục vụ hành chính công, 258 Võ Chí Công, phường Tây Hồ", CENTRE),
        ("tổ tiếp nhận trung tâm nhắn tin cộc lốc", TEAM),
        ("cán bộ trực chat ở đây", TEAM),
        ("Sở XD", "so-xay-dung"),
        ("lên Sở Xây dựng Hà Nội hôm qua", "so-xay-dung"),
        ("Công an thành phố Hà Nội", "cong-an"),
        ("Sở Xây dựng, rồi Trung tâm hành chính công", "so-xay-dung"),
    ],
)
def test_an_office_is_known_by_its_name_and_by_what_people_say_for_it(text: str, code: str) -> None:
    assert code_in(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "quầy số 3 sáng nay",
        "trung tâm phục vụ hành chính công phường Láng",
        "công an phường Láng",
        "công an hôm qua",
        "UBND phường Láng",
        "trung tâm thương mại",
        "cổng dịch vụ công",
    ],
)
def test_what_names_a_wards_office_or_none_is_not_taken_for_one_of_the_city(text: str) -> None:
    assert code_in(text) == ""


def test_an_office_that_nobody_oversees_is_not_named() -> None:
    assert code_in("Ủy ban nhân dân thành phố Hà Nội") == ""
    Unit.objects.filter(code=TEAM).update(parent=None)
    assert code_in("tổ tiếp nhận trung tâm") == ""
