"""What is urgent among cases: heard in the words, or said by an official with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework import case_priority, cases
from casework.errors import CaseMovedOn, NoReasonGiven
from casework.models import Case
from conversations.models import Conversation, Turn
from office.models import AuditEntry
from tests.casework.people import citizen, official

Priority = Case.Priority

pytestmark = pytest.mark.django_db


def wrote(
    conversation: Conversation, text: str, *, redacted: str = "", before: timedelta = timedelta()
) -> Turn:
    turn = Turn.objects.create(
        conversation=conversation,
        direction=Turn.Direction.IN,
        status=Turn.Status.ANSWERED,
        author="citizen",
        channel="webchat",
        account="site",
        text=text,
        redacted=redacted,
    )
    Turn.objects.filter(pk=turn.pk).update(created_at=timezone.now() - before)
    return turn


def opened(conversation: Conversation | None = None) -> Case:
    return cases.open_case(conversation or citizen(), reason=Case.Reason.ASKED, summary="")


@pytest.mark.parametrize(
    ("text", "redacted", "priority"),
    [
        ("Dây điện đứt rơi xuống đường, có người bị giật", "", Priority.URGENT),
        ("cháy nhà rồi cứu với", "", Priority.URGENT),
        ("[lời nhắn không được lưu]", "self_harm", Priority.URGENT),
        ("làm giấy khai sinh cần giấy tờ gì", "", Priority.NORMAL),
        ("[nội dung tố cáo đã được lược bỏ]", "accusation", Priority.NORMAL),
    ],
)
def test_words_of_danger_make_a_case_urgent(text: str, redacted: str, priority: str) -> None:
    conversation = citizen()
    wrote(conversation, text, redacted=redacted)
    wrote(conversation, "cho tôi gặp cán bộ")
    assert opened(conversation).priority == priority


def test_danger_of_another_day_does_not() -> None:
    conversation = citizen()
    wrote(conversation, "cháy nhà rồi cứu với", before=timedelta(hours=5))
    assert opened(conversation).priority == Priority.NORMAL


def test_danger_written_while_waiting_makes_the_case_urgent_and_its_reply_due_sooner() -> None:
    conversation = citizen()
    case = opened(conversation)
    due = case.due_at
    wrote(conversation, "cháy nhà rồi cứu với")
    assert [case_priority.raise_if_urgent(case), case_priority.raise_if_urgent(case)] == [True, False]
    assert (case.priority, case.due_at < due) == (Priority.URGENT, True)


def test_an_official_says_how_urgent_with_a_reason_that_colleagues_read() -> None:
    case, ha = opened(), official("ha")
    due = case.due_at
    case_priority.set_priority(case, ha, Priority.URGENT, reason=" Bà cụ ở một mình ")
    assert (case.priority, case.due_at < due) == (Priority.URGENT, True)
    line = AuditEntry.objects.get(action="case.priority")
    assert (line.actor, line.detail) == (ha, {"to": "urgent"})
    assert case.priority_reason == "Bà cụ ở một mình"


def test_without_a_reason_nothing_changes() -> None:
    case = opened()
    with pytest.raises(NoReasonGiven):
        case_priority.set_priority(case, official("ha"), Priority.URGENT, reason="  ")
    assert Case.objects.get().priority == Priority.NORMAL


def test_who_acts_on_what_is_no_more_so_is_told() -> None:
    case, ha = opened(), official("ha")
    same = Case.objects.get()
    case_priority.set_priority(case, ha, Priority.URGENT, reason="Khẩn")
    with pytest.raises(CaseMovedOn):
        case_priority.set_priority(same, official("lan"), Priority.URGENT, reason="Khẩn")
    assert AuditEntry.objects.filter(action="case.priority").count() == 1


def test_a_closed_case_keeps_its_priority() -> None:
    case = opened()
    Case.objects.update(state=Case.State.CLOSED)
    with pytest.raises(CaseMovedOn):
        case_priority.set_priority(case, official("ha"), Priority.URGENT, reason="Khẩn")
