"""The acts on a case in a real browser: a reply taken back, a draft kept, forms that hold on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework import cases, drafts, viewings
from casework.models import Case
from conversations.models import Turn
from office import live_settings
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_desk import NewPage, official_with_password, sign_in, waiting_case
from tests.casework.people import official, ward

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def held_case(new_page: NewPage, *, scripts: bool = True) -> Page:
    """The page of a case before the official "ha", who has it."""
    case = waiting_case()
    cases.claim(case, official_with_password("ha"))
    page = new_page(scripts=scripts)
    sign_in(page, "ha")
    page.goto(f"/desk/cases/{case.number}")
    return page


def test_a_reply_is_taken_back_in_time_and_its_words_are_in_the_composer_again(new_page: NewPage) -> None:
    live_settings.put("cases.undo_seconds", "30", source="Thử", by=None)
    page = held_case(new_page)
    words = page.get_by_role("textbox", name="Trả lời người dân")
    words.fill("Chào anh Nam")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_role("log")).to_contain_text("Gửi sau")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(words).to_have_value("Chào anh Nam")
    assert not Turn.objects.filter(author="official").exists()


def test_what_is_typed_is_there_again_after_the_page_was_left(new_page: NewPage) -> None:
    page = held_case(new_page)
    with page.expect_response(lambda answer: answer.url.endswith("/draft")):
        page.get_by_role("textbox", name="Trả lời người dân").press_sequentially("Chào chị")
    page.reload()
    expect(page.get_by_role("textbox", name="Trả lời người dân")).to_have_value("Chào chị")


@pytest.mark.parametrize("width", [360, 1440])
def test_the_forms_hold_on_a_phone_and_on_a_screen_and_everybody_can_use_them(
    new_page: NewPage, width: int
) -> None:
    ha, minh = official_with_password("ha"), official("minh")
    official("lan", ward("Phường Tây Hồ"))
    case = waiting_case()
    cases.claim(case, minh)
    drafts.save(case, minh, "Chào chị, tôi đang tìm")
    Case.objects.update(lease_until=timezone.now() - timedelta(minutes=1))
    page = new_page(width=width)
    sign_in(page, "ha")
    page.goto(f"/desk/cases/{case.number}")
    page.get_by_role("button", name="Nhận thay").click()
    viewings.note(case, minh, writes=True)
    page.goto(f"/desk/cases/{case.number}")
    expect(page.get_by_text("đang soạn trả lời")).to_be_visible()
    for fold in ("Chuyển đơn vị, giao đồng nghiệp", "Hẹn xem lại", "Gộp vào hồ sơ khác", "Đóng hồ sơ"):
        page.locator("#case-acts summary", has_text=fold).click()
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    case.refresh_from_db()
    assert case.claimed_by == ha


def test_without_scripts_a_note_is_saved_and_the_words_to_the_citizen_stay_in_their_box(
    new_page: NewPage,
) -> None:
    page = held_case(new_page, scripts=False)
    words = page.get_by_role("textbox", name="Trả lời người dân")
    words.fill("Chào anh Nam, hồ sơ của anh")
    page.locator("summary", has_text="Ghi chú nội bộ").click()
    page.get_by_role("textbox", name="Ghi chú", exact=True).fill("Đã gọi công an phường")
    page.get_by_role("button", name="Lưu ghi chú").click()
    expect(page.get_by_role("log")).to_contain_text("Đã gọi công an phường")
    expect(words).to_have_value("Chào anh Nam, hồ sơ của anh")
    page.get_by_label("Kết quả khác hoặc ghi chú").fill("Hẹn thứ Hai")
    page.get_by_label("Kết quả khác hoặc ghi chú").press("Enter")
    expect(page.get_by_text("Chưa làm gì cả")).to_be_visible()
    expect(page.get_by_label("Kết quả khác hoặc ghi chú")).to_have_value("Hẹn thứ Hai")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_role("log")).to_contain_text("hồ sơ của anh")
    expect(words).to_have_value("")


def test_enter_presses_the_button_of_the_act_one_is_in(new_page: NewPage) -> None:
    page = held_case(new_page)
    page.locator("summary", has_text="Ghi chú nội bộ").click()
    note = page.get_by_role("textbox", name="Ghi chú", exact=True)
    note.fill("Đã gọi công an phường")
    note.press("Control+Enter")
    expect(page.get_by_role("log")).to_contain_text("Đã gọi công an phường")
    note = page.get_by_label("Kết quả khác hoặc ghi chú")
    note.fill("Hẹn thứ Hai")
    with page.expect_navigation(url="**/desk/"):
        note.press("Enter")
    case = Case.objects.get()
    assert (case.state, case.outcome) == (Case.State.CLOSED, "Hẹn thứ Hai")
    assert not Turn.objects.filter(author="official").exists()


@pytest.mark.parametrize("width", [360, 1440])
def test_a_note_that_is_not_saved_stands_in_its_open_box_after_another_act(
    new_page: NewPage, width: int
) -> None:
    official_with_password("ha")
    case = waiting_case()
    page = new_page(width=width)
    sign_in(page, "ha")
    page.goto(f"/desk/cases/{case.number}")
    page.locator("summary", has_text="Ghi chú nội bộ").click()
    page.locator("#note-text").fill("Chị Mai nói chiều mai mới có giấy gốc")
    page.locator("#claim").click()
    expect(page.locator("#release, #give-back")).to_be_visible()
    expect(page.locator("#note-text")).to_have_value("Chị Mai nói chiều mai mới có giấy gốc")
    expect(page.get_by_text("Ghi chú này chưa được lưu.")).to_be_visible()
    expect(page.locator("#note-text")).not_to_be_focused()
    assert_accessible(page)
    page.locator("#give-back").click()
    expect(page.get_by_role("alert").filter(has_text="mở lại hồ sơ")).to_be_visible()
