"""To a person: the case is opened, and the citizen told when to expect an answer, which is a promise."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from bot import moves, notice_replies, paid_templates, queue_replies
from casework import cases, promises
from casework.staffing import forecast_for
from conversations.messages import OutboundMessage
from conversations.models import Conversation
from nlu.entities import mask_personal


def hand_over(
    move: moves.HandOff, conversation: Conversation, *, topic: str, subject: str
) -> OutboundMessage:
    """Inside the outcome's transaction. topic: what it is about (casework.topics); subject: in words."""
    summary = " – ".join(part for part in (subject, mask_personal(move.summary)) if part)
    now = timezone.now()
    case = cases.open_case(conversation, reason=move.reason, summary=summary, topic=topic)
    told = forecast_for(case, now)
    promise = promises.make_or_keep(case, told, now)
    reply = queue_replies.handed_over(case, replace(told, due=promise.due_at), now=now)
    reply = notice_replies.answer_may_wait(reply, conversation.channel)
    return notice_replies.offered(reply) if paid_templates.may_be_offered(conversation) else reply
