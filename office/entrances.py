"""Entrances: QR codes that begin a conversation at a ward or at a procedure; made, found, revoked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from office import audit
from office.errors import EntranceNamesNothing
from office.models import Entrance, Staff, Unit

#: Random bytes of a key: 16 characters, which fit a button's payload and Telegram's 64 of `?start=`.
KEY_BYTES = 12
#: Kinds of units at whose counters a code hangs.
WARDS = (Unit.Kind.WARD, Unit.Kind.COMMUNE)


@dataclass(frozen=True, kw_only=True)
class Entered:
    """Where somebody came in: the code and name of a ward, or the code of a procedure."""

    ward: str = ""
    ward_name: str = ""
    procedure: str = ""


@transaction.atomic
def make(*, ward: Unit | None = None, procedure: str = "", note: str = "", by: Staff | None) -> Entrance:
    """An entrance to a ward or to a procedure, whose code the caller has looked up.

    Raises EntranceNamesNothing unless it is one of the two.
    """
    if (ward is None) == (not procedure):
        raise EntranceNamesNothing
    entrance = Entrance.objects.create(
        key=secrets.token_urlsafe(KEY_BYTES), ward=ward, procedure=procedure, note=note, created_by=by
    )
    audit.note("entrance.made", entrance.key, by, ward=ward.code if ward else "", procedure=procedure)
    return entrance


@transaction.atomic
def revoke(key: str, *, by: Staff | None) -> bool:
    """From now on the key leads to the greeting only. False when it does not exist or was revoked before."""
    revoked = Entrance.objects.filter(key=key, revoked_at=None).update(revoked_at=timezone.now())
    if revoked:
        audit.note("entrance.revoked", key, by)
    return bool(revoked)


def entered_by(key: str) -> Entered | None:
    """Where this key leads; None for one that we did not make, or do not want any more."""
    entrance = Entrance.objects.select_related("ward").filter(key=key, revoked_at=None).first()
    if entrance is None:
        return None
    ward = entrance.ward
    return Entered(
        ward=ward.code if ward else "",
        ward_name=ward.name if ward else "",
        procedure=entrance.procedure,
    )
