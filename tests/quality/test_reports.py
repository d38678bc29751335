"""Reports of our own: labelled truly where a program can tell, apart from each other and from training."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

import starter
from nlu.report_examples import read_report_examples
from nlu.text import fold
from nlu.training_data import NLU_YML, read
from tests.quality.test_messages import copied
from tests.quality.test_overlap import DEVELOPMENT, HERE, NEAR_COPY, likeness, rows, trigrams

FILES = ["reports.jsonl", "reports_dev.jsonl"]
FIELDS = {"id", "text", "category", "place_text", "old_ward", "ward", "urgent", "personal_data", "class"}
#: The scored vocabulary of categories: README.md of the national development questions.
CATEGORIES = {
    "rac_thai_ve_sinh",
    "giao_thong_via_he",
    "chieu_sang",
    "cap_thoat_nuoc",
    "cay_xanh",
    "tieng_on",
    "trat_tu_do_thi",
    "xay_dung",
    "dien_vien_thong",
    "moi_truong_khong_khi",
    "an_toan_thuc_pham",
    "pccc",
    "thu_tuc_quy_dinh",
    "thai_do_phuc_vu",
    "khac",
}


def names(file: Path) -> set[str]:
    with file.open(encoding="utf-8") as lines:
        return {row["name"] for row in csv.DictReader(lines)}


@pytest.mark.parametrize("name", FILES)
def test_what_a_label_names_stands_in_the_text(name: str) -> None:
    for report in rows(HERE / name):
        assert set(report) == FIELDS
        assert report["place_text"] is None or report["place_text"] in report["text"], report["id"]
        assert all(report["text"].count(item) == 1 for item in report["personal_data"]), report["id"]


@pytest.mark.parametrize("name", FILES)
def test_wards_are_real_and_named_in_the_text(name: str) -> None:
    former, today = names(starter.FORMER_WARDS), names(starter.UNITS)
    for report in rows(HERE / name):
        assert report["old_ward"] is None or report["old_ward"] in former, report["id"]
        assert report["ward"] is None or report["ward"] in today, report["id"]
        for ward in filter(None, (report["old_ward"], report["ward"])):
            assert bare(ward) in words(report["text"]), report["id"]


def words(text: str) -> str:
    return " ".join("".join(each if each.isalnum() else " " for each in fold(text)).split())


def bare(ward: str) -> str:
    """The name without the kind of unit before it."""
    return words(ward).removeprefix("phuong ").removeprefix("xa ").removeprefix("thi tran ")


@pytest.mark.parametrize("name", FILES)
def test_only_the_urgent_class_is_urgent(name: str) -> None:
    for report in rows(HERE / name):
        assert report["class"] in {"plain", "urgent", "border"}, report["id"]
        assert report["urgent"] is (report["class"] == "urgent"), report["id"]


def test_every_category_and_class_has_its_share() -> None:
    reports = rows(HERE / "reports.jsonl")
    held = Counter(report["category"] for report in reports)
    assert set(held) == CATEGORIES
    assert min(held.values()) >= 12
    assert min(held["thu_tuc_quy_dinh"], held["thai_do_phuc_vu"]) >= 20
    classes = Counter(report["class"] for report in reports)
    assert min(classes["urgent"], classes["border"]) >= 50
    assert sum(bool(report["personal_data"]) for report in reports) >= 90


def test_the_reports_that_may_be_looked_at_are_of_every_category() -> None:
    shown = rows(HERE / "reports_dev.jsonl")
    assert {report["category"] for report in shown} == CATEGORIES


def test_no_two_reports_are_near_copies() -> None:
    reports = [(report["id"], trigrams(report["text"])) for name in FILES for report in rows(HERE / name)]
    assert len({name for name, _ in reports}) == len(reports)
    assert [
        (one, other)
        for (one, its), (other, theirs) in combinations(reports, 2)
        if likeness(its, theirs) > NEAR_COPY
    ] == []


@pytest.mark.parametrize("name", FILES)
def test_no_training_example_is_a_near_copy_of_a_report(name: str) -> None:
    """Change the examples that are listed, not the reports."""
    learnt_from = [*read(NLU_YML), *read_report_examples()]
    assert copied(rows(HERE / name), (example.text for example in learnt_from)) == []


def test_no_report_of_ours_is_a_near_copy_of_a_national_one() -> None:
    path = DEVELOPMENT / "reports.jsonl"
    if not path.exists():
        pytest.skip("the development reports are not here: set MOTCUA_TEST_DATA to the folder holding them")
    ours = [report["text"] for name in FILES for report in rows(HERE / name)]
    assert copied(rows(path), ours) == []
