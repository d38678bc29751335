"""One update taken in, whether we fetched it or Telegram sent it: committed when this returns."""

from __future__ import annotations

import structlog
from django.utils import timezone
from telegram import Update

from bot import intake
from bot.channels.telegram.courtesies import Courtesy, courtesies
from bot.channels.telegram.updates import Standing, inbound, standing
from conversations import blocked_us, held
from conversations.messages import InboundMessage

log = structlog.get_logger(__name__)


def take_in(
    update: Update, *, account: str, receive: intake.Receive = intake.receive
) -> tuple[Courtesy, ...]:
    """Record what the update says, once however often it comes; returns what is owed to Telegram for it.

    What no citizen said to us is passed over. Raises OperationalError or InterfaceError when the database is
    away: then nothing was recorded, and Telegram keeps the update.
    """
    changed = standing(update, account=account)
    if changed:
        _note(changed)
        return ()
    message = inbound(update, account=account, now=timezone.now())
    if message is None:
        log.info("telegram_update_passed_over", update_id=update.update_id)
        return courtesies(update, None)
    return courtesies(update, _recorded(message, receive))


def _note(changed: Standing) -> None:
    """Blocked: replies wait from now on. Unblocked: those that waited go out."""
    if changed.is_blocked:
        blocked_us.blocked_us(changed.address, at=changed.at)
    else:
        held.interacted(changed.address, at=changed.at)


def _recorded(message: InboundMessage, receive: intake.Receive) -> object:
    try:
        return receive(message)
    except intake.AWAY:
        raise
    except Exception:
        log.exception("telegram_message_not_recorded_whole", event_id=message.event_id)
        return receive(intake.bare(message))
