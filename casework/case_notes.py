"""Private notes on a case: written by whoever may see it, read by colleagues, never by the citizen."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef

from casework import mentions, unsaved_notes
from casework.errors import EmptyNote, WordsErased
from casework.models import Case, CaseNote
from conversations.changes import DESK, conversation_topic, publish
from conversations.models import Conversation, Turn
from nlu import text as texts
from office import audit
from office.models import Staff

NOTE_LENGTH = 2_000


def add_note(case: Case, staff: Staff, text: str) -> CaseNote:
    """Keep a note and tell whom it names. Whether `staff` sees the case is the caller's to know.

    Raises EmptyNote, NoSuchColleague or NotForColleague, or WordsErased when the citizen's data is gone.
    """
    words = texts.clean(text)[:NOTE_LENGTH]
    if not words:
        raise EmptyNote
    named = mentions.named_in(words, case)
    with transaction.atomic():
        # Held until the end: an erasure of the citizen's data comes before the note, or takes it along.
        if not Conversation.objects.select_for_update().filter(pk=case.conversation_id, erased_at=None):
            raise WordsErased
        note = CaseNote.objects.create(case=case, staff=staff, text=words)
        unsaved_notes.drop(case, staff)
        mentions.tell(note, named)
        audit.note("case.noted", case.number, staff, note=note.pk, named=len(named))
        publish(DESK, conversation_topic(case.conversation.public_id))
    return note


def forget(conversation: Conversation) -> None:
    """Notes on its cases speak of the citizen: they go with what he or she said."""
    CaseNote.objects.filter(case__conversation=conversation).delete()


def forget_without_words() -> None:
    """Notes on closed cases whose transcript has gone by age."""
    words = Turn.objects.filter(conversation=OuterRef("case__conversation"))
    CaseNote.objects.filter(~Exists(words), case__state=Case.State.CLOSED).delete()
