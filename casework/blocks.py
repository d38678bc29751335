"""Blocks: a supervisor stops the answers to somebody for some days, and looks again when asked to.

The machine itself only pauses, for minutes. Every act is audited, told to the citizen once, and conditional:
whoever acts second is told so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from casework import cases, notices
from casework.errors import AlreadyBlocked, BlockOver, NoSuchReason, NotASupervisor
from casework.models import Block
from conversations import outbox
from conversations.models import Conversation, Turn
from office import audit
from office.lookups import Lookup, moment, number
from office.models import Staff

#: Days a supervisor may choose; the second is offered first.
DAYS = (1, 3, 7, 30)
DAYS_AT_FIRST = 3
#: How long the machine pauses: long enough to cool off, short enough that nobody in need is kept out.
COOLING_OFF = timedelta(minutes=10)


def in_force(at: Any) -> QuerySet[Block]:
    """Blocks and pauses that hold at that moment (aware, or what stands for it in a lookup)."""
    return Block.objects.filter(Q(lifted_at=None), begun_at__lte=at, until__gt=at)


def block_of(conversation: Conversation, *, at: datetime) -> Block | None:
    """The block of this conversation at that moment, a person's before the machine's; None without one."""
    held = _IN_FORCE.all(conversation=conversation.pk, at=at)
    return max(held, key=lambda one: (one.by_id is not None, one.pk), default=None)


_IN_FORCE = Lookup(lambda: in_force(moment("at")).filter(conversation=number("conversation")))


@transaction.atomic
def block(conversation: Conversation, staff: Staff, *, reason: str, days: int) -> Block:
    """Stop answering for so many days, close the open case, and tell the citizen how to appeal.

    Raises NotASupervisor, NoSuchReason or AlreadyBlocked.
    """
    _check(staff)
    if reason not in Block.Reason.values or days not in DAYS:
        raise NoSuchReason
    now = timezone.now()
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    if in_force(now).filter(conversation=conversation).exclude(by=None).exists():
        raise AlreadyBlocked
    made = Block.objects.create(
        conversation=conversation, reason=reason, by=staff, begun_at=now, until=now + timedelta(days=days)
    )
    cases.close_for_block(conversation, staff)
    outbox.queue(conversation, notices.blocked(made))
    audit.note("block.made", conversation.public_id, staff, reason=reason, days=days)
    return made


def pause(conversation: Conversation, *, reason: str) -> Block:
    """The machine's own short pause, inside the caller's transaction."""
    now = timezone.now()
    made = Block.objects.create(
        conversation=conversation, reason=reason, begun_at=now, until=now + COOLING_OFF
    )
    audit.note("block.paused", conversation.public_id, None, reason=reason)
    return made


def carry_over(before: Conversation, after: Conversation) -> None:
    """What holds goes on at the same address: erasing one's words does not end a block."""
    in_force(timezone.now()).filter(conversation=before).update(conversation=after)


def appeal(block: Block, turn: Turn) -> bool:
    """Keep the citizen's one message for a supervisor. False when one was sent before, or nobody blocked."""
    first = Block.objects.filter(pk=block.pk, appealed_at=None).exclude(by=None)
    if not first.update(appeal=turn, appealed_at=timezone.now()):
        return False
    audit.note("block.appealed", block.conversation.public_id, None, turn=turn.pk)
    return True


@transaction.atomic
def lift(block: Block, staff: Staff) -> None:
    """Answer again from now on. Raises NotASupervisor or BlockOver."""
    _check(staff)
    if not in_force(timezone.now()).filter(pk=block.pk).update(lifted_at=timezone.now()):
        raise BlockOver
    outbox.queue(block.conversation, notices.block_lifted())
    audit.note("block.lifted", block.conversation.public_id, staff)


@transaction.atomic
def uphold(block: Block, staff: Staff) -> None:
    """Answer an appeal: the block stays until its day. Raises NotASupervisor or BlockOver."""
    _check(staff)
    waiting = in_force(timezone.now()).filter(pk=block.pk, appealed_at__isnull=False, upheld_at=None)
    if not waiting.update(upheld_at=timezone.now()):
        raise BlockOver
    outbox.queue(block.conversation, notices.block_upheld(block))
    audit.note("block.upheld", block.conversation.public_id, staff)


def _check(staff: Staff) -> None:
    if not staff.may_oversee:
        raise NotASupervisor
