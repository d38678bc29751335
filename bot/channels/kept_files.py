"""The bytes of what is kept here, for a channel that sends or shows it."""

from __future__ import annotations

from bot.channels import DeliveryProblem
from conversations.models import Attachment, Turn


def content_of(turn: Turn, reference: str) -> bytes:
    """A file of the turn's conversation, by its public id. Raises DeliveryProblem, permanent, when gone."""
    kept = Attachment.objects.filter(public_id=reference, conversation=turn.conversation_id).first()
    if kept is None:
        raise DeliveryProblem("Tệp đính kèm không còn được giữ.", permanent=True)
    try:
        with kept.file.open("rb") as file:
            data: bytes = file.read()
    except FileNotFoundError as problem:
        raise DeliveryProblem("Tệp đính kèm không còn trong kho.", permanent=True) from problem
    return data
