"""Blocks as the assistant meets them: whether one holds, an appeal put before a supervisor, a pause begun."""

from __future__ import annotations

from bot.decided import Stopped
from bot.moves import CoolDown, TakeAppeal
from casework import blocks, notices
from conversations.messages import OutboundMessage
from conversations.models import Turn


def stopped(turn: Turn) -> Stopped | None:
    """What stopped answers when this message came; None when nothing did."""
    held = blocks.block_of(turn.conversation, at=turn.created_at)
    if held is None:
        return None
    return Stopped(may_be_appealed=held.by_id is not None and held.appealed_at is None)


def stop_or_appeal(move: CoolDown | TakeAppeal, turn: Turn) -> list[OutboundMessage]:
    """Begin the pause, or keep the appeal, inside the outcome's transaction; what is said about it."""
    match move:
        case CoolDown(reason=reason):
            return [notices.paused(blocks.pause(turn.conversation, reason=reason))]
        case TakeAppeal():
            held = blocks.block_of(turn.conversation, at=turn.created_at)
            return [notices.appeal_taken()] if held and blocks.appeal(held, turn) else []
