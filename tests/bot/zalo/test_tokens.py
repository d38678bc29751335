"""One refresher, the new pair stored before it is used, in whatever thread or process."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.channels.zalo import ZaloAccount, ZaloClient, tokens
from bot.channels.zalo.errors import NoToken, ZaloRefusal, ZaloUnreachable
from bot.models import ZaloToken
from emulators.loopback import wait_until
from emulators.zalo.client import Emulator

pytestmark = pytest.mark.django_db(transaction=True)


def exchanges(zalo: Emulator) -> int:
    return sum(call["call"] == "access_token" for call in zalo.state()["calls"])


def the_row() -> ZaloToken:
    return ZaloToken.objects.get()


def test_the_first_refresh_token_is_exchanged_when_a_token_is_needed(
    account: ZaloAccount, zalo: Emulator
) -> None:
    token = tokens.access_token(account)
    assert token == zalo.tokens()["access_token"] == the_row().access_token
    assert the_row().refresh_token == zalo.tokens()["refresh_token"]
    until = the_row().access_until
    assert until is not None
    assert timedelta(hours=24) < until - timezone.now() <= timedelta(hours=25)
    assert tokens.access_token(account) == token
    assert exchanges(zalo) == 1


def in_threads(number: int, work: object) -> list[object]:
    def one(_: int) -> object:
        try:
            return work()  # type: ignore[operator]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def test_many_who_need_a_token_at_once_make_one_exchange(account: ZaloAccount, zalo: Emulator) -> None:
    zalo.fault("access_token", "slow", seconds=0.5)
    found = in_threads(8, lambda: tokens.access_token(account))
    assert set(found) == {zalo.tokens()["access_token"]}
    assert exchanges(zalo) == 1


def test_a_token_zalo_has_just_refused_is_replaced_once_for_all(account: ZaloAccount, zalo: Emulator) -> None:
    old = tokens.access_token(account)
    zalo.expires_token()
    found = in_threads(8, lambda: tokens.access_token(account, instead_of=old))
    assert set(found) == {zalo.tokens()["access_token"]} != {old}
    assert exchanges(zalo) == 2


def test_a_token_that_ended_is_not_used(account: ZaloAccount, zalo: Emulator) -> None:
    old = tokens.access_token(account)
    ZaloToken.objects.update(access_until=timezone.now())
    assert tokens.access_token(account) != old


@pytest.mark.parametrize("how", ["expires", "revoked_by_another_refresh"])
def test_a_call_refused_for_its_token_is_made_again_with_a_new_one(
    account: ZaloAccount, zalo: Emulator, how: str
) -> None:
    client = ZaloClient(account)
    client.account_info()
    if how == "expires":
        zalo.expires_token()
    else:
        zalo.fault("getoa", "expired_token")
    assert client.account_info()["oa_id"] == account.oa_id
    client.close()


def test_a_token_refused_again_after_the_refresh_is_told(account: ZaloAccount, zalo: Emulator) -> None:
    client = ZaloClient(account)
    zalo.fault("getoa", "expired_token", times=2)
    with pytest.raises(ZaloRefusal, match="-220"):
        client.account_info()
    client.close()
    assert exchanges(zalo) == 2


def test_a_refused_refresh_is_kept_with_its_reason_and_not_tried_again_at_once(
    account: ZaloAccount, zalo: Emulator
) -> None:
    zalo.revokes_tokens()
    with pytest.raises(ZaloRefusal):
        tokens.access_token(account)
    with pytest.raises(NoToken, match="-14014"):
        tokens.access_token(account)
    assert exchanges(zalo) == 1
    assert "-14014" in the_row().problem


def test_after_an_answer_that_was_lost_the_same_token_is_tried_again_when_the_pause_is_over(
    account: ZaloAccount, zalo: Emulator
) -> None:
    zalo.fault("access_token", "drop")
    with pytest.raises(ZaloUnreachable):
        tokens.access_token(account)
    ZaloToken.objects.update(lease_until=timezone.now())
    assert tokens.access_token(account) == zalo.tokens()["access_token"]
    assert the_row().problem == ""


def test_a_refresher_that_died_with_its_lease_is_replaced(account: ZaloAccount, zalo: Emulator) -> None:
    ZaloToken.objects.update(lease_until=timezone.now() + timedelta(seconds=0.5))
    assert tokens.access_token(account) == zalo.tokens()["access_token"]


def test_the_pair_is_renewed_before_it_ends_and_the_loop_stops_when_told(
    account: ZaloAccount, zalo: Emulator
) -> None:
    tokens.access_token(account)
    ZaloToken.objects.update(refreshed_at=timezone.now() - timedelta(hours=21))
    ZaloToken.objects.update(access_until=timezone.now() + timedelta(hours=4))
    stop = threading.Event()
    keeper = threading.Thread(target=tokens.keep_fresh_until, args=(stop, account))
    keeper.start()
    wait_until(lambda: exchanges(zalo) == 2, within=10)
    wait_until(lambda: the_row().access_token == zalo.tokens()["access_token"], within=10)
    stop.set()
    keeper.join(10)
    assert not keeper.is_alive()


@given(hours=st.floats(0, 30))
def test_a_token_is_old_from_twenty_of_its_twenty_five_hours(hours: float) -> None:
    begun = timezone.now()
    row = ZaloToken(refreshed_at=begun, access_until=begun + timedelta(hours=25))
    assert tokens.is_old(row, begun + timedelta(hours=hours)) is (
        timedelta(hours=hours) >= timedelta(hours=20)
    )


def test_the_settings_token_begins_once_and_a_new_one_begins_anew(
    account: ZaloAccount, zalo: Emulator
) -> None:
    tokens.access_token(account)
    current = the_row().refresh_token
    tokens.adopt(account)
    assert the_row().refresh_token == current
    tokens.adopt(replace(account, refresh_token="another"))
    assert (the_row().refresh_token, the_row().access_token) == ("another", "")


def test_a_token_typed_by_the_operator_is_not_undone_by_the_setting(
    account: ZaloAccount, zalo: Emulator
) -> None:
    ZaloToken.objects.all().delete()
    tokens.enter(account, "typed")
    tokens.adopt(account)
    assert the_row().refresh_token == "typed"


def test_without_any_token_it_is_said_what_to_do(account: ZaloAccount) -> None:
    ZaloToken.objects.all().delete()
    with pytest.raises(NoToken, match="motcua zalo token --new"):
        tokens.access_token(account)


def test_no_token_is_ever_in_the_log(account: ZaloAccount, zalo: Emulator) -> None:
    with capture_logs() as lines:
        first = tokens.access_token(account)
        zalo.revokes_tokens()
        with pytest.raises(ZaloRefusal):
            tokens.access_token(account, instead_of=first)
    shown = f"{lines} {the_row().problem}"
    assert not any(secret in shown for secret in (first, account.refresh_token, account.app_secret))
