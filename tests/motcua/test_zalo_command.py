"""`motcua zalo`: the tokens are shown and entered without ever being printed whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.models import ZaloToken
from emulators.zalo import client
from motcua.commands.zalo import zalo as command
from motcua.zalo_environment import read_zalo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def zalo(settings: Any) -> Iterator[client.Emulator]:
    with client.running() as emulator:
        settings.ZALO = read_zalo(emulator.settings())
        yield emulator


def motcua(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, arguments, input=typed)


def test_the_state_of_the_tokens_is_told_without_the_tokens(zalo: client.Emulator) -> None:
    assert motcua("check").exit_code == 0
    told = motcua("token")
    row = ZaloToken.objects.get()
    assert told.exit_code == 0
    assert zalo.credentials.oa_id in told.output
    assert f"…{row.access_token[-4:]}" in told.output
    assert row.access_token not in told.output
    assert row.refresh_token not in told.output


def test_a_new_token_is_typed_unseen_and_exchanged_at_once(zalo: client.Emulator) -> None:
    typed = str(zalo.tokens()["refresh_token"])
    told = motcua("token", "--new", typed=f"{typed}\n")
    assert told.exit_code == 0
    assert typed not in told.output
    assert ZaloToken.objects.get().access_token == zalo.tokens()["access_token"]


def test_a_typed_token_that_zalo_refuses_is_told_with_what_to_do(zalo: client.Emulator) -> None:
    told = motcua("token", "--new", typed="mistyped\n")
    assert told.exit_code == 2
    assert "refresh token mới" in told.output
    assert "mistyped" not in told.output


def test_the_check_names_the_account_as_zalo_knows_it(zalo: client.Emulator) -> None:
    assert "Một Cửa" in motcua("check").output


def test_the_check_says_what_is_wrong(zalo: client.Emulator) -> None:
    zalo.account(is_verified=False)
    told = motcua("check")
    assert told.exit_code == 2
    assert "xác thực" in told.output


def test_while_zalo_is_off_it_is_said_what_to_set(settings: Any) -> None:
    settings.ZALO = None
    told = motcua("token")
    assert told.exit_code == 2
    assert "MOTCUA_ZALO_OA_ID" in told.output


def test_without_any_token_it_is_said_what_to_do(zalo: client.Emulator, settings: Any) -> None:
    settings.ZALO = replace(settings.ZALO, refresh_token="")
    told = motcua("token")
    assert told.exit_code == 2
    assert "--new" in told.output
