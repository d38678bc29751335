"""A private note that its official typed and has not saved: kept by case and person, for its writer alone.

In a closed case it stays as long as a draft does (drafts.KEPT_DAYS).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from casework.drafts import KEPT_DAYS, LONGEST
from casework.models import Case, CaseNote, UnsavedNote
from conversations.models import Conversation
from nlu import text as texts
from office.models import Staff


def of(case: Case, staff: Staff) -> str:
    """Its words, "" for none."""
    return _kept(case, staff).values_list("text", flat=True).first() or ""


def keep(case: Case, staff: Staff, text: str) -> None:
    """Keep what stands in the note's box. What was saved as a note already, by a page of before, is none;
    nor is an empty one, or one on a citizen whose data is erased.
    """
    words = text[:LONGEST]
    if not words.strip() or case.conversation.erased_at or _is_saved(case, staff, words):
        drop(case, staff)
    elif words != of(case, staff) and not _kept(case, staff).update(text=words, updated_at=timezone.now()):
        UnsavedNote.objects.bulk_create(
            [UnsavedNote(case=case, staff=staff, text=words)], ignore_conflicts=True
        )


def drop(case: Case, staff: Staff) -> None:
    """It was saved, or is not wanted any more."""
    _kept(case, staff).delete()


def prune(now: datetime) -> int:
    """Drop what lies unsaved in cases closed long enough ago; how many."""
    long_ago = now - timedelta(days=KEPT_DAYS.current())
    return UnsavedNote.objects.filter(case__closed_at__lt=long_ago, updated_at__lt=long_ago).delete()[0]


def erase(conversation: Conversation) -> None:
    """They speak of the citizen whose data is erased."""
    UnsavedNote.objects.filter(case__conversation=conversation).delete()


def _kept(case: Case, staff: Staff) -> QuerySet[UnsavedNote]:
    return UnsavedNote.objects.filter(case=case, staff=staff)


def _is_saved(case: Case, staff: Staff, words: str) -> bool:
    return CaseNote.objects.filter(case=case, staff=staff, text=texts.clean(words)).exists()
