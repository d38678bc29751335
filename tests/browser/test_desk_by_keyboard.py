"""The desk by keyboard: the list behind "?", walking through rows, going to a room, keys that are letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework import cases
from casework.models import Case
from tests.browser.test_accessibility import assert_accessible
from tests.casework.people import citizen, official
from tests.web.test_desk import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]


@pytest.fixture
def desk(new_page: OpenPage) -> Page:
    """Somebody of the central team at the queue, in which two people wait."""
    ha = official("ha")
    ha.set_password(PASSWORD)
    ha.save()
    for summary in ("Hỏi về khai sinh", "Hỏi về thường trú"):
        cases.open_case(citizen(), reason=Case.Reason.ASKED, summary=summary)
    page = new_page()
    page.goto("/desk/sign-in")
    page.get_by_label("Tên đăng nhập").fill("ha")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Hàng chờ", exact=True)).to_be_visible()
    page.wait_for_load_state()  # the keys, too
    return page


def test_a_question_mark_lists_the_keys_and_escape_closes_the_list(desk: Page) -> None:
    listed = desk.get_by_role("dialog", name="Phím tắt")
    desk.keyboard.press("?")
    expect(listed).to_contain_text("Đến phản ánh")
    assert_accessible(desk)
    desk.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    desk.get_by_role("button", name="Phím tắt").click()
    expect(listed).to_be_visible()


def test_j_and_k_walk_through_the_rows_and_enter_opens_one(desk: Page) -> None:
    first, second = Case.objects.order_by("id")
    desk.keyboard.press("j")
    expect(desk.get_by_role("link", name=first.number, exact=True)).to_be_focused()
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    desk.keyboard.press("j")
    expect(desk.get_by_role("link", name=second.number, exact=True)).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name=f"Hồ sơ {second.number}")).to_be_visible()


def test_g_and_a_letter_lead_to_a_room(desk: Page) -> None:
    desk.keyboard.press("g")
    desk.keyboard.press("r")
    expect(desk.get_by_role("heading", name="Phản ánh, kiến nghị")).to_be_visible()
    desk.wait_for_load_state()
    desk.keyboard.press("g")
    desk.keyboard.press("q")
    expect(desk.get_by_role("heading", name="Hàng chờ", exact=True)).to_be_visible()


def test_an_element_is_pressed_by_its_own_key_and_listed_with_what_it_does(desk: Page) -> None:
    desk.evaluate(
        """() => { const own = document.createElement('button'); own.textContent = 'Thử';
            own.dataset.key = 'c'; own.dataset.keySays = 'Nhận hồ sơ';
            own.onclick = () => { document.title = 'đã nhận'; };
            document.querySelector('main').append(own); }"""
    )
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("Nhận hồ sơ")
    desk.keyboard.press("c")
    assert desk.title() != "đã nhận"
    desk.keyboard.press("Escape")
    desk.keyboard.press("c")
    expect(desk).to_have_title("đã nhận")


def test_where_somebody_writes_keys_are_letters_and_they_can_be_turned_off(desk: Page) -> None:
    desk.goto("/desk/reports/")
    desk.get_by_text("Lọc, tìm").click()
    words = desk.get_by_label("Mã, nội dung, địa điểm")
    words.press_sequentially("g q?")
    expect(words).to_have_value("g q?")
    words.blur()
    desk.keyboard.press("?")
    desk.get_by_label("Dùng phím tắt trên máy này").uncheck()
    desk.keyboard.press("Escape")
    desk.reload()
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_be_hidden()
