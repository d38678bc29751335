"""Only published, open reports of other people are offered: near, or alike in the same ward."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from casework import joining, nearby, reports
from casework.errors import NothingToJoin
from casework.models import Follow, Publication, Report
from conversations.messages import Position
from office.models import Unit
from tests.casework.people import citizen, official, ward

pytestmark = pytest.mark.django_db

HERE = Position(latitude=21.0285, longitude=105.8542)
HUNDRED_METRES_NORTH = Position(latitude=21.0294, longitude=105.8542)
A_KILOMETRE_NORTH = Position(latitude=21.0375, longitude=105.8542)


def published(text: str = "đèn đường hỏng cả dãy", **values: Any) -> Report:
    place, position = values.pop("place", ""), values.pop("position", None)
    shown = values.pop("shown", position)
    filed = reports.file_report(
        conversation=values.pop("author", None) or citizen(),
        kind="field",
        category=values.pop("category", "chieu_sang"),
        text=text,
        place=place,
        position=position,
        ward=values.pop("ward", None),
    ).report
    Publication.objects.create(
        report=filed,
        category=filed.category,
        ward=filed.ward,
        text=text,
        place=place,
        latitude=shown.latitude if shown else None,
        longitude=shown.longitude if shown else None,
        published_at=timezone.now(),
        published_by=official(f"editor-{filed.pk}"),
    )
    return filed


def wanted(text: str = "đèn đường tắt", **values: Any) -> nearby.Wanted:
    return nearby.Wanted(**{"category": "chieu_sang", "text": text, **values})


def codes(wish: nearby.Wanted, besides: Any = None) -> list[str]:
    return [found.code for found in nearby.similar_to(wish, besides=besides or citizen())]


def test_what_is_published_within_the_radius_is_offered_nearest_first_with_how_far() -> None:
    far = published(position=A_KILOMETRE_NORTH)
    near, here = published(position=HUNDRED_METRES_NORTH), published(position=HERE)
    found = nearby.similar_to(wanted(position=HERE), besides=citizen())
    assert [(one.code, one.metres) for one in found] == [(here.code, 0), (near.code, 100)]
    assert far.code not in codes(wanted(position=HERE))


def test_at_most_three_are_offered() -> None:
    for _ in range(5):
        published(position=HERE)
    assert len(codes(wanted(position=HERE))) == 3


def test_another_matter_a_done_one_and_an_unpublished_one_are_never_offered() -> None:
    published(position=HERE, category="rac_thai_ve_sinh")
    done, withdrawn = published(position=HERE), published(position=HERE)
    Report.objects.filter(pk=done.pk).update(state="answered")
    gone = {"withdrawn_at": timezone.now(), "withdrawn_because": "nhầm"}
    Publication.objects.filter(report=withdrawn).update(**gone)
    reports.file_report(
        conversation=citizen(), kind="field", category="chieu_sang", text="đèn hỏng", position=HERE
    )
    kept_back = published(position=HERE)
    Publication.objects.filter(report=kept_back).update(published_at=None, **gone)
    assert codes(wanted(position=HERE)) == []


def test_one_s_own_and_those_followed_already_are_left_out() -> None:
    me = citizen()
    published(position=HERE, author=me)
    joining.join(published(position=HERE).code, me, text="")
    assert codes(wanted(position=HERE), besides=me) == []


def test_the_distance_is_from_the_position_that_was_approved() -> None:
    """An author's exact position is not told by how far it is."""
    published(position=HERE, shown=HUNDRED_METRES_NORTH)
    (found,) = nearby.similar_to(wanted(position=HERE), besides=citizen())
    assert found.metres == 100


#: Written for this: the same thing told by two people, and two things of one ward and category.
SAME = [
    ("ngõ 5 phố Huế", "đầu ngõ 5 Huế"),
    ("trước số 12 phố Bạch Mai", "số 12 Bạch Mai"),
    ("cổng trường tiểu học Tô Hoàng", "cong truong Tô Hoàng"),
    ("ngã tư Đại Cồ Việt - Phố Huế", "nga tu pho Hue, Dai Co Viet"),
    ("công viên Thống Nhất, cổng Trần Nhân Tông", "công viên Thống Nhất"),
    ("ngách 34/12 ngõ 34 phố Vĩnh Tuy", "ngách 34/12 Vĩnh Tuy"),
]
OTHER = [
    ("ngõ 5 phố Huế", "số 88 phố Lò Đúc"),
    ("trước số 12 phố Bạch Mai", "ngõ 250 Kim Ngưu"),
    ("cổng trường tiểu học Tô Hoàng", "chợ Mơ"),
    ("công viên Thống Nhất", "hồ Thiền Quang"),
    ("ngã tư Đại Cồ Việt - Phố Huế", "ngõ 15 Lạc Trung"),
    ("ngách 34/12 ngõ 34 phố Vĩnh Tuy", "khu tập thể Nguyễn Công Trứ"),
]


@pytest.fixture
def here() -> Unit:
    return ward("Phường Hai Bà Trưng")


@pytest.mark.parametrize(("told", "other"), SAME)
def test_the_same_place_in_other_words_is_offered_in_the_same_ward(told: str, other: str, here: Unit) -> None:
    report = published(place=told, ward=here)
    assert codes(wanted(place=other, ward=here.code)) == [report.code]
    assert codes(wanted(place=other, ward="another")) == []


@pytest.mark.parametrize(("told", "other"), OTHER)
def test_another_place_of_the_same_ward_is_not(told: str, other: str, here: Unit) -> None:
    published(place=told, ward=here)
    assert codes(wanted(place=other, ward=here.code)) == []


def test_whoever_joins_is_entered_once_and_the_unit_reads_what_was_told_masked() -> None:
    me, report = citizen(), published(position=HERE)
    for _ in range(2):
        joining.join(report.code, me, text="tối om, gọi tôi 0912345678")
    assert Follow.objects.filter(report=report, conversation=me).count() == 1
    lines = list(report.steps.filter(act__in=("joined", "noted")).values_list("act", "note"))
    assert lines == [("joined", ""), ("noted", "Người theo dõi kể: tối om, gọi tôi [số điện thoại]")]


def test_what_is_not_published_or_done_cannot_be_joined() -> None:
    hidden = reports.file_report(conversation=citizen(), kind="field", category="khac", text="x").report
    done = published()
    Report.objects.filter(pk=done.pk).update(state="refused")
    for code in (hidden.code, done.code, "PA-2026-999999"):
        with pytest.raises(NothingToJoin):
            joining.join(code, citizen(), text="")
