"""Which cases and reports a member of staff may see. Everything else does not exist for that person."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework import practice
from casework.models import Block, Case, DataRequest, Report
from conversations.models import Turn
from office.anyone import AskedByStaff, Asking
from office.lookups import Lookup, among, number, word
from office.models import AuditEntry, Staff, Unit
from office.units import is_or_is_below, oversees_the_city

# Units are asked for by their keys (`Staff.belonging`), and complaints are a list of keys too: none is
# joined or looked up row by row. A database then reads rows from the indexes of queues alone; and Django has
# little SQL to make, which took most of the time of a page while these were queries inside queries.


def _about_own_units(staff: Asking) -> Q:
    """Reports on the service of a unit the person belongs to, or of one above it: not even administrators
    read what was said of their own office.
    """
    return among("named_unit", staff.belonging.answerable)


def _complained_in(staff: Asking) -> Q:
    """In conversations in which somebody complained of the person's own office."""
    of_it = Report.objects.filter(_about_own_units(staff), conversation__isnull=False)
    return Q(conversation__in=of_it.values("conversation"))


def _readable(staff: Asking) -> Q:
    """Cases whose transcript holds no complaint about the person's own office, and the one the person has:
    who answers goes on until the case is out of his or her hands, and no longer.
    """
    return ~_complained_in(staff) | Q(claimed_by=staff.pk, state__in=Case.HELD)


def cases_for(staff: Asking) -> QuerySet[Case]:
    """Cases of the person's units and of the central contact team; all of them for an administrator.

    Supervisors also see those of which their unit was told that a reply is late. None whose transcript holds
    a complaint about the person's own office, but what the person had when it came and still has. Who
    practises sees the cases that were invented for him, and no others.
    """
    cases = Case.objects.select_related("conversation", "unit", "claimed_by")
    if staff.is_practising:
        return cases.filter(practice.made_for(staff))
    cases = practice.of_citizens(cases)
    if staff.role == Staff.Role.ADMINISTRATOR:
        return cases.filter(_readable(staff))
    mine = among("unit", staff.belonging.served) | Q(claimed_by=staff.pk)
    if staff.role == Staff.Role.SUPERVISOR:
        mine |= among("escalated_to", staff.belonging.units)
    return cases.filter(mine, _readable(staff))


def case_seen(staff: Staff, number: str) -> Case | None:
    """The case of this number, if this person may see it."""
    return _SEEN.first(staff, number=number)


_SEEN = AskedByStaff(lambda staff, number: cases_for(staff).filter(number=number), number=word("number"))


def sees_case(staff: Staff, case: Case) -> bool:
    """Whether this person may see this case."""
    return staff.may_work_at_desk and cases_for(staff).filter(pk=case.pk).exists()


def is_barred(staff: Staff, case: Case) -> bool:
    """Whether this case's citizen complained of the person's own office."""
    return Case.objects.filter(_complained_in(staff), pk=case.pk).exists()


def is_complained_of(staff: Staff, report: Report) -> bool:
    """Whether this report is on the service of the person's own office."""
    return Report.objects.filter(_about_own_units(staff), pk=report.pk).exists()


def cases_overseen(staff: Staff) -> QuerySet[Case]:
    """Open cases for which a supervisor answers: of the units overseen, and what was told further up."""
    open_cases = cases_for(staff).exclude(state=Case.State.CLOSED)
    if staff.role == Staff.Role.ADMINISTRATOR:
        return open_cases
    told = among("escalated_to", staff.belonging.units)
    return open_cases.filter(among("unit", staff.belonging.overseen) | told)


def cases_counted(staff: Staff) -> QuerySet[Case]:
    """Open cases of which a supervisor may know how many there are: those overseen; of every unit for who
    oversees the city, but none in which somebody complained of the person's own office.
    """
    if staff.is_practising or staff.may_administer or not oversees_the_city(staff):
        return cases_overseen(staff)
    open_cases = practice.of_citizens(Case.objects.exclude(state=Case.State.CLOSED))
    return open_cases.filter(_readable(staff))


def reports_for(staff: Asking) -> QuerySet[Report]:
    """Reports in the charge of the person's units only: one on service must not reach whom it is about.

    Supervisors also see those of which their unit was told that they are overdue. None while practising.
    """
    if staff.is_practising:
        return Report.objects.none()
    reports = Report.objects.select_related("unit", "ward", "conversation", "holder")
    reports = reports.exclude(_about_own_units(staff))
    if staff.role == Staff.Role.ADMINISTRATOR:
        return reports
    seen = among("unit", staff.belonging.overseen)
    if staff.role == Staff.Role.SUPERVISOR:
        seen |= among("escalated_to", staff.belonging.units)
    return reports.filter(seen)


def reports_to_publish_for(staff: Staff) -> QuerySet[Report]:
    """Reports of which this person decides what the public sees; none for who does not oversee.

    A supervisor: those one sees, and for the central team's supervisor all, but none about an own unit or
    one above it.
    """
    if not staff.may_oversee:
        return Report.objects.none()
    if staff.role == Staff.Role.ADMINISTRATOR or not staff.belonging.is_central:
        return reports_for(staff)
    reports = Report.objects.select_related("unit", "ward", "conversation")
    return reports.exclude(_about_own_units(staff))


def _sees_every_conversation(staff: Asking) -> bool:
    return staff.role == Staff.Role.ADMINISTRATOR or staff.belonging.is_central


def turns_for(staff: Asking) -> QuerySet[Turn]:
    """Turns of visible cases and reports; of every conversation for the central team and administrators.

    A report that may be read opens no conversation in which the person's own office is complained of.
    """
    turns = Turn.objects.select_related("conversation", "staff")
    if staff.is_practising:
        return turns.filter(practice.made_for(staff))
    turns = turns.exclude(channel=practice.CHANNEL)
    if _sees_every_conversation(staff):
        return turns.filter(~_complained_in(staff))
    same = {"conversation": OuterRef("conversation")}
    of_reports = Q(Exists(reports_for(staff).filter(**same))) & ~_complained_in(staff)
    return turns.filter(Exists(cases_for(staff).filter(**same)) | of_reports)


def data_requests_for(staff: Asking) -> QuerySet[DataRequest]:
    """Requests about personal data: all for the central team and administrators, else of one's own cases."""
    requests = DataRequest.objects.select_related("conversation", "fulfilled_by")
    if staff.is_practising:
        return requests.filter(practice.made_for(staff))
    requests = requests.exclude(conversation__channel=practice.CHANNEL)
    if _sees_every_conversation(staff):
        return requests
    own = Case.objects.filter(claimed_by=staff.pk, conversation=OuterRef("conversation"))
    return requests.filter(Exists(own))


def blocks_for(staff: Asking) -> QuerySet[Block]:
    """Blocks of conversations whose turns the person may read; of all for the central team."""
    blocks = Block.objects.select_related("conversation", "by", "appeal")
    if staff.is_practising:
        return blocks.filter(practice.made_for(staff))
    blocks = blocks.exclude(conversation__channel=practice.CHANNEL)
    if _sees_every_conversation(staff):
        return blocks
    return blocks.filter(Exists(cases_for(staff).filter(conversation=OuterRef("conversation"))))


def units_overseen(staff: Staff) -> QuerySet[Unit]:
    """The units a person works in; a supervisor's also those directly below; all for an administrator."""
    if staff.role == Staff.Role.ADMINISTRATOR:
        return Unit.objects.all()
    return Unit.objects.filter(among("pk", staff.belonging.overseen))


def colleagues_for(staff: Staff) -> QuerySet[Staff]:
    """Who serves citizens in those units; oneself, too."""
    together = Staff.objects.filter(Q(units__in=units_overseen(staff)) | Q(pk=staff.pk))
    if staff.role == Staff.Role.ADMINISTRATOR:
        together = Staff.objects.all()
    return Staff.objects.filter(is_active=True, role__in=Staff.DESK_ROLES, pk__in=together.values("pk"))


def planned_by(staff: Staff) -> QuerySet[Staff]:
    """Whose hours and topics this person may set: one's own, and those of colleagues one oversees."""
    colleagues = colleagues_for(staff)
    return colleagues if staff.may_oversee else colleagues.filter(pk=staff.pk)


def may_go_to(case: Case, unit: Unit) -> bool:
    """Whether nobody complains, in the case's conversation, of this unit or of one above it."""
    named = Unit.objects.filter(reports_about_it__conversation=case.conversation_id).distinct()
    return not any(is_or_is_below(unit, complained_of) for complained_of in named)


def units_to_pass_on_to(case: Case) -> list[Unit]:
    """Other units of which somebody works at the desk and nobody in this conversation complains."""
    return _OTHER_UNITS.all(conversation=case.conversation_id, unit=case.unit_id)


def colleagues_on(case: Case) -> list[Staff]:
    """Who works at the desk in the case's unit, and may be given it; not who has it."""
    of_case = {"conversation": case.conversation_id, "unit": case.unit_id}
    return _COLLEAGUES.all(**of_case, holder=case.claimed_by_id or 0)


def _other_units() -> QuerySet[Unit]:
    staffed = Unit.objects.filter(staff__is_active=True, staff__role__in=Staff.DESK_ROLES).distinct()
    return staffed.exclude(pk=number("unit")).exclude(pk__in=_complained_of())


def _colleagues() -> QuerySet[Staff]:
    named = (
        _members_of(number("unit")).only("username", "first_name", "last_name").order_by("first_name", "pk")
    )
    return named.exclude(pk=number("holder")).exclude(units__in=_complained_of())


def _complained_of() -> QuerySet[Unit]:
    """Of which somebody in the conversation complains, with those below."""
    said = Report.objects.filter(conversation=number("conversation"), named_unit__isnull=False)
    units = said.values("named_unit")
    return Unit.objects.filter(Q(pk__in=units) | Q(parent__in=units) | Q(parent__parent__in=units))


_OTHER_UNITS = Lookup(_other_units)
_COLLEAGUES = Lookup(_colleagues)


def has_somebody(unit: Unit) -> bool:
    """Whether a member of this unit works at the desk."""
    return _members_of(unit).exists()


def works_in(staff: Staff, unit: Unit) -> bool:
    """Whether this person, as a member of this unit, works at the desk."""
    return _members_of(unit).filter(pk=staff.pk).exists()


def _members_of(unit: Any) -> QuerySet[Staff]:
    """Who works at the desk there. unit: one, or what stands for its key (office.lookups)."""
    return Staff.objects.filter(units=unit, is_active=True, role__in=Staff.DESK_ROLES)


def may_be_given(case: Case, staff: Staff) -> bool:
    """Whether a case may be put into this person's hands: one he or she sees among the unit's own."""
    works = staff.is_active and staff.may_work_at_desk
    return works and cases_for(staff).filter(pk=case.pk).exists()


def register_for(staff: Staff) -> QuerySet[AuditEntry]:
    """Lines of the register: all for an administrator; for a supervisor what people of the own units, and of
    those directly below, did. None for others, and of nobody what he did to invented citizens.
    """
    lines = practice.of_real_acts(AuditEntry.objects.select_related("actor"))
    if staff.role == Staff.Role.ADMINISTRATOR:
        return lines
    if staff.role != Staff.Role.SUPERVISOR:
        return lines.none()
    return lines.filter(actor__in=overseen_by(staff))


def overseen_by(staff: Staff) -> QuerySet[Staff]:
    """People of the units that a supervisor is in and of those directly below; all for an administrator."""
    people = Staff.objects.all()
    if staff.role == Staff.Role.ADMINISTRATOR:
        return people
    return people.filter(pk__in=Staff.objects.filter(among("units", staff.belonging.overseen)).values("pk"))


def speaks_for(staff: Staff) -> Unit | None:
    """The unit named beside a person's words: the central team if a member, else the first by name."""
    units = _OF_STAFF.all(staff=staff.pk)
    return min(units, key=lambda unit: (unit.kind != Unit.Kind.CONTACT_TEAM, unit.name), default=None)


_OF_STAFF = Lookup(lambda: Unit.objects.filter(staff=number("staff")))
