"""A supervisor moves a case while an official writes in it: the page says so, and keeps the words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from casework import cases
from casework.models import Case
from office.models import Staff
from office.units import contact_team
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_desk import NewPage, official_with_password, sign_in, waiting_case
from tests.casework.people import official, ward

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Chào chị Mai, chị mang giấy chứng sinh đến."
NOTE = "Chị Mai nói chiều mai mới có giấy gốc"
GONE = "Anh/chị không còn xem được hồ sơ này"


def written(page: Page, name: str = "lan") -> Case:
    """A case of a ward, in which this person of the ward is writing."""
    lan, case = official_with_password(name), waiting_case()
    lan.units.set([ward()])
    move(case, lan)
    cases.claim(case, lan)
    sign_in(page, name)
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#reply").fill(WORDS)
    page.locator("summary", has_text="Ghi chú nội bộ").click()
    page.locator("#note-text").fill(NOTE)
    return case


def move(case: Case, to: Staff) -> None:
    boss = Staff.objects.filter(username="boss").first() or official("boss", role=Staff.Role.ADMINISTRATOR)
    cases.transfer(case, boss, to.units.get(), reason="Nhầm phường")


@pytest.mark.parametrize("width", [360, 1440])
def test_the_page_says_that_the_case_went_and_keeps_what_is_typed(new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    case = written(page)
    move(case, official("minh", ward("Phường Tây Hồ")))
    notice = page.get_by_role("alert").filter(has_text=GONE)
    expect(notice).to_be_in_viewport()
    expect(page.locator("#note-text")).to_have_value(NOTE)
    page.locator("#reply").press_sequentially(" Xin cảm ơn.")
    expect(page.locator("#reply")).to_have_value(f"{WORDS} Xin cảm ơn.")
    expect(notice).to_have_count(1)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Gửi", exact=False).first.click()
    expect(page.get_by_role("heading", name=f"Anh/chị không xem được hồ sơ {case.number}")).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"{WORDS} Xin cảm ơn.")
    expect(page.locator("main")).to_contain_text(NOTE)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_draft_that_cannot_be_kept_is_told_while_it_is_written(new_page: NewPage) -> None:
    page = new_page()
    case = written(page)
    page.evaluate("document.getElementById('live').remove()")
    move(case, official("minh", ward("Phường Tây Hồ")))
    page.locator("#reply").press_sequentially(" Xin cảm ơn.")
    expect(page.get_by_role("alert").filter(has_text=GONE)).to_be_visible()


def test_what_the_page_says_goes_when_the_case_is_back(new_page: NewPage) -> None:
    page = new_page()
    case = written(page)
    move(case, official("minh", ward("Phường Tây Hồ")))
    expect(page.get_by_role("alert").filter(has_text=GONE)).to_be_visible()
    boss = Staff.objects.get(username="boss")
    cases.transfer(case, boss, contact_team(), reason="Trả lại")
    page.evaluate("htmx.trigger(document.body, 'desk-changed')")
    expect(page.get_by_role("alert").filter(has_text=GONE)).to_have_count(0)
    expect(page.locator("#reply")).to_have_value(WORDS)
