"""The conversation at an address: found, or begun."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from conversations.messages import Address
from conversations.models import Conversation
from office.lookups import Lookup, word


def conversations_at(address: Address) -> QuerySet[Conversation]:
    """None or one."""
    return Conversation.objects.filter(channel=address.channel, account=address.account, chat=address.chat)


def conversation_at(address: Address) -> Conversation | None:
    """The conversation there; None before its first message."""
    return conversations_at(address).first()


def begun_at(address: Address, *, citizen_name: str = "") -> Conversation:
    """The conversation there, begun if need be, and locked until the caller's transaction ends.

    Whoever erases it meanwhile waits until a turn is in, or the turn begins a new one.
    """
    at = {"channel": address.channel, "account": address.account, "chat": address.chat}
    return _LOCKED_AT.first(**at) or _begun(address, citizen_name=citizen_name[:120])


def _begun(address: Address, *, citizen_name: str) -> Conversation:
    """By us, or meanwhile by another message."""
    try:
        with transaction.atomic():
            return Conversation.objects.create(
                channel=address.channel,
                account=address.account,
                chat=address.chat,
                citizen_name=citizen_name,
            )
    except IntegrityError:
        return conversations_at(address).select_for_update(no_key=True).get()


def _locked_at() -> QuerySet[Conversation]:
    locked = Conversation.objects.select_for_update(no_key=True)
    return locked.filter(channel=word("channel"), account=word("account"), chat=word("chat"))


_LOCKED_AT = Lookup(_locked_at)
