"""What the rows of the office bring into a report in the making."""

from __future__ import annotations

import pytest

from casework.models import Report, RoutingRule
from office.models import Unit
from office.units import contact_team
from tests.bot.office import Talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def electricity() -> Unit:
    """A unit that takes no reports here."""
    values = {"is_signpost_only": True, "signpost": "gọi 19001288"}
    unit = Unit.objects.create(code="evn", name="Điện lực Hà Nội", kind=Unit.Kind.DEPARTMENT, **values)
    RoutingRule.objects.create(category="dien_vien_thong", unit=unit)
    return unit


def test_who_would_report_to_a_unit_that_takes_none_is_told_where_to_turn_before_sending(
    talk: Talk, electricity: Unit
) -> None:
    (asked,) = talk.say("dây điện chùng thấp lòng thòng ở số 5 phố Huế")
    assert "Điện lực Hà Nội: gọi 19001288." in asked.text
    assert "tổ tiếp nhận trung tâm" in asked.text


def test_what_is_sent_all_the_same_goes_to_the_contact_team_and_not_to_that_unit(
    talk: Talk, electricity: Unit
) -> None:
    talk.say("dây điện chùng thấp lòng thòng ở số 5 phố Huế")
    talk.say("gửi")
    assert Report.objects.get().unit == contact_team()


def test_other_reports_are_pointed_nowhere(talk: Talk, electricity: Unit) -> None:
    (asked,) = talk.say("rác chất đống hôi thối ở số 5 phố Huế")
    assert "không nhận qua đây" not in asked.text
