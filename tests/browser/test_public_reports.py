"""Published reports in a real browser: list, page, map without tiles, and the desk's page of decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, Request, expect

from casework.models import Publication, Report
from casework.publications import Precision
from tests.browser.test_accessibility import DESK, PHONE, assert_accessible
from tests.casework.people import official, ward
from tests.casework.test_publications import boss, photo, shown, taken_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]
PASSWORD = "mot-cua-2026-thu"
SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def two_published() -> tuple[Report, Report]:
    here, staff = ward("Phường Ba Đình"), boss()
    first = taken_in(ward=here, latitude=21.0367, longitude=105.8341)
    second = taken_in(ward=here, latitude=21.0031, longitude=105.7912, category="cay_xanh")
    for report in (first, second):
        shown(report, by=staff, precision=Precision.ABOUT)
    return first, second


def at_the_desk(page: Page) -> None:
    staff = official("phu-trach", role="supervisor")
    staff.set_password(PASSWORD)
    staff.save()
    page.goto("/desk/sign-in")
    page.get_by_label("Tên đăng nhập").fill("phu-trach")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hàng chờ")).to_be_visible()


def assert_fits(page: Page, screen: dict[str, int]) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


@SCREENS
def test_the_list_the_page_and_the_figures_are_accessible(new_page: OpenPage, screen: dict[str, int]) -> None:
    first, _ = two_published()
    page = new_page(**screen, scripts=True)
    for path in (
        "/phan-anh/",
        "/phan-anh/?tinh-trang=qua-han",
        f"/phan-anh/{first.code}",
        "/phan-anh/du-lieu/",
    ):
        page.goto(path)
        assert_fits(page, screen)


@SCREENS
def test_the_map_shows_points_and_beside_them_what_they_are_and_asks_nobody_else(
    new_page: OpenPage, screen: dict[str, int], address: str
) -> None:
    first, _ = two_published()
    page, asked, said = new_page(**screen), [], []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.on("console", lambda message: said.append(message.text))
    page.goto("/phan-anh/ban-do")
    expect(page.locator("#map .gathered")).to_have_count(2)
    expect(page.locator("#how-many")).to_contain_text("2 phản ánh trong khung bản đồ")
    expect(page.locator("#in-sight")).to_contain_text(first.code)
    assert_fits(page, screen)
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert said == []


def test_the_map_is_worked_by_keys_alone(new_page: OpenPage) -> None:
    first, _ = two_published()
    page = new_page(**DESK)
    page.goto("/phan-anh/ban-do")
    expect(page.locator("#map .gathered")).to_have_count(2)
    page.wait_for_load_state("networkidle")  # the second look, where there is anything
    page.locator('#map .gathered[title^="Đèn đường"]').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/phan-anh/{first.code}$"))


def test_without_scripts_the_map_s_page_leads_by_wards(new_page: OpenPage) -> None:
    first, _ = two_published()
    page = new_page(**PHONE, scripts=False)
    page.goto("/phan-anh/ban-do")
    expect(page.locator("#map")).to_be_hidden()
    page.get_by_role("link", name="Phường Ba Đình").click()
    expect(page.get_by_text(first.code)).to_be_visible()


@SCREENS
def test_an_official_covers_part_of_a_photo_and_publishes(new_page: OpenPage, screen: dict[str, int]) -> None:
    report = taken_in(latitude=21.0367, longitude=105.8341)
    photo(report)
    page = new_page(**screen)
    at_the_desk(page)
    page.goto("/desk/publications/")
    assert_fits(page, screen)
    page.get_by_role("link", name=report.code).click()
    expect(page.locator("mark", has_text="0912 345 678")).to_be_visible()
    assert_fits(page, screen)
    frame = page.locator(".picture")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.7)
    page.mouse.up()
    expect(page.locator(".cover")).to_have_count(1)
    left, top, width, height = map(float, page.get_by_label("Vùng che của ảnh 1").input_value().split(","))
    assert (left, top) == pytest.approx((20, 20), abs=1)
    assert (width, height) == pytest.approx((40, 50), abs=1)
    page.get_by_label("Công khai ảnh 1").check()
    page.get_by_role("button", name="Công khai", exact=True).click()
    expect(page.get_by_text(f"Đã công khai phản ánh {report.code}.")).to_be_visible()
    assert Publication.objects.get().photos.count() == 1


def test_covers_are_typed_and_taken_back_by_keys_alone(new_page: OpenPage) -> None:
    report = taken_in()
    photo(report)
    page = new_page(**DESK)
    at_the_desk(page)
    page.goto(f"/desk/publications/{report.code}")
    typed = page.get_by_label("Vùng che của ảnh 1")
    typed.fill("10,10,20,20 50,50,20,20")
    expect(page.locator(".cover")).to_have_count(2)
    page.get_by_role("button", name="Bỏ vùng che cuối").press("Enter")
    expect(typed).to_have_value("10,10,20,20")
    typed.press("Enter")
    expect(page.get_by_label("Vùng che của ảnh 1")).to_have_value("10,10,20,20")
    assert not Publication.objects.exists()
