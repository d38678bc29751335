"""Replies on Telegram: labelled, with source and buttons, within its limits; what goes wrong has a name."""

from __future__ import annotations

import threading
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from bot import intake
from bot.channels import DeliveryProblem
from bot.channels.plain import utf16_units
from bot.channels.telegram import TelegramChannel, TelegramNotAllowed, telegram_channel
from bot.delivery import deliver_next
from conversations import blocked_us, outbox
from conversations.documents import keep_document, sent
from conversations.messages import (
    Address,
    Author,
    Choice,
    Citation,
    InboundMessage,
    MessageKind,
    OutboundMessage,
    SentFile,
)
from conversations.models import Conversation, Turn
from emulators.loopback import wait_until
from emulators.telegram.client import Citizen, Emulator
from office.models import Staff, Unit
from tests.conversations import documents
from tests.web.browsers import photograph

CITATION = Citation(
    code="1.001193",
    title="Đăng ký khai sinh",
    decision="1872/QĐ-BTP",
    url="https://dichvucong.gov.vn/1.001193",
    updated="01/07/2026",
)
pytestmark = [
    pytest.mark.django_db(transaction=True),
    # The library's own announcement, each time the server asks it to wait.
    pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta"),
]


@pytest.fixture
def lan(telegram: Emulator) -> Citizen:
    citizen = telegram.citizen(1001, "Chị Lan")
    citizen.says("/start")
    return citizen


def queued(citizen: Citizen, text: str, *, staff: Staff | None = None, **reply: Any) -> Turn:
    account = citizen.emulator.token.split(":")[0]
    conversation, _ = Conversation.objects.get_or_create(
        channel="telegram", account=account, chat=str(citizen.chat)
    )
    return outbox.queue(conversation, OutboundMessage(text=text, **reply), staff=staff)


def buttons(message: dict[str, Any]) -> list[list[dict[str, str]]]:
    keyboard: list[list[dict[str, str]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return keyboard


def test_a_reply_says_who_speaks_then_the_words_then_the_source_on_one_line(
    channel: TelegramChannel, lan: Citizen
) -> None:
    delivered = channel.deliver(queued(lan, "Lệ phí: 8.000 đồng.", citation=CITATION))
    (message,) = lan.heard()
    assert message["text"] == (
        "🤖 Trợ lý ảo\n"
        "Lệ phí: 8.000 đồng.\n\n"
        "📄 Nguồn: Đăng ký khai sinh (mã 1.001193) · 1872/QĐ-BTP · cập nhật 01/07/2026 · "
        "https://dichvucong.gov.vn/1.001193"
    )
    assert message["link_preview_options"] == {"is_disabled": True}
    assert delivered.external_id == str(message["message_id"])


def test_an_official_is_named_with_the_unit(channel: TelegramChannel, lan: Citizen) -> None:
    official = Staff.objects.create(username="hoa")
    official.units.add(Unit.objects.create(code="p-ba-dinh", name="Phường Ba Đình", kind="ward"))
    channel.deliver(queued(lan, "Chị mang giấy chứng sinh nhé.", author=Author.OFFICIAL, staff=official))
    assert lan.heard()[0]["text"].startswith("👤 Cán bộ – Phường Ba Đình\n")


def test_buttons_stand_side_by_side_where_they_are_read_whole_and_carry_their_payload_or_address(
    channel: TelegramChannel, lan: Citizen
) -> None:
    choices = (
        Choice(label="Lệ phí", payload="part:1.001193:fee"),
        Choice(label="Thời hạn", payload="part:1.001193:time"),
        Choice(label="Mở Cổng Dịch vụ công", url="https://dichvucong.gov.vn"),
    )
    channel.deliver(queued(lan, "Anh/chị cần gì?", choices=choices))
    assert buttons(lan.heard()[0]) == [
        [
            {"text": "Lệ phí", "callback_data": "part:1.001193:fee"},
            {"text": "Thời hạn", "callback_data": "part:1.001193:time"},
        ],
        [{"text": "Mở Cổng Dịch vụ công", "url": "https://dichvucong.gov.vn"}],
    ]


def test_links_telegram_refuses_as_buttons_are_written_out(
    channel: TelegramChannel, lan: Citizen, settings: LazySettings
) -> None:
    settings.PUBLIC_URL = "http://localhost:8000"
    choices = (
        Choice(label="Gọi 114 – cháy, cứu nạn", url="tel:114"),
        Choice(label="Xem thủ tục", url="/thu-tuc/1.001193"),
        Choice(label="Gặp cán bộ", payload="staff"),
    )
    channel.deliver(queued(lan, "Anh/chị gọi ngay.", choices=choices))
    (message,) = lan.heard()
    assert message["text"].endswith(
        "Gọi 114 – cháy, cứu nạn: 114\nXem thủ tục: http://localhost:8000/thu-tuc/1.001193"
    )
    assert [row[0]["text"] for row in buttons(message)] == ["Gặp cán bộ"]


def test_a_long_reply_goes_out_in_pieces_with_the_buttons_on_the_last(
    channel: TelegramChannel, lan: Citizen
) -> None:
    paragraphs = [f"Đoạn {number}: " + "👤 giấy tờ cần nộp. " * 60 for number in range(9)]
    choice = Choice(label="Lệ phí", payload="part:1.001193:fee")
    channel.deliver(queued(lan, "\n\n".join(paragraphs), choices=(choice,)))
    heard = lan.heard()
    assert len(heard) > 2
    assert all(utf16_units(message["text"]) <= 4096 for message in heard)
    assert [bool(buttons(message)) for message in heard] == [False] * (len(heard) - 1) + [True]
    assert all(message["text"].startswith("Đoạn") for message in heard[1:])


def test_markup_in_a_reply_is_shown_as_it_was_written(channel: TelegramChannel, lan: Citizen) -> None:
    channel.deliver(queued(lan, "Mẫu <b>TK1</b>, mục *3_a* & [4](x)"))
    assert lan.heard()[0]["text"].endswith("\nMẫu <b>TK1</b>, mục *3_a* & [4](x)")


def test_what_telegram_asks_us_to_wait_is_waited_by_this_conversation_only(
    channel: TelegramChannel, telegram: Emulator, lan: Citizen
) -> None:
    minh = telegram.citizen(1002)
    minh.says("/start")
    first, other = queued(lan, "một"), queued(minh, "hai")
    telegram.fault("sendMessage", "too_many_requests", seconds=30)
    assert deliver_next(channel)
    assert deliver_next(channel)
    assert not deliver_next(channel)
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.status, other.status) == (Turn.Status.QUEUED, Turn.Status.SENT)
    assert first.due_at is not None
    assert timedelta(seconds=25) < first.due_at - timezone.now() <= timedelta(seconds=30)
    assert "30" in first.problem


def test_replies_to_somebody_who_blocked_us_wait_in_order_until_he_writes_again(
    channel: TelegramChannel, lan: Citizen
) -> None:
    lan.does("block", quietly=True)
    first, second = queued(lan, "một"), queued(lan, "hai")
    while deliver_next(channel):
        pass
    for turn in (first, second):
        turn.refresh_from_db()
        assert turn.status == Turn.Status.HELD
        assert "chặn" in turn.problem
    assert Conversation.objects.get().unreachable_since
    lan.does("unblock", quietly=True)
    said = InboundMessage(
        address=Address(channel="telegram", account=channel.account, chat=str(lan.chat)),
        event_id="update:1",
        kind=MessageKind.TEXT,
        sent_at=timezone.now(),
        text="tôi đây",
    )
    intake.receive(said)
    while deliver_next(channel):
        pass
    assert [message["text"].splitlines()[-1] for message in lan.heard()] == ["một", "hai"]
    assert Conversation.objects.get().unreachable_since is None


def test_nothing_is_tried_where_we_know_that_we_are_blocked(
    channel: TelegramChannel, telegram: Emulator, lan: Citizen
) -> None:
    turn = queued(lan, "chào")
    address = Address(channel="telegram", account=channel.account, chat=str(lan.chat))
    blocked_us.blocked_us(address, at=timezone.now())
    deliver_next(channel)
    turn.refresh_from_db()
    assert turn.status == Turn.Status.HELD
    assert not any(call["method"] == "sendMessage" for call in telegram.state()["calls"])


def test_a_refused_reply_is_permanent_and_quotes_the_refusal(
    channel: TelegramChannel, telegram: Emulator
) -> None:
    with pytest.raises(DeliveryProblem, match="Chat not found") as caught:
        channel.deliver(queued(telegram.citizen(4040), "chào"))
    assert caught.value.permanent


@pytest.mark.parametrize("kind", ["server_error", "drop"])
def test_trouble_on_the_way_is_temporary(
    channel: TelegramChannel, telegram: Emulator, lan: Citizen, kind: str
) -> None:
    turn = queued(lan, "chào")
    telegram.fault("sendMessage", kind)
    with pytest.raises(DeliveryProblem) as caught:
        channel.deliver(turn)
    assert (caught.value.permanent, caught.value.retry_after) == (False, None)
    assert telegram.token not in str(caught.value)
    channel.deliver(turn)
    assert len(lan.heard()) == 1


def test_a_long_reply_that_stopped_half_way_goes_on_where_it_stopped(
    channel: TelegramChannel, telegram: Emulator, lan: Citizen
) -> None:
    turn = queued(lan, "\n\n".join(f"Đoạn {number}. " + "Giấy tờ cần nộp. " * 100 for number in range(6)))
    telegram.fault("sendMessage", "too_many_requests", after=1, seconds=3)
    with pytest.raises(DeliveryProblem) as caught:
        channel.deliver(turn)
    assert caught.value.retry_after == 3
    assert len(lan.heard()) == 1
    channel.deliver(turn)
    texts = [message["text"] for message in lan.heard()]
    assert len(texts) > 2
    assert len(texts) == len(set(texts))


def test_a_reply_on_its_way_when_the_channel_closes_stays_queued(telegram: Emulator, lan: Citizen) -> None:
    closing = TelegramChannel(token=telegram.token, base_url=telegram.url)
    turn = queued(lan, "chào")
    telegram.fault("sendMessage", "time_out", seconds=4)
    sending = threading.Thread(target=deliver_next, args=(closing,))
    sending.start()
    wait_until(lambda: any(call["method"] == "sendMessage" for call in telegram.state()["calls"]), within=5)
    closing.close()
    sending.join(timeout=5)
    turn.refresh_from_db()
    assert (turn.status, turn.problem) == (Turn.Status.QUEUED, "Kênh Telegram đang dừng.")


def test_a_picture_telegram_no_longer_has_is_a_named_problem(channel: TelegramChannel) -> None:
    with pytest.raises(DeliveryProblem, match="Invalid file_id"):
        channel.fetch("FILE-of-yesterday")


def test_without_a_token_telegram_is_off(settings: LazySettings) -> None:
    settings.TELEGRAM_TOKEN = ""
    assert telegram_channel() is None


def test_a_token_without_a_decision_is_refused_with_what_to_set(settings: LazySettings) -> None:
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_DECISION = "7000000001:" + "A" * 35, " "
    with pytest.raises(TelegramNotAllowed, match="set MOTCUA_TELEGRAM_DECISION"):
        telegram_channel()


def test_a_mangled_token_is_refused_before_anything_is_sent(settings: LazySettings) -> None:
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_DECISION = "7000000001", "12/QĐ-UBND"
    with pytest.raises(TelegramNotAllowed, match="BotFather"):
        telegram_channel()


def test_with_token_and_decision_telegram_is_on(settings: LazySettings, telegram: Emulator) -> None:
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_DECISION = telegram.token, "12/QĐ-UBND"
    settings.TELEGRAM_BASE_URL = telegram.url
    channel = telegram_channel()
    assert channel is not None
    assert (channel.name, channel.account) == ("telegram", "7000000001")
    channel.close()


def test_a_file_of_an_official_goes_out_after_the_words_as_a_document_and_a_picture_as_a_picture(
    channel: TelegramChannel, telegram: Emulator, lan: Citizen
) -> None:
    official = Staff.objects.create(username="hoa")
    turn = queued(lan, "Gửi chị mẫu đơn.", author=Author.OFFICIAL, staff=official)
    kept = [
        keep_document(turn.conversation, documents.PDF, name="Mẫu TK1.pdf"),
        keep_document(turn.conversation, photograph(), name="quầy.jpg"),
    ]
    turn.payload["files"] = [asdict(sent(file)) for file in kept]
    turn.save()
    telegram.fault("sendDocument", "server_error")
    with pytest.raises(DeliveryProblem):
        channel.deliver(turn)
    delivered = channel.deliver(turn)
    words, document, picture = lan.heard()
    assert words["text"] == "👤 Cán bộ\nGửi chị mẫu đơn."
    assert (document["document"]["file_name"], document["caption"]) == ("Mẫu TK1.pdf", "👤 Cán bộ")
    assert document["document"]["file_size"] == len(documents.PDF)
    assert picture["photo"]
    assert (delivered.external_id, delivered.messages) == (str(picture["message_id"]), 3)


def test_a_file_that_is_gone_is_a_permanent_problem(channel: TelegramChannel, lan: Citizen) -> None:
    missing = SentFile(reference="gone", name="a.pdf", media_type="application/pdf", size=1)
    with pytest.raises(DeliveryProblem, match="không còn được giữ") as caught:
        channel.deliver(queued(lan, "Gửi chị.", files=(missing,)))
    assert caught.value.permanent
