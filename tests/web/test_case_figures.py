"""The figures of cases: who sees what, and that every number opens exactly the cases it counts."""

from __future__ import annotations

import html
import re
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from casework.models import Case
from office.models import Staff, Unit
from office.units import contact_team
from tests.casework.people import official, ward
from tests.casework.test_case_figures import opened

pytestmark = pytest.mark.django_db

PAGE = "/desk/figures/cases/"
LINKED = re.compile(r'<a href="(/desk/figures/cases/[^"]+)"><span class="aloud">[^<]*</span>([\d.]+)</a>')
COUNTED = re.compile(r"<h1>[^<]*: ([\d.]+) hồ sơ</h1>")


@pytest.fixture
def cases() -> None:
    other = ward("Phường Khác")
    for number in range(9):
        replied = number % 3 != 0
        opened(
            number,
            timezone.now(),
            unit=other if number == 8 else contact_team(),
            topic=("", "Hộ tịch")[number % 2],
            state=Case.State.CLOSED if number % 2 else Case.State.QUEUED,
            first_reply_at=timezone.now() if replied else None,
            first_reply_minutes=30 * number if replied else None,
            first_in_time=number < 5 if replied else None,
        )


def desk(*units: Unit, role: str = Staff.Role.SUPERVISOR) -> Client:
    client = Client()
    client.force_login(official(f"hoa{Staff.objects.count()}", *units, role=role))
    return client


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}opened", f"{PAGE}sheet"])
def test_agents_have_no_figures(path: str) -> None:
    assert desk(role=Staff.Role.AGENT).get(path).status_code == 403


def test_every_number_opens_as_many_cases_as_it_says(cases: None) -> None:
    client = desk(role=Staff.Role.ADMINISTRATOR)
    links = []
    for by in ("unit", "topic"):
        links += LINKED.findall(client.get(PAGE, {"by": by}).content.decode())
    assert len(links) > 15
    for address, number in links:
        shown = client.get(html.unescape(address)).content.decode()
        assert COUNTED.findall(shown) == [number], address


def test_a_supervisor_counts_no_case_of_another_unit(cases: None) -> None:
    shown = desk(contact_team()).get(f"{PAGE}opened").content.decode()
    assert COUNTED.findall(shown) == ["8"]
    assert "Phường Khác" not in shown


def test_an_unknown_figure_is_not_found() -> None:
    assert desk().get(f"{PAGE}nothing").status_code == 404


def test_the_spreadsheet_says_the_same(cases: None) -> None:
    response = desk(role=Staff.Role.ADMINISTRATOR).get(f"{PAGE}sheet")
    book = load_workbook(BytesIO(response.content))
    assert book.sheetnames == ["Tổng hợp", "Theo tuần", "Theo đơn vị", "Theo chủ đề"]
    summary = {row[0]: row[1] for row in book["Tổng hợp"].iter_rows(values_only=True)}
    assert (summary["Đã mở"], summary["Đã trả lời"]) == (9, 6)
    assert summary["Trả lời lần đầu, trung vị (giờ làm việc)"] == 2.0


def test_figures_of_reports_and_of_cases_lead_to_each_other() -> None:
    client = desk()
    assert f'href="{PAGE}"' in client.get("/desk/figures/").content.decode()
    assert 'href="/desk/figures/"' in client.get(PAGE).content.decode()
