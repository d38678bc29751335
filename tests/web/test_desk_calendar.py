"""The page of the working calendar: for administrators, tried before it is saved."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner
from django.test import Client

from casework.models import Report
from motcua.commands.calendar import calendar as command
from office.calendar_days import decide_day, working_calendar
from office.models import AuditEntry, CalendarDay, Staff
from tests.casework.people import official
from tests.casework.test_term_recount import filed

pytestmark = pytest.mark.django_db

PAGE = "/desk/calendar/"
DAY_OFF = {"first": "2026-12-02", "last": "", "what": "off", "hours": "", "source": "CV 1"}


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(official("minh", role=Staff.Role.ADMINISTRATOR))
    return client


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.SUPERVISOR, Staff.Role.EDITOR])
def test_only_an_administrator_sees_and_decides(client: Client, role: str) -> None:
    client.force_login(official("lan", role=role))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {**DAY_OFF, "saved": "yes"}).status_code == 403
    assert not CalendarDay.objects.exists()


def test_the_year_is_shown_with_why_each_day_is_unusual(desk: Client) -> None:
    decide_day(date(2026, 12, 2), is_working=False, source="CV 1", by=None)
    shown = desk.get(PAGE, {"year": "2026"}).content.decode()
    for told in (
        "Thứ Sáu 2/1",
        "hoán đổi ngày 25/12/2025",
        "Tết Nguyên Đán",
        "CV 1",
        "08:00-12:00, 13:00-17:00",
    ):
        assert told in shown, told
    assert shown.count("quyết định về ngày") == 1  # only what the office decided can be taken back


def test_a_decision_is_tried_first_and_tells_which_terms_move(desk: Client) -> None:
    report = filed(Report.State.IN_PROGRESS)
    tried = desk.post(PAGE, DAY_OFF).content.decode()
    assert report.code in tried
    assert "17:00 thứ Ba 8/12" in tried
    assert "17:00 thứ Tư 9/12" in tried
    assert not CalendarDay.objects.exists()


def test_saving_keeps_the_decision_and_moves_the_terms(desk: Client) -> None:
    report = filed(Report.State.IN_PROGRESS)
    done = desk.post(PAGE, {**DAY_OFF, "saved": "yes"}, follow=True)
    assert "Hạn của 1 phản ánh đã được tính lại" in done.content.decode()
    assert not working_calendar().is_working(date(2026, 12, 2))
    report.refresh_from_db()
    assert report.steps.get().actor.username == "minh"
    taken_back = desk.post(f"{PAGE}2026-12-02/take-back").content.decode()
    assert "17:00 thứ Ba 8/12" in taken_back
    desk.post(f"{PAGE}2026-12-02/take-back", {"saved": "yes"})
    assert working_calendar().is_working(date(2026, 12, 2))
    actions = AuditEntry.objects.filter(subject="day:2026-12-02").values_list("action", flat=True)
    assert sorted(actions) == ["calendar.decided", "calendar.taken_back"]


def test_several_days_in_a_row_and_a_half_day_are_kept(desk: Client) -> None:
    desk.post(PAGE, {**DAY_OFF, "last": "2026-12-04", "saved": "yes"})
    half = {"first": "2026-12-07", "what": "hours", "hours": "8:00–12:00", "source": "CV 2", "saved": "yes"}
    desk.post(PAGE, half)
    assert CalendarDay.objects.filter(is_working=False).count() == 3
    assert CalendarDay.objects.get(day=date(2026, 12, 7)).hours == "08:00-12:00"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first": ""}, "chọn ngày"),
        ({"first": "5/2/27 x"}, "2027-02-05"),
        ({"first": "1999-01-01"}, "từ 2020 đến 2099"),
        ({"last": "2026-12-01"}, "nhiều nhất 31 ngày"),
        ({"last": "2027-12-01"}, "nhiều nhất 31 ngày"),
        ({"what": "hours", "hours": "sáng"}, "08:00-12:00, 13:00-17:00"),
        ({"source": " "}, "Ghi nguồn"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(desk: Client, wrong, said) -> None:
    response = desk.post(PAGE, {**DAY_OFF, **wrong, "saved": "yes"})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not CalendarDay.objects.exists()


def test_a_wild_year_or_day_leads_to_a_page_all_the_same(desk: Client) -> None:
    assert desk.get(PAGE, {"year": "99999999999"}).status_code == 200
    assert desk.post(f"{PAGE}khong/take-back").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_the_command_decides_moves_terms_and_takes_back() -> None:
    filed(Report.State.IN_PROGRESS)
    told = CliRunner().invoke(command, ["set", "2026-12-02", "off", "--source", "CV 1"]).output
    assert "Hạn được tính lại: 1 phản ánh." in told
    half = ["set", "2026-12-07", "working", "--hours", "8:00-12:00", "--source", "CV 2"]
    assert "làm việc 08:00-12:00 (CV 2)" in CliRunner().invoke(command, half).output
    listed = CliRunner().invoke(command, ["list", "2026"]).output
    assert "02/12/2026\tnghỉ\tCV 1" in listed
    assert "07/12/2026\tlàm việc 08:00-12:00\tCV 2" in listed
    assert "1 phản ánh" in CliRunner().invoke(command, ["take-back", "2026-12-02"]).output
    refused = CliRunner().invoke(command, ["set", "2026-12-02", "working", "--hours", "x", "--source", "y"])
    assert refused.exit_code == 2
