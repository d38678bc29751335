"""Delivery: each reply out in order, late when asked, never given up silently, no channel slowing another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone

from bot import delivery
from bot.channels import Channel, Delivered, DeliveryProblem, plain
from bot.channels.limits import TELEGRAM
from bot.channels.rendering import message_of, render
from bot.channels.terminal import shown
from bot.channels.webchat import WebChat
from bot.delivery import deliver_next, deliver_until
from bot.sending import ATTEMPTS
from conversations import outbox
from conversations.messages import Author, Choice, Citation, OutboundMessage
from conversations.models import Conversation, Turn
from tests.bot.office import RecordingChannel, make_due
from tests.casework.people import official, ward
from web.desk.counts import failed_deliveries

pytestmark = pytest.mark.django_db(transaction=True)


def conversation(chat: str = "citizen-1", *, channel: str = "webchat") -> Conversation:
    return Conversation.objects.create(channel=channel, account="main", chat=chat)


def queued(to: Conversation, text: str = "xin chào", **more: object) -> Turn:
    return outbox.queue(to, OutboundMessage(text=text, **more))  # type: ignore[arg-type]


def deliver_all(channel: Channel) -> None:
    while deliver_next(channel):
        pass


def test_replies_go_out_in_order_with_the_far_end_s_own_id(channel: RecordingChannel) -> None:
    here = conversation()
    turns = [queued(here, text) for text in ("một", "hai", "ba")]
    deliver_all(channel)
    assert [turn.text for turn in channel.sent] == ["một", "hai", "ba"]
    sent = Turn.objects.filter(status=Turn.Status.SENT).order_by("id")
    assert [turn.external_id for turn in sent] == ["x1", "x2", "x3"]
    assert len(turns) == sent.count()


def test_a_wait_the_service_asks_for_delays_only_its_conversation(channel: RecordingChannel) -> None:
    slow, other = conversation("slow"), conversation("other")
    first = queued(slow, "một")
    queued(slow, "hai")
    queued(other, "ba")
    channel.problems = [DeliveryProblem("429", retry_after=30)]
    deliver_all(channel)
    assert [turn.text for turn in channel.sent] == ["ba"]
    first.refresh_from_db()
    assert timedelta(seconds=20) < first.due_at - timezone.now() <= timedelta(seconds=30)
    make_due()
    deliver_all(channel)
    assert [turn.text for turn in channel.sent] == ["ba", "một", "hai"]


@pytest.mark.parametrize("fault", [DeliveryProblem("không nối được"), OSError("broken pipe")])
def test_waits_grow_up_to_ten_minutes_for_about_an_hour_and_then_the_desk_shows_it(
    channel: RecordingChannel, fault: Exception
) -> None:
    turn = queued(conversation())
    waits = []
    while turn.status != Turn.Status.FAILED:
        channel.problems = [fault]
        begun = timezone.now()
        assert deliver_next(channel)
        ended = timezone.now()
        turn.refresh_from_db()
        if turn.status == Turn.Status.QUEUED:
            waits.append((turn.due_at - ended, turn.due_at - begun))
        make_due()
    expected = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] + [600] * (ATTEMPTS - 11)
    for (least, most), seconds in zip(waits, expected, strict=True):
        assert least <= timedelta(seconds=seconds) <= most  # however slow the machine is
    assert timedelta(minutes=45) < timedelta(seconds=sum(expected)) < timedelta(minutes=75)
    assert str(fault) in turn.problem


def test_what_can_never_arrive_fails_at_once_shows_on_the_desk_and_lets_the_next_go(
    channel: RecordingChannel,
) -> None:
    here = conversation()
    lost = queued(here, "một")
    queued(here, "hai")
    channel.problems = [DeliveryProblem("người dân đã chặn", permanent=True)]
    deliver_all(channel)
    assert [turn.text for turn in channel.sent] == ["hai"]
    shown = failed_deliveries(official()).get()
    assert (shown.pk, shown.problem) == (lost.pk, "người dân đã chặn")


@dataclass(kw_only=True)
class BlockingChannel(RecordingChannel):
    """A channel whose far end does not answer until `free` is set."""

    free: threading.Event = field(default_factory=threading.Event)
    entered: threading.Event = field(default_factory=threading.Event)

    def deliver(self, turn: Turn) -> Delivered:
        self.entered.set()
        self.free.wait(20)
        return super().deliver(turn)


@contextmanager
def delivering(*channels: Channel) -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=deliver_until, args=(stop, channel)) for channel in channels]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)
        assert not any(thread.is_alive() for thread in threads)


def soon(happens: Callable[[], bool], *, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.01)
    return happens()


def test_a_channel_that_hangs_delays_no_other() -> None:
    stalled, quick = BlockingChannel(name="telegram"), RecordingChannel(name="webchat")
    queued(conversation(channel="telegram"), "một")
    with delivering(stalled, quick):
        try:
            assert stalled.entered.wait(10)
            here = conversation()
            for number in range(3):
                queued(here, str(number))
            assert soon(lambda: len(quick.sent) == 3)
            assert not stalled.sent
        finally:
            stalled.free.set()
        assert soon(lambda: len(stalled.sent) == 1)


def test_a_reply_is_out_well_before_the_next_look_because_its_commit_nudges() -> None:
    quick = RecordingChannel()
    with delivering(quick):
        time.sleep(0.2)  # the loop is waiting now
        here = conversation()
        begun = time.monotonic()
        queued(here)
        assert soon(lambda: len(quick.sent) == 1)
        assert time.monotonic() - begun < delivery.LOOK_EVERY


CITATION = Citation(
    code="1.001193",
    title="Đăng ký khai sinh",
    decision="QĐ 1",
    url="https://dichvucong.gov.vn",
    updated="2026-07-01",
)


def sent_to_telegram(turn: Turn) -> str:
    (bubble,) = render(message_of(turn), who=plain.label(turn), limits=TELEGRAM)
    return bubble.text


def test_every_channel_names_who_speaks_and_the_source() -> None:
    staff = official("lan", ward("Phường Láng"))
    here = conversation()
    by_machine = queued(
        here, "Cần tờ khai.", citation=CITATION, choices=(Choice(label="Lệ phí", payload="x"),)
    )
    by_person = outbox.queue(here, OutboundMessage(text="Chào bác.", author=Author.OFFICIAL), staff=staff)
    for rendered in (sent_to_telegram(by_machine), shown(by_machine)):
        assert "Trợ lý ảo" in rendered.splitlines()[0]
        assert "1.001193" in rendered
        assert "QĐ 1" in rendered
    for rendered in (sent_to_telegram(by_person), shown(by_person)):
        assert "Cán bộ – Phường Láng" in rendered.splitlines()[0]
        assert "Nguồn" not in rendered
    assert "1. Lệ phí" in shown(by_machine)


def test_the_web_chat_takes_a_reply_and_gives_no_picture_it_does_not_have() -> None:
    turn = queued(conversation())
    assert WebChat().deliver(turn) == Delivered(external_id=str(turn.pk))
    with pytest.raises(DeliveryProblem) as problem:
        WebChat().fetch("unknown")
    assert problem.value.permanent
