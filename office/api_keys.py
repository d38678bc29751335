"""API keys: by which other systems send reports; made and shown once, known again, revoked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from nlu.text import clean
from office import audit
from office.errors import ApiKeyWithoutName
from office.models import ApiKey, Staff, Unit

#: What every key begins with, so that one found in a file or a log is known for what it is.
PREFIX = "motcua_"
KEY_BYTES = 32
#: Characters of a key that are kept: the prefix and what tells keys apart.
SHOWN = len(PREFIX) + 4
#: A key in use writes when it was used no more often than this.
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class MadeKey:
    """A key made just now. words: what the other system sends, which exists nowhere else: show it now."""

    key: ApiKey
    words: str


@transaction.atomic
def make(*, name: str, unit: Unit | None, by: Staff | None) -> MadeKey:
    """A key for a system of this name, whose it is as far as known. by: None for the command line.

    Raises ApiKeyWithoutName.
    """
    named = clean(name).replace("\n", " ")[:120]
    if not named:
        raise ApiKeyWithoutName
    words = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    key = ApiKey.objects.create(
        name=named, start=words[:SHOWN], digest=_digest(words), unit=unit, created_by=by
    )
    audit.note("api_key.made", _subject(key), by, name=named, unit=unit.code if unit else "")
    return MadeKey(key=key, words=words)


@transaction.atomic
def revoke(number: int, *, by: Staff | None) -> bool:
    """From now on the key opens nothing. False when it does not exist or was revoked before."""
    revoked = ApiKey.objects.filter(pk=number, revoked_at=None).update(revoked_at=timezone.now())
    if revoked:
        audit.note("api_key.revoked", f"api_key:{number}", by)
    return bool(revoked)


def known_by(words: str, *, now: datetime) -> ApiKey | None:
    """The key that these words are; None for one that was never given out, or was revoked.

    Found by its digest: a key has 256 random bits, and what of it the time of a look-up tells is of no use.
    """
    digest = _digest(words)
    key = ApiKey.objects.filter(digest=digest, revoked_at=None).first()
    if key is None or not secrets.compare_digest(key.digest, digest):
        return None
    long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
    ApiKey.objects.filter(long_ago, pk=key.pk).update(last_used_at=now)
    return key


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()


def _subject(key: ApiKey) -> str:
    return f"api_key:{key.pk}"
