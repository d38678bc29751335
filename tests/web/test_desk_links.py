"""An official who sends a link that leads elsewhere is warned once, and decides."""

from __future__ import annotations

import pytest
from django.test import Client

from casework import cases, reports
from casework.models import Case, Report
from conversations.models import Turn
from office.models import Staff, Unit
from tests.casework.people import citizen, official, ward

pytestmark = pytest.mark.django_db

WORDS = "Chị xem bit.ly/khaisinh giúp."


@pytest.fixture
def ha() -> Staff:
    return official("ha")


@pytest.fixture
def desk(client: Client, ha: Staff) -> Client:
    client.force_login(ha)
    return client


def said() -> list[str]:
    return list(Turn.objects.filter(author="official").values_list("text", flat=True))


def test_the_words_come_back_with_a_warning_and_go_out_when_sent_again(desk: Client, ha: Staff) -> None:
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="khai sinh")
    cases.claim(case, ha)
    address = f"/desk/cases/{case.number}/reply"
    warned = desk.post(address, {"text": WORDS})
    page = warned.content.decode()
    assert warned.status_code == 409
    assert "liên kết ngoài các trang .gov.vn: bit.ly/khaisinh" in page
    assert WORDS in page
    assert said() == []
    assert 'name="links_seen" value="bit.ly/khaisinh"' in page
    desk.post(address, {"text": WORDS, "links_seen": "bit.ly/khaisinh"})
    assert said() == [WORDS]


def test_another_link_is_warned_of_anew_and_the_state_s_never(desk: Client, ha: Staff) -> None:
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="khai sinh")
    cases.claim(case, ha)
    address = f"/desk/cases/{case.number}/reply"
    other = {"text": "Chị xem lua.top giúp.", "links_seen": "bit.ly/khaisinh"}
    assert desk.post(address, other).status_code == 409
    assert desk.post(address, {"text": "Chị xem dichvucong.gov.vn giúp."}).status_code == 302
    assert said() == ["Chị xem dichvucong.gov.vn giúp."]


def test_an_answer_to_a_report_is_looked_at_too(client: Client) -> None:
    unit: Unit = ward()
    client.force_login(official("lan", unit))
    report = reports.file_report(
        conversation=citizen(), kind=Report.Kind.FIELD, category="chieu_sang", text="Đèn tắt", ward=unit
    ).report
    Report.objects.filter(pk=report.pk).update(state="in_progress")
    fields = {"version": "1", "outcome": "explained", "words": WORDS}
    address = f"/desk/reports/{report.code}/acts/answer"
    warned = client.post(address, fields)
    assert warned.status_code == 409
    assert WORDS in warned.content.decode()
    assert Report.objects.get(pk=report.pk).state == "in_progress"
    client.post(address, {**fields, "links_seen": "bit.ly/khaisinh"})
    assert Report.objects.get(pk=report.pk).state == "answered"
