"""The chat in a real browser. The test itself plays the assistant; tests/journeys has the real one."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from conversations import changes, outbox
from conversations.messages import Choice, OutboundMessage
from conversations.models import Conversation, Turn
from tests.serving import until
from tests.web.browsers import answer, citation, photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]
FEE = Choice(label="Lệ phí", payload="part:1.001193:fee")


@pytest.fixture(autouse=True)
def _folder(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def said(page: Page, text: str) -> Conversation:
    """Type and send; the conversation that took it in."""
    page.get_by_label("Nội dung tin nhắn").fill(text)
    page.get_by_role("button", name="Gửi", exact=True).click()
    until(lambda: Turn.objects.filter(text=text).exists())
    return Turn.objects.get(text=text).conversation


def replied(conversation: Conversation, text: str, *choices: Choice) -> None:
    """The assistant's answer, as the responder leaves it."""
    Turn.objects.filter(direction=Turn.Direction.IN).update(status=Turn.Status.ANSWERED)
    answer(conversation, text, *choices, citation=citation())
    changes.publish(changes.conversation_topic(conversation.public_id))


def test_a_citizen_types_and_reads_the_answer_with_its_source(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    conversation = said(page, "làm giấy khai sinh cần gì")
    expect(page.locator(".turn.citizen .state")).to_have_text("Đã gửi")
    expect(page.locator("#typing")).to_be_visible()
    replied(conversation, "Giấy chứng sinh và tờ khai.", FEE)
    expect(page.locator(".turn.assistant .text").last).to_have_text("Giấy chứng sinh và tờ khai.")
    expect(page.locator(".source")).to_contain_text("1.001193 · QĐ 3606/QĐ-BTP · cập nhật 12/06/2026")
    expect(page.locator("#typing")).to_be_hidden()


def test_a_tapped_choice_is_sent_and_stays_where_it_was(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    replied(said(page, "khai sinh"), "Anh/chị muốn biết gì?", FEE)
    page.get_by_role("button", name="Lệ phí").click()
    expect(page.locator(".turn.citizen .text").last).to_have_text("Lệ phí")
    until(lambda: Turn.objects.filter(payload__choice=FEE.payload).exists())
    expect(page.get_by_role("button", name="Lệ phí")).to_be_enabled()


TITLES = ("Đăng ký khai sinh có yếu tố nước ngoài tại khu vực biên giới", "Đăng ký lại khai sinh")


def asked_which_one(page: Page) -> None:
    """The assistant asks which of two is meant, one of them with why."""
    conversation = said(page, "khai sinh")
    Turn.objects.filter(direction=Turn.Direction.IN).update(status=Turn.Status.ANSWERED)
    first, second = (Choice(label=title, payload=f"procedure:{n}") for n, title in enumerate(TITLES))
    choices = (
        first,
        replace(second, about="khi bản chính đã mất"),
        Choice(label="Không phải", payload="none"),
    )
    outbox.queue(conversation, OutboundMessage(text="Việc nào ạ?", choices=choices, asks=True))
    changes.publish(changes.conversation_topic(conversation.public_id))
    expect(page.locator(".asks button")).to_have_count(3)


@pytest.mark.parametrize("width", [360, 1440])
def test_choices_that_are_asked_for_stand_once_each_with_its_number(new_page: OpenPage, width: int) -> None:
    page = new_page(width=width, height=740)
    page.goto("/")
    asked_which_one(page)
    expect(page.locator(".asks .number")).to_have_text(["1", "2", "3"])
    expect(page.get_by_text(TITLES[0])).to_have_count(1)
    page.get_by_role("button", name=f"2. {TITLES[1]} – khi bản chính đã mất").click()
    expect(page.locator(".turn.citizen .text").last).to_have_text(TITLES[1])


def test_choices_are_reached_by_the_keyboard_in_their_order(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    asked_which_one(page)
    page.locator(".asks button").first.focus()
    for number in ("1", "2", "3"):
        assert page.evaluate("document.activeElement.querySelector('.number').textContent") == number
        page.keyboard.press("Tab")


def test_whatever_is_tapped_on_a_phone_is_44_pixels_high(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    asked_which_one(page)
    replied(
        said(page, "lệ phí"), "8.000 đồng.", FEE, Choice(label="Mở Cổng", url="https://dichvucong.gov.vn")
    )
    expect(page.get_by_role("button", name="Lệ phí")).to_be_visible()
    small = page.evaluate(
        """() => [...document.querySelectorAll('.chat button, .choices a')]
            .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 44 || box.width < 44)).map(([name]) => name)"""
    )
    assert small == []


def test_a_typical_question_needs_one_tap(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    page.get_by_role("button", name="Đăng ký kết hôn nộp ở đâu?").click()
    until(lambda: Turn.objects.filter(text="Đăng ký kết hôn nộp ở đâu?").exists())
    expect(page.locator("#starters")).to_have_count(0)


def test_a_photo_is_sent_and_seen(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    data = photograph(size=(2400, 1600))
    page.locator("#photo-file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": data})
    image = page.locator(".turn[data-id] .photo img")
    expect(image).to_be_visible()
    until(lambda: image.evaluate("image => image.naturalWidth") > 0)


def test_photos_chosen_together_are_sent_in_order_as_one_album(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    files: list[FilePayload] = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": photograph(size=(100 + n, 100))}
        for n in range(3)
    ]
    wrong: FilePayload = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    page.locator("#photo-file").set_input_files([files[0], wrong, *files[1:]])
    until(lambda: Turn.objects.count() == 3)
    assert len({turn.payload["group"] for turn in Turn.objects.all()}) == 1
    expect(page.get_by_role("alert")).to_contain_text("JPG, PNG hoặc WebP")


def test_what_is_no_photo_is_refused_before_it_is_sent(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    page.locator("#photo-file").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    expect(page.get_by_role("alert")).to_contain_text("JPG, PNG hoặc WebP")


def test_a_shared_position_is_sent(new_page: OpenPage) -> None:
    page = new_page()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 21.03, "longitude": 105.85})
    page.goto("/")
    page.get_by_role("button", name="Vị trí").click()
    until(lambda: Turn.objects.filter(kind="position").exists())
    assert Turn.objects.get().payload["position"] == {"latitude": 21.03, "longitude": 105.85}


def test_a_position_the_citizen_keeps_is_asked_for_in_words(new_page: OpenPage) -> None:
    page = new_page()
    page.context.clear_permissions()
    page.goto("/")
    page.get_by_role("button", name="Vị trí").click()
    expect(page.get_by_role("alert")).to_contain_text("gõ địa chỉ")


def test_a_message_that_met_no_network_is_sent_once_when_there_is_one(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    page.context.set_offline(True)
    page.get_by_label("Nội dung tin nhắn").fill("làm khai sinh ở đâu")
    page.get_by_label("Nội dung tin nhắn").press("Enter")
    expect(page.locator(".turn.unsent")).to_contain_text("Chưa gửi được")
    expect(page.get_by_role("button", name="Gửi lại")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".turn.citizen .state")).to_have_text("Đã gửi")
    assert Turn.objects.count() == 1


def test_a_message_whose_receipt_was_lost_is_not_said_twice(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    page.route("**/chat/messages", _lose_the_receipt, times=1)
    page.get_by_label("Nội dung tin nhắn").fill("làm khai sinh ở đâu")
    page.get_by_label("Nội dung tin nhắn").press("Enter")
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.locator(".turn.citizen .state")).to_have_text("Đã gửi")
    expect(page.locator(".turn.citizen")).to_have_count(1)
    assert Turn.objects.count() == 1


def _lose_the_receipt(route: Route) -> None:
    route.fetch()
    route.abort()


def test_an_answer_that_overtakes_the_receipt_ends_the_waiting(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    replied(said(page, "chào"), "Chào anh/chị.")
    expect(page.get_by_text("Chào anh/chị.", exact=True)).to_be_visible()
    page.route("**/chat/messages", _answer_before_the_receipt, times=1)
    page.get_by_label("Nội dung tin nhắn").fill("làm khai sinh ở đâu")
    page.get_by_label("Nội dung tin nhắn").press("Enter")
    expect(page.locator(".turn.citizen .state").last).to_have_text("Đã gửi")
    expect(page.get_by_text("Tại phường.")).to_be_visible()
    expect(page.locator(".turn.citizen")).to_have_count(2)
    expect(page.locator("#typing")).to_be_hidden()


def _answer_before_the_receipt(route: Route) -> None:
    receipt = route.fetch()
    replied(Turn.objects.latest("id").conversation, "Tại phường.")
    time.sleep(0.5)
    route.fulfill(response=receipt)


def test_two_tabs_show_the_same_talk(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    said(page, "câu một")
    other = page.context.new_page()
    other.goto("/")
    said(other, "câu hai")
    expect(page.locator(".turn.citizen .text")).to_have_text(["câu một", "câu hai"])


def test_what_was_said_is_there_after_a_reload(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    replied(said(page, "khai sinh"), "Giấy chứng sinh.")
    page.reload()
    expect(page.locator(".turn .text")).to_contain_text(["khai sinh", "Giấy chứng sinh."])


def test_letters_of_html_are_letters(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    text = "<img src=x onerror=\"document.title='bad'\"> <b>đậm</b>"
    replied(said(page, text), text)
    expect(page.locator(".turn .text").last).to_have_text(text)
    assert page.locator(".turn .text .line *").count() == 0
    assert "bad" not in page.title()


def test_without_scripts_one_asks_chooses_and_sends_a_photo(new_page: OpenPage) -> None:
    page = new_page(width=360, height=740, scripts=False)
    page.goto("/")
    replied(said(page, "khai sinh cần gì"), "Anh/chị muốn biết gì?", FEE)
    page.goto("/")
    page.get_by_role("button", name="Lệ phí").click()
    expect(page.locator(".turn.citizen .text").last).to_have_text("Lệ phí")
    page.get_by_label("Gửi ảnh:").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    page.get_by_role("button", name="Gửi ảnh", exact=True).click()
    expect(page.locator(".turn .photo img")).to_be_visible()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_nothing_is_wider_than_the_screen(new_page: OpenPage, width: int) -> None:
    page = new_page(width=width, height=640)
    page.goto("/")
    long_label = Choice(label="Cấp giấy chứng nhận quyền sử dụng đất lần đầu " * 3, payload="part:1:fee")
    replied(said(page, "x" * 300), "https://" + "a" * 300 + " nội dung " * 20, FEE, long_label)
    expect(page.get_by_role("button", name=re.compile("Cấp giấy"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_can_be_reached_and_done_with_the_keyboard(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Đến ô soạn tin")
    page.keyboard.press("Enter")
    page.keyboard.type("hỏi bằng bàn phím")
    page.keyboard.press("Enter")
    until(lambda: Turn.objects.filter(text="hỏi bằng bàn phím").exists())
    expect(page.get_by_label("Nội dung tin nhắn")).to_be_focused()
    expect(page.get_by_label("Nội dung tin nhắn")).to_have_value("")


def test_a_screen_reader_is_told_of_new_turns_and_of_problems(new_page: OpenPage) -> None:
    page = new_page()
    page.goto("/")
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    replied(said(page, "khai sinh"), "Giấy chứng sinh.")
    expect(log.get_by_text("Giấy chứng sinh.")).to_be_visible()
    expect(log.get_by_text("Trợ lý ảo", exact=True).last).to_be_visible()
