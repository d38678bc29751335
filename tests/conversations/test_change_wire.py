"""Word of changes between processes, on PostgreSQL; the other process is a connection of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Event

import psycopg
import pytest
from django.db import connection

from conversations import change_wire, changes
from conversations.changes import changed_since, heeding_others, mark, publish, subscribe
from tests.serving import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's one process needs no wire"),
]


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """What another process has: a connection, listening."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute(f"LISTEN {change_wire.CHANNEL}")
        yield other


def tell(other: psycopg.Connection, *topics: str) -> None:
    other.execute("SELECT pg_notify(%s, %s)", [change_wire.CHANNEL, json.dumps(["another", *topics])])


def heard_by(other: psycopg.Connection) -> list[list[str]]:
    return [json.loads(word.payload)[1:] for word in other.notifies(timeout=2, stop_after=1)]


def cut_the_wire() -> None:
    ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(ours, [change_wire.NAME])
        assert cursor.fetchall() == [(True,)]


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What a listener of the desk hears in this process, once it is told what others change."""
    heard: list[str] = []
    with subscribe("desk", listener=heard.append), heeding_others():
        until(lambda: heard == ["desk"])  # the wire is tied: anything may have changed before
        heard.clear()
        yield heard


def test_a_change_in_another_process_is_heard_here(heard: list[str], other: psycopg.Connection) -> None:
    before = mark()
    tell(other, "conversation:a", "desk")
    until(lambda: heard == ["desk"])
    assert changed_since(before, "conversation:a")
    assert not changed_since(before, "conversation:b")


def test_a_change_here_is_heard_in_other_processes_and_once_here(
    heard: list[str], other: psycopg.Connection
) -> None:
    publish("desk", "conversation:a")
    assert heard_by(other) == [["desk", "conversation:a"]]
    tell(other, "desk")
    until(lambda: heard == ["desk", "desk"])


def test_after_a_cut_everybody_looks_and_hears_again(heard: list[str], other: psycopg.Connection) -> None:
    page_of_before = mark()
    cut_the_wire()
    until(lambda: heard == ["desk"])
    assert changed_since(page_of_before, "desk")
    tell(other, "desk")
    until(lambda: heard == ["desk", "desk"])


def test_word_that_cannot_be_sent_does_not_fail_who_committed(heard: list[str]) -> None:
    publish("desk", "conversation:" + "a" * 9_000)  # PostgreSQL carries 8,000 bytes
    assert heard == ["desk"]


def test_an_idle_wire_stops_when_told_to() -> None:
    stop = Event()
    words = change_wire.words(stop)
    assert next(words) == ()
    stop.set()
    assert list(words) == []


def test_without_a_wire_a_process_hears_itself(other: psycopg.Connection) -> None:
    heard: list[str] = []
    with subscribe("desk", listener=heard.append):
        changes.publish("desk")
        tell(other, "desk")
    assert heard == ["desk"]
