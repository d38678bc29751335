"""The receipt of a report: by when it is taken in; of what is urgent, the numbers to call first."""

from __future__ import annotations

import pytest

from bot import moves
from bot.filing import filed_or_joined
from bot.preparation import Prepared
from bot.report_form import ReportForm
from bot.signposts import with_calls
from casework import visibility
from casework.models import Report
from conversations.messages import OutboundMessage
from office.hotlines import urgent_hotlines
from office.models import Staff, Unit
from office.places import load_places
from tests.casework.people import citizen, official

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


def complaint(*, text: str = "Cán bộ quát tôi", place: str = "", ward: str = "") -> Report:
    form = ReportForm(text=text, place=place, category="thai_do_phuc_vu", ward=ward)
    filed_or_joined(moves.FileReport(form=form), citizen(), Prepared())
    return Report.objects.select_related("named_unit", "unit").latest("pk")


def test_a_complaint_about_the_centre_above_the_team_goes_above_the_centre_and_not_to_the_team() -> None:
    load_places()
    filed = complaint(place="Quầy 3 Trung tâm Phục vụ hành chính công, sáng nay")
    centre = Unit.objects.get(code="trung-tam-phuc-vu-hanh-chinh-cong")
    assert (filed.named_unit, filed.unit) == (centre, centre.parent)
    supervisor = official("phutrach", role=Staff.Role.SUPERVISOR)
    assert filed not in visibility.reports_for(supervisor)
    assert filed not in visibility.reports_to_publish_for(supervisor)
    assert filed in visibility.reports_for(official("ubnd", filed.unit))


def test_a_complaint_about_the_team_that_answers_here_goes_above_it() -> None:
    load_places()
    filed = complaint(text="Tổ tiếp nhận trung tâm trả lời cộc lốc", place="trên Zalo hôm qua")
    team = Unit.objects.get(code="to-tiep-nhan-trung-tam")
    assert (filed.named_unit, filed.unit) == (team, team.parent)


def test_the_ward_of_the_story_stays_complained_of_and_one_of_an_address_does_not() -> None:
    load_places()
    lang = Unit.objects.get(name="Phường Láng")
    centre = Unit.objects.get(code="trung-tam-phuc-vu-hanh-chinh-cong")
    of_the_ward = complaint(
        text="Cán bộ phường Láng quát tôi, bảo lên Trung tâm hành chính công",
        place="trung tâm phục vụ hành chính công",
        ward=lang.code,
    )
    at_an_address = complaint(place="Trung tâm Phục vụ hành chính công, phường Láng", ward=lang.code)
    elsewhere = complaint(
        text="Trung tâm hành chính công bảo về phường, ra phường thì bị quát",
        place="phường Láng",
        ward=lang.code,
    )
    assert [one.named_unit for one in (of_the_ward, at_an_address, elsewhere)] == [lang, centre, lang]


def test_a_complaint_that_names_no_office_is_about_nobody_known() -> None:
    load_places()
    assert complaint(place="quầy số 3 sáng nay").named_unit is None
