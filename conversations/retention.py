"""How long what is said is kept: what is due to go is decided first, then it goes.

The defaults are our choice (docs/operators/privacy.md); no rule found so far names days for a transcript.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import PROTECT, Exists, OuterRef, ProtectedError, Q, QuerySet

from conversations import inbox, outbox
from conversations.erasure import drop_pictures, erase_words
from conversations.models import Attachment, Conversation, Turn

#: A file is written before its row: a younger one without a row may be about to get it.
ORPHAN_AFTER = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class KeepFor:
    """transcripts: since the last message. photos: those in no report. redacted: lines without content."""

    transcripts: timedelta
    photos: timedelta
    redacted: timedelta

    @classmethod
    def by_settings(cls) -> KeepFor:
        return cls(
            transcripts=timedelta(days=settings.KEEP_TRANSCRIPTS),
            photos=timedelta(days=settings.KEEP_PHOTOS),
            redacted=timedelta(days=settings.KEEP_REDACTED),
        )


@dataclass(frozen=True, kw_only=True)
class Due:
    """What may go now, by primary keys; files by their names in the storage."""

    transcripts: tuple[int, ...]
    photos: tuple[int, ...]
    redacted: tuple[int, ...]
    files: tuple[str, ...]


def due(now: datetime, keep: KeepFor) -> Due:
    """What is older than it may be. Changes nothing.

    A conversation that waits for a person, or is with one, keeps its words until its case is closed.
    """
    return Due(
        transcripts=tuple(_to_erase(now - keep.transcripts).values_list("pk", flat=True)),
        photos=tuple(_loose_photos(now - keep.photos).values_list("pk", flat=True)),
        redacted=tuple(_redacted(now - keep.redacted).values_list("pk", flat=True)),
        files=tuple(_orphans(now - ORPHAN_AFTER)),
    )


def apply(due: Due, now: datetime, keep: KeepFor) -> None:
    """Let it go. A conversation in which somebody spoke meanwhile stays."""
    for key in due.transcripts:
        _empty(key, since=now - keep.transcripts)
    for unused in _unused(now - keep.transcripts):
        _drop_unless_referred_to(unused)
    with transaction.atomic():
        drop_pictures(Attachment.objects.filter(pk__in=due.photos, is_filed=False))
        Turn.objects.filter(Q(pk__in=due.redacted) | Q(in_reply_to__in=due.redacted)).delete()
    for name in due.files:
        default_storage.delete(name)


def silent_since(cutoff: datetime) -> QuerySet[Conversation]:
    """Conversations in which nobody spoke since and nobody is waited for."""
    spoken_later = Turn.objects.filter(conversation=OuterRef("pk"), created_at__gte=cutoff)
    old = Conversation.objects.filter(created_at__lt=cutoff, owner=Conversation.Owner.BOT)
    return old.filter(~Exists(spoken_later))


def _to_erase(cutoff: datetime) -> QuerySet[Conversation]:
    """The silent ones with something left in them."""
    of_it = {"conversation": OuterRef("pk")}
    has_words = Exists(Turn.objects.filter(**of_it))
    has_pictures = Exists(Attachment.objects.filter(**of_it, is_filed=False))
    return silent_since(cutoff).filter(has_words | has_pictures | ~Q(citizen_name=""))


def _unused(cutoff: datetime) -> QuerySet[Conversation]:
    """Rows with nothing in them, to which nothing that the office keeps refers."""
    of_it = {"conversation": OuterRef("pk")}
    held = Exists(Turn.objects.filter(**of_it)) | Exists(Attachment.objects.filter(**of_it))
    empty = Conversation.objects.filter(~held, created_at__lt=cutoff, citizen_name="")
    kept_for = [one.name for one in Conversation._meta.related_objects if one.on_delete is PROTECT]
    return empty.filter(**{f"{name}__isnull": True for name in kept_for})


def _loose_photos(cutoff: datetime) -> QuerySet[Attachment]:
    return Attachment.objects.filter(is_filed=False, name="", created_at__lt=cutoff)


def _redacted(cutoff: datetime) -> QuerySet[Turn]:
    done = Turn.objects.exclude(status__in=(*inbox.OPEN, *outbox.OPEN))
    return done.exclude(redacted="").filter(created_at__lt=cutoff)


def _empty(key: int, *, since: datetime) -> None:
    with transaction.atomic():
        Conversation.objects.select_for_update().filter(pk=key).first()
        still = _to_erase(since).filter(pk=key).first()
        if still:
            erase_words(still)


def _drop_unless_referred_to(conversation: Conversation) -> None:
    """A report, case or consent that came meanwhile keeps the row it refers to; it holds no words."""
    with suppress(ProtectedError), transaction.atomic():
        conversation.delete()


def _orphans(cutoff: datetime) -> Iterator[str]:
    """Files of pictures whose row is gone: a crash came between the commit and the deletion."""
    known = set(Attachment.objects.values_list("file", flat=True))
    for name in _stored(""):
        if name not in known and default_storage.get_modified_time(name) < cutoff:
            yield name


def _stored(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in files)
    for inner in folders:
        yield from _stored(f"{folder}{inner}/")
