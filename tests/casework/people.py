"""A citizen, members of staff and units to tell stories with."""

from __future__ import annotations

import itertools

from conversations.models import Conversation
from office.models import Staff, Unit
from office.units import contact_team

_numbers = itertools.count(1)


def citizen(name: str = "Chị Mai") -> Conversation:
    return Conversation.objects.create(
        channel="webchat", account="site", chat=f"chat-{next(_numbers)}", citizen_name=name
    )


def ward(name: str = "Phường Ba Đình", *, parent: Unit | None = None) -> Unit:
    code = f"ward-{next(_numbers)}"
    return Unit.objects.create(code=code, name=name, kind=Unit.Kind.WARD, parent=parent, takes_reports=True)


def city() -> Unit:
    named = {"name": "UBND thành phố Hà Nội", "kind": Unit.Kind.DEPARTMENT}
    return Unit.objects.get_or_create(code="city", defaults=named)[0]


def official(name: str = "ha", *units: Unit, role: str = Staff.Role.AGENT) -> Staff:
    """A member of the central team unless other units are given."""
    staff = Staff(username=name, first_name=name.title(), role=role)
    staff.set_unusable_password()
    staff.save()
    staff.units.set(units or [contact_team()])
    return staff
