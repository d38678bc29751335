"""Who the office is: staff, units, the former wards people still name, and the audit register."""

from __future__ import annotations

from office.models.accounts import PasswordLink, SignedIn
from office.models.api_keys import ApiKey
from office.models.audit import AuditEntry
from office.models.duties import Duty, Shift
from office.models.service_points import Entrance, ServicePoint
from office.models.settings import CalendarDay, LiveSetting
from office.models.staff import Staff
from office.models.units import FormerWard, Unit

__all__ = [
    "ApiKey",
    "AuditEntry",
    "CalendarDay",
    "Duty",
    "Entrance",
    "FormerWard",
    "LiveSetting",
    "PasswordLink",
    "ServicePoint",
    "Shift",
    "SignedIn",
    "Staff",
    "Unit",
]
