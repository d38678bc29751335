"""Spreadsheets of ministries and provinces: every row an entry, or a reason why it is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from knowledge_base.content import CATALOGUE, Origin, ProcedureContent
from knowledge_base.errors import ImportProblem
from knowledge_base.sources.official_lists import read
from knowledge_base.sources.records import BrokenRecord, Record
from tests.knowledge_base.real_data import FOLDER

LISTS = sorted((FOLDER / "procedures" / "lists").glob("*.xlsx"))
PROVINCE = ("STT", "Mã TTHC", "MỨC ĐỘ DVC", "TÊN TTHC", "LĨNH VỰC", "QUYẾT ĐỊNH")
MINISTRY = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")


def sheet(path: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def entries(path: Path) -> list[ProcedureContent]:
    return [record.content for record in read(path) if isinstance(record, Record)]


def reasons(path: Path) -> list[str]:
    return [record.reason for record in read(path) if isinstance(record, BrokenRecord)]


def test_a_province_s_list_gives_code_field_and_online_level(tmp_path: Path):
    path = sheet(
        tmp_path / "tinh-2025-04.xlsx",
        ("UBND TỈNH",),
        ("DANH SÁCH THỦ TỤC HÀNH CHÍNH",),
        PROVINCE,
        (1, "1.004650.000.00.00.H37", "Toàn trình", " Thông báo\nsản phẩm quảng cáo ", "Quảng cáo", "497/QĐ"),
    )
    (entry,) = entries(path)
    assert (entry.code, entry.title) == ("1.004650", "Thông báo sản phẩm quảng cáo")
    assert entry.field == "Quảng cáo"
    assert entry.signpost is not None
    assert entry.signpost.online == "Toàn trình"
    assert entry.provenance[CATALOGUE].origin is Origin.OFFICIAL
    assert entry.provenance[CATALOGUE].date == "2025-04"


def test_a_ministry_s_list_gives_agencies_and_levels(tmp_path: Path):
    path = sheet(
        tmp_path / "bo.xlsx",
        MINISTRY,
        ("1.014966", "Cấp lại chứng chỉ", "Bộ Tư pháp", "Ủy ban nhân dân cấp xã\nSở Tư pháp", "Luật sư"),
    )
    (entry,) = entries(path)
    assert entry.agencies == ("Ủy ban nhân dân cấp xã", "Sở Tư pháp")
    assert entry.levels == ("Cấp tỉnh", "Cấp xã")


def test_a_code_that_became_a_number_gets_its_zeros_back(tmp_path: Path):
    path = sheet(tmp_path / "x.xlsx", PROVINCE, (1, 2.00023, "Một phần", "Cấp giấy phép", "Việc làm", ""))
    assert entries(path)[0].code == "2.000230"


def test_own_codes_and_rows_that_test_the_system_are_refused_and_repetitions_left_out(tmp_path: Path):
    path = sheet(
        tmp_path / "x.xlsx",
        PROVINCE,
        (1, "CCVC_01", "", "Điều động công chức", "Công chức", ""),
        (2, "1.000001", "", "Thủ tục test", "Hạ tầng", ""),
        (3, "1.000002", "", "Cấp phép", "Hạ tầng", ""),
        (4, "1.000002.000.00.00.H37", "", "Cấp phép", "Hạ tầng", ""),
        (None, None, None, None, None, None),
    )
    assert [entry.code for entry in entries(path)] == ["1.000002"]
    assert len(reasons(path)) == 2
    assert "mã quốc gia" in reasons(path)[0]


def test_what_is_no_list_says_what_to_do(tmp_path: Path):
    text = tmp_path / "x.xlsx"
    text.write_text("không phải bảng tính")
    with pytest.raises(ImportProblem, match=r"lưu lại dưới dạng \.xlsx"):
        list(read(text))
    with pytest.raises(ImportProblem, match="không có dòng tiêu đề"):
        list(read(sheet(tmp_path / "y.xlsx", ("a", "b"), (1, 2))))


@pytest.mark.skipif(not LISTS, reason="the official lists are not here: set MOTCUA_TEST_DATA to their folder")
def test_the_real_lists_read_but_for_rows_without_a_national_code():
    read_rows = {path.name: list(read(path)) for path in LISTS}
    for name, records in read_rows.items():
        good = [record for record in records if isinstance(record, Record)]
        assert len(good) > 200, name
        assert len(good) > 0.8 * len(records), name
        assert all(record.content.title and record.content.field for record in good), name
