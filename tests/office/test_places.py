"""Old and new wards: what a text means, what must be asked, and a list that loads twice."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import starter
from nlu.text import fold
from office.errors import BrokenPlaceList
from office.models import FormerWard, Unit
from office.places import Found, Split, find_ward, load_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> None:
    load_places()


def unit_of(text: str) -> str | None:
    outcome = find_ward(text)
    return outcome.unit.name if isinstance(outcome, Found) else None


def candidates_of(text: str) -> set[str]:
    outcome = find_ward(text)
    return {unit.name for unit in outcome.candidates} if isinstance(outcome, Split) else set()


def test_the_list_holds_126_wards_and_communes_under_the_city_and_loads_twice() -> None:
    load_places()
    first = list(Unit.objects.values_list("code", "name", "parent__code"))
    load_places()
    assert list(Unit.objects.values_list("code", "name", "parent__code")) == first
    wards = Unit.objects.filter(kind__in=[Unit.Kind.WARD, Unit.Kind.COMMUNE])
    assert wards.count() == 126
    assert {ward.parent.code for ward in wards.select_related("parent") if ward.parent} == {"ubnd-thanh-pho"}
    assert FormerWard.objects.count() == 526


def test_there_is_one_central_contact_team() -> None:
    load_places()
    assert Unit.objects.filter(kind=Unit.Kind.CONTACT_TEAM).count() == 1


def test_a_list_that_names_an_unknown_unit_changes_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "former.csv"
    broken.write_text("code,name,district,unit,relation\n1,Xã A,Huyện B,99999,whole\n", encoding="utf-8")
    with pytest.raises(BrokenPlaceList, match="99999"):
        load_places(former_wards=broken)
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("phường Định Công", "Phường Định Công"),
        ("P. Định Công", "Phường Định Công"),
        ("p.dinh cong", "Phường Định Công"),
        ("rác ở phuong dinh cong nhieu qua", "Phường Định Công"),
        ("Định Công", "Phường Định Công"),
        ("Định Công ngập rồi", "Phường Định Công"),
        ("xã Dương Hòa", "Xã Dương Hoà"),
        ("xã Dương Hoà", "Xã Dương Hoà"),
        ("Phường Văn Miếu - Quốc Tử Giám", "Phường Văn Miếu - Quốc Tử Giám"),
        ("ở Bạch Mai mất nước", "Phường Bạch Mai"),
        ("PHƯỜNG TƯƠNG MAI", "Phường Tương Mai"),
    ],
)
def test_a_unit_of_today_is_found_however_it_is_written(places: None, text: str, unit: str) -> None:
    assert unit_of(text) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("phường Bách Khoa", "Phường Bạch Mai"),
        ("bach khoa", "Phường Bạch Mai"),
        ("gần nhà em ở phường Trúc Bạch, quận Ba Đình", "Phường Ba Đình"),
    ],
)
def test_a_former_ward_that_went_whole_into_one_unit_resolves(places: None, text: str, unit: str) -> None:
    assert unit_of(text) == unit


def test_a_former_ward_that_was_split_is_asked_about(places: None) -> None:
    outcome = find_ward("p. Đại Kim bị mất điện")
    assert isinstance(outcome, Split)
    assert outcome.former == "Phường Đại Kim"
    assert len(outcome.candidates) > 1
    assert (
        candidates_of("dai kim")
        == candidates_of("phường Đại Kim, quận Hoàng Mai")
        == candidates_of("Đại Kim")
    )


@pytest.mark.parametrize(
    "text", ["phường Hoàng Liệt cũ", "phuong Hoang Liet cu", "phường Hoàng Liệt trước đây"]
)
def test_a_name_of_both_lists_is_the_former_ward_where_the_text_says_so(places: None, text: str) -> None:
    former = FormerWard.objects.get(name="Phường Hoàng Liệt").units.values_list("name", flat=True)
    assert candidates_of(text) == set(former)
    assert unit_of("phường Hoàng Liệt") == "Phường Hoàng Liệt"


def test_what_keeps_happening_is_no_former_ward(places: None) -> None:
    assert unit_of("phuong Hoang Liet cu mua la ngap") == "Phường Hoàng Liệt"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("phường Đinh Công", "Phường Định Công"),
        ("tổ 5 Định Công", "Phường Định Công"),
        ("gần chùa Hoa Lăng, Định Công", "Phường Định Công"),
        ("tổ dân phố 5 Định Công", "Phường Định Công"),
    ],
)
def test_a_slip_of_the_accent_a_numbered_part_and_a_comma_hide_no_ward(
    places: None, text: str, unit: str
) -> None:
    assert unit_of(text) == unit


def test_a_second_name_answers_the_question_of_a_split_ward(places: None) -> None:
    assert unit_of("Đại Kim cũ, nay thuộc phường Định Công") == "Phường Định Công"


def test_a_name_that_several_wards_had_is_asked_about_unless_the_district_is_said(places: None) -> None:
    assert len(candidates_of("phường Minh Khai")) > 1
    in_district = candidates_of("phường Minh Khai, quận Hai Bà Trưng") or {
        unit_of("phường Minh Khai, quận Hai Bà Trưng")
    }
    of_the_ward = FormerWard.objects.get(name="Phường Minh Khai", district="Quận Hai Bà Trưng").units
    assert in_district == set(of_the_ward.values_list("name", flat=True))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tôi muốn làm giấy khai sinh",
        "quận Hoàng Mai",
        "ở quận Hai Bà Trưng",
        "huyện Đông Anh thì nộp ở đâu",
        "thị xã Sơn Tây",
        "ngập ở Hoàng Mai nhiều quá",
        "ngõ 12 đường Bạch Mai",
        "số 5 phố Vĩnh Hưng",
        "số 5 Láng Hạ mất nước",
        "gần bv Bạch Mai",
        "cho Nghia Tan ngap",
        "trường tiểu học Thành Công",
        "khu đô thị Định Công",
        "ngã tư Khương Trung",
        "đường Láng kẹt xe",
        "chợ Thành Công",
        "thanh cong roi cam on",
        "giay to lien quan den hop dong",
        "nop o cua nam gio",
        "cam on lang nghe",
        "dong la tien mat",
    ],
)
def test_districts_streets_landmarks_and_everyday_words_are_no_ward(places: None, text: str) -> None:
    assert find_ward(text) is None


@pytest.mark.parametrize("text", ["phuong thanh cong", "p thanh cong", "phường Thành Công"])
def test_an_everyday_word_is_a_ward_when_the_word_for_ward_stands_before_it(places: None, text: str) -> None:
    assert find_ward(text) is not None


def test_every_unit_of_today_is_found_by_its_full_name_with_and_without_accents(places: None) -> None:
    for unit in Unit.objects.filter(kind__in=[Unit.Kind.WARD, Unit.Kind.COMMUNE]):
        assert unit_of(f"nhà tôi ở {unit.name} bị ngập") == unit.name
        assert unit_of(fold(f"nha toi o {unit.name} bi ngap")) == unit.name


def test_every_former_ward_with_its_district_resolves_to_the_units_it_went_to(places: None) -> None:
    went_to: dict[tuple[str, str], set[str]] = {}
    names = dict(Unit.objects.values_list("code", "name"))
    with starter.FORMER_WARDS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            went_to.setdefault((row["name"], row["district"]), set()).add(names[row["unit"]])
    for (name, district), units in went_to.items():
        text = f"{name}, {district}"
        assert (candidates_of(text) or {unit_of(text)}) == units, text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(max_size=80) | st.sampled_from(["phường", "xã xã", "p.", "thị trấn", "🙂", "\x00"]))
def test_any_text_is_read_without_error(places: None, text: str) -> None:
    assert find_ward(text) is None or isinstance(find_ward(text), Found | Split)
