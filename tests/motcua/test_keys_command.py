"""`motcua keys`: a key is printed once, listed without its words, revoked by its number."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from motcua.commands.keys import keys
from office import api_keys
from office.models import ApiKey

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(keys, [*arguments])


def test_a_key_is_made_listed_and_revoked() -> None:
    made = run("make", "iHanoi, bản thử")
    assert made.exit_code == 0, made.output
    words = made.stdout.strip()
    key = ApiKey.objects.get()
    assert api_keys.known_by(words, now=timezone.now()) == key
    listed = run("list").output
    assert "iHanoi, bản thử" in listed
    assert words not in listed
    assert run("revoke", str(key.pk)).exit_code == 0
    assert run("list").output == ""
    assert run("revoke", str(key.pk)).exit_code == 1


@pytest.mark.parametrize("arguments", [("make", " "), ("make", "iHanoi", "--unit", "khong-co")])
def test_what_is_missing_ends_the_command_with_a_sentence(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.output
    assert not ApiKey.objects.exists()
