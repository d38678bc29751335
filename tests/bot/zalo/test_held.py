"""Held replies and paid notices against an emulated Zalo over real HTTP, with windows of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bot import paid_templates, spending
from bot.channels.zalo import ZaloAccount, ZaloChannel
from bot.channels.zalo.receiving import take_in
from bot.delivery import deliver_next
from bot.models import PaidMessage
from bot.paid_templates import CODE, Purpose
from conversations import consents, outbox
from conversations.messages import Author, OutboundMessage
from conversations.models import Consent, Conversation, Turn
from emulators.zalo.client import Citizen, Emulator

pytestmark = pytest.mark.django_db(transaction=True)

HELD, SENT, FAILED = Turn.Status.HELD, Turn.Status.SENT, Turn.Status.FAILED
CODE_OF_REPORT = "PA-2026-000001"


@pytest.fixture
def lan(zalo: Emulator) -> Citizen:
    return zalo.citizen("1001", "Chị Lan")


@pytest.fixture
def here(account: ZaloAccount, lan: Citizen) -> Conversation:
    lan.says("xin chào")
    return Conversation.objects.create(
        channel="zalo", account=account.oa_id, chat=lan.user_id, last_interaction_at=timezone.now()
    )


def falls_silent(lan: Citizen, here: Conversation, *, hours: float, known: bool = True) -> None:
    """At Zalo, and as far as we know of it."""
    lan.falls_silent(hours=hours)
    if known:
        here.last_interaction_at = timezone.now() - timedelta(hours=hours)
        here.save()


def answer(here: Conversation, text: str = "Đèn đã sửa.") -> Turn:
    detail = {"subject": CODE_OF_REPORT}
    return outbox.queue(here, OutboundMessage(text=text, author=Author.OFFICIAL, detail=detail))


def deliver_all(channel: ZaloChannel) -> None:
    while deliver_next(channel):
        pass


def status_of(turn: Turn) -> str:
    turn.refresh_from_db()
    return turn.status


def followed(account: ZaloAccount) -> None:
    """The event that Zalo sends when the citizen follows, taken in as the webhook does."""
    at = str(int(timezone.now().timestamp() * 1000))
    event = {"event_name": "follow", "oa_id": account.oa_id, "follower": {"id": "1001"}, "timestamp": at}
    take_in(event, account=account)


def test_zalo_s_own_refusal_holds_the_reply_and_a_follow_lets_it_go(
    channel: ZaloChannel, account: ZaloAccount, lan: Citizen, here: Conversation
) -> None:
    falls_silent(lan, here, hours=24 * 8, known=False)
    first, second = answer(here, "một"), answer(here, "hai")
    deliver_all(channel)
    assert [status_of(first), status_of(second)] == [HELD, HELD]
    assert lan.heard() == []
    lan.follows()
    followed(account)
    deliver_all(channel)
    assert [message["text"].splitlines()[1] for message in lan.heard()] == ["một", "hai"]


def test_a_reply_in_the_billed_days_waits_for_a_budget_and_is_entered_at_its_price(
    channel: ZaloChannel, zalo: Emulator, lan: Citizen, here: Conversation
) -> None:
    falls_silent(lan, here, hours=60)
    turn = answer(here)
    deliver_all(channel)
    assert status_of(turn) == HELD
    spending.decide("zalo", dong_a_month=100, dong_a_reply=55, because="QĐ 1")
    deliver_all(channel)
    assert status_of(turn) == SENT
    assert PaidMessage.objects.get().dong == 55


def test_a_paid_notice_carries_the_number_alone_and_the_answer_follows_when_the_citizen_is_back(
    channel: ZaloChannel, account: ZaloAccount, zalo: Emulator, lan: Citizen, here: Conversation
) -> None:
    zalo.approves("398765", parameters={CODE: 20}, price=300)
    lan.allows_templates()
    spending.decide("zalo", dong_a_month=1_000, dong_a_reply=55, because="QĐ 1")
    paid_templates.enter("zalo", Purpose.ANSWER, template_id="398765", dong=300, because="QĐ 1")
    consents.give(here, Consent.Purpose.NOTICE, text_version="1")
    falls_silent(lan, here, hours=24 * 8)
    turn = answer(here)
    deliver_all(channel)
    (notice,) = lan.heard()
    assert notice["template_data"] == {CODE: CODE_OF_REPORT}
    assert "Đèn" not in str(notice)
    assert status_of(turn) == HELD
    lan.follows()
    followed(account)
    deliver_all(channel)
    assert status_of(turn) == SENT
    assert spending.books("zalo", at=timezone.now()).total == 300


def test_a_notice_that_the_citizen_shut_out_at_zalo_fails_on_the_desk_and_costs_nothing(
    channel: ZaloChannel, zalo: Emulator, lan: Citizen, here: Conversation
) -> None:
    zalo.approves("398765", parameters={CODE: 20}, price=300)
    spending.decide("zalo", dong_a_month=1_000, dong_a_reply=55, because="QĐ 1")
    paid_templates.enter("zalo", Purpose.ANSWER, template_id="398765", dong=300, because="QĐ 1")
    consents.give(here, Consent.Purpose.NOTICE, text_version="1")
    falls_silent(lan, here, hours=24 * 8)
    turn = answer(here)
    deliver_all(channel)
    assert here.turns.get(template="answer").status == FAILED
    assert status_of(turn) == HELD
    assert not PaidMessage.objects.exists()
