"""Paid templates (Zalo's ZBS): a notice that may be sent when the reply window is closed.

A template says only that there is news and under which number; the words themselves stay held until the
citizen writes again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from bot.models import PaidTemplate
from conversations import consents, held
from conversations.messages import Author
from conversations.models import Consent, Conversation, Turn
from office import audit

Purpose = PaidTemplate.Purpose

#: The parameter that every template of ours has at the channel, and the only one.
CODE = "code"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A template ready to send: its id, and a value by the name of each parameter."""

    template_id: str
    values: Mapping[str, str]


def purpose_of(turn: Turn) -> Purpose | None:
    """What a template could tell in place of this reply; None when nothing is worth paying for."""
    subject = subject_of(turn)
    if subject and turn.author == Author.OFFICIAL:
        return Purpose.ANSWER
    return Purpose.PROGRESS if subject.startswith("PA-") else None


def subject_of(turn: Turn) -> str:
    """The number of the report or case it is about, "" for none."""
    return str(turn.payload.get("detail", {}).get("subject", ""))


def template_of(channel: str, purpose: str) -> PaidTemplate | None:
    """The channel's template for this purpose; None when the operator entered none."""
    return PaidTemplate.objects.filter(channel=channel, purpose=purpose).first()


def are_used_on(channel: str) -> bool:
    """Whether citizens on this channel can be asked to agree to them."""
    return PaidTemplate.objects.filter(channel=channel).exists()


def may_be_offered(conversation: Conversation) -> bool:
    """Whether the citizen can be asked to agree to them and has not agreed yet."""
    if not are_used_on(conversation.channel):
        return False
    return Consent.Purpose.NOTICE not in consents.given(conversation)


def filled(turn: Turn) -> Filled | None:
    """A row of a template as it is to be sent; None when the operator took the template away."""
    template = template_of(turn.channel, turn.template)
    if template is None:
        return None
    return Filled(template_id=template.template_id, values={CODE: subject_of(turn)})


@transaction.atomic
def enter(channel: str, purpose: Purpose, *, template_id: str, dong: int, because: str) -> None:
    """Use this template from now on; held replies are looked at again. because: kept in the register."""
    values = {"template_id": template_id, "dong": dong}
    PaidTemplate.objects.update_or_create(channel=channel, purpose=purpose, defaults=values)
    subject = f"template {channel} {purpose}"
    audit.note("template.entered", subject, None, template_id=template_id, dong=dong, because=because)
    held.let_go_on(channel)


@transaction.atomic
def remove(channel: str, purpose: Purpose, *, because: str) -> bool:
    """Send no such notice any more; False when there was none."""
    found, _ = PaidTemplate.objects.filter(channel=channel, purpose=purpose).delete()
    if found:
        audit.note("template.removed", f"template {channel} {purpose}", None, because=because)
    return bool(found)
