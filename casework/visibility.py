"""Which cases and reports a member of staff may see. Everything else does not exist for that person."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework.models import Case, Report
from conversations.models import Turn
from office.models import Staff, Unit


def _own_units(staff: Staff) -> Q:
    """The person's units; a supervisor also oversees the units directly below them."""
    own = Q(unit__in=staff.units.all())
    if staff.role == Staff.Role.SUPERVISOR:
        own |= Q(unit__parent__in=staff.units.all())
    return own


def cases_for(staff: Staff) -> QuerySet[Case]:
    """Cases of the person's units and of the central contact team; all of them for an administrator."""
    cases = Case.objects.select_related("conversation", "unit", "claimed_by")
    if staff.role == Staff.Role.ADMINISTRATOR:
        return cases
    return cases.filter(_own_units(staff) | Q(unit__kind=Unit.Kind.CONTACT_TEAM) | Q(claimed_by=staff))


def reports_for(staff: Staff) -> QuerySet[Report]:
    """Reports in the charge of the person's units only: one on service must not reach whom it is about."""
    reports = Report.objects.select_related("unit", "ward", "conversation")
    if staff.role == Staff.Role.ADMINISTRATOR:
        return reports
    return reports.filter(_own_units(staff))


def turns_for(staff: Staff) -> QuerySet[Turn]:
    """Turns of visible cases and reports; of every conversation for the central team and administrators."""
    turns = Turn.objects.select_related("conversation", "staff")
    if staff.role == Staff.Role.ADMINISTRATOR or staff.units.filter(kind=Unit.Kind.CONTACT_TEAM).exists():
        return turns
    same = {"conversation": OuterRef("conversation")}
    return turns.filter(Exists(cases_for(staff).filter(**same)) | Exists(reports_for(staff).filter(**same)))


def speaks_for(staff: Staff) -> Unit | None:
    """The unit named beside a person's words: the central team if a member, else the first by name."""
    units = sorted(staff.units.all(), key=lambda unit: (unit.kind != Unit.Kind.CONTACT_TEAM, unit.name))
    return units[0] if units else None
