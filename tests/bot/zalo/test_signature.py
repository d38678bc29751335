"""Only what Zalo signed is read."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.account import ZaloAccount
from bot.channels.zalo.signature import genuine_event

ACCOUNT = ZaloAccount(app_id="1044", oa_id="2740", app_secret="app", oa_secret_key="Khoá")
BODY = '{"app_id":"1044","event_name":"follow","timestamp":"1700000000000", "x": "à"}'.encode()


def mac(body: bytes = BODY, *, app_id: str = "1044", time: str = "1700000000000", key: str = "Khoá") -> str:
    return "mac=" + hashlib.sha256(app_id.encode() + body + time.encode() + key.encode()).hexdigest()


def test_what_zalo_signed_is_read() -> None:
    assert genuine_event(BODY, signature=mac(), account=ACCOUNT) == json.loads(BODY)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "mac=",
        mac().removeprefix("mac="),
        mac(key="app"),
        mac(app_id="2740"),
        mac(time="1700000000001"),
        mac(BODY + b" "),
        "mac=" + hmac.new("Khoá".encode(), BODY, "sha256").hexdigest(),
        "mac=ữ",
    ],
)
def test_what_somebody_else_signed_is_not(signature: str) -> None:
    assert genuine_event(BODY, signature=signature, account=ACCOUNT) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_event_is_not_read_even_when_signed(body: bytes) -> None:
    assert genuine_event(body, signature=mac(body, time=""), account=ACCOUNT) is None


@given(st.binary(max_size=200), st.text(max_size=80))
def test_whatever_comes_unsigned_is_refused(body: bytes, signature: str) -> None:
    assert genuine_event(body, signature=signature, account=ACCOUNT) is None


def test_the_secrets_are_not_in_what_a_log_would_show() -> None:
    assert "Khoá" not in repr(ACCOUNT)
    assert "app'" not in repr(ACCOUNT)
