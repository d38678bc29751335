"""Who the office is: staff, units, the former wards people still name, and the audit register."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from office.counters import CounterKind
from office.errors import RegisterIsAppendOnly


class Unit(models.Model):
    """An office that can be in charge: a ward, a department, or the central contact team.

    `parent` is the unit that oversees it; a report on a unit's service goes there, never to the unit itself.
    `takes_reports`: reports go to it at once; off, the central team takes them in first and forwards them.
    `is_signpost_only`: it takes no reports from here at all; citizens are told `signpost`, where to turn.
    """

    class Kind(models.TextChoices):
        WARD = "ward", "Phường"
        COMMUNE = "commune", "Xã"
        DEPARTMENT = "department", "Sở, ngành"
        CONTACT_TEAM = "contact_team", "Tổ tiếp nhận trung tâm"

    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    takes_reports = models.BooleanField(default=False)
    is_signpost_only = models.BooleanField(default=False)
    signpost = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="who_only_points_elsewhere_says_where",
                condition=models.Q(is_signpost_only=False) | ~models.Q(signpost=""),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FormerWard(models.Model):
    """A ward or commune as it was called before 1 July 2025; `units` are those it went to."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    district = models.CharField(max_length=120)
    units = models.ManyToManyField(Unit, related_name="former_wards")

    def __str__(self) -> str:
        return f"{self.name}, {self.district}"


class CalendarDay(models.Model):
    """A day that was decided to be a working day or off, whatever the calendar says; source: the decision.

    hours: of a working day that is not as others, such as a half one, as office.opening_hours writes them;
    "" for the usual ones.
    """

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    hours = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["day"]


class LiveSetting(models.Model):
    """A figure or choice that the office sets while everything runs, with the source it comes from.

    name: of a setting that the code declares (office.live_settings); value: as its kind writes it;
    source: the decision, or why it was chosen.
    """

    name = models.CharField(max_length=64, unique=True)
    value = models.TextField()
    source = models.CharField(max_length=300)
    set_by = models.ForeignKey("Staff", null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class ServicePoint(models.Model):
    """A counter where dossiers are handed in. "" where a fact is not known: nobody fills it in by guess.

    fields: names of the fields served, [] for every one. checked_on: the day somebody made sure of it.
    """

    class Kind(models.TextChoices):
        WARD = CounterKind.WARD.value, "Điểm phục vụ của phường, xã"
        CENTRE_BRANCH = CounterKind.CENTRE_BRANCH.value, "Trung tâm, chi nhánh của Thành phố"
        POLICE = CounterKind.POLICE.value, "Công an"
        LAND = CounterKind.LAND.value, "Đăng ký đất đai"
        TAX = CounterKind.TAX.value, "Thuế"
        SOCIAL_INSURANCE = CounterKind.SOCIAL_INSURANCE.value, "Bảo hiểm xã hội"
        OTHER = CounterKind.OTHER.value, "Khác"

    code = models.SlugField(max_length=64, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="service_points"
    )
    address = models.CharField(max_length=300, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    fields = models.JSONField(default=list, blank=True)
    booking = models.CharField(max_length=200, blank=True)
    booking_url = models.URLField(max_length=300, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class Entrance(models.Model):
    """Where citizens come in: a QR code at the counter of a ward, or beside what tells of a procedure.

    key: what the code carries, random and without meaning. ward or procedure (its code): one of the two.
    created_by: None when an operator made it. revoked_at: from then on it leads to the greeting only.
    """

    key = models.CharField(max_length=32, unique=True)
    ward = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="entrances")
    procedure = models.CharField(max_length=32, blank=True)
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey("Staff", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_entrance_names_a_ward_or_a_procedure",
                condition=models.Q(ward__isnull=False, procedure="")
                | (models.Q(ward__isnull=True) & ~models.Q(procedure="")),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Staff(AbstractUser):
    """A person who works in the office, with one role and the units he or she belongs to."""

    class Role(models.TextChoices):
        AGENT = "agent", "Cán bộ trực"
        SUPERVISOR = "supervisor", "Phụ trách"
        EDITOR = "editor", "Biên tập"
        REVIEWER = "reviewer", "Duyệt nội dung"
        ADMINISTRATOR = "administrator", "Quản trị"

    role = models.CharField(max_length=16, choices=Role.choices, default=Role.AGENT)
    units = models.ManyToManyField(Unit, related_name="staff", blank=True)

    @property
    def display_name(self) -> str:
        """The full name in Vietnamese order, family name first."""
        return f"{self.last_name} {self.first_name}".strip() or self.username

    @property
    def may_work_at_desk(self) -> bool:
        return self.role in {self.Role.AGENT, self.Role.SUPERVISOR, self.Role.ADMINISTRATOR}

    @property
    def may_oversee(self) -> bool:
        return self.role in {self.Role.SUPERVISOR, self.Role.ADMINISTRATOR}

    @property
    def may_administer(self) -> bool:
        return self.role == self.Role.ADMINISTRATOR

    @property
    def may_edit_content(self) -> bool:
        return self.role in {self.Role.EDITOR, self.Role.REVIEWER, self.Role.ADMINISTRATOR}


class ApiKey(models.Model):
    """By what another system is known when it sends reports. The key itself is shown once and never kept.

    start: its first characters, to tell keys apart; digest: SHA-256 of the whole; unit: whose system it is.
    """

    name = models.CharField(max_length=120)
    start = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="api_keys")
    created_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """One line of the append-only register: who did what to which thing, and why."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=120, db_index=True)
    detail = models.JSONField(default=dict)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise RegisterIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RegisterIsAppendOnly
