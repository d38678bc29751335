"""Whether a reply may go out now: within its channel's window, at what price, or held until the citizen
writes again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from django.db import transaction

from bot import paid_notices, reach_words, spending
from bot.channels import plain
from bot.channels.limits import ZALO
from bot.channels.rendering import message_of, render
from bot.channels.windows import Reach, ReplyWindow, reply_window, windows_of
from bot.models import PaidMessage
from bot.reach_words import NoTemplate
from conversations import held, outbox
from conversations.models import Conversation, Turn

_LIMITS = {"zalo": ZALO}


class Way(Enum):
    """What is to be done with a reply; PAY: sent when the month's cap has room for it, else held."""

    SEND = auto()
    PAY = auto()
    HOLD = auto()
    PUT_BACK = auto()


@dataclass(frozen=True, kw_only=True)
class Held:
    """A reply waits: why, and when it is looked at again although the citizen did nothing; None for never."""

    reason: str
    look_again_at: datetime | None = None


def window_of(conversation: Conversation, now: datetime) -> ReplyWindow:
    return reply_window(conversation.channel, last_interaction=conversation.last_interaction_at, now=now)


def way_of(reach: Reach, *, before: str) -> Way:
    """before: the status of the first reply that must go out earlier and has not, "" for none."""
    if before in outbox.OPEN:
        return Way.PUT_BACK
    if before or reach is Reach.CLOSED:
        return Way.HOLD
    return Way.PAY if reach is Reach.BILLED else Way.SEND


def price_of(turn: Turn) -> int:
    """What a reply costs in the billed part of the window, in đồng: each piece and each file is a message."""
    said = message_of(turn)
    pieces = render(said, who=plain.label(turn), limits=_LIMITS[turn.channel])
    return spending.budget_of(turn.channel).dong_a_reply * (len(pieces) + len(said.files))


def may_go(turn: Turn, *, now: datetime) -> bool:
    """Whether this claimed reply may be sent now; if not, it has been held, put back or taken away.

    What it costs is entered before it is sent.
    """
    if windows_of(turn.channel) is None:
        return True
    window = window_of(turn.conversation, now)
    if turn.template:
        return paid_notices.may_go(turn, window, now=now)
    before = held.before(turn)
    match way_of(window.reach, before=before):
        case Way.SEND:
            return True
        case Way.PUT_BACK:
            outbox.put_back(turn, due_at=now)
            return False
        case Way.PAY if spending.pay(turn, PaidMessage.Kind.REPLY, price_of(turn), at=now):
            return True
    _hold(turn, window, now, is_behind=bool(before))
    return False


def refused(turn: Turn, *, now: datetime) -> None:
    """The channel itself says that the window is closed: it is, until the citizen does something again."""
    if turn.template:
        spending.take_back(turn)
        problem = reach_words.held_because_closed(turn.channel, notice=NoTemplate.NO_NEWS)
        outbox.mark_failed(turn, problem=problem)
        return
    held.found_closed(turn)
    _hold(turn, ReplyWindow(reach=Reach.CLOSED), now, is_behind=False)


def costs_nothing(turn: Turn) -> None:
    """The channel surely did not take it: what was entered for it is taken out of the books."""
    if windows_of(turn.channel) is not None:
        spending.take_back(turn)


def _hold(turn: Turn, window: ReplyWindow, now: datetime, *, is_behind: bool) -> None:
    with transaction.atomic():
        if not held.is_still_silent(turn):
            outbox.put_back(turn, due_at=now)
            return
        spending.take_back(turn)
        is_closed = window.reach is Reach.CLOSED
        waits = _closed(turn, now) if is_closed else _in_window(turn, window, now, is_behind=is_behind)
        outbox.wait_for_citizen(turn, reason=waits.reason, look_again_at=waits.look_again_at)


def _in_window(turn: Turn, window: ReplyWindow, now: datetime, *, is_behind: bool) -> Held:
    """For money, or behind a reply that does; either may be there next month, and the window ends."""
    next_month = spending.month_at(now)[1]
    return Held(
        reason=reach_words.held_behind() if is_behind else reach_words.held_for_money(turn.channel),
        look_again_at=min(next_month, window.open_until or next_month),
    )


def _closed(turn: Turn, now: datetime) -> Held:
    """With a paid notice where everything allows it; money may be there next month."""
    why_not = paid_notices.queue_in_place_of(turn, now=now)
    again = spending.month_at(now)[1] if why_not is NoTemplate.NO_MONEY else None
    return Held(reason=reach_words.held_because_closed(turn.channel, notice=why_not), look_again_at=again)
