"""The session ends while an official writes: signed in again, all the words are where they were."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from casework.models import Case, CaseNote
from office import sessions
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_desk import PASSWORD, NewPage, official_with_password, sign_in, waiting_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Chị Mai nói chiều mai mới có giấy gốc"


def write_note(page: Page, case: Case) -> None:
    page.goto(f"/desk/cases/{case.number}")
    page.locator("summary", has_text="Ghi chú nội bộ").click()
    page.locator("#note-text").fill(WORDS)


def save_note(page: Page) -> None:
    page.get_by_role("button", name="Lưu ghi chú").click()


def sign_in_again(page: Page) -> None:
    expect(page.get_by_text("còn được giữ một giờ")).to_be_visible()
    page.get_by_label("Tên đăng nhập").fill("ha")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1440, True), (1440, False)])
def test_a_note_comes_back_into_its_box_after_signing_in(
    new_page: NewPage, width: int, scripts: bool
) -> None:
    ha, case = official_with_password("ha"), waiting_case()
    page = new_page(width=width, scripts=scripts)
    sign_in(page, "ha")
    write_note(page, case)
    sessions.end_all(ha)
    save_note(page)
    sign_in_again(page)
    expect(page.get_by_role("alert").filter(has_text="Chưa gửi được: phiên đã hết.")).to_be_visible()
    expect(page.locator("#note-text")).to_be_visible()
    expect(page.locator("#note-text")).to_have_value(WORDS)
    if scripts:
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    save_note(page)
    expect(page.get_by_text("phiên đã hết")).to_have_count(0)
    expect(page.locator("main")).to_contain_text(WORDS)
    assert CaseNote.objects.get().text == WORDS


def test_a_page_in_which_somebody_writes_stays_when_its_refresh_finds_no_session(new_page: NewPage) -> None:
    ha, case = official_with_password("ha"), waiting_case()
    page = new_page()
    sign_in(page, "ha")
    write_note(page, case)
    sessions.end_all(ha)
    page.evaluate("htmx.trigger(document.body, 'desk-changed')")
    expect(page.get_by_role("alert").filter(has_text="Phiên đã hết. Anh/chị cứ viết tiếp")).to_be_visible()
    expect(page.locator("#note-text")).to_have_value(WORDS)
    save_note(page)
    sign_in_again(page)
    expect(page.locator("#note-text")).to_have_value(WORDS)


def test_a_page_in_which_nobody_writes_goes_to_the_door(new_page: NewPage) -> None:
    ha, case = official_with_password("ha"), waiting_case()
    page = new_page()
    sign_in(page, "ha")
    page.goto(f"/desk/cases/{case.number}")
    sessions.end_all(ha)
    page.evaluate("htmx.trigger(document.body, 'desk-changed')")
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
