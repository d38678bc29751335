"""The receipt of a report: by when it is taken in; of what is urgent, the numbers to call first."""

from __future__ import annotations

import pytest

from bot import moves
from bot.filing import filed_or_joined
from bot.preparation import Prepared
from bot.report_form import ReportForm
from bot.signposts import with_calls
from casework.models import Report
from conversations.messages import OutboundMessage
from office.hotlines import urgent_hotlines
from tests.casework.people import citizen

pytestmark = pytest.mark.django_db


def receipt(*, urgent: bool) -> OutboundMessage:
    form = ReportForm(text="Dây điện đứt giữa đường", category="dien_vien_thong", urgent=urgent)
    return filed_or_joined(moves.FileReport(form=form), citizen(), Prepared())


def test_the_receipt_of_an_urgent_report_begins_with_the_numbers_to_call() -> None:
    said = receipt(urgent=True)
    numbers = [line.number for line in urgent_hotlines()]
    assert all(number in said.text.splitlines()[0] for number in numbers)
    assert said.choices[0].url == urgent_hotlines()[0].url
    assert Report.objects.get().code in said.text


def test_the_receipt_of_another_report_names_a_time_and_no_number_to_call() -> None:
    said = receipt(urgent=False)
    assert not any(choice.url for choice in said.choices)
    assert "tiếp nhận chậm nhất" in said.text


def test_the_numbers_stand_once_before_a_reply() -> None:
    said = with_calls(OutboundMessage(text="Đã gửi."))
    assert with_calls(said) == said
