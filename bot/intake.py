"""The one door by which messages come in: guards first, then the row, then a nudge after the commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction

from bot import choices, commands, turn_queue
from bot.own_data_acts import enter_for_official
from bot.taken_back import forget_pictures, take_back
from casework import cases
from conversations import inbox, transcript
from conversations.addresses import conversation_at
from conversations.messages import LONGEST_PAYLOAD, InboundMessage, MessageKind
from conversations.models import Conversation, Turn
from conversations.paper_pictures import drop_pictures_of_paper
from nlu import guards
from nlu.entities import mask_documents
from nlu.guards import Finding
from nlu.identity_papers import shows_identity_paper
from nlu.openings import only_opens
from nlu.text import clean

#: Records a message, once; must commit before it returns.
Receive = Callable[[InboundMessage], object]

#: The database is away: the message waits at its messenger, and comes again.
AWAY = (OperationalError, InterfaceError)
#: What one message may hold; more is cut in the row and the citizen is told.
LONGEST_TEXT = 10_000
#: How long an album waits for its next picture, and "cho em hỏi" for its question. Telegram gives out the
#: pictures of an album together; two seconds are within what a citizen takes for thinking.
HOLD = timedelta(seconds=1.5)


def receive(message: InboundMessage) -> Turn:
    """Record a message once, without what must not be kept, and nudge a worker. Returns after the commit.

    Numbers of identity papers are masked before anything looks: nobody needs them.
    A correction that changes nothing is no message: the turn it corrects is returned.
    """
    tapped = _choice_of_ours(message.choice)
    text = _label(message, tapped) or mask_documents(clean(message.text)[:LONGEST_TEXT])
    choice = tapped or commands.payload_of(text)
    media = tuple(replace(medium, name=mask_documents(medium.name)) for medium in message.media)
    same = _unchanged(message, text)
    name = _name(message.sender_name)
    return same or _recorded(replace(message, text=text, media=media, choice=choice, sender_name=name))


def bare(message: InboundMessage) -> InboundMessage:
    """Only that something came: one message we cannot take must not hold up everybody behind it."""
    return replace(
        message, kind=MessageKind.OTHER, text="", choice="", position=None, media=(), sender_name=""
    )


def _recorded(message: InboundMessage) -> Turn:
    text = message.text
    finding = _not_to_be_kept(message)
    waits = (bool(message.group) or only_opens(text)) and guards.look(text) is None
    with transaction.atomic():
        recorded = inbox.record(
            message,
            text=finding.redacted_text if finding else text,
            redacted=finding.kind.value if finding else "",
            hold=HOLD if waits else inbox.AT_ONCE,
        )
        if recorded.is_new:
            _forget(message, recorded.turn)
            _count_as_owed(recorded.turn)
            enter_for_official(recorded.turn)
            transaction.on_commit(turn_queue.embedded.nudge)
    return recorded.turn


def _forget(message: InboundMessage, turn: Turn) -> None:
    """What the citizen deleted, and pictures of identity papers, before anybody sees them."""
    if message.kind is MessageKind.DELETED:
        take_back(turn)
        return
    gone = drop_pictures_of_paper(turn, shown=_shows_paper(message))
    forget_pictures(turn.conversation, gone)


def _count_as_owed(turn: Turn) -> None:
    """What waits for a person, and what is said while waiting for one, is owed an answer from now on."""
    kept_for_person = turn.status in (Turn.Status.LEFT_TO_PERSON, Turn.Status.RECEIVED)
    if kept_for_person and turn.conversation.owner != Conversation.Owner.BOT:
        cases.citizen_wrote(turn.conversation, at=turn.created_at)


def _shows_paper(message: InboundMessage) -> bool:
    """By its words, or by the name of its file."""
    return shows_identity_paper(message.text) or any(
        shows_identity_paper(medium.name) for medium in message.media
    )


def _unchanged(message: InboundMessage, text: str) -> Turn | None:
    """Telegram also calls it an edit when a link's preview or a reaction was added."""
    if message.kind is not MessageKind.EDITED:
        return None
    before = transcript.last_version(message)
    return before if before and before.text == text else None


def _not_to_be_kept(message: InboundMessage) -> Finding | None:
    """What a guard saw in the words or the names of files; a tap carries only our own button's label."""
    if message.kind is MessageKind.CHOICE and message.choice:
        return None
    names = (clean(medium.name) for medium in message.media)
    findings = (guards.look(said) for said in (message.text, *names) if said)
    return next((finding for finding in findings if finding and not finding.keep), None)


def _name(given: str) -> str:
    """The name a citizen goes by on the channel, "" where it tells what must not be kept."""
    finding = guards.look(given) if given else None
    return "" if finding and not finding.keep else given


def _label(message: InboundMessage, choice: str) -> str:
    """The whole words of a tapped button: its channel may have shown but a number."""
    return transcript.label_offered(conversation_at(message.address), choice) if choice else ""


def _choice_of_ours(payload: str) -> str:
    """The payload of a button, or "": no guard looks at it, so nothing else may pass for one."""
    fits = payload.isprintable() and len(payload.encode()) <= LONGEST_PAYLOAD
    return payload if fits and choices.parse(payload) else ""
