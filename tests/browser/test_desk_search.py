"""Search, the register and paper in a browser: found by typing, read by everybody, at both widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from casework.models import Case
from conversations.models import Turn
from office.models import Staff
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_desk_by_keyboard import desk
from tests.web.test_desk import filed

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_slash_leads_to_the_box_and_a_hit_to_its_turn(desk: Page) -> None:
    case = Case.objects.earliest("id")
    kept = {"conversation": case.conversation, "direction": "in", "status": "answered", "author": "citizen"}
    turns = [Turn.objects.create(text=f"câu {number} về sổ đỏ", **kept) for number in range(120)]
    desk.keyboard.press("/")
    expect(desk.get_by_role("heading", name="Tìm", exact=True)).to_be_visible()
    desk.keyboard.type("cau 7 so do")
    desk.keyboard.press("Enter")
    desk.get_by_role("link", name=case.number).last.click()
    expect(desk.locator(f"#turn-{turns[7].pk}")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1440])
def test_search_register_and_paper_are_accessible(desk: Page, width: int) -> None:
    Staff.objects.update(role=Staff.Role.ADMINISTRATOR)
    case, report = Case.objects.earliest("id"), filed(text="Đèn đường trước nhà đăng ký khai sinh tắt")
    desk.set_viewport_size({"width": width, "height": 800})
    for address in (
        "/desk/search?q=khai+sinh&state=open",
        "/desk/audit/",
        f"/desk/cases/{case.number}/file",
        f"/desk/reports/{report.code}/file",
    ):
        desk.goto(address)
        assert_accessible(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_two_files_of_the_register_are_taken_out_one_after_the_other(desk: Page) -> None:
    Staff.objects.update(role=Staff.Role.ADMINISTRATOR)
    desk.goto("/desk/audit/")
    for name in ("Tệp Excel (.xlsx)", "Tệp CSV"):
        with desk.expect_download() as taken:
            desk.get_by_role("button", name=name).click()
        assert taken.value.suggested_filename.startswith("so-ghi-")
