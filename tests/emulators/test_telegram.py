"""The emulated Bot API server, asked by plain HTTP and by python-telegram-bot as it is."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from emulators.telegram.client import Emulator

LAN = 1001
# The library's own announcement, each time the server asks it to wait.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta")


def ask(telegram: Emulator, method: str, **parameters: Any) -> dict[str, Any]:
    answer = httpx.post(f"{telegram.url}/bot{telegram.token}/{method}", json=parameters, timeout=10)
    return dict(answer.json())


def with_bot(telegram: Emulator, use: Callable[[Bot], Awaitable[Any]], *, token: str = "") -> Any:
    async def used() -> Any:
        base = {"base_url": f"{telegram.url}/bot", "base_file_url": f"{telegram.url}/file/bot"}
        async with Bot(token or telegram.token, **base) as bot:
            return await use(bot)

    return asyncio.run(used())


def button(**action: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Lệ phí", **action}]]}


def test_an_update_is_given_again_until_a_higher_offset_confirms_it(telegram: Emulator) -> None:
    first = telegram.citizen(LAN).says("một")
    second = telegram.citizen(LAN).says("hai")

    def waiting(**offset: int) -> list[int]:
        return [update["update_id"] for update in ask(telegram, "getUpdates", **offset)["result"]]

    assert waiting() == [first, second]
    assert waiting(offset=first) == [first, second]
    assert waiting(offset=first + 1) == [second]
    assert waiting() == [second]
    assert waiting(offset=second + 1) == []


def test_a_negative_offset_keeps_only_the_newest(telegram: Emulator) -> None:
    newest = [telegram.citizen(LAN).says(word) for word in ("một", "hai", "ba")][-1]
    assert [u["update_id"] for u in ask(telegram, "getUpdates", offset=-1)["result"]] == [newest]
    assert telegram.state()["pending"] == [newest]


def test_long_polling_answers_as_soon_as_somebody_writes(telegram: Emulator) -> None:
    threading.Timer(0.3, lambda: telegram.citizen(LAN).says("alo")).start()
    begun = time.monotonic()
    found = ask(telegram, "getUpdates", timeout=8)["result"]
    assert [update["message"]["text"] for update in found] == ["alo"]
    assert time.monotonic() - begun < 4


def test_a_second_poller_ends_the_first_with_a_conflict(telegram: Emulator) -> None:
    threading.Timer(0.3, lambda: ask(telegram, "getUpdates")).start()
    refused = ask(telegram, "getUpdates", timeout=8)
    assert refused["error_code"] == 409
    assert "only one bot instance" in refused["description"]


def test_updates_are_not_given_while_a_webhook_is_set(telegram: Emulator) -> None:
    ask(telegram, "setWebhook", url="https://motcua.example.vn/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        with_bot(telegram, lambda bot: bot.get_updates())
    ask(telegram, "deleteWebhook")
    assert ask(telegram, "getUpdates")["ok"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "👤" * 2049}, "message is too long"),
        ({"chat_id": 4040}, "chat not found"),
        ({"chat_id": "không phải số"}, "chat not found"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"parse_mode": "HTML", "text": "<b>đậm"}, "Can't find end tag"),
        ({"parse_mode": "HTML", "text": "a < b <p>"}, "Unsupported start tag"),
        ({"reply_markup": "{"}, "can't parse"),
        ({"reply_markup": button(callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": button(callback_data="đ" * 33)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": button(callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": button()}, "Text buttons are unallowed"),
        ({"reply_markup": button(url="http://localhost:8000/")}, "Wrong HTTP URL"),
        ({"reply_markup": button(url="tel:113")}, "Unsupported URL protocol"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]] * 101}}, "too long"),
    ],
)
def test_what_the_real_server_refuses_is_refused(
    telegram: Emulator, wrong: dict[str, Any], words: str
) -> None:
    telegram.citizen(LAN).says("chào")
    refused = ask(telegram, "sendMessage", **{"chat_id": LAN, "text": "chào", **wrong})
    assert (refused["ok"], refused["error_code"]) == (False, 400)
    assert words in refused["description"]
    assert telegram.sent() == []


def test_texts_and_buttons_at_the_limit_are_taken(telegram: Emulator) -> None:
    telegram.citizen(LAN).says("chào")
    keyboard = button(callback_data="x" * 64)
    assert ask(telegram, "sendMessage", chat_id=LAN, text="👤" * 2048, reply_markup=keyboard)["ok"]


def test_only_the_bot_s_own_token_opens(telegram: Emulator) -> None:
    with pytest.raises(InvalidToken):
        with_bot(telegram, lambda bot: bot.get_me(), token="7000000001:" + "B" * 35)
    assert httpx.get(f"{telegram.url}/bot-no-token/getMe").status_code == 404
    assert ask(telegram, "inventedMethod")["error_code"] == 404


def test_somebody_who_blocked_the_bot_gets_nothing(telegram: Emulator) -> None:
    citizen = telegram.citizen(LAN)
    citizen.says("chào")
    citizen.does("block")
    with pytest.raises(Forbidden, match="blocked by the user"):
        with_bot(telegram, lambda bot: bot.send_message(LAN, "chào"))
    citizen.does("unblock")
    assert with_bot(telegram, lambda bot: bot.send_message(LAN, "chào")).text == "chào"


def test_a_tap_is_answered_once(telegram: Emulator) -> None:
    citizen = telegram.citizen(LAN)
    citizen.says("chào")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Lệ phí", callback_data="part:1.001193:fee")]])
    with_bot(telegram, lambda bot: bot.send_message(LAN, "Hỏi gì?", reply_markup=keyboard))
    tap = citizen.taps("Lệ phí")

    async def answer(bot: Bot) -> Update:
        found = next(update for update in await bot.get_updates() if update.update_id == tap)
        await found.callback_query.answer()
        with pytest.raises(BadRequest, match="too old"):
            await found.callback_query.answer()
        return found

    assert with_bot(telegram, answer).callback_query.data == "part:1.001193:fee"


def test_a_keyboard_can_be_taken_away_once(telegram: Emulator) -> None:
    telegram.citizen(LAN).says("chào")
    keyboard = button(callback_data="staff")
    sent = ask(telegram, "sendMessage", chat_id=LAN, text="Hỏi gì?", reply_markup=keyboard)["result"]
    wanted = {"chat_id": LAN, "message_id": sent["message_id"]}
    assert ask(telegram, "editMessageReplyMarkup", **wanted)["ok"]
    assert "reply_markup" not in telegram.sent()[0]
    assert "not modified" in ask(telegram, "editMessageReplyMarkup", **wanted)["description"]


def test_pictures_go_both_ways(telegram: Emulator) -> None:
    citizen = telegram.citizen(LAN)
    citizen.sends_photo(b"\xff\xd8 anh", caption="ổ gà")

    async def exchange(bot: Bot) -> bytes:
        (update,) = await bot.get_updates()
        file = await bot.get_file(update.message.photo[-1].file_id)
        await bot.send_photo(LAN, b"\xff\xd8 tra loi", caption="đã nhận")
        await bot.send_photo(LAN, update.message.photo[0].file_id)
        return bytes(await file.download_as_bytearray())

    assert with_bot(telegram, exchange) == b"\xff\xd8 anh"
    assert [message.get("caption") for message in telegram.sent(LAN)] == ["đã nhận", None]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "too_many_requests", "seconds": 7}, RetryAfter),
        ({"kind": "server_error"}, NetworkError),
        ({"kind": "drop"}, NetworkError),
    ],
)
def test_an_ordered_fault_happens_once(
    telegram: Emulator, fault: dict[str, Any], error: type[Exception]
) -> None:
    telegram.citizen(LAN).says("chào")
    telegram.fault("sendMessage", **fault)
    with pytest.raises(error):
        with_bot(telegram, lambda bot: bot.send_message(LAN, "một"))
    with_bot(telegram, lambda bot: bot.send_message(LAN, "hai"))
    assert [message["text"] for message in telegram.sent()] == ["hai"]


def test_a_time_out_may_hide_a_message_that_went_out(telegram: Emulator) -> None:
    telegram.citizen(LAN).says("chào")
    telegram.fault("sendMessage", "time_out", seconds=2, performed=True)
    with pytest.raises(TimedOut):
        with_bot(telegram, lambda bot: bot.send_message(LAN, "một", read_timeout=0.5))
    assert [message["text"] for message in telegram.sent()] == ["một"]


def test_an_update_can_be_delivered_again_after_it_was_confirmed(telegram: Emulator) -> None:
    update_id = telegram.citizen(LAN).says("chào")
    ask(telegram, "getUpdates", offset=update_id + 1)
    telegram.repeat(update_id)
    assert [u["update_id"] for u in ask(telegram, "getUpdates")["result"]] == [update_id]


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("updates", b"nonsense", "can't parse"),
        ("updates", b"[]", "JSON object expected"),
        ("updates", b'{"act": "fly", "chat": 1}', "known: album, animation"),
        ("updates", b'{"act": "text", "chat": 1}', "needs 'text'"),
        ("updates", b'{"act": "tap", "chat": 1, "label": "OK"}', "no such button"),
        ("faults", b'{"call": "*", "kind": "earthquake"}', "known: cut, drop"),
        ("faults", b'{"call": "*", "sort": "drop"}', "no such fault"),
    ],
)
def test_a_wrong_order_of_a_test_is_refused_with_what_is_possible(
    telegram: Emulator, path: str, body: bytes, words: str
) -> None:
    refused = httpx.post(f"{telegram.url}/control/{path}", content=body)
    assert refused.status_code == 400
    assert words in refused.json()["description"]


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([{"command": "Bắt đầu", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "start", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
def test_commands_are_checked(telegram: Emulator, commands: list[dict[str, str]], words: str) -> None:
    assert words in ask(telegram, "setMyCommands", commands=commands)["description"]
