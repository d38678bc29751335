"""Addresses in somebody's words: those of the state and our own may go out, others are noticed."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from office.links import strange_links


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Mời chị xem bit.ly/abc123 nhé.", ("bit.ly/abc123",)),
        ("Tải ứng dụng tại http://dichvucong-gov.vn.example.com/app.apk", None),
        ("https://hanoi.gov.vn@lua-dao.top/x", ("https://hanoi.gov.vn@lua-dao.top/x",)),
        ("vào www.facebook.com/phuonglang.", ("www.facebook.com/phuonglang",)),
        ("(xem https://zalo.me/0912345678)", ("https://zalo.me/0912345678",)),
        ("xem a.com và a.com, cả b.net", ("a.com", "b.net")),
    ],
)
def test_an_address_elsewhere_is_found(words: str, found: tuple[str, ...] | None) -> None:
    links = strange_links(words)
    assert links == found if found else links


@pytest.mark.parametrize(
    "words",
    [
        "Chị nộp tại https://dichvucong.gov.vn/p/home/dvc-trang-chu.html nhé.",
        "Xem hanoi.gov.vn, mục Phản ánh.",
        "www.ttpvhcc.hanoi.gov.vn",
        "Số 5.000 đồng, ngày 22.11.2026, điều 3.2 và mã 1.001193.",
        "Gửi thư đến phuonglang@hanoi.gov.vn hoặc lan@gmail.com",
        "Tệp mau-don.docx kèm theo. Chị mang 2 ảnh 3x4.",
        "",
    ],
)
def test_the_state_s_addresses_numbers_and_mail_are_none(words: str) -> None:
    assert strange_links(words) == ()


def test_our_own_address_is_none(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://motcua.example.com"
    assert strange_links("Xem https://motcua.example.com/thu-tuc/1.001193 giúp.") == ()
    assert strange_links("https://motcua.example.com.lua.top/") != ()


@given(st.text(max_size=200))
def test_any_words_are_looked_through(words: str) -> None:
    assert all(link in words for link in strange_links(words))
