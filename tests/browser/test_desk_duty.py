"""The page of duties in a real browser: on a phone and on a screen, by hand and by axe."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework import cases
from office import duties
from office.models import Duty, Staff
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_desk import official_with_password, sign_in, waiting_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NewPage = Callable[..., Page]
WIDTHS = (360, 1440)


def looked_at(page: Page, name: str) -> None:
    """Nothing beyond the edge, nothing axe objects to; a picture where one is wanted (DESK_PICTURES)."""
    if folder := os.environ.get("DESK_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


def colleagues() -> None:
    """One on duty with two cases, one away, one planned."""
    people = [official_with_password(name) for name in ("ha", "minh", "thu")]
    for staff in people[:2]:
        duties.go_on(staff, timezone.now())
    week = dict.fromkeys(range(4), "08:00-12:00, 13:00-17:00") | {4: "08:00-12:00"}
    for staff in people:
        duties.set_part(staff, capacity=3, topics=["Hộ tịch", "chieu_sang"], hours=week, by=staff)
    for _ in range(2):
        assert cases.claim(waiting_case(), people[0])
    Duty.objects.filter(staff=people[1]).update(seen_at=timezone.now() - timedelta(minutes=12))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_supervisor_looks_at_the_duties_and_sets_hours(new_page: NewPage, width: int) -> None:
    colleagues()
    official_with_password("lan", role=Staff.Role.SUPERVISOR)
    page = new_page(width=width, height=900)
    sign_in(page, "lan")
    page.get_by_role("button", name="Tôi đang trực").click()
    expect(page.get_by_role("button", name="Tôi đang trực")).to_have_attribute("aria-pressed", "true")
    looked_at(page, f"queue-{width}")
    page.get_by_role("link", name="Ai đang trực").click()
    expect(page.get_by_role("heading", name="Trực", exact=True)).to_be_visible()
    looked_at(page, f"duty-{width}")
    page.get_by_role("link", name="Đặt lịch của Ha").click()
    page.get_by_role("button", name="Điền theo giờ làm việc của cơ quan").click()
    expect(page.get_by_label("Thứ Sáu")).to_have_value("08:00-12:00")
    page.get_by_label("Thứ Bảy").fill("sáng")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("ví dụ 08:00-12:00")
    looked_at(page, f"duty-plan-{width}")
