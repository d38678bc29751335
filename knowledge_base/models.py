"""Procedures, their immutable revisions, example questions, and which release is in force."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from knowledge_base.content import PartName


class Procedure(models.Model):
    """What is published under a code. Its content lives in revisions."""

    code = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        return self.code


class Revision(models.Model):
    """One immutable content of a procedure (knowledge_base.content.ProcedureContent as JSON).

    based_on: the revision that was live when this one was begun; a draft is published only while it still is.
    effective_from, effective_to: the days on which it holds, both included; None where no day is set. One
    that ends without a successor is withdrawn: withdrawn_by is the decision, replaced_by what to use instead.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Bản nháp"
        SCHEDULED = "scheduled", "Hẹn ngày"
        LIVE = "live", "Đang dùng"
        SUPERSEDED = "superseded", "Đã thay"
        WITHDRAWN = "withdrawn", "Đã bãi bỏ"

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    origin = models.CharField(
        max_length=12, choices=[("import", "Nhập"), ("starter", "Mẫu"), ("editor", "Biên tập")]
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="revisions"
    )
    note = models.CharField(max_length=300, blank=True)
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    replaced_by = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )

    class Meta:
        ordering: ClassVar = ["procedure", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "number"], name="one_revision_a_number"),
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(status="live"), name="one_live_revision_a_procedure"
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=models.Q(status="scheduled"),
                name="one_scheduled_revision_a_procedure",
            ),
        ]


class Upload(models.Model):
    """A file an editor uploaded, read and compared; nothing of it is in use until it is confirmed.

    counts: by outcome (knowledge_base.planning.Outcome), of the dry run and then of the import.
    """

    class Status(models.TextChoices):
        EXAMINED = "examined", "Chờ xác nhận"
        CONFIRMED = "confirmed", "Đã nhập"
        DISCARDED = "discarded", "Đã bỏ"

    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.EXAMINED)
    counts = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name


class UploadedRecord(models.Model):
    """One record of an upload as it was read, until the upload is confirmed or discarded.

    content: None where it is refused. outcome, fields, reason: what the dry run said.
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="records")
    position = models.PositiveIntegerField()
    place = models.CharField(max_length=300)
    code = models.CharField(max_length=32, blank=True)
    title = models.TextField(blank=True)
    content = models.JSONField(null=True)
    outcome = models.CharField(max_length=16)
    fields = models.JSONField(default=list)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "position"], name="one_record_a_position")
        ]


class ExampleQuestion(models.Model):
    """A message as people type it, known to be about a procedure."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="examples")
    text = models.CharField(max_length=500)
    reviewed = models.BooleanField(default=False)
    source = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "text"], name="one_example_a_text")
        ]


class LocalOverride(models.Model):
    """A rule of Hà Nội as the editors keep it (knowledge_base.local_values.LocalValue).

    number rises with each change, so that two editors never overwrite one another. read_on: the day the
    source was read, None when nobody noted it. reviewed_by: who of the office checked it, "" for nobody.
    """

    key = models.SlugField(max_length=64, unique=True)
    number = models.PositiveIntegerField(default=1)
    procedure = models.CharField(max_length=32, blank=True)
    field = models.CharField(max_length=200, blank=True)
    levels = models.JSONField(default=list, blank=True)
    city_managed = models.BooleanField(default=False)
    part = models.CharField(max_length=16, choices=[(part.value, part.value) for part in PartName])
    method = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    setter = models.CharField(max_length=20, blank=True)
    amount = models.PositiveBigIntegerField(null=True, blank=True)
    text = models.CharField(max_length=600, blank=True)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    read_on = models.DateField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["part", "procedure", "field", "effective_from", "key"]


class Release(models.Model):
    """An immutable build of all live revisions: the folder RELEASES_ROOT/name, until it is pruned.

    built_at: when its building began, so what is published later is not in it. in_force_until: when another
    took its place, last; None for one that was never replaced.
    """

    name = models.CharField(max_length=64, unique=True)
    manifest = models.JSONField()
    built_at = models.DateTimeField()
    in_force_until = models.DateTimeField(null=True)
    pruned_at = models.DateTimeField(null=True)


class ActiveRelease(models.Model):
    """The one row that names the release in force."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="only_one_active_release")
        ]
