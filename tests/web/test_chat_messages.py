"""What a citizen sends from the page: taken in once, or refused with a sentence that helps."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.messages import Choice, MessageKind
from conversations.models import Conversation, Turn
from tests.web.browsers import Browser, answer
from web.public.chat import MESSAGES_A_MINUTE

pytestmark = pytest.mark.django_db


def test_what_a_citizen_says_is_a_received_turn_of_this_browser() -> None:
    browser = Browser()
    browser.say("làm khai sinh ở đâu")
    browser.say("còn lệ phí?")
    assert [turn["text"] for turn in browser.turns()] == ["làm khai sinh ở đâu", "còn lệ phí?"]
    assert Conversation.objects.count() == 1
    assert Turn.objects.filter(status=Turn.Status.RECEIVED).count() == 2


def test_a_page_that_is_only_looked_at_leaves_no_conversation() -> None:
    Browser()
    assert not Conversation.objects.exists()


def test_the_database_does_not_hold_the_key_that_opens_a_conversation() -> None:
    browser = Browser()
    conversation = browser.say("chào")
    token = browser.client.cookies["chat"].value
    assert token not in json.dumps(
        list(Conversation.objects.filter(pk=conversation.pk).values()), default=str
    )


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    cookie = Browser().client.cookies["chat"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_in_production_the_cookie_travels_only_encrypted_and_only_to_this_host(settings: object) -> None:
    settings.SESSION_COOKIE_SECURE = True  # type: ignore[attr-defined]
    cookie = Browser().client.cookies["__Host-chat"]
    assert cookie["secure"]
    assert not cookie["domain"]


def test_the_same_message_sent_again_is_the_same_message() -> None:
    browser = Browser()
    first = browser.post(event_id="0123456789abcdef", text="chào")
    again = browser.post(event_id="0123456789abcdef", text="chào")
    assert first.json()["turn"]["id"] == again.json()["turn"]["id"]
    assert Turn.objects.count() == 1


def test_another_browser_cannot_take_the_id_of_a_message() -> None:
    Browser().post(event_id="0123456789abcdef", text="của tôi")
    stranger = Browser()
    stranger.post(event_id="0123456789abcdef", text="của người khác")
    assert [turn["text"] for turn in stranger.turns()] == ["của người khác"]


def test_browsers_do_not_see_each_other() -> None:
    Browser().say("chuyện riêng")
    assert Browser().turns() == []
    assert "chuyện riêng" not in Browser().page()


def test_an_offered_choice_comes_in_with_its_words() -> None:
    browser = Browser()
    answer(browser.say("chào"), "Anh/chị hỏi gì?", Choice(label="Lệ phí", payload="part:1.001193:fee"))
    browser.post(choice="part:1.001193:fee")
    turn = Turn.objects.latest("id")
    assert (turn.kind, turn.text) == (MessageKind.CHOICE, "Lệ phí")
    assert turn.payload["choice"] == "part:1.001193:fee"


def test_a_choice_of_an_old_turn_can_still_be_tapped() -> None:
    browser = Browser()
    conversation = browser.say("chào")
    answer(conversation, "Đây là…", Choice(label="Thời hạn", payload="part:1.001193:time"))
    for _ in range(5):
        answer(conversation, "chuyện khác")
    assert browser.post(choice="part:1.001193:time").json()["turn"]["text"] == "Thời hạn"


@pytest.mark.parametrize("payload", ["rate:HT-2026-000001:5", "part:1.001193:fee", "<b>", "\x00"])
def test_a_choice_that_was_not_offered_here_is_refused(payload: str) -> None:
    stranger = Browser()
    answer(Browser().say("chào"), "?", Choice(label="Lệ phí", payload="part:1.001193:fee"))
    response = stranger.post(choice=payload)
    assert response.status_code == 409
    assert "gõ câu hỏi" in response.json()["error"]["message"]


@pytest.mark.parametrize("payload", ["report", "staff", "back"])
def test_what_the_page_itself_offers_needs_no_turn(payload: str) -> None:
    assert Browser().post(choice=payload).status_code == 200


def test_a_position_is_taken_in() -> None:
    browser = Browser()
    browser.post(position={"latitude": 21.03, "longitude": 105.85})
    assert Turn.objects.get().payload["position"] == {"latitude": 21.03, "longitude": 105.85}
    assert browser.turns()[0]["text"] == "Vị trí đã chia sẻ"


@pytest.mark.parametrize(
    "position",
    [
        {"latitude": 91, "longitude": 0},
        {"latitude": 1},
        [21, 105],
        "ở đây",
        {"latitude": "x", "longitude": 1},
    ],
)
def test_a_position_nowhere_on_earth_is_refused(position: object) -> None:
    assert Browser().post(position=position).status_code == 400


@pytest.mark.parametrize("number", ["NaN", "1e999", "-Infinity"])
def test_a_position_that_is_no_number_is_refused(number: str) -> None:
    body = f'{{"event_id": "0123456789abcdef", "position": {{"latitude": {number}, "longitude": 1}}}}'
    response = Browser().client.post("/chat/messages", body, content_type="application/json")
    assert response.status_code == 400


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_message_is_answered_with_what_to_do(text: str) -> None:
    response = Browser().post(text=text)
    assert response.status_code == 400
    assert "Gửi" in response.json()["error"]["message"]


def test_ten_thousand_letters_are_taken_in_and_one_more_is_not() -> None:
    assert Browser().post(text="ờ" * 10_000).status_code == 200
    response = Browser().post(text="ờ" * 10_001)
    assert response.status_code == 413
    assert "10.000" in response.json()["error"]["message"]


def test_a_body_of_megabytes_is_refused_with_the_same_sentence() -> None:
    response = Browser().post(text="a" * 2_000_000)
    assert response.status_code == 413
    assert "10.000" in response.json()["error"]["message"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(st.characters(codec=None), min_size=1, max_size=200))
def test_no_text_whatever_leads_to_a_trace(text: str) -> None:
    body = json.dumps({"event_id": secrets.token_hex(8), "text": text})
    response = Client(raise_request_exception=True).post(
        "/chat/messages", body, content_type="application/json"
    )
    assert response.status_code in {200, 400}


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        '"x"',
        "null",
        "[" * 100_000,
        '{"text": "x"}',
        '{"event_id": 5, "text": "x"}',
        '{"event_id": "../../etc", "text": "x"}',
        '{"event_id": "0123456789abcdef", "text": {"a": 1}}',
    ],
)
def test_a_body_that_is_no_message_is_refused_in_vietnamese(body: str) -> None:
    response = Browser().client.post("/chat/messages", body, content_type="application/json")
    assert response.status_code == 400
    assert "Anh/chị" in response.json()["error"]["message"]


def test_html_is_shown_as_the_letters_it_is_made_of() -> None:
    browser = Browser()
    browser.say("<script>alert(1)</script> & <b>đậm</b>")
    assert "<script>alert(1)" not in browser.page()
    assert "&lt;script&gt;alert(1)" in browser.page()
    assert "<b>" not in browser.turns()[0]["html"]


def test_who_sends_too_fast_is_told_to_wait_and_may_send_again_later() -> None:
    browser = Browser()
    for number in range(MESSAGES_A_MINUTE):
        browser.say(f"tin {number}")
    response = browser.post(text="thêm một tin")
    assert response.status_code == 429
    assert "một phút" in response.json()["error"]["message"]
    assert response["Retry-After"] == "60"
    Turn.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert browser.post(text="thêm một tin").status_code == 200


def test_a_repeated_message_is_not_counted_against_the_pace() -> None:
    browser = Browser()
    for _ in range(MESSAGES_A_MINUTE + 5):
        assert browser.post(event_id="0123456789abcdef", text="chào").status_code == 200


def test_another_site_cannot_speak_in_a_citizens_name() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/")
    response = strict.post(
        "/chat/messages", {"event_id": "0123456789abcdef", "text": "x"}, content_type="application/json"
    )
    assert response.status_code == 403
    assert not Turn.objects.exists()


@pytest.mark.parametrize(
    "address", ["/chat/messages", "/chat/photos", "/chat/tiep-tuc", "/du-lieu-cua-toi/tai"]
)
def test_nothing_is_sent_by_following_a_link(address: str) -> None:
    assert Client().get(address).status_code == 405
