"""Links by which a person sets a password: made and shown once, opened, used once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from office import audit, sessions
from office.errors import LinkGone
from office.models import PasswordLink, Staff

VALID_FOR = timedelta(hours=72)
WORDS_BYTES = 32

Kind = PasswordLink.Kind


@dataclass(frozen=True, kw_only=True)
class MadeLink:
    """A link made just now. words: what its address ends with, which exists nowhere else: show it now."""

    link: PasswordLink
    words: str


@transaction.atomic
def make(staff: Staff, *, kind: Kind, by: Staff | None) -> MadeLink:
    """A link for this person, valid for VALID_FOR; those made before no longer work.

    by: None for an operator.
    """
    now = timezone.now()
    staff.password_links.filter(ended_at=None).update(ended_at=now)
    words = secrets.token_urlsafe(WORDS_BYTES)
    link = PasswordLink.objects.create(
        staff=staff, kind=kind, digest=_digest(words), made_by=by, expires_at=now + VALID_FOR
    )
    audit.note(f"account.link_made.{kind}", audit.subject_of(staff), by)
    return MadeLink(link=link, words=words)


def opened_by(words: str, *, now: datetime) -> PasswordLink | None:
    """The link that ends with these words, while it can be used."""
    links = PasswordLink.objects.select_related("staff").filter(staff__is_active=True)
    return links.filter(digest=_digest(words), ended_at=None, expires_at__gt=now).first()


@transaction.atomic
def use(words: str, *, password: str, last_name: str = "", first_name: str = "") -> Staff:
    """Set the password, and the name of who was invited; end the link and every session of the person.

    password: as the rules allow it, which the caller has checked. Raises LinkGone.
    """
    now = timezone.now()
    link = opened_by(words, now=now)
    if link is None or not PasswordLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=now):
        raise LinkGone
    staff = link.staff
    if link.kind == Kind.INVITATION:
        staff.last_name, staff.first_name = last_name.strip(), first_name.strip()
    staff.set_password(password)
    staff.save(update_fields=["password", "last_name", "first_name"])
    sessions.end_all(staff)
    audit.note("account.password_set", audit.subject_of(staff), staff)
    return staff


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()
