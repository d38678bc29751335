"""What citizens do on Zalo becomes rows: over real HTTP, signed, repeated, out of order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.zalo import ZaloAccount, ZaloChannel
from conversations import outbox
from conversations.messages import Choice, OutboundMessage
from conversations.models import Conversation, Turn
from emulators.zalo.client import Emulator
from tests.serving import served, until

LAN, MINH = "1001", "1002"


@pytest.fixture
def listening(zalo: Emulator, account: ZaloAccount) -> Iterator[Emulator]:
    """The emulator sends to the product, which is served for real."""
    with served() as url:
        zalo.sends_to(f"{url}/webhooks/zalo", scale=0.01)
        yield zalo


def said() -> list[tuple[str, str]]:
    return [(turn.kind, turn.text) for turn in Turn.objects.order_by("id")]


def test_all_that_citizens_send_is_recorded_and_answered_with_200(listening: Emulator) -> None:
    lan = listening.citizen(LAN)
    lan.says("làm khai sinh")
    lan.sends_image(text="ổ gà")
    lan.sends_location(21.0285, 105.8542)
    lan.sends_file(file_name="don.pdf")
    for act in ("gif", "audio", "video", "sticker", "business_card", "link"):
        lan.does(act)
    assert [delivery["is_delivered"] for delivery in listening.settles()] == [True] * 10
    kinds = [kind for kind, _ in said()]
    assert kinds == [
        *("text", "photo", "position", "file", "video", "voice", "video", "sticker", "contact", "text"),
    ]
    assert Turn.objects.get(kind="position").payload["position"] == {
        "latitude": 21.0285,
        "longitude": 105.8542,
    }


def test_a_tapped_button_comes_back_as_the_choice(listening: Emulator, channel: ZaloChannel) -> None:
    lan = listening.citizen(LAN)
    lan.says("khai sinh")
    listening.settles()
    fee = Choice(label="Lệ phí", payload="part:1.001193:fee")
    channel.deliver(outbox.queue(Conversation.objects.get(), OutboundMessage(text="Cần gì?", choices=(fee,))))
    lan.taps("Lệ phí")
    listening.settles()
    tap = Turn.objects.latest("id")
    assert (tap.kind, tap.text, tap.payload["choice"]) == ("choice", "Lệ phí", "part:1.001193:fee")


def test_a_button_may_be_typed(listening: Emulator) -> None:
    listening.citizen(LAN).says("#staff")
    listening.settles()
    assert Turn.objects.get().payload["choice"] == "staff"


@pytest.mark.parametrize("kind", ["duplicate", "late", "reorder"])
def test_events_that_come_twice_late_or_out_of_order_are_a_turn_each(listening: Emulator, kind: str) -> None:
    listening.fault("updates", kind, seconds=0.3)
    lan = listening.citizen(LAN)
    lan.says("một")
    lan.says("hai")
    listening.settles()
    assert sorted(said()) == [("text", "hai"), ("text", "một")]


def test_what_came_while_we_were_away_comes_again_and_is_one_turn(
    zalo: Emulator, account: ZaloAccount
) -> None:
    zalo.sends_to("http://127.0.0.1:1/webhooks/zalo", scale=0.02)
    zalo.citizen(LAN).says("khai sinh")
    until(lambda: zalo.deliveries()[0]["attempts"] == [None])
    with served() as url:
        zalo.post("webhook", {"url": f"{url}/webhooks/zalo"})
        (delivery,) = zalo.settles()
    assert delivery["attempts"][-1] == 200
    assert said() == [("text", "khai sinh")]


def test_another_secret_key_is_refused_until_it_is_put_right(listening: Emulator, settings: Any) -> None:
    right = settings.ZALO
    settings.ZALO = replace(right, oa_secret_key="wrong")
    listening.citizen(LAN).says("khai sinh")
    until(lambda: listening.deliveries()[0]["attempts"])
    assert listening.deliveries()[0]["attempts"][0] == 403
    settings.ZALO = right
    listening.settles()
    assert said() == [("text", "khai sinh")]


def test_an_official_in_zalos_own_chat_silences_the_assistant_and_our_own_echo_does_not(
    listening: Emulator, channel: ZaloChannel
) -> None:
    lan = listening.citizen(LAN)
    lan.says("khai sinh")
    listening.settles()
    channel.deliver(outbox.queue(Conversation.objects.get(), OutboundMessage(text="Chào anh/chị")))
    listening.settles()
    assert Conversation.objects.get().owner == "bot"
    lan.is_written_to("Em là Hoa ở bộ phận một cửa")
    lan.says("chào em")
    listening.settles()
    assert Conversation.objects.get().owner == "outside"
    assert Turn.objects.latest("id").status == Turn.Status.LEFT_TO_PERSON


def test_a_withdrawal_erases(listening: Emulator) -> None:
    lan, minh = listening.citizen(LAN), listening.citizen(MINH)
    lan.says("nhà tôi ở ngõ 5")
    minh.says("khai sinh")
    listening.settles()
    lan.withdraws()
    listening.settles()
    assert [turn.text for turn in Turn.objects.all()] == ["khai sinh"]
    assert not Conversation.objects.filter(chat=LAN).exists()


def test_a_follow_lets_go_what_was_held(listening: Emulator) -> None:
    lan = listening.citizen(LAN)
    lan.says("khai sinh")
    listening.settles()
    Conversation.objects.update(last_interaction_at=None)
    lan.follows()
    listening.settles()
    assert Conversation.objects.get().last_interaction_at is not None
    assert Turn.objects.count() == 1
