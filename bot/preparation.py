"""What a move needs that takes time, had before the outcome's transaction begins.

Pictures are fetched from the channel only when their report is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from bot import moves
from bot.channels import Channel, DeliveryProblem
from casework.models import Report
from casework.report_secrets import Secret, new_secret
from casework.reports import status_for_author
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


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """photos, secret: of a report to be filed. report: the one asked for, if the asker is its author."""

    photos: Kept = field(default_factory=Kept)
    secret: Secret | None = None
    report: Report | None = None


def prepare(move: moves.Move, conversation: Conversation, channels: Mapping[str, Channel]) -> Prepared:
    """Fetch, hash and check what the move needs; nothing for most moves."""
    match move:
        case moves.FileReport(form=form):
            return Prepared(photos=_keep_all(form.media, conversation, channels), secret=new_secret())
        case moves.LookUp(code=code, secret=secret):
            return Prepared(report=status_for_author(code, conversation=conversation, secret=secret))
    return Prepared()


def _keep_all(
    media: tuple[MediaReference, ...], conversation: Conversation, channels: Mapping[str, Channel]
) -> Kept:
    found = [_keep(medium, conversation, channels) for medium in media]
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
