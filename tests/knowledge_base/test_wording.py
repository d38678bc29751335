"""What is left out of a question before it is compared."""

from __future__ import annotations

import pytest

from knowledge_base.wording import wording
from nlu.diacritics import Restorer


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("khai tử mất bao lâu", "khai tu bao lau"),
        ("khai sinh mat may ngay", "khai sinh may ngay"),
        ("sang tên xe mất khoảng bao nhiêu tiền", "sang ten xe khoang bao nhieu tien"),
        ("bị mất bao nhiêu giấy tờ thì báo", "bi mat bao nhieu giay to thi bao"),
        ("mất giấy khai sinh thì làm lại ở đâu", "mat giay khai sinh thi lam lai o dau"),
    ],
)
def test_what_takes_time_or_money_is_not_lost(asked: str, words: str) -> None:
    assert wording(asked, Restorer.learn([])).words == tuple(words.split())
