"""What a killed program left behind is taken up at once by the next, and never from one that runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from conversations import inbox, outbox
from conversations.messages import OutboundMessage
from conversations.models import Conversation
from motcua.alone import taking_up_what_was_left
from tests.bot.office import message

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL other programs may hold leases"),
]


def left_behind() -> None:
    """A turn and a reply, claimed by a program that is gone."""
    said = message("xin chào")
    inbox.record(said, text=said.text)
    here = Conversation.objects.create(channel="webchat", account="main", chat="other")
    outbox.queue(here, OutboundMessage(text="chào anh/chị"))
    assert inbox.claim_next(timezone.now())
    assert outbox.claim_due(channel="webchat", account="main", now=timezone.now())


def claimable() -> tuple[bool, bool]:
    now = timezone.now()
    outbox.queue_again(channel="webchat", account="main", now=now)
    turn, reply = inbox.claim_next(now), outbox.claim_due(channel="webchat", account="main", now=now)
    return turn is not None, reply is not None


def test_who_is_alone_need_not_wait_for_leases_to_end(tmp_path: Path) -> None:
    left_behind()
    assert claimable() == (False, False)
    with taking_up_what_was_left(tmp_path):
        assert claimable() == (True, True)


def test_the_leases_of_a_program_that_runs_are_left_alone(tmp_path: Path) -> None:
    with taking_up_what_was_left(tmp_path):
        left_behind()
        with taking_up_what_was_left(tmp_path):
            assert claimable() == (False, False)
