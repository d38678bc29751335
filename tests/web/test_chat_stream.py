"""The live stream, through a real server in this process, on a real database file."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from conversations import changes, ownership
from conversations.models import Conversation, Turn
from tests.casework.people import official
from tests.serving import served, until
from tests.web.browsers import Browser, answer
from web.live import Event, end_streams, event_stream, open_streams
from web.public.feed import Feed


@dataclass(frozen=True)
class Line:
    """One event as a browser gets it."""

    name: str
    id: str
    data: Any


@pytest.fixture
def address(transactional_db: None) -> Iterator[str]:
    """Where the product is served, over the test's own database file."""
    with served() as address:
        yield address


def listening(address: str, browser: Browser, **headers: str | bytes) -> Any:
    """An open stream of this browser; use it with `with`."""
    cookies = {"chat": browser.client.cookies["chat"].value}
    return httpx.stream("GET", f"{address}/chat/stream", cookies=cookies, headers=headers, timeout=5)


def events(response: httpx.Response) -> Iterator[Line]:
    fields: dict[str, str] = {}
    for line in response.iter_lines():
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield Line(name=fields["event"], id=fields.get("id", ""), data=json.loads(fields["data"]))
            fields = {}


def test_a_reply_reaches_the_waiting_page_at_once(address: str) -> None:
    browser = Browser()
    conversation = browser.say("chào")
    with listening(address, browser) as response:
        assert response.headers["Content-Type"] == "text/event-stream"
        stream = events(response)
        assert next(stream).data["text"] == "chào"
        assert next(stream).data["answering"] is True
        started = time.monotonic()
        answer(conversation, "Chào anh/chị.")
        changes.publish(changes.conversation_topic(conversation.public_id))
        assert next(stream).data["text"] == "Chào anh/chị."
        assert time.monotonic() - started < 1


def test_a_page_that_comes_back_gets_what_it_missed_and_not_what_it_had(address: str) -> None:
    browser = Browser()
    conversation = browser.say("một")
    seen = answer(conversation, "hai")
    missed = answer(conversation, "ba")
    Turn.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    with listening(address, browser, **{"Last-Event-ID": str(seen.pk)}) as response:
        first = next(events(response))
        assert (first.name, first.id, first.data["text"]) == ("turn", str(missed.pk), "ba")


def test_the_page_learns_that_a_person_has_taken_over(address: str) -> None:
    browser = Browser()
    conversation = browser.say("chào")
    staff = official("ha")
    with listening(address, browser) as response:
        stream = events(response)
        assert [next(stream).name, next(stream).data["owner"]] == ["turn", "bot"]
        ownership.hand_to_staff(conversation, staff)
        standing = next(stream)
        assert (standing.name, standing.data["owner"]) == ("standing", "staff")
        assert "Cán bộ – " in standing.data["line"]


def test_a_browser_without_a_conversation_is_told_not_to_come_back(address: str) -> None:
    assert httpx.get(f"{address}/chat/stream").status_code == 204


@pytest.mark.parametrize("last", ["9" * 30, "9" * 5000, "٣", "-1", "x"])
def test_a_last_event_of_nobodys_making_is_as_none(address: str, last: str) -> None:
    browser = Browser()
    browser.say("Xin chào")
    with listening(address, browser, **{"Last-Event-ID": last.encode()}) as response:
        assert response.status_code == 200
        assert next(events(response)).name == "turn"


def test_waiting_streams_hold_no_database_connection(address: str) -> None:
    browser = Browser()
    browser.say("chào")
    with ExitStack() as open_pages:
        streams = [events(open_pages.enter_context(listening(address, browser))) for _ in range(12)]
        for stream in streams:
            next(stream), next(stream)
        assert open_streams() == 12
        if connection.vendor == "sqlite":
            until(lambda: _open_database_files() == 0)


def test_more_pages_than_the_pool_has_connections_all_hear_their_answer(address: str) -> None:
    browsers = [Browser() for _ in range(24)]
    conversations = [browser.say("chào") for browser in browsers]
    connection.close()
    with ExitStack() as open_pages:
        streams = [events(open_pages.enter_context(listening(address, browser))) for browser in browsers]
        for stream in streams:
            next(stream), next(stream)
        for number, conversation in enumerate(conversations):
            answer(conversation, f"Trả lời {number}")
            changes.publish(changes.conversation_topic(conversation.public_id))
        assert [next(stream).data["text"] for stream in streams] == [f"Trả lời {n}" for n in range(24)]


def _open_database_files() -> int:
    name = str(settings.DATABASES["default"]["NAME"])
    connection.close()
    found = 0
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            found += str(descriptor.readlink()) == name
        except OSError:  # closed meanwhile
            continue
    return found


def test_a_browser_that_leaves_frees_its_stream(address: str) -> None:
    browser = Browser()
    browser.say("chào")
    with listening(address, browser) as response:
        stream = events(response)
        next(stream)
        assert open_streams() == 1
    until(lambda: open_streams() == 0)


def test_streams_end_when_the_process_is_told_to_stop(address: str) -> None:
    browser = Browser()
    browser.say("chào")
    with listening(address, browser) as response:
        stream = events(response)
        next(stream)
        until(lambda: open_streams() == 1)
        end_streams()
        for _ in stream:
            pass
    until(lambda: open_streams() == 0)


def collected(*, heartbeat: float, lifetime: float, read: Callable[[], list[Event]]) -> list[bytes]:
    response = event_stream("nothing happens here", read=read, heartbeat=heartbeat, lifetime=lifetime)

    async def collect() -> list[bytes]:
        return [part async for part in response.streaming_content]

    return asyncio.run(collect())


def test_a_silent_stream_gives_signs_of_life_and_ends_so_that_a_sign_out_takes_hold() -> None:
    parts = collected(heartbeat=0.05, lifetime=0.2, read=list)
    assert parts[0] == b"retry: 2000\n\n"
    assert 2 <= parts[1:].count(b": \n\n") <= 6


def test_a_change_made_in_another_process_is_seen_at_the_next_heartbeat() -> None:
    news = iter([[], [Event(name="turn", id="7", data={"text": "xuống\ndòng"})]])
    parts = collected(heartbeat=0.05, lifetime=0.2, read=lambda: next(news, []))
    assert 'id: 7\nevent: turn\ndata: {"text":"xuống\\ndòng"}\n\n'.encode() in parts


@pytest.mark.django_db
def test_a_turn_that_commits_late_under_a_smaller_id_is_not_missed() -> None:
    browser = Browser()
    conversation = browser.say("chào")
    late = answer(conversation, "muộn")
    last_seen = browser.say("câu nữa").turns.latest("id")
    feed = Feed(Conversation.objects.get(), after=last_seen.pk)
    assert str(late.pk) in [event.id for event in feed() if event.name == "turn"]
    assert feed() == []
