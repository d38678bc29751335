"""Measuring reports: figures that a reader can check by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.report_evaluation import LabelledReport, ReadReport, figures, keeps_place
from casework.report_wards import FormerWardListed, Verdict, WardLists, verdict
from office.place_names import spelling

LABEL = LabelledReport(
    id="a",
    text="gọi 0912345678 nhé",
    category="tieng_on",
    place="",
    old_ward="",
    ward="Phường B",
    urgent=True,
    personal_data=("0912345678",),
    group="plain",
)
READ = ReadReport(
    label=LABEL,
    categories=("tieng_on", "khac"),
    place="",
    ward=Verdict.RESOLVED,
    urgent=True,
    hidden=((4, 14),),
)
LISTS = WardLists(
    today={spelling("Phường B"): "b"},
    former=[
        FormerWardListed(name="Phường Hòa An", district="Quận Một", units=frozenset({"b", "c"})),
        FormerWardListed(name="Phường Hòa An", district="Thị xã Hai", units=frozenset({"d"})),
    ],
)


def test_a_report_read_rightly_scores_in_everything() -> None:
    found = figures([READ])
    shares = ("category_top1", "category_top3", "place", "masking_recall", "urgent_recall")
    assert [found[share] for share in shares] == [1, 1, 1, 1, 1]
    assert found["overmasking"] == 0
    assert found["wards"]["right"] == 1
    assert {name: ids for name, ids in found["wrong"].items() if ids} == {}


def test_a_number_with_one_digit_left_is_not_hidden() -> None:
    assert figures([replace(READ, hidden=((4, 13),))])["masking_recall"] == 0


def test_what_is_hidden_needlessly_is_counted_by_characters() -> None:
    found = figures([replace(READ, hidden=((0, 14),))])
    assert found["overmasking"] == round(3 / len(LABEL.text), 4)
    assert found["wrong"]["overmasking"] == ["a"]


def test_a_category_in_third_place_counts_for_three_and_not_for_one() -> None:
    found = figures([replace(READ, categories=("khac", "pccc", "tieng_on", "xay_dung"))])
    assert (found["category_top1"], found["category_top3"]) == (0, 1)


def test_needless_urgency_lowers_precision_alone() -> None:
    calm = replace(READ, label=replace(LABEL, id="b", urgent=False))
    found = figures([READ, calm])
    assert (found["urgent_recall"], found["urgent_precision"]) == (1, 0.5)
    assert found["wrong"]["urgent_needless"] == ["b"]


@pytest.mark.parametrize(
    ("wanted", "kept", "is_kept"),
    [
        ("ngõ 5 phố Huế", "số 3 ngo 5, phố Huế nhé", True),
        ("ngõ 5 phố Huế", "ngõ 5", False),
        ("ngõ 5", "ngõ 55", False),
        ("", "", True),
        ("", "ngõ 5", False),
    ],
)
def test_a_place_is_kept_when_its_words_stand_in_a_row(wanted: str, kept: str, is_kept: bool) -> None:
    assert keeps_place(wanted, kept) is is_kept


def test_a_name_two_wards_had_means_both_unless_the_district_is_said() -> None:
    def meant(text: str) -> frozenset[str]:
        return LISTS.units_meant(text=text, ward="", old_ward="Phường Hoà An")

    assert meant("ở hoà an") == {"b", "c", "d"}
    assert meant("hoa an, tx Hai") == {"d"}
    assert meant("Hòa An, quận Một") == {"b", "c"}


def test_todays_name_decides_beside_a_former_one() -> None:
    assert LISTS.units_meant(text="", ward="Phường B", old_ward="Phường Hòa An") == {"b"}


@pytest.mark.parametrize(
    ("meant", "read", "expected"),
    [
        ("b", "b", Verdict.RESOLVED),
        ("bc", "bcd", Verdict.RIGHTLY_ASKED),
        ("bc", "b", Verdict.GUESSED),
        ("bcd", "bc", Verdict.GUESSED),
        ("b", "bc", Verdict.NEEDLESSLY_ASKED),
        ("b", "c", Verdict.WRONG),
        ("b", "", Verdict.MISSED),
        ("", "b", Verdict.INVENTED),
        ("", "", Verdict.NONE_NAMED),
    ],
)
def test_asking_is_right_only_where_several_may_be_meant(meant: str, read: str, expected: Verdict) -> None:
    assert verdict(frozenset(meant), list(read)) is expected
