"""The door of the editor."""

from __future__ import annotations

from office.models import Staff
from web.doors import Door, StaffRequest, staff_page

EditorRequest = StaffRequest


def editor_page(*methods: str) -> Door:
    """Only these methods, only signed in, only who may edit content; never cached."""
    return staff_page(*methods, may_enter=_edits_content)


def _edits_content(staff: Staff) -> bool:
    return staff.may_edit_content
