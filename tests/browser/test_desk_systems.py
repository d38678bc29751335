"""What officials do for other systems, in a real browser: keys, numbers, sheets; narrow and wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from casework.models import ExternalEntry, Report
from office.models import Staff
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_desk import official_with_password, sign_in
from tests.casework.test_day_sheet import BACK, PHONED, sheet
from tests.web.open311.conftest import filed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NewPage = Callable[..., Page]


@pytest.fixture(params=[360, 1440], ids=["narrow", "wide"])
def desk(new_page: NewPage, request: pytest.FixtureRequest) -> Page:
    """An administrator at the desk."""
    anh = official_with_password("anh")
    Staff.objects.filter(pk=anh.pk).update(role=Staff.Role.ADMINISTRATOR)
    page = new_page(width=request.param)
    sign_in(page, "anh")
    return page


def assert_in_order(page: Page) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_key_is_made_and_revoked(desk: Page) -> None:
    desk.goto("/desk/setup/")
    desk.get_by_role("link", name="Khoá API").click()
    desk.get_by_label("Cấp cho hệ thống nào").fill("iHanoi")
    desk.get_by_role("button", name="Tạo khoá").click()
    expect(desk.get_by_role("heading", name="Khoá của iHanoi")).to_be_visible()
    assert_in_order(desk)
    desk.get_by_role("button", name="Thu hồi khoá của iHanoi").click()
    expect(desk.get_by_text("Đã thu hồi khoá.")).to_be_visible()


def test_a_number_of_another_system_is_entered_by_keyboard(desk: Page) -> None:
    report = filed()
    desk.goto(f"/desk/reports/{report.code}")
    desk.locator("summary", has_text="Ghi số ở hệ thống khác").press("Enter")
    desk.get_by_label("Hệ thống", exact=True).fill("iHanoi")
    desk.get_by_label("Số ở hệ thống ấy").fill("7001")
    assert_in_order(desk)
    desk.get_by_label("Số ở hệ thống ấy").press("Enter")
    expect(desk.get_by_text("Đã ghi: iHanoi, số 7001.")).to_be_visible()


def test_a_filled_sheet_is_looked_at_and_then_taken_in(desk: Page, tmp_path: Path) -> None:
    filled = tmp_path / "filled.xlsx"
    rows = ({"code": filed().code, **BACK}, {**PHONED, "number": "2"}, {**PHONED, "text": ""})
    filled.write_bytes(sheet(*rows).read())
    desk.goto("/desk/reports/")
    desk.get_by_role("link", name="Xuất, nhập bảng tính").click()
    assert_in_order(desk)
    desk.get_by_label("Tệp đã điền").set_input_files(str(filled))
    desk.get_by_role("button", name="Xem trước").click()
    expect(desk.get_by_text("Bị từ chối: 1")).to_be_visible()
    assert_in_order(desk)
    assert not ExternalEntry.objects.exists()
    desk.get_by_role("button", name="Ghi 2 dòng").click()
    expect(desk.get_by_role("heading", name="Đã nhập")).to_be_visible()
    assert (ExternalEntry.objects.count(), Report.objects.count()) == (2, 2)
