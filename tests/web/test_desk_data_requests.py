"""The register of requests about personal data: who sees it, what is due, and what an official does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bot.intake import receive
from casework import cases, data_requests, own_data, reports
from casework.models import Case, DataRequest
from conversations import consents
from conversations.models import Consent, Conversation, Turn
from office.models import Staff
from tests.bot.office import message
from tests.casework.people import citizen, official, ward
from tests.kept import everything_in_the_rows

pytestmark = pytest.mark.django_db

PATH = "/desk/data-requests/"


def desk_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def page(client: Client) -> str:
    response = client.get(PATH)
    assert response.status_code == 200
    return str(response.content.decode())


def with_an_official(text: str, staff: Staff) -> Conversation:
    """A citizen speaks with an official, and says this."""
    conversation = receive(message("gặp cán bộ")).conversation
    case = cases.open_case(conversation, reason=Case.Reason.ASKED, summary="gặp cán bộ")
    assert cases.claim(case, staff)
    receive(message(text))
    return conversation


def test_what_is_asked_of_an_official_is_on_the_desk_with_its_days() -> None:
    ha = official("ha")
    with_an_official("xoá dữ liệu của tôi giúp", ha)
    wanted = DataRequest.objects.get()
    text = page(desk_of(ha))
    assert wanted.number in text
    assert f"{wanted.due:%d/%m/%Y}" in text
    assert f"{wanted.answer_due:%d/%m/%Y}" in text
    case = Case.objects.get()
    assert wanted.number in desk_of(ha).get(f"/desk/cases/{case.number}").content.decode()


def test_other_words_to_an_official_are_no_request() -> None:
    with_an_official("xoá đăng ký thường trú thì làm sao anh", official("ha"))
    assert not DataRequest.objects.exists()


def test_the_official_erases_and_the_citizen_is_told_anew() -> None:
    ha = official("ha")
    with_an_official("xoá hết dữ liệu của tôi, tôi tên Vũ Thị Kín", ha)
    number = DataRequest.objects.get().number
    desk_of(ha).post(f"{PATH}{number}/meet")
    wanted = DataRequest.objects.get()
    assert wanted.fulfilled_by == ha
    assert Case.objects.get().state == Case.State.CLOSED
    assert "Vũ Thị Kín" not in everything_in_the_rows()
    assert number in Turn.objects.get().text
    assert number in page(desk_of(ha))


def test_a_request_that_is_late_is_marked() -> None:
    ha = official("ha")
    with_an_official("xoá dữ liệu của tôi", ha)
    assert "Quá hạn" not in page(desk_of(ha))
    DataRequest.objects.update(due=timezone.localdate() - timedelta(days=1))
    assert "Quá hạn" in page(desk_of(ha))


def test_a_copy_is_sent_as_a_link_into_the_conversation() -> None:
    ha = official("ha")
    conversation = with_an_official("gửi dữ liệu của tôi cho tôi", ha)
    desk_of(ha).post(f"{PATH}{DataRequest.objects.get().number}/meet")
    link = conversation.turns.last().payload["choices"][0]["url"]
    assert link.startswith("/du-lieu-cua-toi/ban-sao/")
    assert "chờ người dân tải" in page(desk_of(ha))


def test_what_cannot_be_sent_is_done_otherwise_and_entered(settings: Any) -> None:
    settings.PUBLIC_URL = ""
    ha = official("ha")
    there = Conversation.objects.create(channel="telegram", account="7", chat="42")
    wanted = data_requests.enter(there, DataRequest.Kind.EXPORT)
    text = page(desk_of(ha))
    assert "Gửi liên kết" not in text
    assert (
        "không làm được từ đây"
        in desk_of(ha).post(f"{PATH}{wanted.number}/meet", follow=True).content.decode()
    )
    desk_of(ha).post(f"{PATH}{wanted.number}/meet", {"otherwise": "yes"})
    wanted.refresh_from_db()
    assert wanted.fulfilled_by == ha


def test_a_consent_is_taken_back_by_the_official() -> None:
    ha = official("ha")
    conversation = with_an_official("tôi rút lại đồng ý", ha)
    consents.give(conversation, Consent.Purpose.POSITION, text_version="1.1/90-7-7")
    desk_of(ha).post(f"{PATH}{DataRequest.objects.get().number}/meet")
    assert Consent.objects.get().withdrawn_at is not None
    assert DataRequest.objects.get().fulfilled_by == ha


def test_a_second_official_changes_nothing_any_more() -> None:
    ha = official("ha")
    wanted = data_requests.enter(citizen(), DataRequest.Kind.DELETE)
    data_requests.mark_fulfilled(wanted, by=ha)
    desk_of(official("hai")).post(f"{PATH}{wanted.number}/meet", {"otherwise": "yes"})
    wanted.refresh_from_db()
    assert wanted.fulfilled_by == ha


def test_a_ward_sees_the_requests_of_its_own_cases_only() -> None:
    unit = ward()
    here = official("phuong", unit)
    data_requests.enter(citizen(), DataRequest.Kind.DELETE)
    assert "DL-" not in page(desk_of(here))
    number = DataRequest.objects.get().number
    assert desk_of(here).post(f"{PATH}{number}/meet").status_code == 404


def test_who_does_not_work_at_the_desk_does_not_see_the_register(client: Client) -> None:
    assert client.get(PATH).status_code == 302
    assert desk_of(official("bientap", role=Staff.Role.EDITOR)).get(PATH).status_code == 403


def test_a_link_that_was_offered_does_not_wait_for_an_official() -> None:
    ha = official("ha")
    wanted = data_requests.enter(citizen(), DataRequest.Kind.EXPORT)
    assert ">1<" in page(desk_of(ha))
    data_requests.new_link(wanted)
    assert "Không có yêu cầu nào cần người làm." in page(desk_of(ha))


def test_the_unit_sees_that_the_author_of_a_report_cannot_be_told_any_more() -> None:
    ha = official("ha")
    conversation = citizen()
    report = reports.file_report(
        conversation=conversation, kind="field", category="khac", text="Đèn đường hỏng"
    ).report
    path = f"/desk/reports/{report.code}"
    assert "Không còn liên lạc được" not in desk_of(ha).get(path).content.decode()
    own_data.erase(conversation)
    assert "Không còn liên lạc được" in desk_of(ha).get(path).content.decode()
