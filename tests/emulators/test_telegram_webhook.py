"""Updates the emulated Bot API server sends to a webhook; python-telegram-bot as it is in both ways."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from telegram import Update
from telegram.error import BadRequest
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from emulators.telegram.client import Emulator
from tests.emulators.receiver import Receiver

LAN, MINH = 1001, 1002
SECRET = "a-secret_token"


def ask(telegram: Emulator, method: str, **parameters: Any) -> dict[str, Any]:
    answer = httpx.post(f"{telegram.url}/bot{telegram.token}/{method}", json=parameters, timeout=10)
    return dict(answer.json())


@pytest.fixture
def hooked(telegram: Emulator, receiver: Receiver) -> Emulator:
    """A bot whose updates go to the receiver, sent again after thousandths of the usual waits."""
    telegram.calls_webhooks(scale=0.001, deadline=0.5)
    assert ask(telegram, "setWebhook", url=receiver.url, secret_token=SECRET)["ok"]
    return telegram


def texts(receiver: Receiver) -> list[str]:
    return [each.json["message"]["text"] for each in receiver.received]


def test_an_update_is_sent_with_the_secret_and_is_then_done_with(
    hooked: Emulator, receiver: Receiver
) -> None:
    update_id = hooked.citizen(LAN).says("làm khai sinh")
    received = receiver.hears(1)[0]
    assert (received.json["update_id"], received.json["message"]["text"]) == (update_id, "làm khai sinh")
    assert received.headers["x-telegram-bot-api-secret-token"] == SECRET
    hooked.settles()
    assert hooked.state()["pending"] == []


def test_an_update_is_sent_again_until_it_is_taken_and_those_of_its_chat_wait(
    hooked: Emulator, receiver: Receiver
) -> None:
    receiver.answers = [500, 403, 200]
    hooked.citizen(LAN).says("một")
    hooked.citizen(LAN).says("hai")
    statuses = [attempt["status"] for attempt in hooked.settles()]
    assert statuses == [500, 403, 200, 200]
    assert texts(receiver) == ["một", "một", "một", "hai"]


def test_one_chat_does_not_wait_for_another(hooked: Emulator, receiver: Receiver) -> None:
    hooked.calls_webhooks(scale=0.3)
    receiver.answers = [500]
    hooked.citizen(LAN).says("một")
    receiver.hears(1)
    hooked.citizen(MINH).says("hai")
    hooked.settles()
    assert texts(receiver) == ["một", "hai", "một"]


def test_no_answer_in_time_counts_as_none_and_is_told(hooked: Emulator, receiver: Receiver) -> None:
    receiver.answers = [1.0]
    hooked.citizen(LAN).says("một")
    assert [attempt["status"] for attempt in hooked.settles()] == [None, 200]
    told = ask(hooked, "getWebhookInfo")["result"]
    assert (told["url"], told["pending_update_count"]) == (receiver.url, 0)
    assert told["last_error_message"] == "Connection timed out"


def test_what_waited_is_sent_when_a_webhook_is_set_and_asked_for_when_it_is_gone(
    telegram: Emulator, receiver: Receiver
) -> None:
    telegram.citizen(LAN).says("một")
    ask(telegram, "setWebhook", url=receiver.url)
    assert receiver.hears(1)[0].headers.get("x-telegram-bot-api-secret-token") is None
    telegram.settles()
    ask(telegram, "deleteWebhook")
    telegram.citizen(LAN).says("hai")
    assert [each["message"]["text"] for each in ask(telegram, "getUpdates")["result"]] == ["hai"]
    assert texts(receiver) == ["một"]


def test_waiting_updates_can_be_dropped(telegram: Emulator, receiver: Receiver) -> None:
    telegram.citizen(LAN).says("một")
    ask(telegram, "setWebhook", url=receiver.url, drop_pending_updates=True)
    telegram.citizen(LAN).says("hai")
    telegram.settles()
    assert texts(receiver) == ["hai"]


def test_the_call_in_the_answer_to_an_update_is_carried_out(hooked: Emulator, receiver: Receiver) -> None:
    receiver.answers = [
        {"method": "sendMessage", "chat_id": LAN, "text": "Xin chào"},
        {"method": "sendMessage", "chat_id": 4040, "text": "ai đó?"},
        {"method": "fly"},
    ]
    for text in ("một", "hai", "ba"):
        hooked.citizen(LAN).says(text)
    hooked.settles()
    assert [message["text"] for message in hooked.sent()] == ["Xin chào"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"url": "http://motcua.example.vn/hook"}, "HTTPS URL must be provided"),
        ({"url": "https://motcua.example.vn:8000/hook"}, "only on ports 80, 88, 443 or 8443"),
        ({"secret_token": "bí mật"}, "unallowed characters"),
        ({"secret_token": "a" * 257}, "too long"),
    ],
)
def test_a_wrong_webhook_is_refused(telegram: Emulator, wrong: dict[str, str], words: str) -> None:
    refused = ask(telegram, "setWebhook", **{"url": "https://motcua.example.vn/hook", **wrong})
    assert words in refused["description"]


def test_a_public_address_is_reached_where_it_leads_on_this_machine_and_nowhere_else(
    telegram: Emulator, receiver: Receiver
) -> None:
    telegram.calls_webhooks(scale=0.001)
    ask(telegram, "setWebhook", url="https://motcua.example.vn/hook")
    telegram.citizen(LAN).says("một")
    assert telegram.state()["pending"]
    telegram.leads("https://motcua.example.vn", to=receiver.url.removesuffix("/hook"))
    telegram.settles()
    assert texts(receiver) == ["một"]
    with pytest.raises(httpx.HTTPStatusError, match="an address of this machine"):
        telegram.leads("https://motcua.example.vn", to="https://elsewhere.example.vn")


def test_updates_to_a_webhook_come_twice_late_and_out_of_order(hooked: Emulator, receiver: Receiver) -> None:
    citizen = hooked.citizen(LAN)
    hooked.fault("updates", "reorder", seconds=5)
    first, second = citizen.says("một"), citizen.says("hai")
    assert [each.json["update_id"] for each in receiver.hears(2)] == [second, first]
    hooked.fault("updates", "duplicate", seconds=0.1)
    third = citizen.says("ba")
    assert [each.json["update_id"] for each in receiver.hears(4)][2:] == [third, third]
    hooked.fault("updates", "late", seconds=0.3, chat=str(LAN))
    citizen.says("bốn")
    hooked.citizen(MINH).says("năm")
    hooked.settles()
    assert texts(receiver)[4:] == ["năm", "bốn"]


def test_a_bot_that_polls_gets_a_late_update_with_the_number_of_its_coming(telegram: Emulator) -> None:
    telegram.fault("updates", "late", seconds=0.3)
    assert telegram.citizen(LAN).says("một") == 0
    telegram.citizen(LAN).says("hai")
    telegram.settles()
    offered = ask(telegram, "getUpdates")["result"]
    assert [each["message"]["text"] for each in offered] == ["hai", "một"]
    assert offered[0]["update_id"] < offered[1]["update_id"]


def bot(telegram: Emulator) -> Any:
    """What builds an application of python-telegram-bot, told nothing but where its server is."""
    built = Application.builder().token(telegram.token)
    return built.base_url(f"{telegram.url}/bot").base_file_url(f"{telegram.url}/file/bot")


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(f"Anh/chị nói: {update.message.text}")


async def until(holds: Any) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.05)


def test_the_library_polls_and_answers(telegram: Emulator) -> None:
    async def lives() -> None:
        application = bot(telegram).build()
        application.add_handler(MessageHandler(filters.TEXT, echo))
        async with application:
            await application.updater.start_polling(timeout=1)
            await application.start()
            telegram.citizen(LAN).says("chào")
            await until(lambda: telegram.sent(LAN))
            await application.updater.stop()
            await application.stop()

    asyncio.run(lives())
    assert [message["text"] for message in telegram.sent(LAN)] == ["Anh/chị nói: chào"]


def test_the_library_is_called_by_the_webhook_and_answers(telegram: Emulator, receiver: Receiver) -> None:
    async def lives() -> None:
        application = bot(telegram).updater(None).build()
        application.add_handler(MessageHandler(filters.TEXT, echo))
        async with application:
            await application.bot.set_webhook(receiver.url, secret_token=SECRET)
            await application.start()
            telegram.citizen(LAN).says("chào")
            await until(lambda: receiver.received)
            update = Update.de_json(receiver.received[0].json, application.bot)
            await application.update_queue.put(update)
            await until(lambda: telegram.sent(LAN))
            info = await application.bot.get_webhook_info()
            assert (info.url, info.max_connections) == (receiver.url, 40)
            with pytest.raises(BadRequest, match="https"):
                await application.bot.set_webhook("http://motcua.example.vn/hook")
            assert await application.bot.delete_webhook()
            await application.stop()

    asyncio.run(lives())
    assert [message["text"] for message in telegram.sent(LAN)] == ["Anh/chị nói: chào"]
