"""What a move needs that takes time, had before the outcome's transaction begins.

Pictures are fetched from the channel only when their report is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from django.utils import timezone

from bot import moves
from bot.channels import Channel, DeliveryProblem
from bot.dossiers import DossierAnswer, how_far
from bot.report_standing import Standing, for_author, for_follower
from casework import topics
from casework.follows import followed
from casework.models import Report
from casework.report_secrets import Secret, new_secret
from casework.reports import is_locked, status_for_author
from conversations import inbox
from conversations.errors import PhotoRefused
from conversations.inbox import Claim
from conversations.messages import MediaReference
from conversations.models import Attachment, Conversation
from conversations.photos import check_may_send_more, keep_photo
from knowledge_base.errors import ReleaseProblem
from knowledge_base.releases import pinned_library

log = structlog.get_logger(__name__)

#: How long one picture may take to come; a messenger's slowest download stays below it.
FETCH_LEASE = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The pictures now kept with us, and how many could not be had."""

    attachments: tuple[Attachment, ...] = ()
    lost: int = 0


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """photos, secret: of a report to be filed. report: the one asked for, if the asker is its author or
    follows it, with its standing; to be reopened, by its author only. locked: secrets were guessed at too
    often to tell. dossier: what there is to say of the one asked for. topic, subject: of a case to be
    opened; the subject is the title of the procedure spoken of.
    """

    photos: Kept = field(default_factory=Kept)
    dossier: DossierAnswer | None = None
    secret: Secret | None = None
    report: Report | None = None
    standing: Standing = field(default_factory=Standing)
    locked: bool = False
    topic: str = ""
    subject: str = ""


def prepare(move: moves.Move, claim: Claim, channels: Mapping[str, Channel]) -> Prepared:
    """Fetch, hash and check what the move needs; nothing for most moves.

    Raises OutcomeSuperseded when the claim is lost meanwhile.
    """
    match move:
        case moves.FileReport(form=form):
            return Prepared(photos=_keep_all(form.media, claim, channels), secret=new_secret())
        case moves.HandOff():
            return _of_case(move)
        case moves.LookUp():
            return _looked_up(move, claim.conversation)
        case moves.Reopen():
            return _reopened(move, claim.conversation)
        case moves.LookUpDossier(code=code, proof=proof):
            return Prepared(dossier=how_far(code, proof, claim.conversation))
    return Prepared()


def _of_case(move: moves.HandOff) -> Prepared:
    """The category of the report in hand, else the field and title of the procedure spoken of."""
    if move.category or not move.procedure:
        return Prepared(topic=move.category)
    try:
        with pinned_library() as library:
            content = library.content(move.procedure)
    except ReleaseProblem:
        return Prepared()
    return Prepared(topic=topics.of_field(content.field), subject=content.title)


def _looked_up(move: moves.LookUp, conversation: Conversation) -> Prepared:
    code = move.code or _last_filed(conversation)
    report = status_for_author(code, conversation=conversation, secret=move.secret)
    if report:
        return Prepared(report=report, standing=for_author(report, conversation))
    if theirs := followed(code, conversation):
        return Prepared(report=theirs, standing=for_follower(theirs))
    return Prepared(locked=bool(move.secret) and is_locked(code, conversation=conversation))


def _reopened(move: moves.Reopen, conversation: Conversation) -> Prepared:
    report = status_for_author(move.code, conversation=conversation, secret=move.secret)
    return Prepared(
        report=report, locked=bool(move.secret) and is_locked(move.code, conversation=conversation)
    )


def _last_filed(conversation: Conversation) -> str:
    codes = Report.objects.filter(conversation=conversation).order_by("-id").values_list("code", flat=True)
    return codes.first() or ""


def _keep_all(media: tuple[MediaReference, ...], claim: Claim, channels: Mapping[str, Channel]) -> Kept:
    found = [_keep(medium, claim, channels) for medium in media]
    kept = tuple(attachment for attachment in found if attachment)
    return Kept(attachments=kept, lost=len(found) - len(kept))


def _keep(medium: MediaReference, claim: Claim, channels: Mapping[str, Channel]) -> Attachment | None:
    conversation = claim.conversation
    already = Attachment.objects.filter(conversation=conversation, public_id=medium.reference).first()
    if already:
        return already
    channel = channels.get(conversation.channel)
    if channel is None:
        return None
    inbox.extend(claim, until=timezone.now() + FETCH_LEASE)
    try:
        check_may_send_more(conversation)
        return keep_photo(conversation, channel.fetch(medium.reference))
    except (PhotoRefused, DeliveryProblem) as problem:
        log.warning("photo_lost", channel=conversation.channel, reason=str(problem))
        return None
