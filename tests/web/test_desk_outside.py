"""The desk and an official who answers in the messenger's own app; a telephone number asked for."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casework import outside
from casework.models import Case
from conversations.messages import Address
from conversations.models import Conversation, Turn
from office.models import AuditEntry
from tests.casework.people import official
from tests.web.test_desk import desk_of, page, waiting_case

pytestmark = pytest.mark.django_db


def answered_outside(case: Case) -> None:
    """Somebody writes to the citizen of this case past the desk."""
    conversation = case.conversation
    outside.take_over(
        Address(channel=conversation.channel, account=conversation.account, chat=conversation.chat),
        text="Em xem rồi chị nhé",
        event_id="message:o1",
        message_id="o1",
        at=timezone.now(),
    )


def test_a_waiting_case_says_that_somebody_answers_it_elsewhere() -> None:
    case = waiting_case()
    answered_outside(case)
    desk = desk_of(official("ha"))
    assert "đang được trả lời trên" in page(desk, "/desk/")
    shown = page(desk, f"/desk/cases/{case.number}")
    assert "Một cán bộ trả lời thẳng trên" in shown
    assert "Em xem rồi chị nhé" in shown
    assert "Cán bộ – không qua bàn làm việc" in shown


def test_who_takes_it_up_at_the_desk_has_it() -> None:
    case = waiting_case()
    answered_outside(case)
    ha = official("ha")
    desk_of(ha).post(f"/desk/cases/{case.number}/claim")
    assert Conversation.objects.get().owner_staff == ha


def test_a_telephone_number_is_asked_for_by_one_button_and_once() -> None:
    case = waiting_case()
    ha = official("ha")
    desk = desk_of(ha)
    desk.post(f"/desk/cases/{case.number}/claim")
    for _ in range(2):
        desk.post(f"/desk/cases/{case.number}/ask-number", {"last_sent": "0"})
    asked = Turn.objects.get(staff=ha)
    assert "số điện thoại" in asked.text
    assert asked.payload["asks_number"] is True
    assert AuditEntry.objects.filter(action="case.number_asked", actor=ha).count() == 1


def test_only_who_has_the_case_may_ask() -> None:
    case = waiting_case()
    desk_of(official("ha")).post(f"/desk/cases/{case.number}/claim")
    response = desk_of(official("binh")).post(f"/desk/cases/{case.number}/ask-number")
    assert response.status_code == 409
    assert not Turn.objects.filter(staff__isnull=False).exists()
