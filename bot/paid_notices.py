"""A paid notice in place of a reply that is held: one, where nothing speaks against it, and paid for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bot import reach_words, spending
from bot.channels.windows import Reach, ReplyWindow
from bot.models import PaidMessage, PaidTemplate
from bot.paid_templates import Purpose, purpose_of, subject_of, template_of
from bot.reach_words import NoTemplate
from conversations import consents, outbox, transcript
from conversations.messages import OutboundMessage
from conversations.models import Consent, Conversation, Turn


def queue_in_place_of(turn: Turn, *, now: datetime) -> NoTemplate | None:
    """Queue a notice of this reply and pay for it, both or none; why there is none, None when there is."""
    purpose = purpose_of(turn)
    template = template_of(turn.channel, purpose) if purpose else None
    why_not = why_none(turn.conversation, purpose)
    if template and why_not is None and not _queued(turn, template, now):
        return NoTemplate.NO_MONEY
    return why_not


def why_none(conversation: Conversation, purpose: Purpose | None) -> NoTemplate | None:
    """Why a notice may not be sent there; None when only money can forbid it."""
    if purpose is None:
        return NoTemplate.NO_NEWS
    if template_of(conversation.channel, purpose) is None:
        return NoTemplate.NOT_SET
    if Consent.Purpose.NOTICE not in consents.given(conversation):
        return NoTemplate.NO_CONSENT
    return NoTemplate.SENT_BEFORE if _was_sent(conversation, purpose) else None


def may_go(turn: Turn, window: ReplyWindow, *, now: datetime) -> bool:
    """Whether this claimed notice may be sent now.

    One that the citizen's return made needless is taken away, with its price; one without a template or
    money has failed.
    """
    if window.reach is not Reach.CLOSED:
        spending.take_back(turn)
        outbox.take_away(turn)
        return False
    template = template_of(turn.channel, turn.template)
    if template is None:
        outbox.mark_failed(turn, problem=reach_words.template_gone())
        return False
    if not _pay(turn, template, now):
        outbox.mark_failed(turn, problem=reach_words.no_money())
        return False
    return True


def _was_sent(conversation: Conversation, purpose: Purpose) -> bool:
    """One notice of a kind until the citizen does something: more would only cost."""
    last = conversation.last_interaction_at or transcript.last_heard(conversation)
    since = {"created_at__gt": last} if last else {}
    before = conversation.turns.filter(template=purpose, **since)
    return before.exclude(status__in=outbox.UNSENT).exists()


def _queued(turn: Turn, template: PaidTemplate, now: datetime) -> bool:
    subject = subject_of(turn)
    text = reach_words.notice_text(subject, answered=template.purpose == Purpose.ANSWER)
    message = OutboundMessage(text=text, detail={"subject": subject}, template=template.purpose)
    with transaction.atomic():
        notice = outbox.queue(turn.conversation, message)
        is_paid = _pay(notice, template, now)
        if not is_paid:
            notice.delete()
    return is_paid


def _pay(notice: Turn, template: PaidTemplate, now: datetime) -> bool:
    return spending.pay(notice, PaidMessage.Kind.TEMPLATE, template.dong, at=now)
