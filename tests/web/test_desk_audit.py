"""The register on the desk: who reads which lines, how they are found, and how they are taken out."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from office import audit
from office.models import AuditEntry, Staff, Unit
from tests.casework.people import city, official, ward
from tests.web.test_desk import desk_of, page

pytestmark = pytest.mark.django_db

ADMINISTRATOR = Staff.Role.ADMINISTRATOR


@pytest.fixture
def administrator() -> Client:
    return desk_of(official("quantri", role=ADMINISTRATOR))


def lines_of(desk: Client, query: str = "") -> list[str]:
    return [line.subject for line in desk.get(f"/desk/audit/?{query}").context["lines"]]


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.EDITOR, Staff.Role.REVIEWER])
def test_the_register_is_for_who_oversees(role: Staff.Role) -> None:
    desk = desk_of(official("ha", role=role))
    assert desk.get("/desk/audit/").status_code == 403
    assert desk.post("/desk/audit/export").status_code == 403
    assert not AuditEntry.objects.filter(action="register.exported").exists()


def test_an_administrator_reads_every_line_newest_first(administrator: Client) -> None:
    audit.note("case.claimed", "HT-2026-000001", official("ha"))
    audit.note("case.rated", "HT-2026-000002", None, score=5)
    assert lines_of(administrator) == ["HT-2026-000002", "HT-2026-000001"]
    text = page(administrator, "/desk/audit/")
    assert "Người dân đánh giá" in text
    assert "điểm:</span> 5" in text
    assert 'href="/desk/cases/HT-2026-000001"' in text


def test_a_line_says_in_words_what_it_is_about(administrator: Client) -> None:
    tay_ho = ward("Phường Tây Hồ")
    for subject in (f"unit:{tay_ho.code}", "duty:ha", "turn 45", "HT-2026-000001"):
        audit.note("unit.changed", subject, None)
    lines = administrator.get("/desk/audit/").context["lines"]
    assert [line.about for line in lines] == [
        "HT-2026-000001",
        "tin số 45",
        "ca trực của ha",
        "đơn vị Phường Tây Hồ",
    ]
    assert "đơn vị Phường Tây Hồ" in page(administrator, "/desk/audit/")


def test_a_line_says_units_hours_and_reasons_in_words(administrator: Client) -> None:
    to = ward("Phường Tây Hồ")
    audit.note("case.transferred", "HT-2026-000001", official("ha"), to=to.code)
    audit.note("case.snoozed", "HT-2026-000001", None, until="2026-11-23T07:15:00+00:00")
    audit.note("case.opened", "HT-2026-000001", None, reason="asked")
    audit.note("case.given_back", "HT-2026-000001", None, reason="Tôi phải ra quầy")
    text = page(administrator, "/desk/audit/")
    for told in ("Phường Tây Hồ", "14:15 23/11/2026", "Người dân yêu cầu gặp cán bộ", "Tôi phải ra quầy"):
        assert f"</span> {told}" in text


def test_a_supervisor_reads_what_people_of_the_own_units_did_and_of_those_below() -> None:
    above = city()
    below, elsewhere = ward(parent=above), ward("Phường Tây Hồ")
    mine = desk_of(official("phutrach", above, role=Staff.Role.SUPERVISOR))
    for name, unit in (("own", above), ("below", below), ("elsewhere", elsewhere)):
        audit.note("case.claimed", f"case-{name}", official(name, unit))
    audit.note("case.rated", "by-a-citizen", None)
    assert lines_of(mine) == ["case-below", "case-own"]
    assert lines_of(mine, "actor=elsewhere") == []
    assert "elsewhere" not in page(mine, "/desk/audit/")


def test_who_belongs_to_two_units_stands_once_in_the_register() -> None:
    above = city()
    both = official("ca-hai", above, ward(parent=above))
    audit.note("case.claimed", "once", both)
    assert lines_of(desk_of(official("phutrach", *Unit.objects.filter(staff=both), role="supervisor"))) == [
        "once"
    ]


def test_lines_are_found_by_words_of_subject_detail_and_act(administrator: Client) -> None:
    audit.note("case.closed", "HT-2026-000001", None, outcome="Đã hướng dẫn")
    audit.note("case.claimed", "HT-2026-000002", None)
    for typed in ("huong+dan", "000001", "dong+ho+so", "closed"):
        assert lines_of(administrator, f"words={typed}") == ["HT-2026-000001"]
    assert lines_of(administrator, "words=khong+co") == []
    assert lines_of(administrator, "words=%25%25") == []


def test_lines_are_narrowed_by_actor_act_and_days(administrator: Client) -> None:
    audit.note("case.claimed", "by-ha", official("ha"))
    audit.note("case.rated", "by-a-citizen", None)
    today = timezone.localdate()
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    assert lines_of(administrator, "actor=ha") == ["by-ha"]
    assert lines_of(administrator, "actor=-") == ["by-a-citizen"]
    assert lines_of(administrator, "action=case.rated") == ["by-a-citizen"]
    assert lines_of(administrator, f"since={today}&until={today}") == ["by-a-citizen", "by-ha"]
    assert lines_of(administrator, f"until={yesterday}") == lines_of(administrator, f"since={tomorrow}") == []
    assert len(lines_of(administrator, "since=9999-12-31&until=0001-01-01&page=x")) == 2


def test_the_register_is_paged(administrator: Client) -> None:
    for number in range(53):
        audit.note("case.claimed", f"case-{number}", None)
    assert len(lines_of(administrator)) == 50
    assert lines_of(administrator, "page=2") == ["case-2", "case-1", "case-0"]


def test_an_export_holds_what_is_shown_and_is_a_line_itself(administrator: Client) -> None:
    audit.note("case.claimed", "HT-2026-000001", official("ha"))
    audit.note("case.closed", "HT-2026-000002", None, outcome="=HYPERLINK(1)")
    response = administrator.post("/desk/audit/export", {"action": "case.closed", "format": "xlsx"})
    rows = list(load_workbook(BytesIO(response.content)).worksheets[0].iter_rows(values_only=True))
    assert [row[5] for row in rows] == ["Đối tượng", "HT-2026-000002"]
    entered = AuditEntry.objects.get(action="register.exported")
    assert entered.actor is not None
    assert entered.detail == {"lines": 1, "format": "xlsx", "narrowed": "action case.closed"}


def test_a_csv_is_read_by_excel_and_computes_nothing(administrator: Client) -> None:
    audit.note("case.closed", "=1+1", None)
    response = administrator.post("/desk/audit/export", {"format": "csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    assert list(csv.reader(StringIO(text)))[1][5] == "'=1+1"


def test_an_export_needs_its_token(administrator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Staff.objects.get(username="quantri"))
    assert strict.get("/desk/audit/export").status_code == 405
    assert strict.post("/desk/audit/export").status_code == 403
