"""What an event of Zalo's changes here: committed when this returns, so that Zalo may be answered 200."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.utils import timezone

from bot import intake
from bot.channels.zalo import updates
from bot.channels.zalo.account import ZaloAccount
from bot.channels.zalo.updates import Courtesy, Event, Interaction, OfficialReply, Withdrawal
from bot.channels.zalo.values import Json
from casework import outside, own_data
from conversations import held
from conversations.addresses import conversation_at
from conversations.messages import InboundMessage

log = structlog.get_logger(__name__)

LOST = "Read it in the chat of the Official Account at Zalo, answer there, and report this trace."
#: How far Zalo's clock and ours may be apart: what began later than a withdrawal is not meant by it.
CLOCKS_DIFFER = timedelta(minutes=5)


def take_in(event: Json, *, account: ZaloAccount, receive: intake.Receive = intake.receive) -> None:
    """Do what the event says, once however often it comes.

    Raises OperationalError or InterfaceError when the database is away: Zalo then sends it again. Nothing
    else is raised: an event refused for an hour, and Zalo unsubscribes the whole app.
    """
    said = updates.read(event, account=account.oa_id, now=timezone.now())
    try:
        _act(said, receive)
    except intake.AWAY:
        raise
    except Exception:
        log.exception("zalo_event_not_taken_whole", event_name=event.get("event_name"))
        if isinstance(said, InboundMessage):
            _take_bare(said, receive)


def _act(said: Event, receive: intake.Receive) -> None:
    match said:
        case InboundMessage():
            receive(said)
        case OfficialReply():
            outside.take_over(
                said.address,
                text=said.text,
                event_id=said.event_id,
                message_id=said.message_id,
                at=said.sent_at,
            )
        case Withdrawal():
            _forget(said)
        case Interaction(address=address, at=at):
            held.interacted(address, at=at)
        case Courtesy(name=name):
            log.debug("zalo_event_passed_over", event_name=name)


def _forget(said: Withdrawal) -> None:
    """Delete what we keep, as a request of the citizen's, entered and met."""
    conversation = conversation_at(said.address)
    if conversation is None or conversation.created_at > said.said_at + CLOCKS_DIFFER:
        log.info("zalo_withdrawal_without_conversation")
        return
    own_data.erase(conversation)


def _take_bare(message: InboundMessage, receive: intake.Receive) -> None:
    """Only that something came: the citizen is told so, and Zalo need not send it again."""
    try:
        receive(intake.bare(message))
    except intake.AWAY:
        raise
    except Exception:
        log.critical("zalo_message_lost", event_id=message.event_id, what_to_do=LOST, exc_info=True)
