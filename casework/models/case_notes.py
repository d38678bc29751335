"""What officials write among themselves about a case: private notes, who is named in them, and labels."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from casework.models.cases import Case


class CaseNote(models.Model):
    """A private note on a case, never to the citizen. It goes with the citizen's words when they go."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_notes")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["id"]


class UnsavedNote(models.Model):
    """A private note that one official typed on a case and has not saved; nobody else reads it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "staff"], name="one_unsaved_note_a_case_and_person")
        ]


class Mention(models.Model):
    """A colleague named in a note. seen_at: when he or she opened the case since then, None until that."""

    note = models.ForeignKey(CaseNote, on_delete=models.CASCADE, related_name="mentions")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentions")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "staff"], name="named_once_a_note"),
        ]
        indexes: ClassVar = [models.Index(fields=["staff", "seen_at"], name="mention_to_see")]


class Label(models.Model):
    """A word under which an office gathers cases. retired_at: from then on it is put on none."""

    name = models.CharField(max_length=40, unique=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class CaseLabel(models.Model):
    """A label put on a case, by whom and when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="labels")
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="uses")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["label__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "label"], name="a_label_once_a_case"),
        ]
