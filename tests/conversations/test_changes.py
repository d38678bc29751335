"""Word of changes: after the commit, to everyone who listens, whatever one of them does."""

from __future__ import annotations

import pytest
from django.db import transaction

from conversations import changes
from conversations.changes import changed_since, mark, publish, subscribe

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_hears_of_what_was_rolled_back() -> None:
    heard: list[str] = []

    def fail() -> None:
        with transaction.atomic():
            publish("desk")
            assert not heard
            raise LookupError

    with subscribe("desk", listener=heard.append):
        with pytest.raises(LookupError):
            fail()
        assert not heard
        with transaction.atomic():
            publish("desk")
        assert heard == ["desk"]
    publish("desk")
    assert heard == ["desk"]


def test_a_listener_that_fails_fails_neither_the_one_who_committed_nor_the_other_listeners() -> None:
    heard: list[str] = []

    def closed(topic: str) -> None:
        raise RuntimeError("the event loop is closed")

    with subscribe("desk", listener=closed), subscribe("desk", listener=heard.append):
        publish("desk")
    assert heard == ["desk"]


def test_only_a_change_of_a_topic_after_the_mark_counts() -> None:
    publish("desk")
    after = mark()
    publish("conversation:a")
    assert changed_since(after, "conversation:a")
    assert changed_since(after, "desk", "conversation:a")
    assert not changed_since(after, "desk")
    assert not changed_since(mark(), "conversation:a")


def test_what_is_not_remembered_counts_as_changed() -> None:
    publish("desk")
    long_ago = mark()
    for number in range(changes.REMEMBERED - 1):
        publish(f"conversation:{number}")
    assert not changed_since(long_ago, "desk")
    publish("conversation:one-more")
    publish("conversation:and-another")
    assert changed_since(long_ago, "conversation:nobody-knows")
    assert not changed_since(mark(), "desk")


@pytest.mark.parametrize("other", ["", "x", "abcd1234-1", "-", "abcd1234-", "abcd1234-ngày"])
def test_a_mark_of_another_process_or_of_nobody_counts_as_changed(other: str) -> None:
    assert changed_since(other, "desk")
