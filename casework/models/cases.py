"""A conversation handed over to the staff, and how satisfied its citizen was."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Case(models.Model):
    """A conversation in the staff queue, from the hand-over until a person closes it.

    state: while somebody has it, claimed (an answer is owed), waiting (for the citizen) or snoozed (until
    snoozed_until); then claimed_by is set. lease_until: how long its holder counts as present; after it a
    colleague may take over. came_from: the unit that passed it on, until it is given back; came_from_holder:
    who had it there, None for nobody. transfer_reason: why it last went to another unit or person, for who
    has it now. priority_reason: why an official last said how urgent it is. Both, and what is said in outcome
    beyond the list, are an official's own words, which go with the citizen's (casework.case_words). topic:
    what kind of matter it is, by which it is assigned; "" when unknown.
    owed_since: since when the citizen waits for a person's words; None while it is the citizen's turn.
    due_at: when those words are due by the service level, on the working-hours clock; its holder is warned
    from warn_at on (warned_at). Once it is over one after the other is told, at escalate_at the next:
    escalation_step says who was last, escalated_to the unit and escalated_at when, which stay when a reply
    came. merged_into: the case that goes on instead. version: counts every change; who closes the case names
    the one he or she saw. first_reply_minutes, handling_minutes: of working time, kept when it happens;
    first_in_time: whether the first reply kept its service level.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Đang chờ"
        CLAIMED = "claimed", "Đang xử lý"
        WAITING = "waiting", "Chờ người dân"
        SNOOZED = "snoozed", "Hẹn xem lại"
        CLOSED = "closed", "Đã đóng"

    class Priority(models.TextChoices):
        URGENT = "urgent", "Khẩn"
        NORMAL = "normal", "Thường"

    class Reason(models.TextChoices):
        ASKED = "asked", "Người dân yêu cầu gặp cán bộ"
        NOT_UNDERSTOOD = "not_understood", "Trợ lý chưa trả lời được"
        GUARD = "guard", "Nội dung cần người xử lý"
        UNANSWERED = "unanswered", "Chờ trả lời trên ứng dụng nhắn tin"

    class Step(models.IntegerChoices):
        """Who was told that a reply is late."""

        NOBODY = 0, "Chưa báo ai"
        HOLDER = 1, "Đã báo người phụ trách"
        SUPERVISORS = 2, "Đã báo phụ trách đơn vị"
        ABOVE = 3, "Đã báo cấp trên"

    #: In these one member of staff has the case.
    HELD: ClassVar = (State.CLAIMED, State.WAITING, State.SNOOZED)
    #: These count against what its holder can carry at once: a snoozed one asks for nothing until it wakes.
    CARRIED: ClassVar = (State.CLAIMED, State.WAITING)

    number = models.CharField(max_length=20, unique=True)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="cases"
    )
    reason = models.CharField(max_length=20, choices=Reason.choices)
    summary = models.CharField(max_length=300, blank=True)
    topic = models.CharField(max_length=64, blank=True)
    priority = models.CharField(max_length=8, choices=Priority.choices, default=Priority.NORMAL)
    priority_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    unit = models.ForeignKey("office.Unit", on_delete=models.PROTECT, related_name="cases")
    came_from = models.ForeignKey(
        "office.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="cases_passed_on"
    )
    came_from_holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    transfer_reason = models.CharField(max_length=300, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    lease_until = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    owed_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    escalate_at = models.DateTimeField(null=True)
    escalation_step = models.PositiveSmallIntegerField(choices=Step.choices, default=Step.NOBODY)
    escalated_at = models.DateTimeField(null=True)
    escalated_to = models.ForeignKey(
        "office.Unit", null=True, on_delete=models.PROTECT, related_name="cases_told_of"
    )
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_cases")
    version = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    first_reply_at = models.DateTimeField(null=True)
    first_reply_minutes = models.PositiveIntegerField(null=True)
    first_in_time = models.BooleanField(null=True)
    handling_minutes = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=~models.Q(state="closed"),
                name="one_open_case_a_conversation",
            ),
            models.CheckConstraint(
                name="a_case_is_held_by_one_person_or_waits",
                condition=models.Q(state__in=["claimed", "waiting", "snoozed"], claimed_by__isnull=False)
                | models.Q(state="queued", claimed_by__isnull=True)
                | models.Q(state="closed"),
            ),
            models.CheckConstraint(
                name="only_a_snoozed_case_has_a_time_to_wake",
                condition=models.Q(state="snoozed", snoozed_until__isnull=False)
                | (~models.Q(state="snoozed") & models.Q(snoozed_until__isnull=True)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "unit", "due_at"], name="case_in_queue"),
            models.Index(fields=["claimed_by", "state"], name="case_of_holder"),
            models.Index(fields=["state", "warn_at"], name="case_to_warn"),
            models.Index(fields=["state", "snoozed_until"], name="case_to_wake"),
            models.Index(
                fields=["escalate_at"], condition=models.Q(escalate_at__isnull=False), name="case_to_escalate"
            ),
        ]

    @property
    def is_held(self) -> bool:
        return self.state in self.HELD


class Rating(models.Model):
    """How satisfied a citizen was after an answer by a person: 1 (not) to 5 (very)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rating")
    score = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="score_from_1_to_5")
        ]
