"""What citizens do on Telegram becomes rows: each update once, none lost, whatever happens on the way."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.conf import LazySettings
from django.db import OperationalError
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot import intake
from bot.channels.telegram import TelegramChannel, poll
from conversations import blocked_us, ownership
from conversations.messages import Address, InboundMessage
from conversations.models import Conversation, Turn
from emulators.loopback import wait_until
from emulators.telegram.client import Emulator
from nlu.text import clean
from office.models import Staff
from tests.bot.telegram.conftest import Polling

LAN, MINH = 1001, 1002
# The library's own announcement, each time the server asks it to wait.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta")


def recorded(count: int = 1) -> list[Turn]:
    """Wait for so many received turns and return all, oldest first."""
    wait_until(lambda: Turn.objects.count() >= count, within=10, what=f"{count} recorded turns")
    return list(Turn.objects.select_related("conversation").order_by("id"))


def everything_confirmed(telegram: Emulator) -> None:
    wait_until(lambda: telegram.state()["pending"] == [], within=10, what="confirmation of all updates")


def polls(telegram: Emulator) -> int:
    return sum(call["method"] == "getUpdates" for call in telegram.state()["calls"])


def test_a_text_is_recorded_with_its_writer_and_chat(telegram: Emulator, polling: Polling) -> None:
    update_id = telegram.citizen(LAN, "Chị Lan").says("làm khai sinh cần giấy tờ gì")
    with polling():
        (turn,) = recorded()
    conversation = turn.conversation
    assert (turn.kind, turn.text) == ("text", "làm khai sinh cần giấy tờ gì")
    assert turn.event_id == f"update:{update_id}"
    assert (conversation.channel, conversation.account) == ("telegram", telegram.token.split(":")[0])
    assert (conversation.chat, conversation.citizen_name) == ("1001", "Chị Lan")
    assert turn.sent_at is not None
    assert abs(timezone.now() - turn.sent_at) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "choice"),
    [("/start", "start"), ("/start ward_00123", "start:ward_00123"), ("/help", "help"), ("/canbo", "staff")],
)
def test_a_command_is_recorded_as_it_was_typed_with_the_button_it_stands_for(
    telegram: Emulator, polling: Polling, text: str, choice: str
) -> None:
    telegram.citizen(LAN).says(text)
    with polling():
        (turn,) = recorded()
    assert (turn.kind, turn.text, turn.payload["choice"]) == ("text", text, choice)


@pytest.mark.parametrize(
    ("act", "details", "said"),
    [
        ("photo", {"caption": "ổ gà ở đây"}, ("photo", "ổ gà ở đây", "image/jpeg")),
        ("document", {"mime_type": "image/png"}, ("photo", "", "image/png")),
        ("document", {"caption": "đơn của tôi"}, ("file", "đơn của tôi", "application/pdf")),
        ("voice", {}, ("voice", "", "audio/ogg")),
        ("video", {}, ("video", "", "video/mp4")),
        ("video_note", {}, ("video", "", "")),
        ("animation", {}, ("video", "", "video/mp4")),
        ("audio", {}, ("file", "", "audio/mpeg")),
        ("sticker", {}, ("sticker", "", "")),
    ],
)
def test_a_file_is_recorded_as_a_reference(
    telegram: Emulator, polling: Polling, act: str, details: dict[str, str], said: tuple[str, str, str]
) -> None:
    telegram.citizen(LAN).does(act, **details)
    with polling():
        (turn,) = recorded()
    (medium,) = turn.payload["media"]
    assert (turn.kind, turn.text, medium["media_type"]) == said
    assert medium["reference"].startswith("FILE")


def test_the_largest_size_of_a_picture_is_kept_and_can_be_fetched(
    telegram: Emulator, polling: Polling, channel: TelegramChannel
) -> None:
    telegram.citizen(LAN).sends_photo(b"\xff\xd8 a picture")
    offered = httpx.get(f"{telegram.url}/bot{telegram.token}/getUpdates").json()["result"]
    sizes = {size["width"]: size["file_id"] for size in offered[0]["message"]["photo"]}
    with polling():
        (turn,) = recorded()
    reference = turn.payload["media"][0]["reference"]
    assert reference == sizes[max(sizes)]
    assert channel.fetch(reference) == b"\xff\xd8 a picture"


def test_an_album_is_recorded_picture_by_picture(telegram: Emulator, polling: Polling) -> None:
    telegram.citizen(LAN).does("album", count=3, caption="rác ở ngõ 5")
    with polling():
        turns = recorded(3)
    assert [(turn.kind, turn.text) for turn in turns] == [
        ("photo", "rác ở ngõ 5"),
        ("photo", ""),
        ("photo", ""),
    ]
    assert len({turn.payload["media"][0]["reference"] for turn in turns}) == 3
    assert len({turn.payload["group"] for turn in turns}) == 1
    assert turns[0].payload["group"]
    assert len({turn.due_at for turn in turns}) == 1


def test_a_position_and_a_place_are_recorded(telegram: Emulator, polling: Polling) -> None:
    citizen = telegram.citizen(LAN)
    point = {"latitude": 21.0285, "longitude": 105.8542}
    citizen.does("location", **point)
    citizen.does("location", **point, title="UBND phường Hoàn Kiếm", address="126 Hàng Trống")
    with polling():
        bare, place = recorded(2)
    assert (bare.kind, bare.text, bare.payload["position"]) == ("position", "", point)
    assert (place.kind, place.text) == ("position", "UBND phường Hoàn Kiếm, 126 Hàng Trống")


def test_a_position_is_recorded_with_how_sure_the_phone_is_of_it(
    telegram: Emulator, polling: Polling
) -> None:
    telegram.citizen(LAN).does("location", latitude=21.0285, longitude=105.8542, horizontal_accuracy=800)
    with polling():
        (turn,) = recorded()
    assert turn.payload["position"] == {"latitude": 21.0285, "longitude": 105.8542, "accuracy": 800.0}


def test_a_shared_contact_is_noticed_but_its_number_is_not_kept(telegram: Emulator, polling: Polling) -> None:
    telegram.citizen(LAN).does("contact", phone="0912345678")
    with polling():
        (turn,) = recorded()
    assert turn.kind == "contact"
    assert "0912345678" not in f"{turn.text} {turn.payload}"


def test_a_corrected_text_is_an_edited_message(telegram: Emulator, polling: Polling) -> None:
    citizen = telegram.citizen(LAN)
    citizen.says("khai sih")
    citizen.does("edit", text="khai sinh")
    with polling():
        turns = recorded(2)
    assert [(turn.kind, turn.text) for turn in turns] == [("text", "khai sih"), ("edited", "khai sinh")]
    assert turns[0].external_id == turns[1].external_id != ""


def test_a_corrected_caption_is_an_edited_message(telegram: Emulator, polling: Polling) -> None:
    citizen = telegram.citizen(LAN)
    citizen.sends_photo(caption="ngõ 5")
    citizen.does("edit", text="ngõ 7", of="caption")
    with polling():
        turns = recorded(2)
    assert [(turn.kind, turn.text) for turn in turns] == [("photo", "ngõ 5"), ("edited", "ngõ 7")]


def test_an_edit_that_changes_no_word_is_no_message(telegram: Emulator, polling: Polling) -> None:
    citizen = telegram.citizen(LAN)
    citizen.says("khai sinh")
    citizen.does("edit", text="khai sinh")
    with polling():
        everything_confirmed(telegram)
    assert [turn.kind for turn in recorded()] == ["text"]


def test_a_live_position_is_one_message_however_often_it_moves(telegram: Emulator, polling: Polling) -> None:
    telegram.citizen(LAN).does("live_location", latitude=21.0, longitude=105.8, moves=3)
    with polling():
        everything_confirmed(telegram)
    assert [turn.kind for turn in recorded()] == ["position"]


def test_telegram_tells_no_bot_that_a_message_was_deleted(telegram: Emulator, polling: Polling) -> None:
    citizen = telegram.citizen(LAN)
    citizen.says("khai sinh")
    assert citizen.does("delete") == []
    with polling():
        everything_confirmed(telegram)
    assert [turn.text for turn in recorded()] == ["khai sinh"]


def test_forwarded_words_are_told_apart_from_the_citizens_own(telegram: Emulator, polling: Polling) -> None:
    citizen = telegram.citizen(LAN)
    citizen.says("khai sinh")
    citizen.does("text", text="VNeID của bạn hết hạn, bấm vào đây", forwarded_from="Tổ dân phố")
    with polling():
        own, passed_on = recorded(2)
    assert (own.payload["forwarded"], passed_on.payload["forwarded"]) == (False, True)


@pytest.mark.parametrize("act", ["dice", "poll", "game", "invoice", "story"])
def test_what_no_office_has_use_for_is_recorded_as_other(
    telegram: Emulator, polling: Polling, act: str
) -> None:
    telegram.citizen(LAN).does(act)
    with polling():
        (turn,) = recorded()
    assert (turn.kind, turn.text) == ("other", "")


def typing_shown(telegram: Emulator) -> int:
    return sum(call["method"] == "sendChatAction" for call in telegram.state()["calls"])


def test_the_citizen_sees_typing_until_the_answer_comes_but_not_while_an_official_has_the_word(
    telegram: Emulator, polling: Polling
) -> None:
    citizen = telegram.citizen(LAN)
    with polling():
        citizen.says("khai sinh")
        wait_until(lambda: typing_shown(telegram) == 1, within=5)
        ownership.hand_to_staff(Conversation.objects.get(), Staff.objects.create(username="hoa"))
        citizen.says("cảm ơn chị")
        recorded(2)
        everything_confirmed(telegram)
    assert typing_shown(telegram) == 1


def test_a_tapped_button_is_a_choice_with_its_label_and_stops_waiting(
    telegram: Emulator, polling: Polling
) -> None:
    citizen = telegram.citizen(LAN)
    citizen.says("khai sinh")
    keyboard = {"inline_keyboard": [[{"text": "Lệ phí", "callback_data": "part:1.001193:fee"}]]}
    message = {"chat_id": LAN, "text": "Anh/chị cần gì?", "reply_markup": keyboard}
    httpx.post(f"{telegram.url}/bot{telegram.token}/sendMessage", json=message)
    citizen.taps("Lệ phí")
    with polling():
        _, tap = recorded(2)
        wait_until(lambda: all(c["answered"] for c in telegram.state()["callbacks"].values()), within=5)
    assert (tap.kind, tap.text) == ("choice", "Lệ phí")
    assert tap.payload["choice"] == "part:1.001193:fee"


def test_the_same_update_twice_is_one_turn(telegram: Emulator, polling: Polling) -> None:
    citizen = telegram.citizen(LAN)
    with polling():
        update_id = citizen.says("khai sinh")
        recorded()
        everything_confirmed(telegram)
        telegram.repeat(update_id)
        citizen.says("kết hôn")
        recorded(2)
        everything_confirmed(telegram)
    assert [turn.text for turn in recorded(2)] == ["khai sinh", "kết hôn"]


def test_an_update_is_confirmed_only_after_its_row_is_committed(telegram: Emulator, polling: Polling) -> None:
    may_record = threading.Event()

    def receive(message: InboundMessage) -> Turn:
        if not may_record.is_set():
            raise OperationalError("database is locked")
        return intake.receive(message)

    update_id = telegram.citizen(LAN).says("khai sinh")
    with polling(receive=receive):
        wait_until(lambda: polls(telegram) >= 2, within=10)
        assert telegram.state()["pending"] == [update_id]
        assert not Turn.objects.exists()
        may_record.set()
        recorded()
        everything_confirmed(telegram)
    assert [turn.text for turn in recorded()] == ["khai sinh"]


class Killed(BaseException):
    """Ends the loop as SIGKILL would: nothing of it runs after."""


@pytest.mark.parametrize("is_committed", [False, True])
def test_a_loop_killed_around_the_commit_loses_and_doubles_nothing(
    telegram: Emulator, channel: TelegramChannel, polling: Polling, *, is_committed: bool
) -> None:
    def die(message: InboundMessage) -> None:
        if is_committed:
            intake.receive(message)
        raise Killed

    telegram.citizen(LAN).says("khai sinh")
    with pytest.raises(Killed):
        poll(channel, threading.Event(), receive=die)
    with polling():
        everything_confirmed(telegram)
    assert [turn.text for turn in recorded()] == ["khai sinh"]


def test_numbers_that_begin_anew_below_the_last_one_hide_nothing(
    telegram: Emulator, polling: Polling
) -> None:
    citizen = telegram.citizen(LAN)
    with polling():
        citizen.says("một")
        everything_confirmed(telegram)
        telegram.count_on_from(5)
        httpx.get(f"{telegram.url}/bot{telegram.token}/getUpdates")  # the poll that waited ends without any
        citizen.says("hai")
        recorded(2)
        everything_confirmed(telegram)
    assert [turn.text for turn in recorded(2)] == ["một", "hai"]


def test_one_message_that_cannot_be_recorded_holds_up_nobody(telegram: Emulator, polling: Polling) -> None:
    def receive(message: InboundMessage) -> Turn:
        if message.text == "hỏng":
            raise ValueError("something in this text")
        return intake.receive(message)

    telegram.citizen(LAN).says("hỏng")
    telegram.citizen(MINH).says("khai sinh")
    with polling(receive=receive):
        turns = recorded(2)
    assert [(turn.kind, turn.text) for turn in turns] == [("other", ""), ("text", "khai sinh")]


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("getMe", "server_error"),
        ("deleteWebhook", "drop"),
        ("getUpdates", "drop"),
        ("getUpdates", "too_many_requests"),
    ],
)
def test_trouble_on_the_way_is_waited_out(
    telegram: Emulator, polling: Polling, method: str, kind: str
) -> None:
    telegram.citizen(LAN).says("khai sinh")
    telegram.fault(method, kind)
    with capture_logs() as lines, polling():
        recorded()
    assert [line["event"] for line in lines if line["log_level"] == "warning"] == ["telegram_waiting"]


def test_a_refused_token_ends_the_loop_and_says_what_to_do(
    telegram: Emulator, transactional_db: None
) -> None:
    stranger = TelegramChannel(token="7000000001:" + "B" * 35, base_url=telegram.url)
    with capture_logs() as lines:
        poll(stranger, threading.Event())
    stranger.close()
    (stopped,) = [line for line in lines if line["event"] == "telegram_stopped"]
    assert "set MOTCUA_TELEGRAM_TOKEN" in stopped["what_to_do"]


def test_a_second_poller_is_explained(telegram: Emulator, polling: Polling) -> None:
    with capture_logs() as lines, polling():
        wait_until(lambda: polls(telegram) >= 1, within=5)
        httpx.get(f"{telegram.url}/bot{telegram.token}/getUpdates")
        wait_until(lambda: any(line["event"] == "telegram_waiting" for line in lines), within=5)
        telegram.citizen(LAN).says("khai sinh")
        recorded()
    (waiting,) = [line for line in lines if line["event"] == "telegram_waiting"]
    assert "Another program" in waiting["problem"]


def test_the_loop_leaves_webhook_mode_and_names_its_commands(telegram: Emulator, polling: Polling) -> None:
    hook = {"url": "https://motcua.example.vn/hook"}
    httpx.post(f"{telegram.url}/bot{telegram.token}/setWebhook", json=hook)
    telegram.citizen(LAN).says("khai sinh")
    with polling():
        recorded()
    state = telegram.state()
    assert state["webhook"] == ""
    names = [command["command"] for command in state["commands"]]
    assert names == ["start", "phananh", "trangthai", "canbo", "dulieu", "help"]


def test_the_bot_says_what_it_is_and_does_not_say_it_again(telegram: Emulator, polling: Polling) -> None:
    def said(method: str) -> int:
        return sum(call["method"] == method for call in telegram.state()["calls"])

    for _ in range(2):
        with polling():
            wait_until(lambda: polls(telegram) >= 1, within=5)
    profile = telegram.state()["profile"]
    assert "máy trả lời tự động" in profile["description"]
    assert "máy trả lời tự động" in profile["short_description"].lower()
    assert profile["menu_button"] == "commands"
    assert (said("setMyDescription"), said("setMyShortDescription")) == (1, 1)


def test_a_bot_that_cannot_introduce_itself_still_listens(telegram: Emulator, polling: Polling) -> None:
    telegram.citizen(LAN).says("khai sinh")
    for method in ("setMyCommands", "setMyDescription", "setChatMenuButton"):
        telegram.fault(method, "too_many_requests", seconds=3600)
    with polling():
        recorded()
        everything_confirmed(telegram)


def test_who_blocks_us_is_known_to_be_out_of_reach_until_he_unblocks_us(
    telegram: Emulator, polling: Polling
) -> None:
    citizen = telegram.citizen(LAN)
    with polling():
        citizen.says("khai sinh")
        recorded()
        citizen.does("block")
        wait_until(lambda: Conversation.objects.get().unreachable_since, within=5, what="the block")
        citizen.does("unblock")
        wait_until(lambda: not Conversation.objects.get().unreachable_since, within=5, what="its end")
        everything_confirmed(telegram)
    assert Turn.objects.count() == 1


def test_who_blocks_us_without_having_written_leaves_nothing_behind(
    telegram: Emulator, polling: Polling
) -> None:
    telegram.citizen(LAN).does("block")
    with polling():
        everything_confirmed(telegram)
    assert not Conversation.objects.exists()


@pytest.mark.django_db
def test_an_older_block_that_comes_late_does_not_undo_what_the_citizen_did_since() -> None:
    address = Address(channel="telegram", account="7000000001", chat="1001")
    lan = Conversation.objects.create(
        channel="telegram", account="7000000001", chat="1001", last_interaction_at=timezone.now()
    )
    blocked_us.blocked_us(address, at=timezone.now() - timedelta(minutes=5))
    lan.refresh_from_db()
    assert lan.unreachable_since is None


def test_a_name_that_is_not_the_bots_is_told_because_codes_would_lead_elsewhere(
    telegram: Emulator, polling: Polling, settings: LazySettings
) -> None:
    settings.TELEGRAM_NAME = "somebody_elses_bot"
    with capture_logs() as lines, polling():
        wait_until(lambda: polls(telegram) >= 1, within=5)
    (told,) = [line for line in lines if line["event"] == "telegram_name_differs"]
    assert (told["set_to"], told["is_called"]) == ("somebody_elses_bot", "motcua_emulated_bot")


def test_groups_are_not_listened_to_and_told_why_only_when_they_ask(
    telegram: Emulator, polling: Polling
) -> None:
    group = telegram.citizen(-2001, "Tổ dân phố 5")
    group.does("text", text="mai họp nhé", chat_type="group")
    group.does("text", text="/start", chat_type="group")
    with polling():
        everything_confirmed(telegram)
        (told,) = group.hears(1)
    assert "trò chuyện riêng" in told["text"]
    assert not Conversation.objects.exists()


def test_the_token_is_never_logged(
    telegram: Emulator, polling: Polling, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.citizen(LAN).says("khai sinh")
    telegram.fault("getUpdates", "drop")
    with caplog.at_level(logging.DEBUG), polling():
        recorded()
        everything_confirmed(telegram)
    assert telegram.token.split(":")[1] not in caplog.text


def test_the_loop_ends_soon_after_it_is_told(telegram: Emulator, polling: Polling) -> None:
    begun = timezone.now()
    with polling():
        wait_until(lambda: polls(telegram) >= 1, within=5)
    assert timezone.now() - begun < timedelta(seconds=4)


def test_every_text_a_person_can_type_is_recorded(telegram: Emulator, polling: Polling) -> None:
    citizen = telegram.citizen(LAN)
    typed = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)

    @hypothesis_settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(typed)
    def is_recorded(text: str) -> None:
        update_id = citizen.says(text)
        mine: dict[str, Any] = {"event_id": f"update:{update_id}"}
        wait_until(lambda: Turn.objects.filter(**mine).exists(), within=10, what=repr(text))
        turn = Turn.objects.get(**mine)
        assert turn.kind == "text"
        assert turn.redacted or turn.text == clean(text)

    with polling():
        is_recorded()
