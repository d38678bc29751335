"""Word of changes: after the commit, to everyone who listens, whatever one of them does."""

from __future__ import annotations

import pytest
from django.db import transaction

from conversations.changes import publish, subscribe

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
