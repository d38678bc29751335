"""Sending one reply: when it may go, and what is done when it does not get through."""

from __future__ import annotations

import threading
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.utils import timezone

from bot import paid_templates, reach
from bot.channels import (
    Channel,
    Concerns,
    Delivered,
    DeliveryProblem,
    OutOfWindow,
    SendsTemplates,
    Unreachable,
    accounts,
)
from bot.channels.accounts import Standing
from bot.channels.limits import paces_of
from bot.models import ChannelAccount
from conversations import blocked_us, outbox
from conversations.models import Conversation, Turn
from office.lookups import Change, moment, number

log = structlog.get_logger(__name__)

#: With the waits below, a reply is given up after about an hour; the desk can send it again.
ATTEMPTS = 15
FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(minutes=10)
STILL_BLOCKED = "Người dân đang chặn ta ở kênh này; tin được giữ và tự gửi khi họ quay lại."


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A reply that is ours to send, `at` when its account's pace allows it; account: as it stood then."""

    turn: Turn
    account: ChannelAccount
    at: datetime


def claim_next(channel: Channel, account: ChannelAccount) -> Claimed | None:
    """Claim the reply that is due next and may go out; None when there is none.

    One whose chat takes nothing now is due again later or held, and the next is claimed.
    """
    if accounts.standing(account, now=timezone.now()) in {Standing.OFF, Standing.PAUSED}:
        return None
    while turn := _claimed(channel):
        now = timezone.now()
        if not _chat_takes_it(turn, now=now):
            continue
        at = accounts.admit(account, pace=paces_of(channel.name).account, now=now)
        if at is None:
            outbox.put_back(turn, due_at=turn.due_at or now)
            return None
        return Claimed(turn=turn, account=copy(account), at=at)
    return None


def _claimed(channel: Channel) -> Turn | None:
    return outbox.claim_due(channel=channel.name, account=channel.account, now=timezone.now())


def _chat_takes_it(turn: Turn, *, now: datetime) -> bool:
    if turn.conversation.unreachable_since:
        blocked_us.hold(turn, reason=STILL_BLOCKED, at=now)
        return False
    pace = paces_of(turn.channel).chat
    at = pace.slot(turn.conversation.free_at, now=now).at if pace else now
    if at > now:
        outbox.put_back(turn, due_at=at)
        return False
    return reach.may_go(turn, now=now)


def send(channel: Channel, claimed: Claimed, *, stop: threading.Event | None = None) -> None:
    """Send a claimed reply, and note what came of it. stop: set when the program ends, so no fault counts."""
    turn = claimed.turn
    try:
        delivered = _sent(channel, turn)
    except Unreachable as problem:
        accounts.answered(claimed.account)
        reach.costs_nothing(turn)
        blocked_us.hold(turn, reason=str(problem), at=timezone.now())
    except OutOfWindow:
        accounts.answered(claimed.account)
        reach.refused(turn, now=timezone.now())
    except Exception as fault:
        if stop and stop.is_set():
            outbox.put_back(turn, due_at=timezone.now())
        else:
            _after_problem(claimed, _problem(turn, fault))
    else:
        outbox.mark_sent(turn, external_id=delivered.external_id)
        accounts.answered(claimed.account)
        _note_pace(claimed, delivered)


def _sent(channel: Channel, turn: Turn) -> Delivered:
    template = paid_templates.filled(turn) if turn.template else None
    if template is None:
        return channel.deliver(turn)
    if not isinstance(channel, SendsTemplates):
        raise DeliveryProblem(f"{channel.name} has no paid templates", permanent=True)
    return channel.deliver_template(turn, template_id=template.template_id, values=template.values)


def _note_pace(claimed: Claimed, delivered: Delivered) -> None:
    """What went into the chat and out of the account; whoever has the reply is alone with its chat."""
    turn = claimed.turn
    paces = paces_of(turn.channel)
    if paces.chat:
        now, free_at = timezone.now(), turn.conversation.free_at
        for _ in range(delivered.messages):
            free_at = paces.chat.slot(free_at, now=now).free_at
        _TAKES_AGAIN.make(conversation=turn.conversation_id, at=free_at)
    accounts.charge(claimed.account, messages=delivered.messages - 1, pace=paces.account)


_TAKES_AGAIN = Change(lambda: Conversation.objects.filter(pk=number("conversation")), free_at=moment("at"))


def _problem(turn: Turn, fault: Exception) -> DeliveryProblem:
    if isinstance(fault, DeliveryProblem):
        return fault
    log.error("delivery_failed", turn=turn.pk, channel=turn.channel, exc_info=fault)
    return DeliveryProblem(f"{type(fault).__name__}: {fault}")


def _after_problem(claimed: Claimed, problem: DeliveryProblem) -> None:
    turn, now = claimed.turn, timezone.now()
    if not problem.permanent and _concerns(claimed, problem, now=now) is Concerns.ACCOUNT:
        _let_account_wait(claimed, problem, now=now)
        return
    accounts.answered(claimed.account)
    if problem.permanent:
        reach.costs_nothing(turn)
        outbox.mark_failed(turn, problem=str(problem))
    elif problem.retry_after is not None:
        outbox.put_back(turn, due_at=now + timedelta(seconds=problem.retry_after), problem=str(problem))
    else:
        _try_again(turn, problem, now=now)


def _concerns(claimed: Claimed, problem: DeliveryProblem, *, now: datetime) -> Concerns:
    if problem.concerns is Concerns.CHAT and problem.retry_after is not None:
        until = now + timedelta(seconds=problem.retry_after)
        chat = claimed.turn.conversation.chat
        if accounts.is_flood_of_all(claimed.account, chat=chat, until=until, now=now):
            return Concerns.ACCOUNT
    return problem.concerns


def _let_account_wait(claimed: Claimed, problem: DeliveryProblem, *, now: datetime) -> None:
    """The reply is due again after the pause, behind those that were not tried meanwhile.

    Its try counts only when messages got through before: then it may be the reply after all that the
    service does not bear. In an outage no reply loses its tries, however long it lasts.
    """
    until = accounts.pause(claimed.account, problem, now=now)
    if problem.retry_after is None and not claimed.account.failures:
        _try_again(claimed.turn, problem, now=now)
    else:
        outbox.put_back(claimed.turn, due_at=until, problem=str(problem))


def _try_again(turn: Turn, problem: DeliveryProblem, *, now: datetime) -> None:
    if turn.attempt >= ATTEMPTS:
        outbox.mark_failed(turn, problem=str(problem))
        return
    outbox.postpone(turn, due_at=now + _back_off(turn.attempt), problem=str(problem))


def _back_off(attempt: int) -> timedelta:
    wait: timedelta = FIRST_RETRY * 2 ** (attempt - 1)
    return min(wait, LONGEST_RETRY)
