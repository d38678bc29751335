"""The pictures of a report: fetched from the channel only when the report is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from bot import moves
from bot.channels import Channel, DeliveryProblem
from conversations.errors import PhotoRefused
from conversations.messages import MediaReference
from conversations.models import Attachment, Conversation
from conversations.photos import keep_photo

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The pictures now kept with us, and how many could not be had."""

    attachments: tuple[Attachment, ...] = ()
    lost: int = 0


def keep_photos(move: moves.Move, conversation: Conversation, channels: Mapping[str, Channel]) -> Kept:
    """Fetch and keep the pictures of a report about to be filed; nothing for any other move."""
    if not isinstance(move, moves.FileReport):
        return Kept()
    found = [_keep(medium, conversation, channels) for medium in move.form.media]
    kept = tuple(attachment for attachment in found if attachment)
    return Kept(attachments=kept, lost=len(found) - len(kept))


def _keep(
    medium: MediaReference, conversation: Conversation, channels: Mapping[str, Channel]
) -> Attachment | None:
    already = Attachment.objects.filter(conversation=conversation, public_id=medium.reference).first()
    if already:
        return already
    channel = channels.get(conversation.channel)
    if channel is None:
        return None
    try:
        return keep_photo(conversation, channel.fetch(medium.reference))
    except (PhotoRefused, DeliveryProblem) as problem:
        log.warning("photo_lost", channel=conversation.channel, reason=str(problem))
        return None
