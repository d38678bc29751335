"""Abbreviations written out, and what must stay as it is."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.abbreviations import expand
from nlu.text import has_diacritics


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("đk ks cho bé ntn", "đăng ký khai sinh cho bé như thế nào"),
        ("làm cccd hết bn tiền", "làm căn cước công dân hết bao nhiêu tiền"),
        ("xn tt hn ở ubnd p nào", "xác nhận tình trạng hôn nhân ở ủy ban nhân dân phường nào"),
        ("mất gks thì lm s", "mất giấy khai sinh thì làm sao"),
        ("KO bt nộp hs ở đâu", "không biết nộp hồ sơ ở đâu"),
        ("cần j vậy", "cần gì vậy"),
        ("sang tên gcn qsdđ", "sang tên giấy chứng nhận quyền sử dụng đất"),
        ("hkd đóng thuế j", "hộ kinh doanh đóng thuế gì"),
        ("lltp số 2", "lý lịch tư pháp số 2"),
        ("cccd/cmnd đã hết hạn", "căn cước công dân chứng minh nhân dân đã hết hạn"),
        ("p.hàng bài, tp.hà nội", "phường hàng bài, thành phố hà nội"),
    ],
)
def test_teencode_and_office_abbreviations_are_written_out(typed: str, meant: str) -> None:
    assert expand(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("làm đk ko ạ", "làm được không ạ"),
        ("muốn đk kết hôn", "muốn đăng ký kết hôn"),
        ("đk kh cần gì", "đăng ký kết hôn cần gì"),
        ("kh biết nộp đâu", "không biết nộp đâu"),
        ("mất hk rồi", "mất hộ khẩu rồi"),
        ("hk biết làm", "không biết làm"),
        ("thông tư hay tt 12", "thông tư hay thông tư 12"),
        ("người nn", "người nước ngoài"),
        ("đất nn", "đất nông nghiệp"),
        ("sđt ca p mình", "số điện thoại công an phường mình"),
    ],
)
def test_the_neighbour_decides_what_an_ambiguous_one_means(typed: str, meant: str) -> None:
    assert expand(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "PA-2026-000123",
        "118/2025/NĐ-CP",
        "1.001193",
        "dk@gmail.com",
        "dichvucong.gov.vn",
        "phí 100k",
        "phí 100 k",
        "đó là ca dao",
        "đèn hỏng",
        "",
        "🙂",
    ],
)
def test_codes_amounts_addresses_and_whole_words_stay(text: str) -> None:
    assert expand(text) == text


@pytest.mark.parametrize("typed", ["dk ket hon o dau", "đk ket hon o dau"])
def test_a_text_typed_without_marks_stays_without_so_that_they_can_be_restored(typed: str) -> None:
    assert expand(typed) == "dang ky ket hon o dau"


@given(st.text(max_size=200))
def test_any_text_can_be_expanded(text: str) -> None:
    assert isinstance(expand(text), str)
    assert has_diacritics(expand("ăn " + text))


def test_the_table_is_large_and_tidy() -> None:
    lines = files("nlu").joinpath("data/abbreviations.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines]
    assert len({row[0] for row in cells}) >= 250
    assert all(len(row) in {2, 3} and row[0] and row[1] for row in cells)
    assert all(row[2].split()[0] in {"before:", "after:", "after!"} for row in cells if len(row) == 3)
    assert len({tuple(row) for row in cells}) == len(cells)
