"""Statements made into SQL once: each asking reads the rows, and says what the ORM would."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conversations.models import Conversation, Turn
from motcua.throw_away import throw_away_places
from office.connections import give_back
from office.lookups import Change, Lookup, json_value, moment, number, word

pytestmark = pytest.mark.django_db(transaction=True)


def conversation(chat: str) -> Conversation:
    return Conversation.objects.create(
        channel="webchat", account="main", chat=chat, state={"chat": chat}, free_at=timezone.now()
    )


def by_chat() -> Lookup[Conversation]:
    return Lookup(lambda: Conversation.objects.filter(chat=word("chat")))


def test_each_asking_reads_the_rows_anew() -> None:
    lookup, made = by_chat(), conversation("a")
    assert lookup.first(chat="a") == made
    Conversation.objects.filter(pk=made.pk).update(citizen_name="Lan")
    again = lookup.first(chat="a")
    assert again is not None
    assert again.citizen_name == "Lan"


def test_a_row_has_what_the_orm_reads_of_it() -> None:
    made = conversation("a")
    found = by_chat().first(chat="a")
    read = Conversation.objects.get(pk=made.pk)
    fields = [field.attname for field in Conversation._meta.concrete_fields]
    assert [getattr(found, name) for name in fields] == [getattr(read, name) for name in fields]


def test_what_belongs_to_a_row_comes_with_it_in_one_query() -> None:
    said = Turn.objects.create(conversation=conversation("a"), direction="in", status="received")
    lookup = Lookup(lambda: Turn.objects.select_related("conversation").filter(pk=number("turn")))
    with CaptureQueriesContext(connection) as queries:
        found = lookup.first(turn=said.pk)
        assert found is not None
        assert found.conversation.chat == "a"
    assert len(queries) == 1


def test_values_of_one_asking_are_not_those_of_the_next() -> None:
    lookup = by_chat()
    for chat in "abc":
        conversation(chat)
    assert [[found.chat for found in lookup.all(chat=chat)] for chat in "cabx"] == [["c"], ["a"], ["b"], []]


def test_threads_share_a_lookup() -> None:
    lookup, chats = by_chat(), [f"chat-{number}" for number in range(8)]
    for chat in chats:
        conversation(chat)

    def ask(chat: str) -> list[str]:
        try:
            return [found.chat for _ in range(5) for found in lookup.all(chat=chat)]
        finally:
            give_back()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, chats)) == [[chat] * 5 for chat in chats]


def test_a_moment_is_compared_as_it_is_stored() -> None:
    made = conversation("a")
    assert made.free_at is not None
    before = Lookup(
        lambda: Conversation.objects.filter(free_at__lte=moment("now")).values_list("pk", flat=True)
    )
    assert before.first(now=made.free_at) == made.pk
    assert before.first(now=made.free_at - timedelta(microseconds=1)) is None


def test_a_change_says_how_many_rows_it_changed_and_writes_what_is_given() -> None:
    made, now = conversation("a"), timezone.now()
    change = Change(
        lambda: Conversation.objects.filter(pk=number("conversation"), version=number("version")),
        state=json_value("state"),
        free_at=moment("at"),
        version=F("version") + 1,
    )
    assert change.make(conversation=made.pk, version=0, state={"đã": [1, None]}, at=None) == 1
    made.refresh_from_db()
    assert (made.state, made.free_at, made.version) == ({"đã": [1, None]}, None, 1)
    assert change.make(conversation=made.pk, version=0, state={}, at=now) == 0
    assert change.make(conversation=made.pk, version=1, state={}, at=now) == 1
    made.refresh_from_db()
    assert (made.state, made.free_at) == ({}, now)


def test_sql_kept_for_one_kind_of_database_is_not_carried_out_on_another() -> None:
    """`motcua dialogue test` of an operator on PostgreSQL plays on a throw-away SQLite file."""
    made = conversation("a")
    locked = Lookup(lambda: Conversation.objects.select_for_update().filter(chat=word("chat")))
    with transaction.atomic():
        assert locked.first(chat="a") == made
    with throw_away_places(), transaction.atomic():
        there = conversation("b")
        assert locked.first(chat="b") == there
        assert locked.first(chat="a") is None
    with transaction.atomic():
        assert locked.first(chat="a") == made
