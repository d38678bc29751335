"""An official who answers past the desk has answered: nothing is owed then, and nobody apologises."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from casework import case_escalation, cases, outside, promises, service_levels
from casework.models import Case, DeskNotice, Promise
from casework.staffing import forecast_for
from conversations.messages import Address
from conversations.models import Conversation, Turn
from office.models import AuditEntry, Staff
from office.moment_words import moment_words
from office.units import contact_team
from tests.casework.people import official
from tests.casework.test_assignment import NOW, at, told, waiting

pytestmark = pytest.mark.django_db

#: Two working hours after 9:00, as the service level for who asks for a person says.
DUE = at("25 11:00")
ANSWERED = at("25 09:30")


def owing() -> Case:
    """A case whose citizen waits since NOW and was promised an answer by DUE."""
    case = waiting()
    Case.objects.filter(pk=case.pk).update(**service_levels.owed(case, NOW))
    case.refresh_from_db()
    promises.make_or_keep(case, forecast_for(case, NOW), NOW)
    return case


def answer(case: Case, moment: datetime = ANSWERED, *, event_id: str = "message:o1") -> None:
    """Somebody wrote to the citizen of this case in the messenger's own app then."""
    there = case.conversation
    outside.take_over(
        Address(channel=there.channel, account=there.account, chat=there.chat),
        text="Hồ sơ của chị xong rồi ạ",
        event_id=event_id,
        message_id=event_id,
        at=moment,
    )
    Turn.objects.filter(event_id=event_id).update(created_at=moment)
    case.refresh_from_db()


def test_an_answer_past_the_desk_settles_what_was_owed() -> None:
    case = owing()
    answer(case)
    assert (case.state, case.owed_since, case.due_at) == (Case.State.QUEUED, None, None)
    assert (case.first_reply_at, case.first_reply_minutes, case.first_in_time) == (ANSWERED, 30, True)
    assert AuditEntry.objects.filter(action="case.replied_outside", subject=case.number).count() == 1


def test_it_keeps_the_promise_and_nobody_apologises_or_is_told_that_it_is_late() -> None:
    official("lan", contact_team(), role=Staff.Role.SUPERVISOR)
    case = owing()
    answer(case)
    for moment in (DUE - timedelta(minutes=10), DUE + timedelta(minutes=2), at("25 16:00")):
        promises.settle(moment)
        assert (case_escalation.warn(moment), case_escalation.escalate(moment)) == (0, 0)
    assert Promise.objects.get().kept_at == ANSWERED
    assert told(case) == ["Hồ sơ của chị xong rồi ạ"]
    assert not DeskNotice.objects.exists()


def test_what_the_citizen_writes_after_it_is_owed_again_until_the_next_answer() -> None:
    case = owing()
    answer(case)
    cases.citizen_wrote(case.conversation, at=at("25 09:40"))
    case.refresh_from_db()
    assert case.owed_since == at("25 09:40")
    answer(case, at("25 09:50"), event_id="message:o2")
    assert case.owed_since is None


def test_an_answer_told_late_does_not_settle_what_the_citizen_wrote_after_it() -> None:
    case = owing()
    Case.objects.filter(pk=case.pk).update(owed_since=at("25 09:45"))
    answer(case)
    assert case.owed_since == at("25 09:45")


def test_an_answer_settles_a_colleagues_case_too_and_leaves_it_with_that_colleague() -> None:
    case, ha = owing(), official("ha")
    assert cases.claim(case, ha)
    answer(case)
    assert (case.state, case.claimed_by, case.owed_since) == (Case.State.CLAIMED, ha, None)
    assert case.conversation.owner_staff == ha


def test_after_four_silent_hours_an_answered_case_is_closed_and_given_to_nobody() -> None:
    case = owing()
    answer(case)
    said = told(case)
    assert outside.end_silent(ANSWERED + timedelta(hours=5)) == 1
    case.refresh_from_db()
    assert (case.state, case.outcome) == (Case.State.CLOSED, "Đã trả lời trên ứng dụng nhắn tin")
    assert Conversation.objects.get().owner == Conversation.Owner.BOT
    assert told(case) == said
    assert AuditEntry.objects.filter(action="case.ended_as_answered", subject=case.number).exists()


def test_what_was_left_unanswered_past_the_desk_is_promised_an_answer_with_its_place_in_the_queue() -> None:
    case = owing()
    answer(case)
    written = Turn.objects.create(
        conversation=case.conversation,
        channel=case.conversation.channel,
        account=case.conversation.account,
        direction=Turn.Direction.IN,
        status=Turn.Status.LEFT_TO_PERSON,
        text="Còn thiếu giấy nào không ạ",
    )
    Turn.objects.filter(pk=written.pk).update(created_at=at("25 09:40"))
    now = ANSWERED + timedelta(hours=5)
    assert outside.end_silent(now) == 1
    assert moment_words(Promise.objects.get(Promise.OPEN).due_at, now=now) in told(case)[-1]


def test_after_four_silent_hours_a_case_that_still_owes_an_answer_is_in_the_queue_again() -> None:
    case = owing()
    answer(case)
    cases.citizen_wrote(case.conversation, at=at("25 09:40"))
    assert outside.end_silent(ANSWERED + timedelta(hours=5)) == 1
    case.refresh_from_db()
    assert (case.state, case.owed_since) == (Case.State.QUEUED, at("25 09:40"))
    assert Conversation.objects.get().owner == Conversation.Owner.QUEUE
