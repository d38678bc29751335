"""API keys: known by what was shown once, and by nothing that is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from office import api_keys
from office.errors import ApiKeyWithoutName
from office.models import ApiKey, AuditEntry
from tests.casework.people import official, ward

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def test_a_key_is_known_by_the_words_that_were_shown() -> None:
    made = api_keys.make(name="iHanoi", unit=ward(), by=official())
    assert api_keys.known_by(made.words, now=NOON) == made.key
    assert api_keys.known_by(made.words + "x", now=NOON) is None
    assert api_keys.known_by("", now=NOON) is None


def test_what_is_kept_does_not_open_anything() -> None:
    made = api_keys.make(name="iHanoi", unit=None, by=None)
    kept = ApiKey.objects.values().get()
    assert made.words not in map(str, kept.values())
    assert all(api_keys.known_by(str(value), now=NOON) is None for value in kept.values())


def test_a_revoked_key_opens_nothing_and_is_revoked_once() -> None:
    made = api_keys.make(name="iHanoi", unit=None, by=None)
    assert api_keys.revoke(made.key.pk, by=official())
    assert api_keys.known_by(made.words, now=NOON) is None
    assert not api_keys.revoke(made.key.pk, by=None)


def test_a_key_in_use_writes_when_it_was_used_at_most_once_a_minute() -> None:
    made = api_keys.make(name="iHanoi", unit=None, by=None)
    for seconds in (0, 30, 59):
        api_keys.known_by(made.words, now=NOON + timedelta(seconds=seconds))
    assert ApiKey.objects.get().last_used_at == NOON
    api_keys.known_by(made.words, now=NOON + timedelta(seconds=61))
    assert ApiKey.objects.get().last_used_at == NOON + timedelta(seconds=61)


def test_making_and_revoking_are_in_the_register_without_the_key() -> None:
    ha = official()
    made = api_keys.make(name="iHanoi", unit=None, by=ha)
    api_keys.revoke(made.key.pk, by=ha)
    acts = list(AuditEntry.objects.values_list("action", "actor"))
    assert acts == [("api_key.made", ha.pk), ("api_key.revoked", ha.pk)]
    assert made.words not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_key_without_a_name_is_not_made(name: str) -> None:
    with pytest.raises(ApiKeyWithoutName):
        api_keys.make(name=name, unit=None, by=None)
    assert not ApiKey.objects.exists()
