"""The door of the desk."""

from __future__ import annotations

from office.models import Staff
from web.doors import Door, StaffRequest, staff_page

DeskRequest = StaffRequest


def desk_page(*methods: str) -> Door:
    """Only these methods, only signed in, only who works at the desk; never cached."""
    return staff_page(*methods, may_enter=_works_at_desk)


def _works_at_desk(staff: Staff) -> bool:
    return staff.may_work_at_desk
