"""What the desk says of a message's reach, in a real browser: before writing, waiting, gone out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bot.delivery import deliver_next
from bot.intake import receive
from casework import cases
from casework.models import Case
from conversations.models import Conversation
from tests.bot.office import RecordingChannel, message
from tests.browser.test_desk import official_with_password, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def deliver_all() -> None:
    channel = RecordingChannel(name="zalo")
    while deliver_next(channel):
        pass


@pytest.mark.parametrize("width", [360, 1440])
def test_a_reply_waits_until_the_citizen_writes_and_the_open_page_follows(
    new_page: Callable[..., Page], width: int
) -> None:
    ha = official_with_password("ha")
    receive(message("số tôi 0912 345 678", channel="zalo", sender_name="Chị Mai"))
    Conversation.objects.update(last_interaction_at=timezone.now() - timedelta(days=8))
    case = cases.open_case(Conversation.objects.get(), reason=Case.Reason.ASKED, summary="Khai sinh")
    cases.claim(case, ha)
    page = new_page(width=width)
    sign_in(page, "ha")
    page.goto(f"/desk/cases/{case.number}")
    foretold = page.locator("#prospect")
    expect(foretold).to_contain_text("Zalo không cho nhắn trước nữa")
    expect(foretold.get_by_role("link", name="0912345678")).to_have_attribute("href", "tel:0912345678")
    page.get_by_role("textbox", name="Trả lời người dân").fill("Chị mang giấy chứng sinh nhé.")
    page.get_by_role("button", name="Gửi trả lời").click()
    deliver_all()
    reply = page.locator(".turn.official").last
    expect(reply).to_contain_text("Chờ người dân nhắn lại")
    receive(message("alo", channel="zalo"))
    deliver_all()
    expect(foretold).to_contain_text("không mất phí đến")
    expect(reply).to_contain_text("Đã gửi")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
