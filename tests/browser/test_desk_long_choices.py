"""Choosing one of the city's units in a real browser: typed without marks, one meant, or told to say more."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from casework.models import Report
from office.models import Staff, Unit
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_desk import NewPage, official_with_password, sign_in
from tests.browser.test_desk_reports import filed
from tests.casework.people import ward

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WARDS = ("Hoàn Kiếm", "Láng", "Láng Hạ", "Đống Đa", "Kim Liên", *(f"Số {number}" for number in range(20)))


@pytest.fixture
def report() -> Report:
    for name in WARDS:
        ward(f"Phường {name}")
    official_with_password("ha")
    return filed()


def open_forwarding(page: Page, report: Report) -> Locator:
    sign_in(page, "ha")
    page.goto(f"/desk/reports/{report.code}")
    page.locator("summary", has_text="Chuyển đơn vị khác").click()
    page.get_by_label("Lý do chuyển").fill("Đèn do phường quản lý")
    return page.get_by_label("Đơn vị nhận")


def forward(page: Page) -> None:
    page.get_by_role("button", name="Chuyển", exact=True).click()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("dong da", "Đống Đa"), ("Phường Kim Liên", "Kim Liên"), ("lang", "Láng"), ("kiem", "Hoàn Kiếm")],
)
def test_a_unit_is_named_by_a_few_letters_without_marks(
    new_page: NewPage, report: Report, typed: str, meant: str
) -> None:
    page = new_page()
    field = open_forwarding(page, report)
    field.press_sequentially(typed)
    field.blur()
    expect(field).to_have_value(f"Phường {meant}")
    forward(page)
    expect(page.get_by_role("status").first).to_contain_text(f"đến Phường {meant}")
    report.refresh_from_db()
    assert report.unit == Unit.objects.get(name=f"Phường {meant}")


@pytest.mark.parametrize("typed", ["so", "không có nơi này", ""])
def test_what_names_several_or_none_is_not_sent_and_says_so_on_the_page(
    new_page: NewPage, report: Report, typed: str
) -> None:
    page = new_page()
    field = open_forwarding(page, report)
    field.fill(typed)
    forward(page)
    assert field.evaluate("field => !field.checkValidity() && field === document.activeElement")
    assert page.get_by_label("Lý do chuyển").input_value() == "Đèn do phường quản lý"
    report.refresh_from_db()
    assert report.version == 1


def test_a_list_narrowed_to_a_unit_shows_its_name_and_is_widened_by_emptying_it(
    new_page: NewPage, report: Report
) -> None:
    page = new_page()
    sign_in(page, "ha")
    page.goto("/desk/reports/")
    page.locator("summary", has_text="Lọc, tìm").click()
    page.get_by_label("Đơn vị xử lý").fill("hoan kiem")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_label("Đơn vị xử lý")).to_have_value("Phường Hoàn Kiếm")
    expect(page.get_by_role("link", name=report.code)).to_have_count(0)
    page.get_by_label("Đơn vị xử lý").fill("")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("link", name=report.code)).to_be_visible()


def test_of_many_boxes_those_that_say_what_is_typed_stay_and_those_that_are_ticked(
    new_page: NewPage, report: Report
) -> None:
    official_with_password("quantri", role=Staff.Role.ADMINISTRATOR)
    page = new_page(width=360)
    sign_in(page, "quantri")
    page.goto("/desk/staff/")
    page.get_by_label("Phường Láng", exact=True).check()
    page.get_by_role("searchbox", name="Gõ tên, không cần dấu").fill("dong da")
    offered = page.locator(".ticks").get_by_role("checkbox")
    expect(offered).to_have_count(2)
    expect(page.get_by_label("Phường Láng", exact=True)).to_be_checked()
    page.get_by_label("Phường Đống Đa").check()
    page.get_by_role("searchbox", name="Gõ tên, không cần dấu").press("Enter")
    assert_accessible(page)
    page.get_by_role("searchbox", name="Gõ tên, không cần dấu").fill("")
    expect(offered).to_have_count(len(WARDS) + 1)


def test_without_scripts_it_is_the_list_it_always_was(new_page: NewPage, report: Report) -> None:
    page = new_page(scripts=False)
    field = open_forwarding(page, report)
    field.select_option("Phường Láng Hạ")
    forward(page)
    report.refresh_from_db()
    assert report.unit.name == "Phường Láng Hạ"


@pytest.mark.parametrize("width", [360, 1440])
def test_it_fits_and_everybody_can_use_it(new_page: NewPage, report: Report, width: int) -> None:
    page = new_page(width=width)
    open_forwarding(page, report)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
