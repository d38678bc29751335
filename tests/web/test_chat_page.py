"""The page without JavaScript: everything is a plain form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import cases
from casework.models import Case
from conversations import ownership
from conversations.messages import Choice
from conversations.models import Conversation
from tests.casework.people import official
from tests.web.browsers import Browser, answer, official_answer, photograph
from web.public import chat, chat_page, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_answers_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker runs in these tests: do not wait for one."""
    monkeypatch.setattr(chat, "PATIENCE", 0.0)


def posted_form(browser: Browser, **fields: str) -> object:
    event_id = re.search(r'name="event_id" value="([^"]+)"', browser.page())
    assert event_id
    return browser.client.post("/chat/messages", {"event_id": event_id[1], **fields}, follow=True)


def test_the_first_page_says_that_it_is_a_machine_and_what_it_never_asks_for() -> None:
    page = Browser().page()
    assert "trợ lý ảo, máy trả lời tự động" in page
    assert "không bao giờ hỏi mã OTP, mật khẩu, tiền, ảnh giấy tờ tuỳ thân" in page


def test_a_plain_form_leads_back_to_the_page_with_what_was_said() -> None:
    browser = Browser()
    response = posted_form(browser, text="làm khai sinh ở đâu")
    assert response.redirect_chain == [("/#cuoi", 302)]  # type: ignore[attr-defined]
    assert "làm khai sinh ở đâu" in browser.page()


def test_a_typical_question_is_asked_by_its_button() -> None:
    browser = Browser()
    posted_form(browser, question=words.QUESTIONS[0], text="")
    assert browser.turns()[0]["text"] == words.QUESTIONS[0]


def test_a_choice_works_as_a_form() -> None:
    browser = Browser()
    answer(browser.say("chào"), "?", Choice(label="Lệ phí", payload="part:1.001193:fee"))
    assert 'name="choice" value="part:1.001193:fee"' in browser.page()
    posted_form(browser, choice="part:1.001193:fee", text="")
    assert browser.turns()[-1]["text"] == "Lệ phí"


def test_a_photo_works_as_a_form() -> None:
    browser = Browser()
    form = {"event_id": "0123456789abcdef", "photo": SimpleUploadedFile("a.jpg", photograph())}
    assert browser.client.post("/chat/photos", form).status_code == 302
    assert "/chat/attachments/" in browser.page()


def test_a_refused_text_comes_back_with_the_reason_and_is_not_lost() -> None:
    browser = Browser()
    response = browser.client.post("/chat/messages", {"event_id": "0123456789abcdef", "text": "x" * 10_001})
    page = response.content.decode()
    assert response.status_code == 413
    assert "10.000 ký tự" in page
    assert "x" * 10_000 in page


def test_only_the_newest_turns_are_on_the_page_and_older_ones_are_a_link_away() -> None:
    browser = Browser()
    conversation = browser.say("tin đầu tiên")
    for number in range(chat_page.TURNS_ON_A_PAGE):
        answer(conversation, f"trả lời số {number}.")
    page = browser.page()
    assert "tin đầu tiên" not in page
    older = re.search(r'href="(\?before=\d+)"', page)
    assert older
    assert "tin đầu tiên" in browser.client.get("/" + older[1]).content.decode()


def test_the_first_page_weighs_less_than_a_hundred_kilobytes_with_a_full_transcript() -> None:
    browser = Browser()
    conversation = browser.say("chào")
    choices = [Choice(label=f"Phần {n}", payload=f"part:1.001193:{n}") for n in range(6)]
    for _ in range(chat_page.TURNS_ON_A_PAGE):
        answer(conversation, "Nội dung một phần của thủ tục. " * 20, *choices)
    transferred = len(browser.client.get("/", headers={"Accept-Encoding": "gzip"}).content)
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', browser.page())
    assert len(files) > 10
    assert transferred + sum(Path(finders.find(name)).stat().st_size for name in files) < 100_000


def test_who_waits_is_told_the_place_in_the_queue_and_may_leave_it() -> None:
    first, second = Browser(), Browser()
    for browser in (first, second):
        cases.open_case(browser.say("gặp cán bộ"), reason=Case.Reason.ASKED, summary="")
    assert "Đang chờ cán bộ, số thứ tự 2." in second.page()
    assert 'id="leave" form="say" name="choice" value="back" formnovalidate>' in second.page()


def test_who_talks_to_a_person_reads_which_office_it_is() -> None:
    browser = Browser()
    staff = official("ha")
    case = cases.open_case(browser.say("gặp cán bộ"), reason=Case.Reason.ASKED, summary="")
    assert cases.claim(case, staff)
    label = f"Cán bộ – {staff.units.get().name}"
    assert f"Đang trao đổi với {label}" in browser.page()
    official_answer(Conversation.objects.get(), "Chào anh/chị.", staff)
    assert browser.turns()[-1]["label"] == label
    assert browser.turns()[-1]["author"] == "official"


def test_the_name_of_the_official_is_not_shown() -> None:
    browser = Browser()
    staff = official("bichngoc")
    conversation = browser.say("gặp cán bộ")
    ownership.hand_to_staff(conversation, staff)
    official_answer(conversation, "Chào anh/chị.", staff)
    assert "bichngoc" not in browser.page().lower()


def test_no_copy_of_the_page_is_kept_by_browser_or_proxy() -> None:
    assert "no-store" in Browser().client.get("/")["Cache-Control"]


def test_nothing_from_elsewhere_can_run_on_the_page() -> None:
    policy = Browser().client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("number", ["x", "-1", "9" * 40, "1e3", "٣", "0x10"])
def test_a_number_that_is_none_is_taken_as_the_beginning(number: str) -> None:
    browser = Browser()
    browser.say("chào")
    assert browser.client.get("/", {"before": number}).status_code == 200
    assert browser.client.get("/chat/turns", {"after": number}).status_code == 200


def test_an_address_that_is_none_leads_back_to_the_chat() -> None:
    response = Browser().client.get("/khong-co")
    assert response.status_code == 404
    assert "Không có trang này" in response.content.decode()


def test_a_form_that_lay_open_too_long_says_what_to_do() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/chat/messages", {"event_id": "0123456789abcdef", "text": "chào"})
    assert response.status_code == 403
    assert "mở lại trang rồi gửi lại" in response.content.decode()


def test_a_fault_of_ours_shows_a_sentence_and_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("mật khẩu của máy chủ")

    monkeypatch.setattr(chat_page, "standing_of", broken)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "Hệ thống đang gặp trục trặc" in response.content.decode()
    assert "mật khẩu của máy chủ" not in response.content.decode()
