"""Whom a report on service is about, said by an official where the citizen's words did not tell it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from casework import follows, notices
from casework.errors import NoSuchStep, NotOffered
from casework.models import Report, ReportStep
from casework.register import change, check_unchanged
from casework.report_life import OPEN, State, after
from casework.routing_rules import route_for
from office.models import Staff, Unit
from office.units import all_units, is_or_is_below

Act = ReportStep.Act

#: What the author is told of why it is passed on.
WHY_PASSED_ON = "Phản ánh về phục vụ do cấp trên của đơn vị được phản ánh xem xét."


def units_to_name(report: Report) -> list[Unit]:
    """The units that it may be said to be about, by name; none where that is known, or nothing is open.

    Only those that somebody oversees and is in charge here: everybody is below the highest one.
    """
    is_asked = report.kind == Report.Kind.SERVICE and report.named_unit_id is None and report.state in OPEN
    units = all_units().values() if is_asked else ()
    return [unit for unit in units if unit.parent and not unit.parent.is_signpost_only]


@transaction.atomic
def name_unit(report: Report, staff: Staff, *, seen: int, about: Unit) -> None:
    """Say whom it is about, for good: it goes to who oversees that unit, whose people see it no more.

    Raises ReportMovedOn, NoSuchStep where that is known or the report is done, or NotOffered.
    """
    check_unchanged(report, seen)
    offered = units_to_name(report)
    if not offered:
        raise NoSuchStep
    if about not in offered:
        raise NotOffered
    before = report.unit
    change(report, Act.NAMED, seen=seen, staff=staff, **_named(report, about))
    if report.unit != before:
        follows.tell_author(report, notices.report_forwarded(report, reason=WHY_PASSED_ON))
        follows.tell_followers(report, notices.report_forwarded(report))


def _named(report: Report, about: Unit) -> dict[str, Any]:
    """What changes, with its note. Nobody has it in hand then: who had it may be of that unit."""
    to = route_for(kind=report.kind, category=report.category, ward=report.ward, named_unit=about).unit
    is_passed_on = to != report.unit
    told = report.escalated_to
    return {
        "note": f"Phản ánh về {about.name}" + (f"; chuyển đến {to.name}" if is_passed_on else ""),
        "to": after(Act.FORWARDED, report.state) if is_passed_on else State(report.state),
        "named_unit": about,
        "unit": to,
        "holder": None,
        "escalated_to": None if told and is_or_is_below(told, about) else told,
    }
