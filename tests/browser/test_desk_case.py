"""The page of a case in a real browser: notes, templates, a part quoted, an appointment; wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework import case_notes, cases, labels, reply_templates
from casework.models import Appointment, Case, CaseNote
from conversations import changes, outbox
from conversations.models import Turn
from office.calendar_days import working_calendar
from office.models import ServicePoint, Staff
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_desk import official_with_password, sign_in, waiting_case, write
from tests.knowledge_base.search_base import BIRTH, CONTENTS
from tests.web.conftest import PutOut, put_out
from tests.web.test_desk_reasons import answered

__all__ = ["put_out"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NewPage = Callable[..., Page]


def at_my_case(page: Page) -> Case:
    """The page of a case that Hà has just claimed."""
    ha = official_with_password("ha")
    case = waiting_case()
    assert cases.claim(case, ha)
    sign_in(page, "ha")
    page.goto(f"/desk/cases/{case.number}")
    return case


def last_reply(case: Case) -> Turn:
    turn = case.conversation.turns.filter(author="official").last()
    assert turn is not None
    return turn


def test_a_part_is_found_read_and_sent_word_for_word(new_page: NewPage, put_out: PutOut) -> None:
    put_out(CONTENTS)
    page = new_page()
    case = at_my_case(page)
    page.get_by_role("textbox", name="Trả lời người dân").fill("Lệ phí như sau ạ:")
    page.get_by_text("Trích quy định", exact=True).click()
    page.get_by_role("searchbox", name="Tìm như người dân hỏi").fill("đăng ký khai sinh")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Phí, lệ phí của {BIRTH.title}", exact=True).click()
    quoted = page.get_by_role("figure", name="Phần trích gửi kèm")
    expect(quoted).to_contain_text(BIRTH.title)
    expect(page.get_by_role("textbox", name="Trả lời người dân")).to_have_value("Lệ phí như sau ạ:")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_role("log")).to_contain_text("Lệ phí như sau ạ:")
    message = outbox.message_of(last_reply(case))
    assert message.quoted is not None
    assert message.quoted.code == BIRTH.code


def test_a_template_is_chosen_by_a_slash_and_sent_by_keyboard(new_page: NewPage) -> None:
    reply_templates.load_starter()
    page = new_page()
    case = at_my_case(page)
    page.keyboard.press("r")
    page.keyboard.type("/lau")
    offered = page.locator(".offered").get_by_role("option")
    expect(offered).to_have_count(1)
    if offered.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    words = page.get_by_role("textbox", name="Trả lời người dân")
    expect(words).to_have_value(re.compile("Xin lỗi Chị Mai"))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("log")).to_contain_text("Xin lỗi Chị Mai")
    assert last_reply(case).text.startswith("Xin lỗi Chị Mai")


def test_a_colleague_is_named_in_a_note_by_keyboard(new_page: NewPage) -> None:
    official_with_password("minh")
    page = new_page()
    at_my_case(page)
    page.keyboard.press("n")
    page.keyboard.type("Nhờ @mi")
    page.get_by_role("option", name=re.compile("@minh")).click()
    page.get_by_role("button", name="Lưu ghi chú").click()
    expect(page.get_by_role("log")).to_contain_text("Nhờ @minh")
    assert CaseNote.objects.get().mentions.get().staff.username == "minh"


def test_why_unfolds_below_an_answer_and_stays_when_the_citizen_writes(
    new_page: NewPage, put_out: PutOut
) -> None:
    put_out(CONTENTS)
    page = new_page()
    case = at_my_case(page)
    answered(case)
    page.reload()
    page.get_by_text("Vì sao trả lời thế này").click()
    expect(page.get_by_text("Đã trích", exact=True)).to_be_visible()
    write(case.conversation, "Còn câu này nữa")
    changes.publish(changes.conversation_topic(case.conversation.public_id))
    expect(page.get_by_role("log")).to_contain_text("Còn câu này nữa")
    expect(page.get_by_text("Đã trích", exact=True)).to_be_visible()


def test_an_appointment_is_made_and_shown(new_page: NewPage) -> None:
    ServicePoint.objects.create(code="ba-dinh", kind="ward", name="Điểm Ba Đình", source="thử")
    page = new_page(width=360)
    at_my_case(page)
    page.get_by_text("Hẹn người dân").click()
    page.get_by_label("Nơi hẹn").select_option("Điểm Ba Đình")
    page.get_by_label("Ngày", exact=True).fill(next_working_day())
    page.get_by_label("Giờ", exact=True).fill("09:00")
    page.get_by_label("Giấy tờ mang theo").fill("căn cước")
    page.get_by_role("button", name="Hẹn", exact=True).click()
    expect(page.get_by_role("complementary")).to_contain_text("Điểm Ba Đình")
    assert Appointment.objects.get().papers == "căn cước"


def next_working_day() -> str:
    return working_calendar().from_day(timezone.localdate() + timedelta(days=2)).isoformat()


@pytest.mark.parametrize("width", [1440, 360])
def test_everything_unfolded_is_accessible_and_holds_the_width(
    new_page: NewPage, put_out: PutOut, width: int
) -> None:
    put_out(CONTENTS)
    reply_templates.load_starter()
    chief = official_with_password("truong", role=Staff.Role.SUPERVISOR)
    label = labels.make("Hẹn quầy", chief)
    page = new_page(width=width)
    case = at_my_case(page)
    answered(case)
    labels.put_on(case, label.pk, chief)
    labels.make("Chờ công an", chief)
    case_notes.add_note(case, chief, "Nhờ @ha gọi lại cho chị Mai trước 16 giờ")
    page.reload()
    page.get_by_text("Trích quy định", exact=True).click()
    page.get_by_role("searchbox", name="Tìm như người dân hỏi").fill("khai sinh")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Giấy tờ cần nộp của {BIRTH.title}", exact=True).click()
    expect(page.get_by_role("figure", name="Phần trích gửi kèm")).to_be_visible()
    page.get_by_text("Vì sao trả lời thế này").click()
    expect(page.get_by_text("Đã trích", exact=True)).to_be_visible()
    for fold in ("Ghi chú nội bộ", "Hẹn người dân", "Trích quy định"):
        page.locator("summary", has_text=fold).first.click()
    assert_accessible(page, within="main")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/desk/mentions/", "/desk/labels/", "/desk/reply-templates/"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_around_a_case_are_accessible_and_hold_the_width(
    new_page: NewPage, path: str, width: int
) -> None:
    reply_templates.load_starter()
    chief = official_with_password("truong", role=Staff.Role.SUPERVISOR)
    ha = official_with_password("ha")
    labels.make("Hẹn quầy", chief)
    case_notes.add_note(waiting_case(), ha, "Nhờ @truong xem giúp")
    page = new_page(width=width)
    sign_in(page, "truong")
    page.goto(path)
    assert_accessible(page, within="main")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
