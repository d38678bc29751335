"""The off-switch: nothing goes out, nothing is asked for, nothing is lost, and everybody sees why."""

from __future__ import annotations

import threading
import time

import pytest

from bot import intake
from bot.channels import switches
from bot.channels.overview import channels
from bot.channels.switches import Halt, is_off, note_decision, turn_off, turn_on
from bot.delivery import deliver_next
from bot.errors import NoReason, NoSuchChannel
from conversations.models import Turn
from office.models import AuditEntry
from tests.bot.office import RecordingChannel, message
from tests.bot.test_delivery import conversation, deliver_all, delivering, queued, soon
from tests.casework.people import official

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "Zalo khoá tài khoản, chờ mở lại"


def register() -> list[tuple[str, str, str | None]]:
    acts = AuditEntry.objects.filter(action__startswith="channel.").order_by("id")
    return [(act.action, act.subject, act.detail.get("reason")) for act in acts]


@pytest.fixture
def telegram() -> RecordingChannel:
    return RecordingChannel(name="telegram")


def test_while_a_channel_is_off_replies_wait_and_then_go_out_in_order(telegram: RecordingChannel) -> None:
    here = conversation(channel="telegram")
    turns = [queued(here, text) for text in ("một", "hai")]
    turn_off("telegram", reason=REASON, by=official())
    deliver_all(telegram)
    assert not telegram.sent
    assert [Turn.objects.get(pk=turn.pk).attempt for turn in turns] == [0, 0]
    turn_on("telegram", by=official("lan"))
    deliver_all(telegram)
    assert [turn.text for turn in telegram.sent] == ["một", "hai"]


def test_a_loop_that_runs_stops_sending_within_seconds_and_goes_on_at_once() -> None:
    quick = RecordingChannel(name="webchat")
    here = conversation()
    with delivering(quick):
        queued(here, "một")
        assert soon(lambda: len(quick.sent) == 1)
        turn_off("webchat", reason=REASON, by=None)
        time.sleep(1.5)
        queued(here, "hai")
        time.sleep(1.5)
        assert len(quick.sent) == 1
        turn_on("webchat", by=None)
        assert soon(lambda: len(quick.sent) == 2, seconds=5)


def test_one_channel_off_is_no_other_off(telegram: RecordingChannel, channel: RecordingChannel) -> None:
    turn_off("telegram", reason=REASON, by=None)
    queued(conversation(channel="telegram"))
    queued(conversation())
    assert not deliver_next(telegram)
    assert deliver_next(channel)


def test_what_comes_in_meanwhile_is_committed() -> None:
    turn_off("telegram", reason=REASON, by=None)
    turn = intake.receive(message("làm khai sinh cần gì", channel="telegram"))
    assert Turn.objects.get(pk=turn.pk).status == Turn.Status.RECEIVED


def test_every_turn_of_the_switch_is_in_the_register_with_its_reason_and_who_did_it() -> None:
    admin = official("minh")
    assert turn_off("zalo", reason=f"  {REASON} ", by=admin)
    assert not turn_off("zalo", reason="khác", by=admin)
    assert turn_on("zalo", by=None, reason="đã mở lại", operator="root")
    assert not turn_on("zalo", by=admin)
    assert register() == [
        ("channel.off", "channel:zalo", REASON),
        ("channel.on", "channel:zalo", "đã mở lại"),
    ]
    first, last = AuditEntry.objects.order_by("id")
    assert (first.actor, last.actor) == (admin, None)
    assert last.detail["operator"] == "root"


def test_without_a_reason_or_on_no_channel_of_ours_nothing_is_changed() -> None:
    with pytest.raises(NoReason):
        turn_off("zalo", reason=" ", by=None)
    with pytest.raises(NoSuchChannel):
        turn_off("facebook", reason=REASON, by=None)
    assert not is_off("zalo")
    assert register() == []


def test_the_decision_that_allows_a_service_abroad_is_in_the_register_once_and_is_shown() -> None:
    for number in ("12/QĐ-UBND", "12/QĐ-UBND", "34/QĐ-UBND"):
        note_decision("telegram", number)
    acts = AuditEntry.objects.filter(action="channel.allowed").order_by("id")
    assert [act.detail["decision"] for act in acts] == ["12/QĐ-UBND", "34/QĐ-UBND"]
    (telegram,) = [channel for channel in channels() if channel.channel == "telegram"]
    assert telegram.decision == "34/QĐ-UBND"


def test_a_thread_that_waits_at_the_far_end_is_halted_by_the_switch_and_by_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(switches, "LOOK_EVERY", 0.0)
    stop = threading.Event()
    halt = Halt(stop, "telegram")
    assert not halt.is_set()
    turn_off("telegram", reason=REASON, by=None)
    assert halt.is_set()
    turn_on("telegram", by=None)
    assert not halt.is_set()
    stop.set()
    assert halt.is_set()


def test_the_overview_counts_what_waits_and_what_failed_by_channel(telegram: RecordingChannel) -> None:
    here = conversation(channel="telegram")
    turns = [queued(here, text) for text in ("một", "hai", "ba")]
    assert deliver_next(telegram)
    Turn.objects.filter(pk=turns[1].pk).update(status=Turn.Status.FAILED)
    intake.receive(message("xin chào", channel="telegram"))
    (shown,) = [channel for channel in channels() if channel.channel == "telegram"]
    (account,) = shown.accounts
    assert (account.waiting.count, account.failed.count, account.held.count) == (1, 1, 0)
    assert account.waiting.oldest == turns[2].created_at
    assert account.last_sent
    assert account.last_received
