"""Updates that Telegram sends to us become the same rows as those we fetch; only Telegram may send them."""

from __future__ import annotations

import json
import threading
from typing import Any

import httpx
import pytest
from django.conf import LazySettings
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from structlog.testing import capture_logs

from bot import intake
from bot.channels.telegram import (
    TelegramChannel,
    TelegramNotAllowed,
    Webhook,
    poll,
    receive_updates,
    telegram_webhook,
)
from conversations import ownership
from conversations.messages import InboundMessage
from conversations.models import Conversation, Turn
from emulators.loopback import wait_until
from emulators.telegram.client import Emulator
from office.models import Staff
from tests.bot.telegram.conftest import Polling

LAN = 1001
ADDRESS = "https://motcua.example.vn/webhooks/telegram"
SECRET = "a-secret_token-of-48-characters-or-so-0123456789"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    # The library's own announcement, each time the server asks it to wait.
    pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta"),
]


class Killed(BaseException):
    """Ends the loop as SIGKILL would."""


@pytest.fixture(autouse=True)
def switched_on(settings: LazySettings, telegram: Emulator) -> None:
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_DECISION = telegram.token, "12/QĐ-UBND"
    settings.TELEGRAM_WEBHOOK, settings.TELEGRAM_SECRET = ADDRESS, SECRET


def waiting(telegram: Emulator) -> list[dict[str, Any]]:
    """The updates as Telegram would send them, oldest first."""
    offered = httpx.get(f"{telegram.url}/bot{telegram.token}/getUpdates").json()
    return list(offered["result"])


def sent(update: Any, *, secret: str | None = SECRET) -> HttpResponse:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    body = update if isinstance(update, bytes) else json.dumps(update).encode()
    client = Client(raise_request_exception=False)
    response: HttpResponse = client.post(
        "/webhooks/telegram", body, content_type="application/json", headers=headers
    )
    return response


def answered(response: HttpResponse) -> dict[str, Any]:
    assert response.status_code == 200
    return dict(json.loads(response.content))


def test_an_update_is_committed_when_it_is_answered_and_the_citizen_sees_typing(telegram: Emulator) -> None:
    update_id = telegram.citizen(LAN, "Chị Lan").says("làm khai sinh cần gì")
    (update,) = waiting(telegram)
    call = answered(sent(update))
    turn = Turn.objects.select_related("conversation").get()
    assert (turn.event_id, turn.text) == (f"update:{update_id}", "làm khai sinh cần gì")
    assert (turn.conversation.account, turn.conversation.chat) == (telegram.token.split(":")[0], "1001")
    assert call == {"method": "sendChatAction", "chat_id": "1001", "action": "typing"}


def test_the_same_update_twice_and_a_late_one_are_one_turn_each(telegram: Emulator) -> None:
    citizen = telegram.citizen(LAN)
    for text in ("một", "hai", "ba"):
        citizen.says(text)
    first, second, third = waiting(telegram)
    for update in (second, third, second, first, first):
        answered(sent(update))
    assert [turn.text for turn in Turn.objects.order_by("id")] == ["hai", "ba", "một"]


def test_a_tap_ends_its_waiting_sign_by_the_answer(telegram: Emulator) -> None:
    citizen = telegram.citizen(LAN)
    citizen.says("khai sinh")
    keyboard = {"inline_keyboard": [[{"text": "Lệ phí", "callback_data": "part:1.001193:fee"}]]}
    message = {"chat_id": LAN, "text": "Anh/chị cần gì?", "reply_markup": keyboard}
    httpx.post(f"{telegram.url}/bot{telegram.token}/sendMessage", json=message)
    citizen.taps("Lệ phí")
    update = waiting(telegram)[-1]
    call = answered(sent(update))
    assert call == {"method": "answerCallbackQuery", "callback_query_id": update["callback_query"]["id"]}
    assert Turn.objects.get().payload["choice"] == "part:1.001193:fee"


def test_a_group_is_told_by_the_answer_and_nothing_of_it_is_kept(telegram: Emulator) -> None:
    telegram.citizen(-2001, "Tổ 5").does("text", text="/start", chat_type="group")
    call = answered(sent(waiting(telegram)[0]))
    assert (call["method"], call["chat_id"]) == ("sendMessage", -2001)
    assert not Conversation.objects.exists()


def test_while_an_official_has_the_word_no_typing_is_shown(telegram: Emulator) -> None:
    citizen = telegram.citizen(LAN)
    citizen.says("khai sinh")
    answered(sent(waiting(telegram)[0]))
    ownership.hand_to_staff(Conversation.objects.get(), Staff.objects.create(username="hoa"))
    citizen.says("cảm ơn chị")
    assert answered(sent(waiting(telegram)[1])) == {}


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), "bí mật"])
def test_who_does_not_know_the_secret_is_refused_and_nothing_is_kept(
    telegram: Emulator, secret: str | None
) -> None:
    telegram.citizen(LAN).says("khai sinh")
    assert sent(waiting(telegram)[0], secret=secret).status_code == 403
    assert not Turn.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"7", b"{}", b'{"update_id": "x"}', b"\xff\xfe", b'{"update_id":1,"message":{}}'],
)
def test_what_is_no_update_is_refused(body: bytes) -> None:
    assert sent(body).status_code == 400
    assert not Turn.objects.exists()


def test_an_update_of_a_kind_we_do_not_know_is_taken_and_passed_over() -> None:
    assert answered(sent({"update_id": 5, "a_kind_of_tomorrow": {"id": 1}})) == {}
    assert not Turn.objects.exists()


def test_a_get_is_no_update() -> None:
    assert Client().get("/webhooks/telegram").status_code == 405


def test_while_the_database_is_away_telegram_is_asked_to_come_again(
    telegram: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    telegram.citizen(LAN).says("khai sinh")
    (update,) = waiting(telegram)
    with monkeypatch.context() as broken:
        broken.setattr("conversations.inbox.record", away)
        assert sent(update).status_code == 503
    assert not Turn.objects.exists()
    answered(sent(update))
    assert Turn.objects.get().text == "khai sinh"


def test_one_message_that_cannot_be_recorded_is_recorded_bare(
    telegram: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = intake.mask_documents

    def stumbles(text: str) -> str:
        if text == "hỏng":
            raise ValueError("something in this text")
        return before(text)

    telegram.citizen(LAN).says("hỏng")
    monkeypatch.setattr(intake, "mask_documents", stumbles)
    answered(sent(waiting(telegram)[0]))
    turn = Turn.objects.get()
    assert (turn.kind, turn.text) == ("other", "")


def test_while_updates_are_fetched_the_address_does_not_exist(
    telegram: Emulator, settings: LazySettings
) -> None:
    settings.TELEGRAM_WEBHOOK = ""
    telegram.citizen(LAN).says("khai sinh")
    assert sent(waiting(telegram)[0]).status_code == 404
    assert not Turn.objects.exists()


def told(channel: TelegramChannel) -> None:
    """Have Telegram told of the webhook, as the program does at its start."""
    stop = threading.Event()
    thread = threading.Thread(target=receive_updates, args=(channel, stop), kwargs={"webhook": hook()})
    thread.start()
    try:
        wait_until(lambda: is_told(channel), what="setWebhook")
    finally:
        stop.set()
        thread.join(timeout=10)
        assert not thread.is_alive()


def is_told(channel: TelegramChannel) -> bool:
    return channel.webhook_info().url == ADDRESS


def hook() -> Webhook:
    wanted = telegram_webhook()
    assert wanted is not None
    return wanted


def test_telegram_is_told_where_to_send_and_what_we_want(
    telegram: Emulator, channel: TelegramChannel
) -> None:
    told(channel)
    assert telegram.state()["webhook"] == ADDRESS
    assert [command["command"] for command in telegram.state()["commands"]][:1] == ["start"]


@pytest.mark.parametrize("kind", ["server_error", "drop", "too_many_requests"])
def test_trouble_while_telling_it_is_waited_out(
    telegram: Emulator, channel: TelegramChannel, kind: str
) -> None:
    telegram.fault("setWebhook", kind)
    with capture_logs() as lines:
        told(channel)
    assert telegram.state()["webhook"] == ADDRESS
    assert [line["event"] for line in lines] == ["telegram_waiting", "telegram_open"]


def test_going_back_to_polling_loses_and_doubles_nothing(
    telegram: Emulator, channel: TelegramChannel, polling: Polling
) -> None:
    citizen = telegram.citizen(LAN)
    citizen.says("một")
    citizen.says("hai")
    answered(sent(waiting(telegram)[0]))
    told(channel)
    with polling():
        wait_until(lambda: telegram.state()["pending"] == [], within=10, what="confirmation of all")
    assert telegram.state()["webhook"] == ""
    assert [turn.text for turn in Turn.objects.order_by("id")] == ["một", "hai"]


def test_what_was_committed_but_not_confirmed_by_polling_is_one_turn_when_it_is_sent(
    telegram: Emulator, channel: TelegramChannel
) -> None:
    def die(message: InboundMessage) -> None:
        intake.receive(message)
        raise Killed

    telegram.citizen(LAN).says("khai sinh")
    with pytest.raises(Killed):
        poll(channel, threading.Event(), receive=die)
    answered(sent(waiting(telegram)[0]))
    assert Turn.objects.count() == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://motcua.example.vn/webhooks/telegram",
        "https:///webhooks/telegram",
        "https://motcua.example.vn",
        "https://motcua.example.vn/webhooks/telegram?secret=1",
        "https://motcua.example.vn:8000/webhooks/telegram",
        "https://motcua.example.vn:x/webhooks/telegram",
        "motcua.example.vn/webhooks/telegram",
    ],
)
def test_an_address_that_telegram_does_not_call_is_refused_with_what_to_set(
    settings: LazySettings, url: str
) -> None:
    settings.TELEGRAM_WEBHOOK = url
    with pytest.raises(TelegramNotAllowed, match="https://HOST/webhooks/telegram"):
        telegram_webhook()


@pytest.mark.parametrize("secret", ["", "a b", "bí-mật", "x" * 257, "line\n"])
def test_a_webhook_without_a_good_secret_is_refused_and_the_secret_not_told(
    settings: LazySettings, secret: str
) -> None:
    settings.TELEGRAM_SECRET = secret
    with pytest.raises(TelegramNotAllowed, match="set MOTCUA_TELEGRAM_SECRET") as refused:
        telegram_webhook()
    assert not secret or secret not in str(refused.value)


def test_without_an_address_updates_are_fetched(settings: LazySettings) -> None:
    settings.TELEGRAM_WEBHOOK = ""
    assert telegram_webhook() is None
