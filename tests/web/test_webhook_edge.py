"""The edge of the webhooks: what is refused before a word of it is read, and by whom it may be spent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from bot.channels.pace import Pace
from tests.serving import served
from web.webhooks import edge
from web.webhooks.edge import Door, webhook

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PATHS = ("/webhooks/telegram", "/webhooks/zalo")


def taken_in(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def post(address: str = "10.0.0.1", *, content_type: str = "application/json") -> HttpRequest:
    request: HttpRequest = RequestFactory(REMOTE_ADDR=address).post("/", b"{}", content_type=content_type)
    return request


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_what_is_not_json_is_refused(client: Client, path: str, content_type: str) -> None:
    response = client.generic("POST", path, b"{}", content_type=content_type)
    assert (response.status_code, response.content) == (415, b"")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_a_post_is_a_message(client: Client, path: str, method: str) -> None:
    assert client.generic(method, path, b"{}", content_type="application/json").status_code == 405


def test_an_address_that_sends_too_much_waits_and_no_other_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "PACE", Pace(every=timedelta(hours=1), burst=3))
    door = webhook(taken_in)
    answers = [door(post("10.0.0.1")) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1]["Retry-After"]
    assert answers[-1].content == b""
    assert door(post("10.0.0.2")).status_code == 200


def test_what_was_refused_costs_the_address_nothing() -> None:
    door = Door(Pace(every=timedelta(seconds=1)))
    assert door.lets_in("10.0.0.1", now=NOON)
    assert not any(door.lets_in("10.0.0.1", now=NOON) for _ in range(50))
    assert door.lets_in("10.0.0.1", now=NOON + timedelta(seconds=1))


def test_a_crowd_of_addresses_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "ADDRESSES_KEPT", 10)
    door = Door(Pace(every=timedelta(hours=1)))
    assert all(door.lets_in(f"10.0.0.{number}", now=NOON) for number in range(100))
    assert not door.lets_in("10.0.0.99", now=NOON)
    assert door.lets_in("10.0.0.1", now=NOON)


@pytest.fixture
def address(transactional_db: None) -> Iterator[str]:
    with served() as url:
        yield url


@pytest.mark.parametrize("path", PATHS)
def test_a_body_beyond_the_limit_is_refused_before_it_is_read(address: str, path: str) -> None:
    large = json.dumps({"text": "x" * edge.LARGEST_BODY}).encode()
    headers = {"Content-Type": "application/json"}
    assert httpx.post(address + path, content=large, headers=headers).status_code == 413
    in_pieces = (large[start : start + 50_000] for start in range(0, len(large), 50_000))
    assert httpx.post(address + path, content=in_pieces, headers=headers).status_code == 413
    assert httpx.post(address + path, content=b"{}", headers=headers).status_code == 404  # it is off here
