"""Replies as plain text, cut to a messenger's limit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.plain import pieces, source_line, utf16_units

WILD = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400)


@given(WILD, st.integers(min_value=2, max_value=60))
def test_no_piece_is_over_the_limit_or_blank_and_no_letter_is_lost(text: str, limit: int) -> None:
    parts = pieces(text, limit=limit, size=utf16_units)
    assert all(utf16_units(part) <= limit and part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_within_the_limit_stays_whole() -> None:
    assert pieces("một\n\nhai", limit=100) == ("một\n\nhai",)


def test_a_long_text_is_cut_between_paragraphs_rather_than_within_one() -> None:
    paragraphs = ["Giấy tờ phải nộp. " * 3, "Lệ phí tại quầy. " * 3, "Thời hạn giải quyết. " * 3]
    text = "\n\n".join(paragraph.strip() for paragraph in paragraphs)
    assert pieces(text, limit=120) == tuple(
        part.strip() for part in ("\n\n".join(text.split("\n\n")[:2]), text.split("\n\n")[2])
    )


def test_a_paragraph_over_the_limit_is_cut_between_sentences() -> None:
    assert pieces("Câu thứ nhất dài. Câu thứ hai. Câu ba.", limit=32) == (
        "Câu thứ nhất dài. Câu thứ hai.",
        "Câu ba.",
    )


def test_a_word_over_the_limit_is_cut_hard_but_no_emoji_in_two() -> None:
    assert pieces("👤" * 5, limit=5, size=utf16_units) == ("👤👤", "👤👤", "👤")


def test_the_source_stands_on_one_line_without_what_is_not_known() -> None:
    citation = {
        "code": "1.001193",
        "title": "Đăng ký\nkhai sinh",
        "decision": "",
        "url": "https://dichvucong.gov.vn/p",
        "updated": "01/07/2026",
        "note": "",
    }
    line = "📄 Nguồn: Đăng ký khai sinh (mã 1.001193) · cập nhật 01/07/2026 · https://dichvucong.gov.vn/p"
    assert source_line(citation) == line
    assert source_line(None) == ""
