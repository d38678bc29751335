"""Where else a report was entered: the system, its number there, when. Officials do not type twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from casework import reports
from casework.errors import EntryIncomplete, EntryInTheFuture, NumberOfAnother
from casework.models import ExternalEntry, Report, ReportStep
from conversations.changes import DESK, publish
from nlu.text import clean
from office import audit
from office.models import Staff

LONGEST = 60


@dataclass(frozen=True, kw_only=True)
class Entry:
    """system: as it is called here ("iHanoi"); number: the report's there."""

    system: str
    number: str
    entered_at: datetime


def checked(*, system: str, number: str, entered_at: datetime | None, now: datetime) -> Entry:
    """What may be entered, cleaned, the system as it was written before. Raises EntryProblem."""
    called, numbered = clean(system)[:LONGEST], clean(number)
    if not (called and numbered and entered_at) or len(numbered) > LONGEST or "\n" in called + numbered:
        raise EntryIncomplete
    if entered_at > now:
        raise EntryInTheFuture
    to_the_minute = entered_at.replace(second=0, microsecond=0)  # as it is written and read back
    return Entry(system=_as_before(called), number=numbered, entered_at=to_the_minute)


def is_entered(report: Report, entry: Entry) -> bool:
    """Whether the very same stands there already."""
    found = report.entries_elsewhere.filter(system=entry.system, number=entry.number)
    return found.filter(entered_at=entry.entered_at).exists()


def report_of(entry: Entry) -> Report | None:
    """The report that has this number in that system."""
    found = ExternalEntry.objects.select_related("report").filter(system=entry.system, number=entry.number)
    kept = found.first()
    return kept.report if kept else None


def enter(report: Report, entry: Entry, staff: Staff | None) -> bool:
    """Write it down in place of what was known of that system, with its line in the register.

    False when it stood there already. staff: None for the command line. Raises NumberOfAnother.
    """
    if is_entered(report, entry):
        return False
    try:
        with transaction.atomic():
            report.entries_elsewhere.update_or_create(
                system=entry.system,
                defaults={"number": entry.number, "entered_at": entry.entered_at, "entered_by": staff},
            )
            reports.enter(report, ReportStep.Act.ENTERED, staff, note=_told(entry))
            audit.note("report.entered", report.code, staff, system=entry.system, number=entry.number)
            publish(DESK)
    except IntegrityError as problem:
        raise NumberOfAnother from problem
    return True


def known_systems() -> list[str]:
    """The names of systems in use, for who enters another."""
    return list(ExternalEntry.objects.order_by("system").values_list("system", flat=True).distinct())


def _as_before(called: str) -> str:
    """ "ihanoi" is the "iHanoi" of others: one system has one name."""
    return next((known for known in known_systems() if known.casefold() == called.casefold()), called)


def _told(entry: Entry) -> str:
    return f"{entry.system}: {entry.number}, nhập {timezone.localtime(entry.entered_at):%H:%M %d/%m/%Y}"
