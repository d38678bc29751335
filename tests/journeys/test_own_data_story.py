"""A citizen has everything erased, through real processes: nothing is left in the database or on disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.journeys.conftest import OpenOffice
from tests.journeys.processes import ANSWER_WITHIN, Citizen
from tests.serving import until
from tests.web.browsers import photograph

pytestmark = pytest.mark.journey


def dump(database: Path) -> str:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return "\n".join(connection.iterdump())


def pictures(home: Path) -> list[Path]:
    return [path for path in (home / "attachments").rglob("*") if path.is_file()]


def test_a_citizen_has_everything_erased(open_office: OpenOffice) -> None:
    office = open_office()
    citizen = Citizen(office=office)
    citizen.asks("tôi tên Vũ Thị Kín, đăng ký tạm trú cần giấy tờ gì", "tạm trú")
    citizen.send_photo(photograph())
    citizen.hears("ảnh")
    assert len(pictures(office.home)) == 1
    citizen.asks("xoa het du lieu cua toi di", "Không lấy lại được")
    citizen.tap("data:erase")
    until(lambda: len(citizen.turns()) == 1, seconds=ANSWER_WITHIN)
    (told,) = citizen.turns()
    assert "Đã xoá tin nhắn, ảnh" in told["text"]
    assert "Vũ Thị Kín" not in dump(office.home / "motcua.sqlite3")
    assert pictures(office.home) == []
