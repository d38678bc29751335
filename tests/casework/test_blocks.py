"""Blocks: who may stop the answers to somebody, for how long, and how it is looked at again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework import blocks, cases
from casework.errors import AlreadyBlocked, BlockOver, NoSuchReason, NotASupervisor
from casework.models import Block, Case
from conversations.messages import Author, MessageKind
from conversations.models import Conversation, Turn
from office.models import AuditEntry, Staff
from tests.casework.people import citizen, official

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor() -> Staff:
    return official("lan", role=Staff.Role.SUPERVISOR)


def said(conversation: Conversation, text: str = "xin xem lại") -> Turn:
    return Turn.objects.create(
        conversation=conversation,
        direction=Turn.Direction.IN,
        status=Turn.Status.ANSWERED,
        author=Author.CITIZEN,
        kind=MessageKind.TEXT,
        text=text,
    )


def told(conversation: Conversation) -> list[str]:
    return list(conversation.turns.filter(direction=Turn.Direction.OUT).values_list("text", flat=True))


def test_a_block_closes_the_case_tells_the_citizen_once_and_is_in_the_register(supervisor: Staff) -> None:
    conversation = citizen()
    case = cases.open_case(conversation, reason=Case.Reason.ASKED, summary="")
    made = blocks.block(conversation, supervisor, reason="insults", days=3)
    case.refresh_from_db()
    conversation.refresh_from_db()
    assert (case.state, conversation.owner) == (Case.State.CLOSED, Conversation.Owner.BOT)
    (text,) = told(conversation)
    assert "xúc phạm nhiều lần" in text
    assert "Đề nghị xem lại" in text
    assert "1022" in text
    assert timedelta(days=2, hours=23) < made.until - timezone.now() <= timedelta(days=3)
    assert AuditEntry.objects.filter(action="block.made", actor=supervisor).count() == 1


def test_only_a_supervisor_blocks_lifts_and_answers_an_appeal(supervisor: Staff) -> None:
    agent, conversation = official("an"), citizen()
    with pytest.raises(NotASupervisor):
        blocks.block(conversation, agent, reason="insults", days=3)
    made = blocks.block(conversation, supervisor, reason="insults", days=3)
    for act in (blocks.lift, blocks.uphold):
        with pytest.raises(NotASupervisor):
            act(made, agent)
    assert blocks.block_of(conversation, at=timezone.now()) == made


@pytest.mark.parametrize(("reason", "days"), [("annoying", 3), ("insults", 0), ("insults", 3650), ("", 3)])
def test_a_block_has_a_reason_and_a_duration_of_the_list(supervisor: Staff, reason: str, days: int) -> None:
    with pytest.raises(NoSuchReason):
        blocks.block(citizen(), supervisor, reason=reason, days=days)


def test_two_supervisors_do_not_block_twice(supervisor: Staff) -> None:
    conversation = citizen()
    blocks.block(conversation, supervisor, reason="insults", days=1)
    with pytest.raises(AlreadyBlocked):
        blocks.block(conversation, official("binh", role=Staff.Role.SUPERVISOR), reason="threats", days=1)


def test_a_block_ends_by_itself(supervisor: Staff) -> None:
    conversation = citizen()
    blocks.block(conversation, supervisor, reason="insults", days=1)
    assert blocks.block_of(conversation, at=timezone.now() + timedelta(days=1, minutes=1)) is None


def test_an_appeal_is_taken_once_and_answered_once(supervisor: Staff) -> None:
    conversation = citizen()
    made = blocks.block(conversation, supervisor, reason="insults", days=3)
    assert blocks.appeal(made, said(conversation))
    assert not blocks.appeal(made, said(conversation))
    blocks.uphold(made, supervisor)
    with pytest.raises(BlockOver):
        blocks.uphold(made, supervisor)
    assert len(told(conversation)) == 2


def test_a_lifted_block_is_over_and_the_citizen_told(supervisor: Staff) -> None:
    conversation = citizen()
    made = blocks.block(conversation, supervisor, reason="insults", days=3)
    blocks.lift(made, supervisor)
    assert blocks.block_of(conversation, at=timezone.now()) is None
    with pytest.raises(BlockOver):
        blocks.lift(made, supervisor)
    assert "đã được bỏ" in told(conversation)[-1]


def test_the_machine_pauses_for_minutes_and_nobody_appeals_against_that() -> None:
    conversation = citizen()
    made = blocks.pause(conversation, reason=Block.Reason.FLOOD)
    assert made.until - made.begun_at == blocks.COOLING_OFF <= timedelta(hours=1)
    assert not blocks.appeal(made, said(conversation))
    assert blocks.block_of(conversation, at=timezone.now() + blocks.COOLING_OFF) is None
