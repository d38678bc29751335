"""Beside the fields of a report: its ward, its sender, one of the same thing."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casework import reports
from casework.models import Follow, Publication, Report
from conversations.messages import MessageKind, Position
from conversations.models import Consent
from office.models import Unit
from office.places import load_places
from tests.bot.office import Talk
from tests.casework.people import citizen, official

pytestmark = pytest.mark.django_db(transaction=True)

LAKE = Position(latitude=21.0287, longitude=105.8524)
RUDE = "cán bộ một cửa phường Ba Đình hách dịch, bắt dân chờ cả buổi"


def published(text: str, position: Position) -> Report:
    filed = reports.file_report(
        conversation=citizen(), kind="field", category="chieu_sang", text=text, position=position
    ).report
    Publication.objects.create(
        report=filed,
        category=filed.category,
        text=text,
        latitude=position.latitude,
        longitude=position.longitude,
        published_at=timezone.now(),
        published_by=official("editor"),
    )
    return filed


def test_what_is_left_of_name_and_number_goes_to_the_unit_and_only_masked_to_the_screen(talk: Talk) -> None:
    load_places()
    talk.say(RUDE)
    talk.say("quầy hộ tịch phường Ba Đình sáng qua")
    talk.tap("report:edit:contact")
    (review,) = talk.say("Nguyễn Thị Mai 0912345678")
    assert "0912345678" not in review.text
    (receipt,) = talk.say("gửi")
    assert "tham khảo" not in receipt.text
    report = Report.objects.get()
    assert (report.contact_name, report.contact_phone) == ("Nguyễn Thị Mai", "0912345678")
    assert not report.is_reference_only
    consent = Consent.objects.get(purpose="contact")
    assert consent.text_version.startswith("1.")


def test_a_button_that_says_without_a_name_sends_none_even_when_tapped_long_after(talk: Talk) -> None:
    load_places()
    talk.say(RUDE)
    talk.say("quầy hộ tịch phường Ba Đình sáng qua")
    talk.tap("report:edit:contact")
    talk.say("Nguyễn Thị Mai 0912345678")
    talk.tap("report:send:nameless")
    report = Report.objects.get()
    assert (report.contact_name, report.contact_phone, report.is_reference_only) == ("", "", True)
    assert not Consent.objects.exists()


def test_a_report_of_the_same_thing_is_followed_instead_and_one_s_own_can_be_had_back(talk: Talk) -> None:
    load_places()
    other = published("đèn đường tắt cả dãy ven hồ", LAKE)
    talk.say("đèn đường hỏng tối om")
    talk.say(kind=MessageKind.POSITION, position=LAKE)
    (offered,) = talk.say("không rõ")
    assert "đèn đường tắt cả dãy ven hồ" in offered.text
    assert "cách khoảng 0 m" in offered.text
    (joined,) = talk.say("đúng rồi")
    assert other.code in joined.text
    assert Follow.objects.get().report == other
    assert not Report.objects.filter(conversation=talk.conversation).exists()
    (state,) = talk.say(other.code)
    assert other.unit.name in state.text
    assert talk.conversation.state["form"] is None


def test_whoever_means_another_thing_sends_a_report_of_one_s_own(talk: Talk) -> None:
    load_places()
    published("đèn đường tắt cả dãy ven hồ", LAKE)
    talk.say("đèn đường hỏng tối om")
    talk.say(kind=MessageKind.POSITION, position=LAKE)
    talk.tap("report:ward:00070")
    talk.say("không, chỗ khác")
    talk.say("không có ảnh")
    talk.say("gửi")
    report = Report.objects.get(conversation=talk.conversation)
    assert report.ward == Unit.objects.get(code="00070")
    assert not Follow.objects.exists()
