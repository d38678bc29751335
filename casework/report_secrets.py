"""The secret that opens a report to its author: shown once, kept as a salted hash, tried only so often."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.contrib.auth.hashers import ScryptPasswordHasher
from django.utils import timezone

from casework.models import SecretAttempt
from conversations.models import Conversation

# Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: read aloud over a telephone and typed back without doubt.
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
LENGTH = 8

WINDOW = timedelta(hours=1)
TRIES_A_CONVERSATION = 5
TRIES_A_CODE = 20

# 23^8 secrets times tens of milliseconds of scrypt: a stolen table costs a century of processor time to open.
_hasher = ScryptPasswordHasher()


@dataclass(frozen=True, kw_only=True)
class Secret:
    """words: what the author is told, once. hash: what is kept."""

    words: str
    hash: str


def new_secret() -> Secret:
    """A fresh secret and its hash. Takes about a tenth of a second: have it before a transaction begins."""
    words = new_words()
    return Secret(words=words, hash=hashed(words))


def new_words() -> str:
    """With at least one digit, which tells a secret from a word when it is typed among others."""
    while True:
        words = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if any(character.isdigit() for character in words):
            return words


def hashed(secret: str) -> str:
    return _hasher.encode(secret, _hasher.salt(), p=1)


@cache
def _nobodys() -> str:
    return hashed(new_words())


def opens(secret: str, secret_hash: str | None) -> bool:
    """True when the secret is the report's. Takes as long for a report that does not exist (None)."""
    typed = "".join(character for character in secret.upper() if character.isalnum())
    matches = _hasher.verify(typed, secret_hash or _nobodys())
    return matches and secret_hash is not None


def note_wrong_attempt(code: str, conversation: Conversation | None) -> None:
    SecretAttempt.objects.create(code=code[:20], conversation=conversation)


def is_locked(code: str, conversation: Conversation | None) -> bool:
    """True when this conversation, or everyone together on this code, guessed wrong too often in an hour.

    The same for codes that do not exist, so that it says nothing about them.
    """
    recent = SecretAttempt.objects.filter(at__gt=timezone.now() - WINDOW)
    if recent.filter(code=code[:20]).count() >= TRIES_A_CODE:
        return True
    if conversation is None:
        return False
    return recent.filter(conversation=conversation).count() >= TRIES_A_CONVERSATION
