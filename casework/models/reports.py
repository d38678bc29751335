"""A citizen's report, and the append-only register of what was done with it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from casework.errors import RegisterIsAppendOnly

#: For order_by: who is in danger first.
URGENT_FIRST = models.Case(models.When(level="urgent", then=0), default=1)


class Report(models.Model):
    """A phản ánh or kiến nghị. Its code names it; its secret (kept only as a hash) opens it to its author.

    unit: the one in charge, exactly one at any moment. holder: who of the office acted on it last and so has
    it in hand; None before that, once it was passed on, or that person has left (casework.holders).
    named_unit: whom a report on service is about; never the one in charge. conversation: where its author is
    told; None when it came from elsewhere.
    level: as the machine read it until classified_at, then as an official decided. version: counts every
    change; an act names the one its official saw. intake_due, due_at: on the working-hours clock; None where
    no limit is set. term: the limit that runs, "8h" or "7d", since term_from (casework.terms); its unit is
    warned from warn_at on, and once it is over escalated_to is told. outcome: what the answer says became of
    it: closed is not the same as fixed. refusal: the key of the reason why it was not taken up. folded: what
    lists are searched in, without marks. is_reference_only: sent without a name, to be passed on for
    reference. accuracy: metres.
    first_response_minutes, handling_minutes: of working time, from filing until it was first taken in
    or refused, and from taking in to the last answer; None until then, and where it was never counted.
    """

    class Kind(models.TextChoices):
        FIELD = "field", "Phản ánh hiện trường"
        REGULATION = "regulation", "Phản ánh quy định, thủ tục"
        SERVICE = "service", "Phản ánh thái độ, chất lượng phục vụ"

    class State(models.TextChoices):
        NEW = "new", "Mới gửi"
        TAKEN_IN = "taken_in", "Đã tiếp nhận"
        CLASSIFIED = "classified", "Đã phân loại"
        WITH_UNIT = "with_unit", "Đã chuyển đơn vị"
        IN_PROGRESS = "in_progress", "Đang xử lý"
        ANSWERED = "answered", "Đã trả lời"
        REFUSED = "refused", "Không tiếp nhận"
        MERGED = "merged", "Đã gộp"

    class Level(models.TextChoices):
        """QĐ 1207/QĐ-UBND of 28/2/2025: three levels, each with its own limit."""

        URGENT = "urgent", "Khẩn"
        NORMAL = "normal", "Bình thường"
        COMPLEX = "complex", "Phức tạp"

    class Outcome(models.TextChoices):
        FIXED = "fixed", "Đã khắc phục"
        PLANNED = "planned", "Đã có kế hoạch, chưa làm"
        EXPLAINED = "explained", "Đã giải thích"
        NOT_FIXED = "not_fixed", "Chưa khắc phục được"

    class Source(models.TextChoices):
        CHAT = "chat", "Trò chuyện"
        API = "api", "Hệ thống khác (Open311)"
        SHEET = "sheet", "Tệp nhập"
        DESK = "desk", "Cán bộ ghi"

    code = models.CharField(max_length=20, unique=True)
    secret_hash = models.CharField(max_length=160)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.CHAT)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    category = models.CharField(max_length=32)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.NORMAL)
    text = models.TextField()
    place = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy = models.PositiveIntegerField(null=True)
    ward = models.ForeignKey(
        "office.Unit", null=True, on_delete=models.PROTECT, related_name="reports_from_here"
    )
    unit = models.ForeignKey("office.Unit", on_delete=models.PROTECT, related_name="reports_in_charge")
    named_unit = models.ForeignKey(
        "office.Unit", null=True, on_delete=models.PROTECT, related_name="reports_about_it"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="reports_held"
    )
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.PROTECT, related_name="reports"
    )
    photos = models.ManyToManyField("conversations.Attachment", related_name="reports")
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.CharField(max_length=120, blank=True)
    contact_address = models.CharField(max_length=300, blank=True)
    is_reference_only = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    refusal = models.CharField(max_length=16, blank=True)
    folded = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_reports"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    intake_due = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    term = models.CharField(max_length=8, blank=True)
    term_from = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    escalated_to = models.ForeignKey(
        "office.Unit", null=True, on_delete=models.PROTECT, related_name="reports_escalated"
    )
    taken_in_at = models.DateTimeField(null=True)
    classified_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    first_response_minutes = models.PositiveIntegerField(null=True)
    handling_minutes = models.PositiveIntegerField(null=True)
    reopenings = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=[
                    *("unit", "state", "named_unit", "holder", "level"),
                    *("intake_due", "due_at", "created_at", "escalated_to"),
                ],
                name="reports_of_a_unit",
            ),
            models.Index(fields=["state", "due_at"], name="reports_by_state_and_due"),
            models.Index(fields=["category", "latitude", "longitude"], name="reports_nearby"),
            # All that figures are counted from (casework.tallies): they never read the rows themselves.
            models.Index(
                fields=[
                    *(
                        "created_at",
                        "unit",
                        "category",
                        "state",
                        "is_reference_only",
                        "due_at",
                        "answered_at",
                    ),
                    *("taken_in_at", "intake_due", "reopenings", "outcome", "named_unit"),
                    *("first_response_minutes", "handling_minutes"),
                ],
                name="figures_of_reports",
            ),
            # What tabs and queues of the desk are counted and ordered by, without reading a report.
            models.Index(
                fields=[
                    *("state", "named_unit", "unit", "holder", "level"),
                    *("intake_due", "due_at", "created_at", "escalated_to"),
                ],
                name="reports_in_queues",
            ),
            models.Index(
                fields=["named_unit", "conversation"],
                condition=models.Q(named_unit__isnull=False),
                name="complaints_by_conversation",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_report_never_lies_with_whom_it_is_about",
                condition=models.Q(named_unit__isnull=True) | ~models.Q(unit=models.F("named_unit")),
            ),
            models.CheckConstraint(
                name="a_report_is_not_escalated_to_whom_it_is_about",
                condition=models.Q(named_unit__isnull=True)
                | models.Q(escalated_to__isnull=True)
                | ~models.Q(escalated_to=models.F("named_unit")),
            ),
            models.CheckConstraint(
                name="a_merged_report_names_the_other",
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True)),
            ),
        ]

    @property
    def is_urgent(self) -> bool:
        return self.level == self.Level.URGENT


class ReportStep(models.Model):
    """One line of a report's append-only register: what was done, by whom, why, and how it stood then.

    The database refuses to change a line, too (migration "register_is_append_only"): whatever alters this
    table on SQLite makes it anew and has to make that trigger again, which a test notices.

    actor: None for the citizen and the machine; by_citizen tells them apart. state, unit: after the act.
    note: why, or what was said; its author reads it where the act is one that is told.
    """

    class Act(models.TextChoices):
        FILED = "filed", "Người dân gửi"
        TAKEN_IN = "taken_in", "Tiếp nhận"
        CLASSIFIED = "classified", "Phân loại"
        FORWARDED = "forwarded", "Chuyển đơn vị"
        NAMED = "named", "Ghi đơn vị bị phản ánh"
        STARTED = "started", "Bắt đầu xử lý"
        ANSWERED = "answered", "Trả lời"
        REFUSED = "refused", "Không tiếp nhận"
        MERGED = "merged", "Gộp vào phản ánh khác"
        SPLIT_OFF = "split_off", "Tách ra xử lý riêng"
        JOINED = "joined", "Người khác cùng phản ánh"
        REOPENED = "reopened", "Người dân đề nghị xem lại"
        PUBLISHED = "published", "Công khai"
        WITHDRAWN = "withdrawn", "Thôi công khai"
        KEPT_BACK = "kept_back", "Không công khai"
        RATED = "rated", "Người dân đánh giá"
        WARNED = "warned", "Nhắc sắp đến hạn"
        ESCALATED = "escalated", "Báo cấp trên: quá hạn"
        ENTERED = "entered", "Ghi số ở hệ thống khác"
        POSITION_REMOVED = "position_removed", "Gỡ vị trí chính xác"
        NOTED = "noted", "Ghi chú"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20, choices=Act.choices)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_citizen = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=Report.State.choices)
    unit = models.ForeignKey("office.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["act", "at"], name="steps_by_act"),
            models.Index(fields=["at"], name="steps_by_time"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise RegisterIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RegisterIsAppendOnly


class SecretAttempt(models.Model):
    """One wrong guess at a report's secret; the code may name no report. Kept only to limit guessing."""

    code = models.CharField(max_length=20)
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["code", "at"], name="guesses_at_a_code")]
