"""What every channel owes a citizen, each against its own far end over real HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bot.delivery import deliver_next, deliver_until
from conversations import outbox
from conversations.messages import Choice, Citation, MessageKind, OutboundMessage
from conversations.models import Conversation, Turn
from emulators.loopback import wait_until
from emulators.telegram import client as telegram_client
from emulators.zalo import client as zalo_client
from tests.bot.wires import NAMES, SERVICES, Person, Wire, wired

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # The library's own announcement, each time the server asks it to wait.
    pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta"),
]
IN, OUT = Turn.Direction.IN, Turn.Direction.OUT
FEE = Choice(label="Lệ phí", payload="part:1.001193:fee")
SOURCE = Citation(
    code="1.001193",
    title="Đăng ký khai sinh",
    decision="1872/QĐ-BTP",
    url="https://dichvucong.gov.vn/1.001193",
    updated="01/07/2026",
)


@pytest.fixture
def wire(
    request: pytest.FixtureRequest,
    settings: Any,
    telegram: telegram_client.Emulator,
    zalo: zalo_client.Emulator,
    transactional_db: None,
) -> Iterator[Wire]:
    with wired(request.param, settings, telegram, zalo) as opened:
        yield opened


every_channel = pytest.mark.parametrize("wire", NAMES, indirect=True)
every_service = pytest.mark.parametrize("wire", SERVICES, indirect=True)


@pytest.fixture
def lan(wire: Wire) -> Person:
    """A citizen who has said something: only then may a messenger write to her."""
    citizen = wire.person(1)
    citizen.says("em chào")
    received(1)
    return citizen


def received(count: int) -> list[Turn]:
    """Wait for so many turns; oldest first. Fails when there are more."""
    turns = Turn.objects.filter(direction=IN).order_by("id")
    wait_until(lambda: turns.count() >= count, what=f"{count} turns")
    assert turns.count() == count
    return list(turns)


def queued(to: Person, text: str, **reply: Any) -> Turn:
    return outbox.queue(Conversation.objects.get(chat=to.chat), OutboundMessage(text=text, **reply))


def send_all(wire: Wire) -> None:
    while deliver_next(wire.channel):
        pass


def bodies(person: Person) -> list[str]:
    """The words heard, below the line that says who speaks."""
    return [heard.text.partition("\n")[2] for heard in person.heard()]


@every_channel
def test_a_text_becomes_one_turn(wire: Wire) -> None:
    wire.person(1).says("làm giấy khai sinh cần gì")
    (turn,) = received(1)
    assert (turn.kind, turn.text, turn.channel) == (
        MessageKind.TEXT,
        "làm giấy khai sinh cần gì",
        wire.channel.name,
    )


@every_channel
def test_the_same_event_twice_is_one_turn(wire: Wire) -> None:
    wire.person(1).says_as_one_event_twice("khai sinh")
    wire.person(2).says("sau đó")
    wait_until(lambda: Turn.objects.filter(text="sau đó").exists())
    threading.Event().wait(0.5)  # the second delivery comes a tenth of a second after the first
    assert [turn.text for turn in received(2)].count("khai sinh") == 1


@every_channel
def test_what_a_citizen_says_stays_in_order(wire: Wire) -> None:
    citizen = wire.person(1)
    for number in range(6):
        citizen.says(f"câu {number}")
    assert [turn.text for turn in received(6)] == [f"câu {number}" for number in range(6)]


@every_channel
def test_replies_arrive_once_in_order_with_who_speaks_first(wire: Wire, lan: Person) -> None:
    for number in range(3):
        queued(lan, f"trả lời {number}")
    send_all(wire)
    assert [heard.text.split("\n")[0].endswith("Trợ lý ảo") for heard in lan.heard()] == [True] * 3
    assert bodies(lan) == [f"trả lời {number}" for number in range(3)]
    assert set(Turn.objects.filter(direction=OUT).values_list("status", flat=True)) == {Turn.Status.SENT}


@every_channel
def test_the_source_stands_on_one_line_below_the_answer(wire: Wire, lan: Person) -> None:
    queued(lan, "Lệ phí: 8.000 đồng.", citation=SOURCE)
    send_all(wire)
    last_line = lan.heard()[-1].text.splitlines()[-1]
    assert all(word in last_line for word in ("Nguồn", SOURCE.title, SOURCE.code, SOURCE.url))


@every_channel
def test_a_long_reply_with_many_choices_stays_within_the_limits_and_loses_no_word(
    wire: Wire, lan: Person
) -> None:
    words = [f"từ{number}" for number in range(1500)]
    choices = tuple(Choice(label=f"Thủ tục {n}", payload=f"p:{n}") for n in range(12))
    queued(lan, " ".join(words), choices=choices, asks=True)
    send_all(wire)
    heard = lan.heard()
    assert all(len(one.text) <= wire.text and len(one.buttons) <= wire.buttons for one in heard)
    said = " ".join(one.text for one in heard)
    assert [word for word in words if word not in said.split()] == []
    shown = said + " ".join(label for one in heard for label in one.buttons)
    assert all(choice.label in shown for choice in choices)


@every_channel
def test_a_tapped_button_comes_back_as_its_choice(wire: Wire, lan: Person) -> None:
    queued(lan, "Anh/chị cần gì?", choices=(FEE,))
    send_all(wire)
    lan.taps(FEE.label)
    tapped = received(2)[-1]
    assert (tapped.kind, tapped.payload["choice"], tapped.text) == (
        MessageKind.CHOICE,
        FEE.payload,
        FEE.label,
    )


@every_channel
def test_a_photo_and_several_are_kept_as_references_that_can_be_fetched(wire: Wire) -> None:
    citizen = wire.person(1)
    citizen.sends_photos(1)
    citizen.sends_photos(2)
    turns = received(3)
    assert {turn.kind for turn in turns} == {MessageKind.PHOTO}
    for turn in turns:
        (medium,) = turn.payload["media"]
        assert wire.channel.fetch(medium["reference"])


@every_channel
def test_a_position_keeps_its_place(wire: Wire) -> None:
    wire.person(1).shares_position(21.0285, 105.8542)
    (turn,) = received(1)
    assert turn.kind == MessageKind.POSITION
    assert turn.payload["position"] == pytest.approx({"latitude": 21.0285, "longitude": 105.8542})


@every_service
def test_a_reply_that_is_refused_for_good_fails_with_the_reason(wire: Wire) -> None:
    stranger = Conversation.objects.create(
        channel=wire.channel.name,
        account=wire.channel.account,
        chat="999999",
        last_interaction_at=timezone.now(),
    )
    turn = outbox.queue(stranger, OutboundMessage(text="chào anh/chị"))
    send_all(wire)
    turn.refresh_from_db()
    assert turn.status == Turn.Status.FAILED
    assert turn.problem


@every_service
def test_a_reply_that_is_asked_to_wait_waits(wire: Wire, lan: Person) -> None:
    wire.goes_wrong("too_many_requests", to=lan, seconds=30)
    turn = queued(lan, "trả lời")
    send_all(wire)
    turn.refresh_from_db()
    assert turn.status == Turn.Status.QUEUED
    assert turn.due_at - timezone.now() > timedelta(seconds=1)
    assert lan.heard() == []


@every_service
@pytest.mark.parametrize("kind", ["server_error", "drop", "cut"])
def test_a_reply_that_gets_lost_on_the_way_is_tried_again(wire: Wire, lan: Person, kind: str) -> None:
    wire.goes_wrong(kind, to=lan)
    queued(lan, "trả lời")
    send_all(wire)
    assert lan.heard() == []
    Turn.objects.filter(direction=OUT).update(due_at=timezone.now())
    send_all(wire)
    assert bodies(lan) == ["trả lời"]


@every_service
def test_a_far_end_that_stalls_for_one_citizen_delays_no_other(wire: Wire, lan: Person) -> None:
    minh = wire.person(2)
    minh.says("em chào")
    received(2)
    wire.goes_wrong("slow", to=lan, seconds=6)
    queued(lan, "trả lời Lan")
    queued(minh, "trả lời Minh")
    stop = threading.Event()
    delivering = threading.Thread(target=deliver_until, args=(stop, wire.channel))
    delivering.start()
    try:
        wait_until(lambda: bool(minh.heard()), within=5.5, what="the answer to Minh")
        assert Turn.objects.get(direction=OUT, conversation__chat=lan.chat).status == Turn.Status.SENDING
    finally:
        stop.set()
        delivering.join(20)


@every_service
def test_a_sender_killed_after_the_far_end_took_a_reply_repeats_that_one_only(
    wire: Wire, lan: Person
) -> None:
    queued(lan, "một")
    queued(lan, "hai")
    channel, now = wire.channel, timezone.now()
    taken = outbox.claim_due(channel=channel.name, account=channel.account, now=now)
    assert taken is not None
    channel.deliver(taken)  # and here the process is killed, before a row says so
    Turn.objects.filter(pk=taken.pk).update(lease_until=now - timedelta(seconds=1))
    send_all(wire)
    assert bodies(lan) == ["một", "một", "hai"]
