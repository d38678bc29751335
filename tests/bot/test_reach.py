"""Replies and reply windows: what may not be sent is held in order, and goes out when the citizen is back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot import paid_templates, reach, spending
from bot.channels import Delivered, DeliveryProblem, OutOfWindow
from bot.channels.windows import Reach
from bot.delivery import deliver_next
from bot.intake import receive
from bot.models import PaidMessage
from bot.moves import OwnDataAct
from bot.own_data_acts import carry_out
from bot.paid_templates import Purpose
from bot.reach import Way
from conversations import consents, held, outbox
from conversations.messages import Address, Author, MessageKind, OutboundMessage
from conversations.models import Consent, Conversation, Turn
from office.models import AuditEntry
from tests.bot.office import RecordingChannel, make_due, message

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = Address(channel="zalo", account="main", chat="citizen-1")
HELD, QUEUED, SENT, FAILED = Turn.Status.HELD, Turn.Status.QUEUED, Turn.Status.SENT, Turn.Status.FAILED


@dataclass(kw_only=True)
class Zalo(RecordingChannel):
    """Remembers the templates, too."""

    name: str = "zalo"
    templates: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)

    def deliver_template(self, turn: Turn, *, template_id: str, values: Mapping[str, str]) -> Delivered:
        if self.problems:
            raise self.problems.pop(0)
        self.templates.append((turn.conversation.chat, template_id, values))
        return Delivered(external_id="t1")

    @property
    def words(self) -> list[str]:
        return [turn.text for turn in self.sent]


@pytest.fixture
def zalo() -> Zalo:
    return Zalo()


def citizen(silent_for: timedelta, chat: str = "citizen-1") -> Conversation:
    return Conversation.objects.create(
        channel="zalo", account="main", chat=chat, last_interaction_at=timezone.now() - silent_for
    )


FREE, BILLED, CLOSED = timedelta(hours=47), timedelta(hours=49), timedelta(days=8)


def queued(to: Conversation, text: str = "xin chào", **more: Any) -> Turn:
    return outbox.queue(to, OutboundMessage(text=text, **more))


def answer(to: Conversation, subject: str = "PA-2026-000001") -> Turn:
    """An official's words about a report."""
    return queued(to, "Đã sửa đèn.", author=Author.OFFICIAL, detail={"subject": subject})


def deliver_all(channel: RecordingChannel) -> None:
    while deliver_next(channel):
        pass


def writes(text: str = "alo", chat: str = "citizen-1", **more: Any) -> Turn:
    return receive(message(text, chat=chat, channel="zalo", **more))


def at_once(*acts: Callable[[], object]) -> None:
    """Each in a thread with a connection of its own."""

    def run(act: Callable[[], object]) -> None:
        act()
        connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)


def status_of(turn: Turn) -> str:
    turn.refresh_from_db()
    return turn.status


# In order, and nobody else waits


def test_inside_the_free_hours_a_reply_goes_out_and_costs_nothing(zalo: Zalo) -> None:
    queued(citizen(FREE))
    deliver_all(zalo)
    assert zalo.words == ["xin chào"]
    assert not PaidMessage.objects.exists()


def test_into_a_closed_window_replies_are_held_and_go_out_in_order_before_the_next_when_the_citizen_writes(
    zalo: Zalo,
) -> None:
    here = citizen(CLOSED)
    turns = [queued(here, text) for text in ("một", "hai")]
    deliver_all(zalo)
    assert zalo.words == []
    assert [status_of(turn) for turn in turns] == [HELD, HELD]
    assert "khi người dân nhắn lại" in turns[0].problem
    writes()
    queued(here, "ba")
    deliver_all(zalo)
    assert zalo.words == ["một", "hai", "ba"]
    assert [status_of(turn) for turn in turns] == [SENT, SENT]


def test_a_held_conversation_delays_no_other(zalo: Zalo) -> None:
    queued(citizen(CLOSED), "một")
    queued(citizen(FREE, "citizen-2"), "hai")
    deliver_all(zalo)
    assert zalo.words == ["hai"]
    assert not deliver_next(zalo)


def test_on_a_channel_without_a_window_nothing_is_held(channel: RecordingChannel) -> None:
    here = Conversation.objects.create(channel="webchat", account="main", chat="citizen-1")
    queued(here)
    deliver_all(channel)
    assert len(channel.sent) == 1


def test_a_reply_claimed_just_before_the_citizen_writes_is_not_held_for_ever(zalo: Zalo) -> None:
    queued(citizen(CLOSED))
    claimed = outbox.claim_due(channel="zalo", account="main", now=timezone.now())
    assert claimed is not None
    writes()
    assert not reach.may_go(claimed, now=timezone.now())
    assert status_of(claimed) == QUEUED
    assert claimed.attempt == 0
    deliver_all(zalo)
    assert zalo.words == ["xin chào"]


def test_a_later_reply_claimed_while_the_first_is_let_go_waits_behind_it(zalo: Zalo) -> None:
    here = citizen(CLOSED)
    queued(here, "một")
    deliver_all(zalo)
    queued(here, "hai")
    later = outbox.claim_due(channel="zalo", account="main", now=timezone.now())
    assert later is not None
    writes()
    assert not reach.may_go(later, now=timezone.now())
    deliver_all(zalo)
    assert zalo.words == ["một", "hai"]


def test_a_follow_or_a_click_lets_go_what_was_held(zalo: Zalo) -> None:
    queued(citizen(CLOSED))
    deliver_all(zalo)
    assert held.interacted(ADDRESS, at=timezone.now())
    deliver_all(zalo)
    assert zalo.words == ["xin chào"]


def test_a_follow_of_somebody_unknown_changes_nothing() -> None:
    assert not held.interacted(ADDRESS, at=timezone.now())
    assert not Conversation.objects.exists()


def test_a_deleted_message_opens_no_window(zalo: Zalo) -> None:
    queued(citizen(CLOSED))
    writes("", kind=MessageKind.DELETED, message_id="m1")
    deliver_all(zalo)
    assert zalo.words == []


def test_an_update_that_comes_late_counts_from_when_it_happened(zalo: Zalo) -> None:
    writes(sent_at=timezone.now() - CLOSED)
    queued(Conversation.objects.get())
    deliver_all(zalo)
    assert zalo.words == []


def test_a_clock_ahead_of_ours_opens_no_longer_window() -> None:
    writes(sent_at=timezone.now() + timedelta(days=3))
    last = Conversation.objects.get().last_interaction_at
    assert last is not None
    assert last <= timezone.now()


def test_what_zalo_itself_refuses_for_its_window_is_held_not_failed(zalo: Zalo) -> None:
    turn = queued(citizen(FREE))
    zalo.problems = [OutOfWindow("-230")]
    deliver_all(zalo)
    assert status_of(turn) == HELD
    writes()
    deliver_all(zalo)
    assert status_of(turn) == SENT


@hypothesis_settings(max_examples=25)
@given(steps=st.lists(st.sampled_from(["reply", "write", "deliver", "claim", "days pass"]), max_size=14))
def test_whatever_happens_in_between_everything_goes_out_once_and_in_order(steps: list[str]) -> None:
    Conversation.objects.all().delete()
    zalo, here = Zalo(), citizen(FREE)
    said: list[str] = []
    for step in steps:
        here.refresh_from_db()
        match step:
            case "reply":
                said.append(str(len(said)))
                queued(here, said[-1])
            case "write":
                writes()
            case "deliver":
                deliver_next(zalo)
            case "claim":  # a sender that dies; its lease runs out at once
                outbox.claim_due(channel="zalo", account="main", now=timezone.now())
                Turn.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
            case "days pass":
                Conversation.objects.update(last_interaction_at=timezone.now() - CLOSED)
    writes()
    deliver_all(zalo)
    assert zalo.words == said
    assert set(here.turns.filter(direction="out").values_list("status", flat=True)) <= {SENT}


def test_where_zalo_refused_the_notice_goes_out_although_our_clock_had_the_window_open(zalo: Zalo) -> None:
    here = citizen(FREE)
    allow_notices(here)
    answer(here)
    zalo.problems = [OutOfWindow("-232")]
    deliver_all(zalo)
    assert len(zalo.templates) == 1


def test_a_message_that_comes_while_a_reply_is_being_held_always_lets_it_go(zalo: Zalo) -> None:
    for number in range(20):
        chat = f"citizen-{number}"
        turn = queued(citizen(CLOSED, chat))
        at_once(partial(deliver_next, zalo), partial(writes, chat=chat))
        deliver_all(zalo)
        assert status_of(turn) == SENT


# What a reply costs after the free hours


def cap(dong: int, reply: int = 55) -> None:
    spending.decide("zalo", dong_a_month=dong, dong_a_reply=reply, because="QĐ 1")


def paid() -> list[int]:
    return list(PaidMessage.objects.values_list("dong", flat=True))


def test_nothing_paid_is_sent_until_a_budget_is_decided(zalo: Zalo) -> None:
    turn = queued(citizen(BILLED))
    deliver_all(zalo)
    assert status_of(turn) == HELD
    assert "không còn ngân sách" in turn.problem
    cap(1_000)
    deliver_all(zalo)
    assert status_of(turn) == SENT
    assert paid() == [55]
    assert AuditEntry.objects.get(action="budget.decided").detail["because"] == "QĐ 1"


def test_a_reply_is_paid_once_however_often_it_is_tried_and_by_the_piece(zalo: Zalo) -> None:
    cap(1_000)
    queued(citizen(BILLED), "a " * 1500)
    zalo.problems = [DeliveryProblem("hết giờ"), DeliveryProblem("hết giờ")]
    for _ in range(3):
        deliver_all(zalo)
        make_due()
    assert len(zalo.sent) == 1
    assert paid() == [110]


def test_what_was_refused_for_good_costs_nothing(zalo: Zalo) -> None:
    cap(1_000)
    turn = queued(citizen(BILLED))
    zalo.problems = [DeliveryProblem("đã chặn", permanent=True)]
    deliver_all(zalo)
    assert status_of(turn) == FAILED
    assert paid() == []


def test_the_cap_of_a_month_is_kept_and_the_next_month_begins_anew(zalo: Zalo) -> None:
    cap(100)
    first, second = queued(citizen(BILLED)), queued(citizen(BILLED, "citizen-2"))
    deliver_all(zalo)
    assert [status_of(first), status_of(second)] == [SENT, HELD]
    assert second.due_at is not None
    assert second.due_at <= spending.month_at(timezone.now())[1]
    PaidMessage.objects.update(at=spending.month_at(timezone.now())[0] - timedelta(seconds=1))
    make_due()
    deliver_all(zalo)
    assert status_of(second) == SENT


def test_processes_that_pay_at_the_same_time_never_spend_more_than_the_cap() -> None:
    cap(55 * 3)
    turns = [queued(citizen(BILLED, f"citizen-{number}")) for number in range(8)]
    agreed: list[bool] = []

    def pay(turn: Turn) -> None:
        agreed.append(spending.pay(turn, PaidMessage.Kind.REPLY, 55, at=timezone.now()))

    at_once(*(partial(pay, turn) for turn in turns))
    assert sorted(agreed) == [False] * 5 + [True] * 3
    assert sum(paid()) == 55 * 3


@given(
    moment=st.datetimes(timezones=st.just(timezone.get_default_timezone())).filter(
        lambda m: 1 < m.year < 9999
    )
)
def test_a_month_holds_its_moment_and_ends_where_the_next_begins(moment: datetime) -> None:
    begins, ends = spending.month_at(moment)
    assert begins <= moment < ends
    assert spending.month_at(ends)[0] == ends


# Paid notices in place of what is held


def allow_notices(here: Conversation, *, dong: int = 10_000) -> None:
    cap(dong)
    for purpose in Purpose:
        paid_templates.enter("zalo", purpose, template_id=f"id-{purpose}", dong=300, because="QĐ 2")
    consents.give(here, Consent.Purpose.NOTICE, text_version="1")


def test_with_consent_template_and_money_one_notice_goes_out_and_the_answer_still_waits(zalo: Zalo) -> None:
    here = citizen(CLOSED)
    allow_notices(here)
    turns = [answer(here), answer(here)]
    deliver_all(zalo)
    assert zalo.templates == [("citizen-1", "id-answer", {"code": "PA-2026-000001"})]
    assert [status_of(turn) for turn in turns] == [HELD, HELD]
    assert paid() == [300]
    writes()
    deliver_all(zalo)
    assert zalo.words == ["Đã sửa đèn.", "Đã sửa đèn."]


def test_a_step_of_a_report_has_a_notice_of_its_own_and_the_rest_none(zalo: Zalo) -> None:
    here = citizen(CLOSED)
    allow_notices(here)
    queued(here, "Xin mời đánh giá", detail={"subject": "HT-2026-000001"})
    queued(here, "Đã tiếp nhận", detail={"subject": "PA-2026-000001"})
    deliver_all(zalo)
    assert [template for _, template, _ in zalo.templates] == ["id-progress"]


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("consent", "chưa đồng ý"),
        ("template", "Chưa khai báo mẫu"),
        ("money", "không còn ngân sách để gửi tin báo"),
    ],
)
def test_without_consent_template_or_money_nothing_is_sent_and_the_row_says_why(
    zalo: Zalo, missing: str, reason: str
) -> None:
    here = citizen(CLOSED)
    allow_notices(here, dong=299 if missing == "money" else 300)
    if missing == "consent":
        consents.withdraw(here)
    if missing == "template":
        paid_templates.remove("zalo", Purpose.ANSWER, because="hết hạn")
    turn = answer(here)
    deliver_all(zalo)
    assert zalo.templates == []
    assert status_of(turn) == HELD
    assert reason in turn.problem
    assert paid() == []


def test_a_notice_that_the_citizen_s_return_made_needless_is_not_sent_and_not_paid(zalo: Zalo) -> None:
    here = citizen(CLOSED)
    allow_notices(here)
    answer(here)
    zalo.problems = [DeliveryProblem("hết giờ")]
    deliver_all(zalo)
    assert paid() == [300]
    writes()
    deliver_all(zalo)
    assert zalo.templates == []
    assert zalo.words == ["Đã sửa đèn."]
    assert paid() == []


def test_a_notice_that_failed_for_good_is_on_the_desk_and_costs_nothing(zalo: Zalo) -> None:
    here = citizen(CLOSED)
    allow_notices(here)
    answer(here)
    zalo.problems = [DeliveryProblem("mẫu bị từ chối", permanent=True)]
    deliver_all(zalo)
    assert here.turns.get(status=FAILED).template == "answer"
    assert paid() == []


def test_a_notice_is_sent_again_only_after_the_citizen_was_back(zalo: Zalo) -> None:
    here = citizen(CLOSED)
    allow_notices(here)
    answer(here)
    deliver_all(zalo)
    writes()
    deliver_all(zalo)
    Turn.objects.update(created_at=timezone.now() - CLOSED - timedelta(days=1))
    Conversation.objects.update(last_interaction_at=timezone.now() - CLOSED)
    answer(here)
    deliver_all(zalo)
    assert len(zalo.templates) == 2


def test_the_sweep_of_delivery_does_not_turn_in_a_circle_over_what_is_held(zalo: Zalo) -> None:
    for number in range(5):
        queued(citizen(CLOSED if number % 2 else BILLED, f"citizen-{number}"))
    deliver_all(zalo)
    assert not deliver_next(zalo)
    assert Turn.objects.filter(status=HELD, attempt=0).count() == 5


def test_who_had_everything_erased_on_zalo_is_told_so(zalo: Zalo) -> None:
    writes()
    carry_out(OwnDataAct.ERASE, Conversation.objects.get())
    deliver_all(zalo)
    assert "Đã xoá tin nhắn" in zalo.words[0]


@given(where=st.sampled_from(Reach), before=st.sampled_from(["", "queued", "sending", "held"]))
def test_nothing_overtakes_what_comes_before_it_and_nothing_goes_into_a_closed_window(
    where: Reach, before: str
) -> None:
    way = reach.way_of(where, before=before)
    assert (way in {Way.SEND, Way.PAY}) == (not before and where is not Reach.CLOSED)
    assert (way is Way.PUT_BACK) == (before in {"queued", "sending"})
    assert (way is Way.PAY) == (not before and where is Reach.BILLED)
