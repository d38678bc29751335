"""Consents: given to one purpose in words of one version, taken back at any time; both leave their time."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone

from conversations.models import Consent, Conversation


def give(conversation: Conversation, purpose: Consent.Purpose, *, text_version: str) -> Consent:
    """Keep a yes that the citizen has just given; text_version: of the words it was asked in."""
    return Consent.objects.create(conversation=conversation, purpose=purpose, text_version=text_version)


def given(conversation: Conversation) -> frozenset[str]:
    """The purposes to which a yes stands."""
    return frozenset(_standing(conversation).values_list("purpose", flat=True))


def withdraw(conversation: Conversation) -> Sequence[Consent]:
    """Take back every consent still given in this conversation; those withdrawn just now."""
    standing = list(_standing(conversation))
    _standing(conversation).update(withdrawn_at=timezone.now())
    return standing


def _standing(conversation: Conversation) -> QuerySet[Consent]:
    return conversation.consents.filter(withdrawn_at=None)
