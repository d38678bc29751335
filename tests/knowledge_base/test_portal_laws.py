from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.sources.portal_laws import HEADER, read_laws


def laws(cells: str) -> list[tuple[str, str]]:
    return [(law.title, law.number) for law in read_laws(HEADER + cells)[0]]


def test_titles_and_numbers_are_parted():
    assert laws(
        "Luật Quản lý thuế38/2019/QH14"
        "Nghị định số 91/2022/NĐ-CP sửa đổi Nghị định số 126/2020/NĐ-CP91/2022/NĐ-CP"
    ) == [
        ("Luật Quản lý thuế", "38/2019/QH14"),
        ("Nghị định số 91/2022/NĐ-CP sửa đổi Nghị định số 126/2020/NĐ-CP", "91/2022/NĐ-CP"),
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("Luật 60/2014/QH1360/2014/QH13", [("Luật 60/2014/QH13", "60/2014/QH13")]),
        ("Luật Cư trú 202068/2020/QH14", [("Luật Cư trú 2020", "68/2020/QH14")]),
        (
            "LuậtLuật 18/2017/QH14Luật khác1/2020/QH14",
            [("Luật", "Luật 18/2017/QH14"), ("Luật khác", "1/2020/QH14")],
        ),
        (
            "Về giá30/2024/NĐ-CPQUY ĐỊNH PHÍ2/2025/TT-BTC",
            [("Về giá", "30/2024/NĐ-CP"), ("QUY ĐỊNH PHÍ", "2/2025/TT-BTC")],
        ),
        (
            "Về xe53/2013/QĐ-TTgThông tư xe1/2014/TT-BCA",
            [("Về xe", "53/2013/QĐ-TTg"), ("Thông tư xe", "1/2014/TT-BCA")],
        ),
        ("Thanh toánNghị định 52/2024/NĐ-CP", [("Thanh toán", "Nghị định 52/2024/NĐ-CP")]),
    ],
)
def test_a_number_ends_where_the_next_title_begins(cells, expected):
    assert laws(cells) == expected


def test_a_title_without_a_number_keeps_its_words_and_is_reported():
    found, all_numbered = read_laws(HEADER + "Luật Hải quan 201454")
    assert [(law.title, law.number) for law in found] == [("Luật Hải quan 201454", "")]
    assert not all_numbered


@given(st.text(max_size=200))
def test_no_character_but_space_is_lost(text):
    found, _ = read_laws(HEADER + text)
    kept = "".join(law.title + law.number for law in found)
    wanted = "".join(text.split())
    # clean() composes letters and drops invisible ones; compare what a reader sees of plain text.
    if wanted.isascii() and wanted.isprintable():
        assert "".join(kept.split()) == wanted
