"""The glued table of methods. Cells are quoted from real records, named by code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content import Fee, MethodKind, TimeLimit, TimeUnit
from knowledge_base.sources.portal_methods import HEADER, read_methods

NHAP_KHAU = (
    "Trực tuyến3 Ngày làm việcMiễn phí(- Dưới 5 tấn: 50.000 đồng/giấy; - Trên 15 tấn: 150.000 đồng/giấy.)"
    "- Nộp hồ sơ trên Cổng.Trực tiếp3 Ngày làm việcMiễn phí"
)


def rows(cells: str):
    return read_methods(HEADER + cells)


def test_glued_cells_become_rows_with_kind_time_fee_and_note():
    table = rows(
        "Trực tuyến7 Ngày làm việc10,000 Việt Nam Đồng(thu 10.000 đồng/lần)Trực tiếp7 Ngày làm việc20,000 VNĐ"
    )
    online, counter = table.methods
    assert (online.kind, counter.kind) == (MethodKind.ONLINE, MethodKind.COUNTER)
    assert online.time == TimeLimit(text="7 Ngày làm việc", value=7, unit=TimeUnit.WORKING_DAY)
    assert online.fees == (Fee(text="10,000 Việt Nam Đồng", amount=10_000, note="thu 10.000 đồng/lần"),)
    assert counter.fees == (Fee(text="20,000 VNĐ", amount=20_000),)
    assert not table.flags


def test_a_note_that_gives_a_fee_stays_beside_the_cell_that_says_free():  # 1.013425
    online, counter = rows(NHAP_KHAU).methods
    assert online.fees[0].text == "Miễn phí"
    assert "50.000 đồng/giấy" in online.fees[0].note
    assert online.fees[0].amount is None
    assert online.note == "- Nộp hồ sơ trên Cổng."
    assert counter.fees == (Fee(text="Miễn phí"),)


def test_a_time_without_unit_is_kept_as_text_and_never_read_as_days():  # 1.001193
    for method in rows("Trực tuyến1Miễn phíDịch vụ bưu chính1Miễn phíTrực tiếp1Miễn phí").methods:
        assert method.time == TimeLimit(text="1", value=None, unit=None)


@pytest.mark.parametrize(
    ("cell", "unit"),
    [("8 Giờ", TimeUnit.HOUR), ("15 Ngày", TimeUnit.DAY), ("2 Tháng", TimeUnit.MONTH)],
)
def test_every_printed_unit_is_typed(cell, unit):
    (method,) = rows(f"Trực tuyến{cell}Miễn phí").methods
    assert method.time.unit is unit
    assert method.time.text == cell


def test_nothing_said_is_empty_and_not_the_words_that_say_so():  # 2.000635
    (method,) = rows("Trực tuyếnKhông có thông tin8,000 VNĐ").methods
    assert method.time == TimeLimit(text="")
    assert method.fees == (Fee(text="8,000 VNĐ", amount=8_000),)
    (silent,) = rows("Trực tiếp3 NgàyKhông có thông tin").methods
    assert silent.fees == ()


def test_time_glued_to_an_amount_is_parted_only_when_one_reading_is_possible():
    (sure,) = rows("Trực tuyến120,000 VNĐ").methods  # 1.000005: 12 and "0,000" is no amount
    assert (sure.time.text, sure.fees[0].amount) == ("1", 20_000)
    table = rows("Trực tuyến1110,000 VNĐ")  # 1 and 110,000, or 11 and 10,000
    assert table.methods[0].fees == (Fee(text="1110,000 VNĐ"),)
    assert table.methods[0].time == TimeLimit(text="")
    assert "time_glued_to_fee" in table.flags


def test_an_amount_that_lost_its_thousands_is_not_typed():  # 1.007857: "20 VNĐ" beside "20.000 đồng"
    table = rows("Trực tiếp2 Giờ20 VNĐ(20.000 đồng/tờ khai)")
    assert table.methods[0].fees[0] == Fee(text="20 VNĐ", amount=None, note="20.000 đồng/tờ khai")
    assert "fee_amount_doubtful" in table.flags


def test_a_foreign_currency_has_no_amount_in_dong():
    (method,) = rows("Trực tuyến5 Ngày145 USD").methods
    assert method.fees == (Fee(text="145 USD"),)


def test_brackets_within_a_note_do_not_end_it():
    (method,) = rows("Trực tiếp3 NgàyMiễn phí((Mức do HĐND (tỉnh) quyết định.))Nộp tại quầy").methods
    assert method.fees[0].note == "(Mức do HĐND (tỉnh) quyết định.)"
    assert method.note == "Nộp tại quầy"


def test_a_note_whose_bracket_never_closes_is_flagged_and_whole():
    table = rows("Trực tiếp3 NgàyMiễn phí(a (b) rồi hết")
    assert table.methods[0].fees[0].note == "a (b) rồi hết"
    assert "fee_note_unbalanced" in table.flags


def test_the_name_of_a_method_in_prose_begins_no_row():
    (method,) = rows("Trực tiếp3 NgàyMiễn phíTrực tuyến: nộp hồ sơ tại Cổng; Trực tiếp tại quầy").methods
    assert method.note == "Trực tuyến: nộp hồ sơ tại Cổng; Trực tiếp tại quầy"


def test_tax_procedures_print_a_sentence_as_time():  # 1.007689
    (method,) = rows("Trực tuyếnKhông phải trả kết quả cho người nộp thuếMiễn phíQua Cổng").methods
    assert method.time == TimeLimit(text="Không phải trả kết quả cho người nộp thuế")
    assert method.fees == (Fee(text="Miễn phí"),)


def test_what_is_no_table_is_returned_unread():
    table = read_methods("Gặp cán bộ để biết thêm")
    assert table.methods == ()
    assert table.unread == "Gặp cán bộ để biết thêm"
    assert "methods_unread" in table.flags


@given(st.text(max_size=300))
def test_any_text_reads_without_an_error(text):
    read_methods(HEADER + text)
    read_methods(text)
