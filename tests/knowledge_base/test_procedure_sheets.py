"""Procedures in a spreadsheet: headings read forgivingly, cells typed where certain, else kept as words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from knowledge_base.content import (
    Document,
    DocumentGroup,
    Fee,
    LegalBasis,
    MethodKind,
    OnlineLevel,
    ProcedureContent,
    TimeLimit,
    TimeUnit,
)
from knowledge_base.errors import ImportProblem
from knowledge_base.importing import read_sources
from knowledge_base.sheet_export import export, write_template
from knowledge_base.sources.records import BrokenRecord, Record
from tests.knowledge_base.contents import method, procedure
from tests.web.editors import starter_content

HEADER = ("STT", "MÃ TTHC", "Tên  thủ tục", "phí, LỆ PHÍ (nếu có)", "Thoi han", "Cách thức thực hiện",
          "Thành phần hồ sơ", "Căn cứ pháp lý", "Mức độ DVC", "Ghi chú riêng")  # fmt: skip
ROW = (1, 2.00023, "Cấp thẻ", "20.000 đồng", "07 ngày làm việc", "Trực tiếp: tại phường\nTrực tuyến",
       "- Tờ khai (01 bản chính)\n- Giấy ủy quyền (nếu có)", "Luật Thẻ (12/2024/QH15)\nThông tư khác",
       "Toàn trình", "hỏi trước")  # fmt: skip


def sheet(path: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def read(path: Path, *rows: Sequence[object]) -> list[Record | BrokenRecord]:
    return list(read_sources(sheet(path, *rows)))


def content_of(path: Path, **cells: str) -> ProcedureContent:
    names = {"code": "Mã thủ tục", "title": "Tên thủ tục", "steps": "Trình tự", "methods": "Cách nộp",
             "time": "Thời hạn", "fees": "Phí, lệ phí", "documents": "Hồ sơ", "charge": "Lệ phí"}  # fmt: skip
    given = {"code": "1.000001", "title": "Cấp thẻ", "steps": "Nộp."} | cells
    (record,) = read(path / "a.xlsx", [names[name] for name in given], list(given.values()))
    assert isinstance(record, Record), record
    return record.content


def test_headings_are_read_whatever_their_case_marks_order_and_letterhead(tmp_path):
    (record,) = read(tmp_path / "so-2026-08.xlsx", ("UBND THÀNH PHỐ",), (), HEADER, ROW)
    assert isinstance(record, Record)
    content = record.content
    assert (content.code, content.title, content.updated) == ("2.000230", "Cấp thẻ", "2026-08")
    online, counter = content.methods
    assert (online.kind, counter.kind, counter.note) == (MethodKind.ONLINE, MethodKind.COUNTER, "tại phường")
    assert online.time == TimeLimit(text="07 ngày làm việc", value=7, unit=TimeUnit.WORKING_DAY)
    assert online.fees == counter.fees == (Fee(text="20.000 đồng", amount=20_000),)
    assert content.documents[0].documents == (
        Document(text="- Tờ khai", originals=1),
        Document(text="- Giấy ủy quyền", condition="nếu có"),
    )
    assert content.legal_basis == (
        LegalBasis(title="Luật Thẻ", number="12/2024/QH15"),
        LegalBasis(title="Thông tư khác", number=""),
    )
    assert content.online_level is OnlineLevel.FULL
    assert ("Ghi chú riêng", "hỏi trước") in [(remark.heading, remark.text) for remark in content.remarks]


def test_times_and_fees_may_differ_by_way_of_handing_in(tmp_path):
    content = content_of(
        tmp_path,
        methods="Trực tiếp\nTrực tuyến",
        time="Trực tuyến: 3 ngày\nTrực tiếp: 5 ngày",
        charge="Trực tiếp: 8.000 đồng (ghi chú: mỗi bản)\nTrực tuyến: Miễn phí",
    )
    online, counter = content.methods
    assert (online.time.value, counter.time.value) == (3, 5)
    assert online.fees == (Fee(text="Miễn phí", kind="Lệ phí"),)
    assert counter.fees == (Fee(text="8.000 đồng", amount=8000, note="mỗi bản", kind="Lệ phí"),)


@pytest.mark.parametrize(
    ("cells", "flag"),
    [
        ({"time": "7"}, "time_without_unit"),
        ({"fees": "20000"}, "fee_amount_doubtful"),
        ({"fees": "20 đồng"}, "fee_amount_doubtful"),
        ({"fees": "Miễn phí (ghi chú: trên 5 tấn 50.000 đồng)"}, "fee_note_contradicts"),
        ({"fees": "Do Hội đồng nhân dân thành phố quyết định"}, "fee_left_to_council"),
        ({"time": "7 - 10 ngày"}, ""),
        ({"fees": "từ 20.000 đồng đến 50.000 đồng"}, ""),
    ],
)
def test_what_is_not_certain_is_kept_as_words_and_flagged(tmp_path, cells, flag):
    content = content_of(tmp_path, methods="Trực tiếp", **cells)
    (counter,) = content.methods
    assert counter.time.value is None
    assert all(fee.amount is None for fee in counter.fees)
    assert next(iter(cells.values())).partition(" (ghi")[0] in (
        counter.time.text,
        *(fee.text for fee in counter.fees),
    )
    assert flag in {"", *content.flags}


def test_ways_of_handing_in_within_a_sentence_are_taken_with_the_whole_sentence(tmp_path):
    said = "Nộp trực tiếp hoặc trực tuyến tại Cổng."
    content = content_of(tmp_path, methods=said, time="5 ngày")
    assert [(each.kind, each.note) for each in content.methods] == [
        (MethodKind.ONLINE, said),
        (MethodKind.COUNTER, said),
    ]


@pytest.mark.parametrize("said", ["", "Không nhận hồ sơ trực tuyến", "Theo hướng dẫn"])
def test_a_fee_for_no_certain_way_of_handing_in_is_refused_with_what_to_write(tmp_path, said):
    row = ("1.1", "Cấp thẻ", said, "20.000 đồng")
    (broken,) = read(tmp_path / "a.xlsx", ("Mã thủ tục", "Tên thủ tục", "Cách nộp", "Phí, lệ phí"), row)
    assert isinstance(broken, BrokenRecord)
    assert broken.place == "a.xlsx, dòng 2"
    assert "ghi Trực tiếp, Trực tuyến" in broken.reason


def test_a_row_without_any_part_is_an_entry_and_a_list_stays_a_list(tmp_path):
    header = ("Mã thủ tục", "Tên thủ tục", "Trình tự")
    whole, entry, broken = read(
        tmp_path / "a.xlsx", header, ("1.000001", "Một", "Nộp."), ("1.000002", "Hai"), ("", "Ba")
    )
    assert isinstance(whole, Record)
    assert not whole.content.is_catalogue_entry
    assert isinstance(entry, Record)
    assert entry.content.is_catalogue_entry
    assert isinstance(broken, BrokenRecord)
    (listed,) = read(tmp_path / "b.xlsx", ("Mã số", "Tên", "Lĩnh vực"), ("1.000001", "Một", "Hộ tịch"))
    assert isinstance(listed, Record)
    assert listed.content.is_catalogue_entry


def test_what_is_exported_reads_back_as_it_was(tmp_path):
    before = replace(
        procedure(),
        documents=(
            DocumentGroup(
                heading="Ai cũng phải nộp",
                documents=(
                    Document(text="Tờ khai", originals=1, form="ct01.docx"),
                    Document(text="Giấy ủy quyền", condition="chỉ khi nhờ người khác", copies=2),
                ),
                edited=True,
            ),
        ),
        methods=(method(fees=(Fee(text="=1+1", note="ghi"), Fee(text="20.000 đồng", amount=20_000))),),
        online_level=OnlineLevel.PARTIAL,
    )
    assert export(tmp_path / "x.xlsx", [before]) == ()
    (record,) = read_sources(tmp_path / "x.xlsx")
    assert isinstance(record, Record)
    after = record.content
    for name in (
        "code",
        "title",
        "field",
        "levels",
        "documents",
        "methods",
        "steps",
        "legal_basis",
        "online_level",
    ):
        assert getattr(after, name) == getattr(before, name), name
    book = load_workbook(tmp_path / "x.xlsx")
    assert not any(cell.data_type == "f" for row in book.worksheets[0] for cell in row)


def test_a_starter_procedure_survives_the_way_through_a_sheet(tmp_path):
    before = starter_content()
    export(tmp_path / "x.xlsx", [before])
    (record,) = read_sources(tmp_path / "x.xlsx")
    assert isinstance(record, Record)
    assert record.content.documents[0].documents == before.documents[0].documents
    assert [each.time for each in record.content.methods] == [each.time for each in before.methods]
    assert record.content.steps == before.steps


def test_a_procedure_that_no_cell_can_hold_is_named_and_not_cut_short(tmp_path):
    assert export(tmp_path / "x.xlsx", [procedure(steps="a" * 40_000)]) == ("1.004222",)


def test_the_template_has_the_headings_that_are_read(tmp_path):
    write_template(tmp_path / "mau.xlsx")
    assert list(read_sources(tmp_path / "mau.xlsx")) == []
    assert load_workbook(tmp_path / "mau.xlsx").sheetnames == ["Thủ tục", "Hướng dẫn"]


def test_a_folder_of_mixed_files_is_one_report_in_the_order_of_their_names(tmp_path):
    sheet(tmp_path / "b.xlsx", ("Mã thủ tục", "Tên thủ tục", "Trình tự"), ("1.000002", "Hai", "Nộp."))
    (tmp_path / "a.json").write_text(json.dumps({"code": "1.000001", "name": "Một"}), encoding="utf-8")
    (tmp_path / "c.xlsx").write_text("không phải bảng tính", encoding="utf-8")
    (tmp_path / "d.yaml").write_text(
        'code: "1.000003"\ntitle: Ba\nsource: {decision: "1/QĐ", url: "https://x", date: "2026-07-01"}\n',
        encoding="utf-8",
    )
    (tmp_path / "ghi-chu.txt").write_text("x", encoding="utf-8")
    (tmp_path / "vi-du.jsonl").write_text('{"code": "1.1", "questions": ["một?"]}\n', encoding="utf-8")
    read_ = list(read_sources(tmp_path))
    assert [record.place for record in read_] == ["a.json, dòng 1", "b.xlsx, dòng 2", "c.xlsx", "d.yaml"]
    assert [isinstance(record, Record) for record in read_] == [True, True, False, True]


def test_a_sheet_without_code_and_title_says_what_is_missing(tmp_path):
    with pytest.raises(ImportProblem, match="code, title"):
        read(tmp_path / "a.xlsx", ("Tên", "Phí"), ("x", "y"))
