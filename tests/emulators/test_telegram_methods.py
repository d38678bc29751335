"""What else a bot may do at the emulated Bot API server: edit, delete, reply, albums, places; how often."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from telegram import Bot, InputMediaPhoto, ReplyParameters
from telegram.error import BadRequest, RetryAfter

from emulators.telegram.client import Emulator
from emulators.telegram.limits import Limits
from emulators.telegram.refusals import Refusal

LAN, MINH = 1001, 1002
JPEG = b"\xff\xd8\xff\xe0 a picture"
# The library's own announcement, each time the server asks it to wait.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta")


@pytest.fixture
def telegram(telegram: Emulator) -> Emulator:
    """Two people have written."""
    for user in (LAN, MINH):
        telegram.citizen(user).says("chào")
    return telegram


def ask(telegram: Emulator, method: str, **parameters: Any) -> dict[str, Any]:
    answer = httpx.post(f"{telegram.url}/bot{telegram.token}/{method}", json=parameters, timeout=10)
    return dict(answer.json())


def with_bot(telegram: Emulator, use: Callable[[Bot], Awaitable[Any]]) -> Any:
    async def used() -> Any:
        async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
            return await use(bot)

    return asyncio.run(used())


def test_a_text_can_be_changed_and_then_is_what_is_heard(telegram: Emulator) -> None:
    async def change(bot: Bot) -> None:
        message = await bot.send_message(LAN, "Đang tìm…")
        await message.edit_text("Đã tìm thấy")
        with pytest.raises(BadRequest, match="not modified"):
            await message.edit_text("Đã tìm thấy")
        with pytest.raises(BadRequest, match="no caption"):
            await message.edit_caption("x")

    with_bot(telegram, change)
    (heard,) = telegram.citizen(LAN).heard()
    assert heard["text"] == "Đã tìm thấy"
    assert heard["edit_date"]


def test_taking_the_keyboard_away_leaves_the_words(telegram: Emulator) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Lệ phí", "callback_data": "fee"}]]}
    sent = ask(telegram, "sendMessage", chat_id=LAN, text="Hỏi gì?", reply_markup=keyboard)["result"]
    left = ask(telegram, "editMessageReplyMarkup", chat_id=LAN, message_id=sent["message_id"])["result"]
    assert left["text"] == "Hỏi gì?"
    assert "reply_markup" not in left


@pytest.mark.parametrize("method", ["editMessageText", "deleteMessage"])
def test_only_what_is_there_can_be_changed(telegram: Emulator, method: str) -> None:
    wanted = {"chat_id": LAN, "message_id": 4040, "text": "x"}
    assert "not found" in ask(telegram, method, **wanted)["description"]


def test_a_bot_changes_only_its_own_messages(telegram: Emulator) -> None:
    theirs = ask(telegram, "getUpdates")["result"][0]["message"]["message_id"]
    refused = ask(telegram, "editMessageText", chat_id=LAN, message_id=theirs, text="x")
    assert "can't be edited" in refused["description"]


def test_a_deleted_message_is_heard_no_more(telegram: Emulator) -> None:
    sent = [ask(telegram, "sendMessage", chat_id=LAN, text=text)["result"]["message_id"] for text in "abc"]
    assert ask(telegram, "deleteMessage", chat_id=LAN, message_id=sent[0])["ok"]
    assert ask(telegram, "deleteMessages", chat_id=LAN, message_ids=[sent[1], 4040])["ok"]
    assert [message["text"] for message in telegram.citizen(LAN).heard()] == ["c"]


def test_a_reply_names_a_message_that_is_there(telegram: Emulator) -> None:
    theirs = ask(telegram, "getUpdates")["result"][0]["message"]["message_id"]

    async def reply(bot: Bot) -> None:
        message = await bot.send_message(LAN, "Vâng", reply_parameters=ReplyParameters(theirs))
        assert message.reply_to_message is not None
        assert message.reply_to_message.text == "chào"
        with pytest.raises(BadRequest, match="replied not found"):
            await bot.send_message(LAN, "Vâng", reply_parameters=ReplyParameters(4040))
        lost = ReplyParameters(4040, allow_sending_without_reply=True)
        assert (await bot.send_message(LAN, "Vâng", reply_parameters=lost)).reply_to_message is None

    with_bot(telegram, reply)


def test_an_album_of_two_to_ten_is_one_group(telegram: Emulator) -> None:
    async def send(bot: Bot) -> None:
        album = await bot.send_media_group(LAN, [InputMediaPhoto(JPEG), InputMediaPhoto(JPEG, caption="hai")])
        assert len({message.media_group_id for message in album}) == 1

    with_bot(telegram, send)
    assert [message.get("caption") for message in telegram.citizen(LAN).heard()] == [None, "hai"]


@pytest.mark.parametrize(
    ("media", "words"),
    [
        ([{"type": "photo", "media": "x"}], "2-10 items"),
        ([{"type": "photo", "media": "x"}] * 11, "2-10 items"),
        ([{"type": "photo", "media": "x"}, {"type": "document", "media": "x"}], "mixed"),
        ([{"type": "photo", "media": "x"}] * 2, "wrong file identifier"),
        ([{"type": "poll"}] * 2, "can't parse InputMedia"),
    ],
)
def test_a_wrong_album_is_refused_and_nothing_of_it_is_sent(
    telegram: Emulator, media: list[dict[str, str]], words: str
) -> None:
    refused = ask(telegram, "sendMediaGroup", chat_id=LAN, media=json.dumps(media))
    assert words in refused["description"]
    assert telegram.sent() == []


def test_a_place_can_be_sent_with_its_name(telegram: Emulator) -> None:
    async def send(bot: Bot) -> None:
        await bot.send_location(LAN, 21.0367, 105.7806)
        venue = (await bot.send_venue(LAN, 21.0367, 105.7806, "UBND phường Cầu Giấy", "36 Cầu Giấy")).venue
        assert venue is not None
        assert venue.title == "UBND phường Cầu Giấy"
        with pytest.raises(BadRequest, match="Wrong location"):
            await bot.send_location(LAN, 91, 105)

    with_bot(telegram, send)
    assert len(telegram.sent(LAN)) == 2


def test_a_picture_over_ten_megabytes_is_refused(telegram: Emulator) -> None:
    with pytest.raises(BadRequest, match="too big for a photo"):
        with_bot(telegram, lambda bot: bot.send_photo(LAN, b"a" * (10 * 1024 * 1024 + 1)))


def test_chats_and_commands_can_be_asked_for(telegram: Emulator) -> None:
    async def asked(bot: Bot) -> None:
        assert (await bot.get_chat(LAN)).first_name == "Chị Lan"
        await bot.set_my_commands([("start", "Bắt đầu")])
        assert [command.command for command in await bot.get_my_commands()] == ["start"]
        await bot.delete_my_commands()
        assert await bot.get_my_commands() == ()

    with_bot(telegram, asked)


def test_too_many_messages_in_one_chat_are_refused_and_those_to_others_are_not(telegram: Emulator) -> None:
    telegram.limits(per_chat=0.01, burst=2)

    async def hurry(bot: Bot) -> None:
        for text in ("một", "hai"):
            await bot.send_message(LAN, text)
        with pytest.raises(RetryAfter):
            await bot.send_message(LAN, "ba")
        await bot.send_message(MINH, "bốn")

    with_bot(telegram, hurry)
    assert telegram.state()["refused_by_limits"] == 1


def test_who_waits_as_long_as_was_asked_is_let_through() -> None:
    limits = Limits(per_chat=1, burst=1)
    limits.take("1001")
    with pytest.raises(Refusal) as refused:
        limits.take("1001")
    assert refused.value.retry_after == 1
    time.sleep(refused.value.retry_after)
    limits.take("1001")


def test_too_many_messages_in_all_are_refused(telegram: Emulator) -> None:
    telegram.limits(overall=0.01)
    answers = [ask(telegram, "sendMessage", chat_id=chat, text="x") for chat in (LAN, MINH)]
    assert [answer["ok"] for answer in answers] == [True, False]
    assert ask(telegram, "getMe")["ok"]
