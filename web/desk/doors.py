"""The door of the desk."""

from __future__ import annotations

from django.utils import timezone

from office import duties
from office.models import Staff
from office.units import oversees_the_city
from web.doors import Door, StaffRequest, staff_page

DeskRequest = StaffRequest


def desk_page(*methods: str) -> Door:
    """Only these methods, only signed in, only who works at the desk; never cached."""
    return staff_page(*methods, may_enter=_works_at_desk, passed=_is_present)


def own_page(*methods: str) -> Door:
    """Only these methods, only signed in, for everyone who works here; never cached."""
    return staff_page(*methods, may_enter=lambda _staff: True)


def overseers_page(*methods: str) -> Door:
    """As `desk_page`, for supervisors and administrators."""
    return staff_page(*methods, may_enter=_oversees, passed=_is_present)


def city_page(*methods: str) -> Door:
    """As `desk_page`, for who may set what holds for every unit."""
    return staff_page(*methods, may_enter=oversees_the_city, passed=_is_present)


def administrators_page(*methods: str) -> Door:
    """As `desk_page`, for administrators."""
    return staff_page(*methods, may_enter=_administers, passed=_is_present)


def _is_present(staff: Staff) -> None:
    """Pages and the parts they ask for say that their person is there: cases are given to nobody else.

    Not those of the practice room: from there no citizen's case can be opened.
    """
    if not staff.is_practising:
        duties.note_seen(staff, timezone.now())


def _works_at_desk(staff: Staff) -> bool:
    return staff.may_work_at_desk


def _oversees(staff: Staff) -> bool:
    return staff.may_oversee


def _administers(staff: Staff) -> bool:
    return staff.may_administer
