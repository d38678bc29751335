"""The settings and the working calendar in a browser: by keyboard, on a phone, accessible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework.models import Report
from casework.terms import INTAKE_HOURS
from office.models import CalendarDay, Staff
from tests.browser.test_accessibility import DESK, PHONE, assert_accessible
from tests.browser.test_desk import official_with_password, sign_in
from tests.casework.test_term_recount import filed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]


def _in_width(page: Page, screen: dict[str, int]) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_an_administrator_sets_a_value_by_keyboard(new_page: OpenPage, screen: dict[str, int]) -> None:
    official_with_password("ha", role=Staff.Role.ADMINISTRATOR)
    page = new_page(**screen)
    sign_in(page, "ha")
    page.goto("/desk/settings/")
    row = page.locator("#setting-termsintake_hours")
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    row.get_by_label("Giá trị mới").fill("0")
    row.get_by_label("Nguồn").fill("QĐ 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("từ 1 đến 80")
    assert_accessible(page)
    _in_width(page, screen)
    row.get_by_label("Giá trị mới").fill("6")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Tiếp nhận – 6 giờ làm việc")
    assert INTAKE_HOURS.current() == 6


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_a_day_off_is_tried_before_it_is_saved(new_page: OpenPage, screen: dict[str, int]) -> None:
    official_with_password("ha", role=Staff.Role.ADMINISTRATOR)
    report = filed(Report.State.IN_PROGRESS)
    page = new_page(**screen)
    sign_in(page, "ha")
    page.goto("/desk/calendar/")
    assert_accessible(page)
    page.get_by_label("Ngày", exact=True).fill("2026-12-02")
    page.get_by_label("Nguồn").fill("CV 1")
    page.get_by_role("button", name="Xem trước khi lưu").click()
    expect(page.locator("#trial-result")).to_contain_text(report.code)
    assert_accessible(page)
    _in_width(page, screen)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1 phản ánh")
    assert CalendarDay.objects.get().source == "CV 1"
