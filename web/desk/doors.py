"""The door of the desk."""

from __future__ import annotations

from office.models import Staff
from web.doors import Door, StaffRequest, staff_page

DeskRequest = StaffRequest


def desk_page(*methods: str) -> Door:
    """Only these methods, only signed in, only who works at the desk; never cached."""
    return staff_page(*methods, may_enter=_works_at_desk)


def overseers_page(*methods: str) -> Door:
    """As `desk_page`, for supervisors and administrators."""
    return staff_page(*methods, may_enter=_oversees)


def administrators_page(*methods: str) -> Door:
    """As `desk_page`, for administrators."""
    return staff_page(*methods, may_enter=_administers)


def _works_at_desk(staff: Staff) -> bool:
    return staff.may_work_at_desk


def _oversees(staff: Staff) -> bool:
    return staff.may_oversee


def _administers(staff: Staff) -> bool:
    return staff.may_administer
