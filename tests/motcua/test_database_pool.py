"""A pool of connections, on PostgreSQL: how many there are, and that whoever waits holds none."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from bot.channels import DeliveryProblem
from bot.channels.telegram import TelegramChannel
from bot.rounds import go_rounds
from conversations.models import Conversation, Turn
from emulators.loopback import wait_until
from emulators.telegram import client as telegram
from motcua import environment
from motcua.environment import EnvironmentProblem
from office.connections import give_back, give_back_to_pool

POSTGRES = "postgres://motcua@127.0.0.1:5432/motcua"
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="a pool is PostgreSQL's only")


def test_the_pool_has_ten_connections_unless_the_operator_says_otherwise(tmp_path: Path) -> None:
    values = {"MOTCUA_HOME": str(tmp_path), "MOTCUA_DATABASE_URL": POSTGRES}
    assert environment.read(values).database_pool == 10
    assert environment.read({**values, "MOTCUA_DATABASE_POOL": "4"}).database_pool == 4
    with pytest.raises(EnvironmentProblem, match="MOTCUA_DATABASE_POOL is '0'"):
        environment.read({**values, "MOTCUA_DATABASE_POOL": "0"})


def test_a_pool_for_a_sqlite_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    values = {"MOTCUA_HOME": str(tmp_path), "MOTCUA_DATABASE_POOL": "4"}
    with pytest.raises(EnvironmentProblem, match="Unset it, or set MOTCUA_DATABASE_URL"):
        environment.read(values)


@pytest.mark.django_db(transaction=True)
def test_a_connection_is_given_back_but_never_within_a_transaction() -> None:
    with transaction.atomic():
        Conversation.objects.create(channel="webchat", account="main", chat="a")
        give_back()
        give_back_to_pool()
        assert connection.connection is not None
    give_back()
    assert connection.connection is None
    assert Conversation.objects.count() == 1


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_a_thread_that_always_has_work_leaves_connections_for_others() -> None:
    pool = connection.pool  # type: ignore[attr-defined]
    stop = threading.Event()
    rounds = [_busy(stop) for _ in range(pool.max_size + 2)]
    try:
        for _ in range(20):
            assert Conversation.objects.count() == 0
            give_back()
    finally:
        stop.set()
        for thread in rounds:
            thread.join(10)


def _busy(stop: threading.Event) -> threading.Thread:
    """A thread whose work never ends."""
    thread = threading.Thread(target=go_rounds, args=(stop,), kwargs={"work": _look, "wait": bool})
    thread.start()
    return thread


def _look() -> bool:
    return not Turn.objects.exists()


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_a_thread_that_waits_for_work_holds_no_connection() -> None:
    stop, waits = threading.Event(), threading.Event()

    def wait() -> None:
        waits.set()
        stop.wait(10)

    loop = {"work": lambda: not _look(), "wait": wait}
    thread = threading.Thread(target=go_rounds, args=(stop,), kwargs=loop)
    thread.start()
    try:
        assert waits.wait(10)
        give_back()
        _settles(lent=0)
    finally:
        stop.set()
        thread.join(10)


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_a_call_to_a_messenger_under_way_holds_no_connection() -> None:
    with telegram.running() as emulator:
        channel = TelegramChannel(token=emulator.token, base_url=emulator.url)
        emulator.fault("getFile", "time_out", seconds=10)
        calling = threading.Thread(target=_ask_and_fetch, args=(channel,))
        calling.start()
        try:
            wait_until(lambda: bool(emulator.faults_that_happened()), what="the call")
            give_back()
            _settles(lent=0)
            assert calling.is_alive()
        finally:
            calling.join(30)
            channel.close()


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_broke_in_the_pool_is_not_lent() -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    assert not Turn.objects.exists()
    broken = connection.connection.info.backend_pid
    parameters = connection.get_connection_params()
    give_back()
    with psycopg.connect(**parameters, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [broken])
    assert not Turn.objects.exists()


def _ask_and_fetch(channel: TelegramChannel) -> None:
    assert not Turn.objects.exists()
    _settles(lent=1)
    with suppress(DeliveryProblem):
        channel.fetch("a-picture")


def _settles(*, lent: int) -> None:
    """Waits for so many connections of the pool in use: it opens some by itself, and counts those too."""
    wait_until(lambda: _lent() == lent, within=5, what=f"{lent} connections lent")


def _lent() -> int:
    """How many connections of the pool somebody holds, or the pool itself is opening."""
    stats = connection.pool.get_stats()  # type: ignore[attr-defined]
    return int(stats["pool_size"] - stats["pool_available"])
