"""The figures page: who sees what, and that every number opens exactly the reports it counts."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from benchmarks.report_rows import fill
from casework.models import Report
from casework.tallies import Period
from office.models import Staff, Unit
from tests.casework.people import city, official, ward
from web.desk.charts import Caption, Column, Part, columns
from web.desk.figure_choices import periods, spans_of

pytestmark = pytest.mark.django_db

#: Queries of the bar, the session and the door, on any page of the desk.
IN_THE_BAR = 16
LINKED = re.compile(r'<a href="(/desk/figures/[^"]+)">(?:<span class="aloud">[^<]*</span>)?([\d.]+)</a>')
COUNTED = re.compile(r"<h1>[^<]*: ([\d.]+) phản ánh</h1>")


@pytest.fixture
def made_up() -> None:
    """Some hundred made-up reports of five wards, over some months."""
    city()
    for number in range(5):
        ward(f"Phường số {number}", parent=city())
    list(fill(240, years=0.15, seed=4, batch=120))


def desk(client: Client, *units: Unit, role: str = Staff.Role.ADMINISTRATOR) -> Client:
    client.force_login(official(f"hoa{Staff.objects.count()}", *units, role=role))
    return client


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/desk/figures/{query}")
    assert response.status_code == 200
    return response.content.decode()


def links(shown: str) -> set[tuple[str, int]]:
    return {
        (html.unescape(address), int(number.replace(".", ""))) for address, number in LINKED.findall(shown)
    }


def behind(client: Client, address: str) -> tuple[int, int]:
    """The number that the page behind a link names, and how many reports it lists, page by page."""
    named, listed, path = 0, 0, address.split("?", maxsplit=1)[0]
    while address:
        shown = client.get(address).content.decode()
        named = int(COUNTED.findall(shown)[0].replace(".", ""))
        listed += shown.count('<a class="code"')
        further = re.search(r'<a class="button second" href="(\?[^"]+)">Cũ hơn', shown)
        address = f"{path}{html.unescape(further[1])}" if further else ""
    return named, listed


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.EDITOR, Staff.Role.REVIEWER])
def test_only_supervisors_and_administrators_see_figures(client: Client, role: str) -> None:
    desk(client, role=role)
    for path in ("", "sheet", "received"):
        assert client.get(f"/desk/figures/{path}").status_code == 403


@pytest.mark.parametrize("query", ["", "?by=category&span=month"])
def test_every_number_opens_exactly_the_reports_behind_it(client: Client, made_up: None, query: str) -> None:
    desk(client)
    found = links(page(client, query))
    assert len(found) > 30
    for address, number in found:
        assert behind(client, address) == (number, number), address


def test_a_filter_holds_on_the_pages_behind_the_numbers(client: Client, made_up: None) -> None:
    desk(client)
    busiest = Unit.objects.get(pk=Report.objects.filter(unit__kind="ward").values_list("unit", flat=True)[0])
    found = links(page(client, f"?unit={busiest.code}&category=rac_thai_ve_sinh"))
    received = max(number for address, number in found if address.startswith("/desk/figures/received"))
    of_it = Report.objects.filter(unit=busiest, category="rac_thai_ve_sinh", is_reference_only=False)
    assert received == of_it.exclude(state="merged").count()


def test_a_supervisor_sees_own_units_and_those_below_and_no_other(client: Client, made_up: None) -> None:
    mine, other = Unit.objects.filter(kind=Unit.Kind.WARD)[:2]
    desk(client, mine, role=Staff.Role.SUPERVISOR)
    shown = page(client)
    assert mine.name in shown
    assert other.name not in shown
    counted = Report.objects.filter(unit=mine).exclude(state="merged").filter(is_reference_only=False).count()
    assert any(a.startswith("/desk/figures/received") and n == counted for a, n in links(shown))
    asked_for_another = client.get(f"/desk/figures/?unit={other.code}")
    assert asked_for_another.status_code == 422
    assert other.name not in asked_for_another.content.decode()


def test_who_oversees_wards_sees_each_of_them(client: Client, made_up: None) -> None:
    desk(client, city(), role=Staff.Role.SUPERVISOR)
    shown = page(client)
    assert all(unit.name in shown for unit in Unit.objects.filter(kind=Unit.Kind.WARD))


def test_what_was_said_of_the_own_office_is_in_no_figure(client: Client) -> None:
    ba_dinh = ward(parent=city())
    common = {"secret_hash": "-", "text": "Chờ lâu", "category": "thai_do_phuc_vu", "kind": "service"}
    Report.objects.create(code="PA-2026-000001", unit=city(), named_unit=ba_dinh, **common)
    desk(client, ba_dinh, role=Staff.Role.SUPERVISOR)
    assert not links(page(client))


def test_two_indicators_stand_with_their_numbers_and_what_is_not_counted(
    client: Client, made_up: None
) -> None:
    shown = page(desk(client))
    for words in ("Quyết định 766/QĐ-TTg", "chia cho phản ánh thuộc thẩm quyền", "Không tính vào hai chỉ số"):
        assert words in shown


def test_an_empty_office_has_a_page_without_figures(client: Client) -> None:
    shown = page(desk(client))
    assert "Không có phản ánh nào trong kỳ này" in shown
    assert not links(shown)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?first=2026-05-02&last=2026-05-01", "Ngày cuối phải từ ngày đầu trở đi."),
        ("?first=1900-01-01", "không quá năm năm"),
        ("?first=mai", ""),
        ("?unit=khong-co", ""),
        ("?category=la", ""),
    ],
)
def test_what_cannot_be_read_is_said_and_the_usual_period_shown(
    client: Client, query: str, said: str
) -> None:
    response = desk(client).get(f"/desk/figures/{query}")
    assert response.status_code == 422
    assert said in response.content.decode()


def test_wild_addresses_are_answered(client: Client) -> None:
    desk(client)
    assert client.get("/desk/figures/nothing").status_code == 404
    for before in ("-1", "x", "9" * 40, "٣"):
        assert client.get("/desk/figures/received", {"before": before}).status_code == 200
    assert client.get("/desk/figures/?last=1999-01-01").status_code == 200
    assert client.get("/desk/figures/?span=day&by=colour").status_code == 200


def test_the_page_asks_the_same_few_questions_however_many_reports_there_are(
    client: Client, made_up: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk(client)
    with django_assert_max_num_queries(IN_THE_BAR + 10):
        page(client)
    with django_assert_max_num_queries(IN_THE_BAR + 8):
        client.get("/desk/figures/received")


def test_the_sheet_holds_the_same_figures_as_the_page(client: Client, made_up: None) -> None:
    shown = dict(links(page(desk(client))))
    total = max(n for address, n in shown.items() if address.startswith("/desk/figures/received"))
    response = client.get("/desk/figures/sheet")
    assert "attachment" in response["Content-Disposition"]
    book = load_workbook(BytesIO(response.content))
    assert book.sheetnames == ["Tổng hợp", "Theo tuần", "Theo đơn vị", "Theo loại việc"]
    whole = {row[0].value: row[1].value for row in book["Tổng hợp"].iter_rows(min_row=2)}
    assert whole["Đã gửi"] == total
    for name in book.sheetnames[1:]:
        assert sum(row[1].value for row in book[name].iter_rows(min_row=2)) == total


def test_the_usual_periods_begin_and_end_where_people_mean() -> None:
    named = dict(periods(date(2027, 1, 15)))
    assert named["Tháng trước"] == Period(first=date(2026, 12, 1), last=date(2026, 12, 31))
    assert named["Quý này"] == Period(first=date(2027, 1, 1), last=date(2027, 1, 15))
    assert named["12 tháng gần đây"].first == date(2026, 2, 1)


def test_weeks_begin_on_monday_and_cover_the_period() -> None:
    weeks = spans_of(Period(first=date(2026, 11, 1), last=date(2026, 11, 22)), "week")
    assert weeks == [date(2026, 10, 26) + timedelta(days=7 * n) for n in range(4)]
    months = spans_of(Period(first=date(2026, 11, 30), last=date(2027, 1, 1)), "month")
    assert months == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_columns_stand_on_one_floor_and_never_above_the_uppermost_line() -> None:
    parts = [Part(key="on-time", name="Đúng hạn"), Part(key="late", name="Trễ")]
    of = [Column(label=str(n), values=[n, 2 * n], says="") for n in range(30)]
    chart = columns(Caption(key="x", title="", tells=""), parts=parts, of=of)
    floor, top = chart.lines[0].y, chart.lines[-1].y
    by_column: dict[int, int] = {}
    for box in chart.boxes:
        by_column[box.x] = by_column.get(box.x, 0) + box.height
        assert top <= box.y < box.y + box.height <= floor
        assert box.x + box.width <= chart.width
    heights = list(by_column.values())
    assert heights == sorted(heights)
    assert len(heights) == 29


def test_the_page_of_figures_is_as_new_as_the_reports(client: Client) -> None:
    desk(client)
    before = page(client)
    Report.objects.create(
        code="PA-2026-000009", unit=city(), secret_hash="-", text="x", category="khac", kind="field",
        created_at=timezone.now(),
    )  # fmt: skip
    assert len(links(page(client))) > len(links(before))
