"""Word of changes between processes: PostgreSQL's NOTIFY and LISTEN.

Word that is lost costs waiting for the next look, nothing else: rows are the truth. With SQLite one process
does all the work, and there is no wire.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from threading import Event

import structlog
from django.db import Error, connection

log = structlog.get_logger(__name__)

CHANNEL = "motcua_changes"
#: Seconds until a cut wire is tied again, and after which whoever listens notices that it is to stop.
COME_BACK, STOPS_WITHIN = 1.0, 1.0
NAME = "motcua changes"
#: Of the wire. A server that vanished without a word is noticed in half a minute, not in two hours.
OPTIONS = {
    "application_name": NAME,
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}

_this_process = secrets.token_hex(8)


def is_there() -> bool:
    return connection.vendor == "postgresql"


def send(topics: Sequence[str]) -> None:
    """To every other process that listens. To be called after the commit: a NOTIFY within a transaction makes
    commits wait for one another."""
    if not is_there():
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps([_this_process, *topics])])
    except Error:
        log.exception("change_not_sent")


def words(stop: Event) -> Iterator[tuple[str, ...]]:
    """The topics of each word from other processes, until told to stop.

    () at first and whenever the wire is tied again: anything may have changed while nobody listened.
    """
    import psycopg  # noqa: PLC0415 -- only there where PostgreSQL is used

    while not stop.is_set():
        try:
            yield from _words_of_one_wire(stop)
        except psycopg.OperationalError as problem:
            log.warning("change_wire_cut", reason=str(problem))
            stop.wait(COME_BACK)


def _words_of_one_wire(stop: Event) -> Iterator[tuple[str, ...]]:
    import psycopg  # noqa: PLC0415 -- only there where PostgreSQL is used

    parameters = connection.get_connection_params() | OPTIONS
    with psycopg.connect(**parameters, autocommit=True) as wire:
        wire.execute(f"LISTEN {CHANNEL}")
        yield ()
        while not stop.is_set():
            for word in wire.notifies(timeout=STOPS_WITHIN):
                process, *topics = json.loads(word.payload)
                if process != _this_process:
                    yield tuple(topics)
