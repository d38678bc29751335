"""When a citizen comes to a counter, or an official meets him or her by video."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from casework.models.cases import Case
from conversations.models import new_public_id

#: So long one is expected to take.
LASTS = timedelta(minutes=30)


class Appointment(models.Model):
    """An appointment made in a case: at a counter, or by video at an address.

    token: what its calendar file is fetched by. papers: what to bring, as the official wrote it. sequence:
    counts its moves; an act names the one its official saw. reminded_at: when the citizen was reminded, or
    the official told that this was not possible; also when it was made too late for that. state: one that is
    over goes on standing until the next is made in its case.
    """

    class State(models.TextChoices):
        STANDING = "standing", "Đã hẹn"
        CANCELLED = "cancelled", "Đã huỷ"
        OVER = "over", "Đã qua"

    number = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=32, unique=True, default=new_public_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appointments")
    counter = models.ForeignKey(
        "office.ServicePoint", null=True, on_delete=models.PROTECT, related_name="appointments"
    )
    video_link = models.URLField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    papers = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDING)
    sequence = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-starts_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="standing"), name="one_standing_appointment_a_case"
            ),
            models.CheckConstraint(
                name="an_appointment_is_at_a_counter_or_by_video",
                condition=models.Q(counter__isnull=False, video_link="")
                | (models.Q(counter__isnull=True) & ~models.Q(video_link="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "reminded_at", "starts_at"], name="appointment_to_remind")
        ]

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_over(self) -> bool:
        """Whether it has taken place, or could have."""
        return not self.is_cancelled and self.ends_at <= timezone.now()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + LASTS

    @property
    def shown_state(self) -> State:
        return self.State.OVER if self.is_over else self.State(self.state)

    @property
    def place(self) -> str:
        """The counter with its address where known, or how to meet by video."""
        if self.counter is None:
            return f"họp trực tuyến tại {self.video_link}"
        return ", ".join(filter(None, (self.counter.name, self.counter.address)))
