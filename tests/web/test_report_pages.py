"""The public pages of reports over HTTP: what everyone finds, and that nothing unpublished shows."""

from __future__ import annotations

import csv
import gzip
import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from casework import publications
from casework.models import Follow, Report, ReportRating
from casework.public_photos import ChosenPhoto
from casework.publications import Precision
from casework.reports import enter
from motcua.tiles_environment import Tiles
from tests.casework.people import citizen, ward
from tests.casework.test_publications import boss, photo, shown, taken_in

pytestmark = pytest.mark.django_db

HERE = {"latitude": 21.0367, "longitude": 105.8341}


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def page_of(path: str, *, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status
    return str(response.content.decode())


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# The list


def test_the_list_shows_published_reports_and_no_others() -> None:
    report = taken_in(ward=ward("Phường Ba Đình"))
    hidden = taken_in(text="Chuyện riêng chưa duyệt")
    shown(report)
    page = page_of("/phan-anh/")
    assert "Đèn đường, Phường Ba Đình" in page
    assert report.code in page
    assert hidden.code not in page
    assert "Chuyện riêng" not in page
    assert "<script" not in page


def test_the_list_is_searched_and_filtered_by_its_address() -> None:
    here = ward("Phường Ngọc Hà")
    late = taken_in(ward=here, text="Rác chất đống", due_at=timezone.now() - timedelta(days=3))
    other = taken_in(category="cay_xanh", text="Cây gãy cành")
    for report in (late, other):
        shown(report)
    for address in ("?q=rac+chat", f"?phuong={here.code}", "?tinh-trang=qua-han"):
        page = page_of(f"/phan-anh/{address}")
        assert late.code in page
        assert other.code not in page
    assert other.code in page_of("/phan-anh/?loai=cay_xanh")
    assert "Quá hạn 3 ngày" in page_of("/phan-anh/")


def test_what_the_address_says_wrongly_is_left_out() -> None:
    report = taken_in()
    shown(report)
    assert report.code in page_of("/phan-anh/?loai=khong-co&tinh-trang=x&truoc=abc")
    assert "Không có phản ánh công khai nào khớp" in page_of("/phan-anh/?phuong=khong-co")


def test_older_pages_are_led_to_with_the_same_search() -> None:
    staff = boss()
    for _ in range(23):
        shown(taken_in(), by=staff)
    page = page_of("/phan-anh/?q=den")
    older = re.search(r'href="(\?[^"]+truoc=\d+)"', page)
    assert older
    second = page_of(f"/phan-anh/{older[1].replace('&amp;', '&')}")
    assert second.count("PA-2026-") == 2 * 3
    assert 'value="den"' in second


def test_words_of_citizens_are_never_markup() -> None:
    report = taken_in()
    shown(report, text="<script>alert(1)</script> & đèn", place='"><b>')
    for path in ("/phan-anh/", f"/phan-anh/{report.code}"):
        page = page_of(path)
        assert "<script>alert" not in page
        assert "<b>" not in page


# One report


def test_a_report_s_page_tells_what_was_done_by_whom_and_until_when() -> None:
    due = timezone.now() + timedelta(days=2)
    report = taken_in(due_at=due)
    enter(report, "filed", by_citizen=True)
    enter(report, "taken_in", boss(), note="Gọi lại anh Nam")
    Follow.objects.create(report=report, conversation=citizen())
    shown(report)
    words = words_of(page_of(f"/phan-anh/{report.code}"))
    assert "Đèn tắt ba ngày, gọi tôi [số điện thoại]" in words
    assert f"Hạn trả lời {timezone.localtime(due):%H:%M, %d/%m/%Y}" in words
    assert "Cùng gặp việc này 1 người khác" in words
    assert "Người dân gửi" in words
    assert "Tiếp nhận" in words
    assert "anh Nam" not in words


def test_closed_is_not_told_as_fixed_and_late_is_told_as_late() -> None:
    now = timezone.now()
    report = taken_in(
        state=Report.State.ANSWERED,
        outcome=Report.Outcome.PLANNED,
        answer="Sẽ thay đèn trong tháng sau.",
        due_at=now - timedelta(days=5),
        answered_at=now - timedelta(days=1),
    )
    shown(report)
    words = words_of(page_of(f"/phan-anh/{report.code}"))
    assert "Đã trả lời: đã có kế hoạch, chưa làm" in words
    assert "Trả lời muộn 4 ngày" in words
    assert "Sẽ thay đèn trong tháng sau." in words


def test_of_a_refusal_everyone_reads_the_reason_of_the_list_and_no_words() -> None:
    report = taken_in()
    shown(report)
    refused = {"state": Report.State.REFUSED, "refusal": "unclear", "answer": "Chị Lan chưa nói rõ số nhà"}
    Report.objects.filter(pk=report.pk).update(**refused)
    words = words_of(page_of(f"/phan-anh/{report.code}"))
    assert "Không tiếp nhận: chưa đủ thông tin để xử lý" in words
    assert "Chị Lan" not in words


def test_an_answer_is_not_shown_before_it_was_approved_too() -> None:
    report = taken_in()
    shown(report)
    Report.objects.filter(pk=report.pk).update(
        state=Report.State.ANSWERED, answer="Anh Nam ở số 5 tự tháo đèn", answered_at=timezone.now()
    )
    words = words_of(page_of(f"/phan-anh/{report.code}"))
    assert "lời trả lời chưa được công khai" in words
    assert "Anh Nam" not in words


def test_an_unpublished_code_gets_the_very_page_of_an_unknown_one() -> None:
    hidden, withdrawn = taken_in(), taken_in()
    shown(withdrawn)
    publications.keep_back(withdrawn, boss(), because="Trùng", seen=withdrawn.version)
    unknown = page_of("/phan-anh/PA-2031-999999", status=404)
    assert page_of(f"/phan-anh/{hidden.code}", status=404) == unknown
    assert page_of(f"/phan-anh/{withdrawn.code}", status=404) == unknown


def test_an_unpublished_code_is_looked_up_as_an_unknown_one_is(django_assert_num_queries: Any) -> None:
    hidden = taken_in()
    for code in (hidden.code, "PA-2031-999999"):
        with django_assert_num_queries(1):
            Client().get(f"/phan-anh/{code}")


def test_photos_are_served_as_approved_and_no_longer_than_published() -> None:
    report = taken_in()
    original = photo(report)
    shown(report, photos=(ChosenPhoto(public_id=original.public_id),))
    path = f"/phan-anh/{report.code}/anh/1"
    response = Client().get(path)
    assert response["Content-Type"] == "image/jpeg"
    assert original.public_id not in page_of(f"/phan-anh/{report.code}")
    assert Client().get(f"/phan-anh/{report.code}/anh/2").status_code == 404
    publications.keep_back(report, boss(), because="Lộ mặt", seen=report.version)
    assert Client().get(path).status_code == 404


def test_who_meets_the_same_is_led_into_the_chat_with_the_code() -> None:
    report = taken_in()
    shown(report)
    assert f'href="/?q={report.code}"' in page_of(f"/phan-anh/{report.code}")


def test_the_chat_offers_whoever_comes_from_an_open_report_to_follow_it_and_no_other() -> None:
    report, hidden = taken_in(), taken_in()
    shown(report)
    entered = page_of(f"/?q={report.code}")
    assert f'value="start:{report.code}"' in entered
    assert "mã QR" not in entered
    assert "start:PA" not in page_of(f"/?q={hidden.code}")
    Report.objects.filter(pk=report.pk).update(state=Report.State.ANSWERED)
    assert "start:PA" not in page_of(f"/?q={report.code}")


# The map


def test_the_map_gathers_what_is_near_and_opens_what_is_alone() -> None:
    staff = boss()
    for latitude in (21.0367, 21.0368):
        shown(taken_in(latitude=latitude, longitude=105.8341), by=staff, precision=Precision.EXACT)
    alone = taken_in(latitude=20.95, longitude=105.75, ward=ward("Phường Phú Lương"))
    shown(alone, by=staff, precision=Precision.ABOUT)
    shown(taken_in(), by=staff)
    found = Client().get("/phan-anh/ban-do/diem?khung=105.2,20.5,106.1,21.4&muc=10").json()
    assert sorted(point["number"] for point in found["points"]) == [1, 2]
    assert [point["report"]["code"] for point in found["points"] if point["report"]] == [alone.code]
    assert found["number"] == 3
    first = Client().get("/phan-anh/ban-do/diem?muc=10&vua=1").json()
    assert first["extent"] == [[20.95, 105.75], [21.0368, 105.8341]]
    near = Client().get("/phan-anh/ban-do/diem?khung=105.7,20.9,105.8,21.0&muc=14").json()
    assert [name["name"] for name in near["wards"]] == ["Phường Phú Lương"]
    assert [report["code"] for report in near["reports"]] == [alone.code]


@pytest.mark.parametrize(
    "asked", ["", "khung=x&muc=99", "khung=1,2,3", "khung=nan,0,1,1&muc=-4", "khung=9,9,1,1"]
)
def test_a_wrong_part_of_the_map_is_taken_for_the_whole_city(asked: str) -> None:
    shown(taken_in(**HERE), precision=Precision.ABOUT)
    assert Client().get(f"/phan-anh/ban-do/diem?{asked}").json()["number"] == 1


def test_without_tiles_the_map_s_page_may_load_nothing_from_elsewhere() -> None:
    response = Client().get("/phan-anh/ban-do")
    policy = response["Content-Security-Policy"]
    assert "http" not in policy
    assert "unsafe" not in policy
    assert not re.search(r'(?:src|href)="(?:https?:)?//', response.content.decode())
    assert not re.search(r"<script(?![^>]* src=)|\son\w+=|\sstyle=", response.content.decode())


def test_with_tiles_the_page_may_load_pictures_from_there_and_says_whose_they_are(settings: Any) -> None:
    settings.TILES = Tiles(
        url="https://tiles.example.vn/{z}/{x}/{y}.png",
        origin="https://tiles.example.vn",
        attribution="© Ai đó",
    )
    response = Client().get("/phan-anh/ban-do")
    assert "img-src 'self' data: https://tiles.example.vn;" in response["Content-Security-Policy"]
    assert 'data-attribution="© Ai đó"' in response.content.decode()


def test_the_map_is_readable_without_scripts_ward_by_ward() -> None:
    here = ward("Phường Hà Đông")
    shown(taken_in(ward=here))
    page = page_of("/phan-anh/ban-do")
    assert f'<a href="/phan-anh/?phuong={here.code}">Phường Hà Đông</a> <span class="tally">1</span>' in page


def test_the_first_page_of_the_map_is_smaller_than_100_kb_as_it_travels() -> None:
    staff = boss()
    for number in range(30):
        shown(taken_in(ward=ward(f"Phường số {number}"), **HERE), by=staff, precision=Precision.ABOUT)
    response = Client().get("/phan-anh/ban-do", headers={"Accept-Encoding": "gzip"})
    files = re.findall(r'/static/([^"]+)"', gzip.decompress(response.content).decode())
    sizes = [size_as_sent(name) for name in files]
    assert len(response.content) + sum(sizes) < 100_000


def size_as_sent(name: str) -> int:
    path = Path(str(finders.find(name)))
    packed = path.with_name(f"{path.name}.gz")
    return (packed if packed.exists() else path).stat().st_size


@pytest.mark.parametrize("name", ["leaflet-1.9.4.js", "leaflet-1.9.4.css"])
def test_the_packed_copy_of_leaflet_is_the_one_that_is_served_unpacked(name: str) -> None:
    path = Path(str(finders.find(f"vendor/leaflet/{name}")))
    assert gzip.decompress(path.with_name(f"{name}.gz").read_bytes()) == path.read_bytes()


# Open data


def rows() -> list[dict[str, str]]:
    response = Client().get("/phan-anh/du-lieu/thang.csv")
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_the_figures_count_every_report_by_ward_and_category_and_hide_small_cells() -> None:
    here, now = ward("Phường Ba Đình"), timezone.now()
    told = {"ward": here, "due_at": now}
    for late in (-1, -1, 1):
        taken_in(**told, state=Report.State.ANSWERED, answered_at=now + timedelta(days=late))
    taken_in(ward=here, state=Report.State.NEW, due_at=now - timedelta(days=1))
    taken_in(ward=here, category="cay_xanh")
    taken_in(category="khac", state=Report.State.REFUSED)
    large, small = rows()
    assert (large["ward"], large["category"], large["reports"]) == ("Phường Ba Đình", "Đèn đường", "4")
    assert (large["answered_on_time"], large["answered_late"], large["overdue"]) == ("2", "1", "1")
    assert (small["ward"], small["category"], small["reports"], small["refused"]) == ("", "", "2", "1")


def test_a_report_rated_anew_counts_by_its_last_rating() -> None:
    for number in range(3):
        report = taken_in(state=Report.State.ANSWERED)
        for is_satisfied in (False, True) if number else (False,):
            step = enter(report, "answered", boss())
            ReportRating.objects.create(report=report, step=step, is_satisfied=is_satisfied)
    assert [(row["rated"], row["satisfied"]) for row in rows()] == [("3", "2")]


def test_the_rows_of_json_and_csv_are_the_same_and_described_column_by_column() -> None:
    for _ in range(3):
        taken_in()
    as_json = Client().get("/phan-anh/du-lieu/thang.json").json()["rows"]
    assert [{name: str(value) for name, value in row.items()} for row in as_json] == rows()
    package = json.loads(Client().get("/phan-anh/du-lieu/datapackage.json").content)
    described = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    assert described == list(as_json[0])
    assert "licenses" not in package


def test_the_page_of_the_figures_sums_each_month() -> None:
    for category in ("khac", "cay_xanh"):
        taken_in(category=category)
    words = words_of(page_of("/phan-anh/du-lieu/"))
    assert f"{timezone.localtime():%Y-%m} 2 0 0 0 2 0 0 / 0" in words
    assert "Giấy phép: cơ quan chưa nêu" in words
