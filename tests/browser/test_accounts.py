"""Accounts in a real browser: an invited person comes in, sets up the second factor, and signs in by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from office.models import Staff
from tests.browser.test_desk import official_with_password, sign_in
from tests.casework.people import ward
from tests.office.test_second_factor import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "sáng nào cũng tưới cây"
NewPage = Callable[..., Page]


def holds(page: Page) -> None:
    """The page is accessible, and as wide as a telephone."""
    violations: list[Any] = Axe().run(page).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1440, "height": 900})


def come_in(page: Page, name: str) -> None:
    page.goto("/desk/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_invited_person_comes_in_and_next_time_by_two_factors(new_page: NewPage, scripts: bool) -> None:
    ward("Phường Láng")
    official_with_password("quantri", role=Staff.Role.ADMINISTRATOR)
    desk, hoa = new_page(), new_page(scripts=scripts)
    sign_in(desk, "quantri")
    desk.goto("/desk/staff/")
    desk.get_by_label("Tên đăng nhập").fill("hoa.nt")
    desk.get_by_label("Phường Láng").check()
    desk.get_by_role("button", name="Tạo liên kết mời").click()
    holds(desk)
    link = desk.get_by_label("Liên kết", exact=True).input_value()
    hoa.goto(re.sub(r"^https?://[^/]+", "", link))
    hoa.get_by_label("Họ và tên đệm").fill("Nguyễn Thị")
    hoa.get_by_label("Tên", exact=True).fill("Hoa")
    hoa.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    hoa.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    if scripts:
        holds(hoa)
    hoa.get_by_role("button", name="Đặt mật khẩu").click()
    come_in(hoa, "hoa.nt")
    hoa.goto("/desk/account/second-factor")
    hoa.get_by_label("Sáu chữ số").fill(code_of(Staff.objects.get(username="hoa.nt")))
    hoa.get_by_role("button", name="Bật xác thực hai bước").click()
    backup = hoa.locator("#codes li").first.inner_text()
    again = new_page(scripts=scripts)
    come_in(again, "hoa.nt")
    if scripts:
        holds(again)
    again.get_by_label("Mã xác thực").fill(backup)
    again.get_by_role("button", name="Tiếp tục").click()
    expect(again.get_by_role("heading", name="Hàng chờ", exact=True)).to_be_visible()
    again.goto("/desk/account/")
    expect(again.get_by_text("Còn 9 mã dự phòng")).to_be_visible()
    again.get_by_role("button", name="Kết thúc mọi phiên khác").click()
    hoa.goto("/desk/account/")
    expect(hoa.get_by_role("button", name="Đăng nhập")).to_be_visible()
