"""What is said in a conversation, made to disappear: turns, drafts, pictures with their files, name, address.

Pictures that are part of the office's records stay with them (`Attachment.is_filed`).
"""

from __future__ import annotations

from functools import partial

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from conversations.changes import DESK, conversation_topic, publish
from conversations.models import Attachment, Conversation, new_public_id


def erase_words(conversation: Conversation) -> None:
    """Delete its turns, its pictures outside the records, its draft and the citizen's name; not the address.

    Files go after the commit. Raises the version: an outcome computed meanwhile is dropped.
    """
    with transaction.atomic():
        drop_pictures(conversation.attachments.filter(is_filed=False))
        conversation.turns.all().delete()
        kept = Conversation.objects.filter(pk=conversation.pk)
        kept.update(state={}, citizen_name="", version=F("version") + 1)


def cut_address(conversation: Conversation) -> None:
    """Leave no way from this row to the citizen: another chat takes the place of his or her own."""
    nobody = f"erased:{new_public_id()}"
    kept = Conversation.objects.filter(pk=conversation.pk, erased_at=None)
    kept.update(chat=nobody, ends_at=None, erased_at=timezone.now(), version=F("version") + 1)
    publish(conversation_topic(conversation.public_id), DESK)


def drop_pictures(pictures: QuerySet[Attachment]) -> int:
    """Delete these rows, and their files once the rows are gone for good; how many."""
    found = [(picture.pk, picture.file.storage, picture.file.name) for picture in pictures]
    Attachment.objects.filter(pk__in=[key for key, _storage, _name in found]).delete()
    for _key, storage, name in found:
        transaction.on_commit(partial(_delete_file, storage, name or ""))
    return len(found)


def _delete_file(storage: Storage, name: str) -> None:
    if name:
        storage.delete(name)
