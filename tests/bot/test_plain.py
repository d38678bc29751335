"""Replies as plain text, cut to a messenger's limit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.plain import pieces, source_line, utf16_units
from conversations.messages import Citation

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


def test_an_entry_of_a_list_is_not_parted_from_its_number_nor_a_list_from_its_announcement() -> None:
    text = "Thời hạn giải quyết là ba ngày.\nAi cũng phải nộp:\n1. Tờ khai theo mẫu\n2. Giấy chứng sinh"
    for limit in range(30, len(text)):
        for part in pieces(text, limit=limit)[:-1]:
            last = part.splitlines()[-1]
            assert last not in {"1.", "2.", "Ai cũng phải nộp:"}


CHARACTERS = ("e\u0301", "ê\u0323", "👩‍👩‍👧", "👍🏽", "🇻🇳", "❤️", "a", "đ", " ", "\n")


@given(st.lists(st.sampled_from(CHARACTERS), max_size=80), st.integers(min_value=12, max_value=40))
def test_what_a_reader_sees_as_one_character_is_never_parted(characters: list[str], limit: int) -> None:
    parts = pieces("".join(characters), limit=limit, size=utf16_units)
    assert "".join("".join(parts).split()) == "".join("".join(characters).split())
    rest = [c for c in characters if c.strip()]
    for part in parts:
        seen = "".join(part.split())
        while seen:
            assert rest, seen
            assert seen.startswith(rest[0]), (parts, rest[0])
            seen = seen.removeprefix(rest.pop(0))


def test_the_source_stands_on_one_line_without_what_is_not_known() -> None:
    citation = Citation(
        code="1.001193",
        title="Đăng ký\nkhai sinh",
        decision="",
        url="https://dichvucong.gov.vn/p",
        updated="01/07/2026",
    )
    line = "📄 Nguồn: Đăng ký khai sinh (mã 1.001193) · cập nhật 01/07/2026 · https://dichvucong.gov.vn/p"
    assert source_line(citation) == line
    assert source_line(None) == ""


WORDS = st.text(alphabet="aăđêốợ🇻👤👍🏽1", min_size=1, max_size=40)


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=40),
    st.lists(st.sampled_from([" ", "\n", "\n\n", ". "]), min_size=40, max_size=40),
    st.integers(0, 400),
)
def test_at_telegrams_limit_no_word_is_cut_whatever_stands_at_the_border(
    words: list[list[str]], between: list[str], shift: int
) -> None:
    said = "".join(" ".join(line) + gap for line, gap in zip(words, between, strict=False))
    text = "x" * 30 + " " + "👤" * shift + " " + said * (1 + 9_000 // max(len(said), 1))
    parts = pieces(text, limit=4096, size=utf16_units)
    assert all(utf16_units(part) <= 4096 for part in parts)
    assert [word for part in parts for word in part.split()] == text.split()
