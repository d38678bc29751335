"""The desk's page for publishing: one report at a time, what was masked in sight, no photo chosen before."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from casework import public_reports
from casework.models import Publication, Report
from tests.casework.people import official, ward
from tests.casework.test_publications import boss, photo, shown, taken_in
from tests.web.test_desk import desk_of, page
from web.desk.masked import parts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def approve(desk: Client, report: Report, **fields: Any) -> Any:
    form = {"text": "Đèn tắt ba ngày", "place": report.place, "seen": report.version, **fields}
    return desk.post(f"/desk/publications/{report.code}/approve", form)


def test_only_who_oversees_enters() -> None:
    assert desk_of(official("ha")).get("/desk/publications/").status_code == 403
    assert desk_of(boss()).get("/desk/publications/").status_code == 200


def test_what_another_unit_decides_does_not_exist_here() -> None:
    report = taken_in(unit=ward("Phường Ba Đình"))
    desk = desk_of(boss(ward("Phường Ngọc Hà")))
    assert desk.get(f"/desk/publications/{report.code}").status_code == 404
    assert approve(desk, report).status_code == 404


def test_the_original_stands_beside_the_proposal_with_what_was_masked_marked() -> None:
    report = taken_in()
    text = page(desk_of(boss()), f"/desk/publications/{report.code}")
    assert "<mark>0912 345 678</mark>" in text
    assert "[số điện thoại]</textarea>" in text


def test_masked_parts_together_are_the_whole_original() -> None:
    found = parts("Gọi 0912345678, hoặc 0987654321.", "Gọi [số điện thoại], hoặc [số điện thoại].")
    assert "".join(part.text for part in found) == "Gọi 0912345678, hoặc 0987654321."
    assert [part.text for part in found if part.is_masked] == ["0912345678", "0987654321"]


def test_no_photo_is_ticked_beforehand_and_only_ticked_ones_are_shown() -> None:
    report = taken_in()
    first, second = photo(report), photo(report)
    desk = desk_of(boss())
    ticks = re.findall(r'<input[^>]*name="photo"[^>]*>', page(desk, f"/desk/publications/{report.code}"))
    assert len(ticks) == 2
    assert not any("checked" in tick for tick in ticks)
    approve(desk, report, photo=[second.public_id], **{f"covers-{first.public_id}": "0,0,5,5"})
    assert Publication.objects.get().photos.count() == 1


def test_after_one_decision_the_next_report_that_waits_is_opened() -> None:
    first, second = taken_in(), taken_in()
    desk = desk_of(boss())
    assert approve(desk, first)["Location"] == f"/desk/publications/{second.code}"
    refused = desk.post(
        f"/desk/publications/{second.code}/keep-back", {"reason": "Trùng", "seen": second.version}
    )
    assert refused["Location"] == "/desk/publications/"
    assert "không được công khai; lý do đã vào sổ" in page(desk, "/desk/publications/?list=kept-back")


def test_words_that_still_hold_a_number_or_a_name_are_asked_about_once_and_nothing_is_lost() -> None:
    report = taken_in()
    desk = desk_of(boss())
    answer = approve(desk, report, text="Đèn tắt, gọi 0912345678")
    assert answer.status_code == 409
    assert "0912345678" in answer.content.decode()
    assert "Còn số có thể là của một người" in answer.content.decode()
    assert public_reports.opened(report.code) is None
    assert approve(desk, report, text="Đèn tắt, gọi 0912345678", sure="1").status_code == 302
    assert public_reports.opened(report.code)


def test_a_report_on_service_with_a_name_is_refused_even_when_looked_at() -> None:
    report = taken_in(kind=Report.Kind.SERVICE)
    answer = approve(desk_of(boss()), report, text="Bà Nguyễn Thị Hoa quát dân", sure="1")
    assert answer.status_code == 400
    assert "không nêu tên ai" in answer.content.decode()


def test_who_comes_second_is_told_and_keeps_what_was_typed() -> None:
    report = taken_in()
    shown(Report.objects.get(pk=report.pk))
    answer = approve(desk_of(boss()), report, text="Lời gõ dở")
    assert answer.status_code == 409
    assert "Lời gõ dở" in answer.content.decode()


def test_not_to_show_without_a_reason_is_asked_for_one() -> None:
    report = taken_in()
    answer = desk_of(boss()).post(f"/desk/publications/{report.code}/keep-back", {"seen": report.version})
    assert answer.status_code == 400
    assert "chọn hoặc ghi lý do" in answer.content.decode()


def test_a_look_at_covered_photos_decides_nothing() -> None:
    report = taken_in()
    one = photo(report)
    answer = approve(desk_of(boss()), report, look="1", **{f"covers-{one.public_id}": "10,10,20,20"})
    assert answer.status_code == 200
    assert "covers=10%2C10%2C20%2C20" in answer.content.decode()
    assert not Publication.objects.exists()


def test_a_preview_shows_only_photos_of_reports_one_decides_on() -> None:
    report = taken_in(unit=ward("Phường Ba Đình"))
    one = photo(report)
    path = f"/desk/publications/{report.code}/photos/{one.public_id}?covers=0,0,50,50"
    assert desk_of(boss(report.unit)).get(path)["Content-Type"] == "image/jpeg"
    assert desk_of(boss(ward("Phường Ngọc Hà"))).get(path).status_code == 404
