"""What an editor types: read as typed, refused with what to do, opened and sent back without loss."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content import Document, Fee, TimeLimit, TimeUnit
from tests.web.editors import STARTER, as_opened, starter_content, typed
from web.editor.rows import DocumentRow, FeeRow, MethodRow
from web.editor.section_forms import LeadForm, open_section, with_row_added
from web.editor.sections import Section

CODES = sorted(path.stem for path in STARTER.glob("*.yaml"))


@pytest.mark.parametrize("section", [section for section in Section if section is not Section.LEAD])
@pytest.mark.parametrize("code", CODES)
def test_a_section_that_is_opened_and_sent_back_is_what_it_was(code: str, section: Section) -> None:
    content = starter_content(code)
    form = open_section(section, content, typed(as_opened(content, section)))
    assert form.is_valid()
    kept = replace(content, **form.content_fields())
    for name, value in form.content_fields().items():
        if name not in {"documents", "methods"}:
            assert value == getattr(content, name)
    assert [group.heading for group in kept.documents] == [group.heading for group in content.documents]
    assert [[paper.text for paper in group.documents] for group in kept.documents] == [
        [paper.text for paper in group.documents] for group in content.documents
    ]
    assert [(method.kind, method.fees, method.time) for method in kept.methods] == [
        (method.kind, method.fees, method.time) for method in content.methods
    ]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("20000", 20000),
        ("20.000", 20000),
        ("20 000", 20000),
        ("20,000 đ", 20000),
        ("20.000 đồng", 20000),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: int) -> None:
    row = FeeRow({"amount": text})
    assert row.is_valid()
    assert row.fee.amount == amount


@pytest.mark.parametrize("text", ["hai chục", "20.00", "20-30000", "1.5 triệu"])
def test_an_amount_that_is_no_number_is_refused_with_what_to_do(text: str) -> None:
    row = FeeRow({"amount": text})
    assert not row.is_valid()
    assert "ví dụ 20.000" in str(row.errors["amount"])


def test_the_words_of_a_fee_are_written_from_its_amount_when_left_empty() -> None:
    paid, free = FeeRow({"amount": "15000"}), FeeRow({"amount": "0"})
    assert paid.is_valid()
    assert free.is_valid()
    assert paid.fee == Fee(text="15.000 đồng", amount=15000)
    assert free.fee == Fee(text="Miễn phí", amount=0)


def test_words_and_amount_that_contradict_each_other_are_refused() -> None:
    row = FeeRow({"amount": "15000", "text": "Miễn phí"})
    assert not row.is_valid()
    assert "khác với số tiền 15.000 đồng" in str(row.errors["text"])


def test_a_time_limit_needs_its_unit_and_words_that_agree() -> None:
    without_unit = MethodRow({"kind": "online", "value": "3"})
    contradicting = MethodRow(
        {"kind": "online", "value": "3", "unit": "working_day", "text": "5 ngày làm việc"}
    )
    assert not without_unit.is_valid()
    assert "chọn đơn vị" in str(without_unit.errors["unit"])
    assert not contradicting.is_valid()
    assert "khác với con số 3" in str(contradicting.errors["text"])


def test_a_bare_number_of_the_source_is_completed_by_its_unit() -> None:
    row = MethodRow({"kind": "counter", "value": "1", "unit": "working_day", "text": "1"})
    assert row.is_valid()
    assert row.time == TimeLimit(text="1 ngày làm việc", value=1, unit=TimeUnit.WORKING_DAY)


def test_a_paper_for_some_says_for_whom() -> None:
    silent = DocumentRow({"text": "Giấy ủy quyền", "who": "only_when"})
    said = DocumentRow({"text": "Giấy ủy quyền", "who": "only_when", "condition": "nhờ người khác"})
    assert not silent.is_valid()
    assert "chỉ khi nào" in str(silent.errors["condition"])
    assert said.is_valid()
    assert said.document == Document(text="Giấy ủy quyền", condition="chỉ khi nhờ người khác")


def test_a_list_said_to_be_sorted_holds_no_unsorted_paper() -> None:
    content = starter_content()
    sent = as_opened(content, Section.DOCUMENTS)
    sent["groups-0-documents-0-who"] = ""
    form = open_section(Section.DOCUMENTS, content, typed(sent))
    assert not form.is_valid()


def test_a_struck_way_of_handing_in_goes_with_its_fees_however_wrong_they_are() -> None:
    content = starter_content()
    sent = as_opened(content, Section.METHODS)
    sent |= {"methods-0-DELETE": "on", "methods-0-fees-0-amount": "nhiều lắm"}
    form = open_section(Section.METHODS, content, typed(sent))
    assert form.is_valid()
    assert form.content_fields()["methods"] == content.methods[1:]


def test_an_added_row_keeps_what_was_typed_and_counts_only_when_filled_in() -> None:
    content = starter_content()
    longer = with_row_added(typed(as_opened(content, Section.METHODS)), "methods-0-fees")
    left_blank = open_section(Section.METHODS, content, longer)
    assert left_blank.is_valid()
    assert left_blank.content_fields()["methods"] == content.methods
    longer[f"methods-0-fees-{len(content.methods[0].fees)}-amount"] = "8.000"
    filled = open_section(Section.METHODS, content, longer)
    assert filled.is_valid()
    assert filled.content_fields()["methods"][0].fees[-1] == Fee(text="8.000 đồng", amount=8000)


def test_a_lead_with_a_figure_is_refused() -> None:
    form = LeadForm(starter_content(), typed({"text": "Làm trong 3 ngày."}))
    assert not form.is_valid()
    assert "không nêu con số" in str(form.errors["text"])


def test_decomposed_vietnamese_is_kept_composed() -> None:
    content = starter_content()
    form = open_section(
        Section.STEPS, content, typed({"text": unicodedata.normalize("NFD", "Nộp hồ sơ\u200b")})
    )
    assert form.is_valid()
    assert form.content_fields() == {"steps": "Nộp hồ sơ"}


@given(amount=st.text(max_size=30), text=st.text(max_size=60), note=st.text(max_size=60))
def test_whatever_is_typed_a_fee_is_read_or_refused_in_words(amount: str, text: str, note: str) -> None:
    row = FeeRow({"amount": amount, "text": text, "note": note})
    if row.is_valid():
        assert row.fee.text or row.fee.note
    else:
        assert all(str(problem) for problems in row.errors.values() for problem in problems)
