"""The starter procedures against the records they were taken from: facts carry over, nothing is added."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import starter
from knowledge_base.content import MethodKind, ProcedureContent, TimeUnit
from knowledge_base.flags import FLAG_LABELS, contradicts
from knowledge_base.sources.records import Record
from knowledge_base.sources.starter import read
from nlu.text import fold

RECORDS = (
    Path(os.environ.get("MOTCUA_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
    / "procedures/portal-2026-07.jsonl"
)
CODES = sorted(file.stem for file in starter.PROCEDURES.glob("*.yaml"))
# Sale, gift and inheritance of land: its audience leaves citizens out, its steps say where they file.
# A divorce abroad: its audience names only Vietnamese who live there, its papers also those who came back.
FORGETS_CITIZENS = {"1.013831", "2.000554"}
# Social insurance: the portal printed "mục 9.3 (Thành phần hồ sơ)" and cut the list of papers at these words.
LOST_ITS_PAPERS = {
    "1.001613", "1.001656", "1.001939", "1.002179", "1.002759", "2.000693", "2.000821",
}  # fmt: skip
METHOD_WORDS = {
    MethodKind.ONLINE: "Trực tuyến",
    MethodKind.COUNTER: "Trực tiếp",
    MethodKind.POST: "Dịch vụ bưu chính",
}
UNIT_WORDS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.WORKING_HOUR: "giờ làm việc",
    TimeUnit.HOUR: "giờ",
    TimeUnit.MONTH: "tháng",
}


@cache
def contents() -> dict[str, ProcedureContent]:
    outcomes = list(read(starter.PROCEDURES))
    broken = [outcome for outcome in outcomes if not isinstance(outcome, Record)]
    assert not broken
    return {outcome.content.code: outcome.content for outcome in outcomes if isinstance(outcome, Record)}


@cache
def records() -> dict[str, dict[str, Any]]:
    if not RECORDS.exists():
        pytest.skip(
            f"the national records are not here ({RECORDS.name}): set MOTCUA_TEST_DATA to their folder"
        )
    with RECORDS.open(encoding="utf-8") as lines:
        found = (json.loads(line) for line in lines)
        return {record["ma_thu_tuc"]: record for record in found if record["ma_thu_tuc"] in CODES}


def squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def record_text(code: str) -> str:
    """The words of the record: without its links, and without the page's chrome after "Từ khóa"."""
    record = {
        name: str(value)
        for name, value in records()[code].items()
        if name not in {"detail_url", "formality_id"}
    }
    record["ket_qua_xu_ly"] = record["ket_qua_xu_ly"].split("Từ khóa")[0]
    return squeezed(" ".join(record.values()))


def own_words(content: ProcedureContent) -> str:
    """All that was written here: what must state nothing the record does not."""
    words = [content.steps, content.conditions, content.result, content.lead.text if content.lead else ""]
    for method in content.methods:
        words += [method.note, method.time.text, *(f"{fee.text} {fee.note}" for fee in method.fees)]
    for group in content.documents:
        words.append(group.heading)
        words += [f"{paper.text} {paper.condition} {paper.form}" for paper in group.documents]
    return "\n".join(words)


def numbers(text: str) -> set[str]:
    """Numbers as written, without leading zeros, thousands' marks and the numbering of steps."""
    unnumbered = re.sub(r"^\d+\. ", "", text, flags=re.MULTILINE)
    return {
        re.sub(r"[.,]", "", number).lstrip("0") for number in re.findall(r"\d+(?:[.,]\d{3})*", unnumbered)
    }


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_each_procedure_is_held_in_the_file_of_its_code_and_the_readme_counts_them() -> None:
    assert sorted(contents()) == CODES
    readme = (starter.PROCEDURES.parent / "README.md").read_text(encoding="utf-8")
    assert f"procedures/*.yaml ({len(CODES)})" in readme


@pytest.mark.parametrize("code", CODES)
def test_a_starter_procedure_says_what_a_citizen_asks_first(code: str) -> None:
    content = contents()[code]
    assert content.lead
    assert not numbers(content.lead.text), "a lead with a figure is not shown"
    assert 3 <= len(content.aliases) <= 8
    assert len({fold(alias) for alias in content.aliases}) == len(content.aliases)
    told = (
        content.agencies,
        content.methods,
        content.documents or code in LOST_ITS_PAPERS,
        content.steps,
        content.result,
        content.legal_basis,
    )
    assert all(told)
    assert all(group.edited and group.documents for group in content.documents)


@pytest.mark.parametrize("code", sorted(LOST_ITS_PAPERS))
def test_papers_that_the_source_lost_are_flagged_never_made_up(code: str) -> None:
    assert contents()[code].documents == ()
    assert "documents_without_table" in contents()[code].flags
    assert "Tên giấy tờ" not in records()[code]["thanh_phan_ho_so"]


@pytest.mark.parametrize("code", CODES)
def test_an_uncertain_value_is_null_and_flagged(code: str) -> None:
    content = contents()[code]
    assert set(content.flags) <= set(FLAG_LABELS)
    for method in content.methods:
        if method.time.text.isdecimal():
            assert method.time.value is None
            assert "time_without_unit" in content.flags
        for fee in method.fees:
            doubtful = contradicts(fee) or "Hội đồng nhân dân" in fee.note
            assert not (doubtful and fee.amount is not None)
            assert fee.amount != 0 or not fee.note


def test_no_alias_leads_to_two_procedures() -> None:
    owners: dict[str, set[str]] = {}
    for content in contents().values():
        for alias in content.aliases:
            owners.setdefault(fold(alias), set()).add(content.code)
    assert {alias: codes for alias, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("code", CODES)
def test_title_decision_link_levels_and_audience_are_the_record_s(code: str) -> None:
    content, record = contents()[code], records()[code]
    assert content.title == squeezed(record["ten_thu_tuc"])
    assert (content.decision, content.url) == (record["so_quyet_dinh"], record["detail_url"])
    assert content.field == squeezed(record["linh_vuc"])
    assert ", ".join(content.levels) == squeezed(record["cap_thuc_hien"])
    assert all(audience in squeezed(record["doi_tuong_thuc_hien"]) for audience in content.audience)
    assert "Công dân Việt Nam" in content.audience or code in FORGETS_CITIZENS


@pytest.mark.parametrize("code", CODES)
def test_agencies_and_legal_numbers_occur_in_the_record(code: str) -> None:
    content, text = contents()[code], fold(record_text(code))
    assert [agency for agency in content.agencies if fold(agency) not in text] == []
    assert [law.number for law in content.legal_basis if fold(law.number) not in text] == []


@pytest.mark.parametrize("code", CODES)
def test_methods_are_the_record_s_with_its_amounts_and_day_counts(code: str) -> None:
    content, record = contents()[code], records()[code]
    ways = squeezed(record["cach_thuc_thuc_hien"])
    assert {method.kind for method in content.methods} == {
        kind for kind, word in METHOD_WORDS.items() if re.search(rf"{word}(?:\d|Không)", ways)
    }
    for method in content.methods:
        for fee in method.fees:
            assert fee.text in ways
            assert fee.amount in (None, 0) or str(fee.amount) in numbers(ways)
        if method.time.value and method.time.unit:
            said = rf"(?<!\d)0?{method.time.value} {UNIT_WORDS[method.time.unit]}"
            assert re.search(said, record_text(code), re.IGNORECASE)


@pytest.mark.parametrize("code", CODES)
def test_no_number_was_added(code: str) -> None:
    assert numbers(own_words(contents()[code])) - numbers(record_text(code)) == set()


@pytest.mark.parametrize("code", CODES)
def test_counts_of_papers_are_counts_of_the_record(code: str) -> None:
    papers = records()[code]["thanh_phan_ho_so"]
    counted = [paper for group in contents()[code].documents for paper in group.documents]
    for paper in counted:
        assert not paper.originals or f"{paper.originals} bản chính" in papers
        assert not paper.copies or f"{paper.copies} bản sao" in papers


@pytest.mark.parametrize("code", CODES)
def test_sentences_were_written_here_not_carried_over(code: str) -> None:
    content = contents()[code]
    shared = runs(f"{content.lead.text if content.lead else ''}\n{content.steps}", 28)
    assert shared & runs(record_text(code), 28) == set()


def test_the_starter_files_hold_nothing_but_the_format() -> None:
    for file in starter.PROCEDURES.glob("*.yaml"):
        plain = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert plain["code"] == file.stem
        assert plain["source"]["url"].startswith("https://dichvucong.gov.vn/")
