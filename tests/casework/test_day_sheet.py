"""Reports of a day as a spreadsheet: out, filled in, back, any number of times."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from casework import day_sheet, day_sheet_reading, external_entries, visibility
from casework.contacts import Contact
from casework.day_sheet import COLUMNS
from casework.day_sheet_reading import Line, Outcome, read_rows
from casework.models import ExternalEntry, Report
from office.errors import BrokenSheet
from office.models import AuditEntry
from office.places import load_places
from tests.casework.people import official, ward
from tests.web.open311.conftest import filed

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = datetime(2026, 11, 20, tzinfo=HANOI)
BACK = {"system": "iHanoi", "number": "7001", "entered_at": "08:30 20/11/2026"}
PHONED = {
    **BACK,
    "text": "Cây gãy chắn đường",
    "category": "Cây xanh",
    "place": "phố Huế",
    "phone": "0912345678",
}


def of_the_day(report: Report, **later: float) -> Report:
    Report.objects.filter(pk=report.pk).update(created_at=DAY + timedelta(**later))
    return report


def written() -> Any:
    file = BytesIO()
    day_sheet.write_day(file, DAY.date(), Report.objects.all(), by=None)
    return load_workbook(file).worksheets[0]


def sheet(*rows: dict[str, Any]) -> BytesIO:
    book = Workbook()
    page = book.worksheets[0]
    page.append([heading for heading, _ in COLUMNS.values()])
    for row in rows:
        page.append([row.get(name) for name in COLUMNS])
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def taken_in(*rows: dict[str, Any], dry: bool = False) -> tuple[Line, ...]:
    read, now = read_rows(sheet(*rows)), timezone.now()
    if dry:
        return day_sheet_reading.dry_run(read, Report.objects.all(), now=now)
    return day_sheet_reading.take_in(read, Report.objects.all(), by=None, now=now)


# Out


def test_the_reports_of_a_day_of_ha_noi_and_no_others_are_written() -> None:
    first, last = of_the_day(filed()), of_the_day(filed(), hours=23, minutes=59)
    of_the_day(filed(), seconds=-1)
    of_the_day(filed(), hours=24)
    assert [cell.value for cell in written()["A"]] == ["Mã phản ánh", first.code, last.code]


def test_what_another_system_asks_for_is_in_the_row() -> None:
    contact = Contact(name="Lê Mai", phone="0912345678", email="mai@example.vn", address="số 5 phố Huế")
    report = of_the_day(filed("=1+1", unit=ward("Phường Láng"), contact=contact, place="ngõ 20"), hours=9)
    cells = dict(zip(COLUMNS, [cell.value for cell in written()[2]], strict=True))
    assert cells["code"] == report.code
    assert (cells["filed_at"], cells["text"], cells["category"]) == ("09:00 20/11/2026", "=1+1", "Đèn đường")
    assert (cells["ward"], cells["unit"]) == ("Phường Láng", "Phường Láng")
    assert (cells["name"], cells["phone"], cells["address"]) == ("Lê Mai", "0912345678", "số 5 phố Huế")
    assert written()[2][list(COLUMNS).index("text")].data_type == "s"


def test_a_report_in_two_systems_has_two_rows() -> None:
    report = of_the_day(filed())
    for system in ("iHanoi", "1022"):
        entry = external_entries.checked(system=system, number="1", entered_at=DAY, now=DAY)
        external_entries.enter(report, entry, None)
    assert [cell.value for cell in written()["A"]][1:] == [report.code, report.code]


def test_taking_reports_out_is_in_the_register() -> None:
    of_the_day(filed())
    ha = official()
    assert day_sheet.write_day(BytesIO(), DAY.date(), Report.objects.all(), by=ha) == 1
    entry = AuditEntry.objects.get(action="reports.exported")
    assert (entry.subject, entry.actor, entry.detail) == ("day:2026-11-20", ha, {"reports": 1})


# Back


def test_what_was_written_reads_back_and_changes_nothing() -> None:
    report = of_the_day(filed())
    at = datetime(2026, 11, 20, 8, 30, 15, tzinfo=HANOI)
    entry = external_entries.checked(
        system="iHanoi", number="7", entered_at=at, now=timezone.now() + timedelta(days=9)
    )
    external_entries.enter(report, entry, None)
    file = BytesIO()
    day_sheet.write_day(file, DAY.date(), Report.objects.all(), by=None)
    lines = day_sheet_reading.take_in(
        read_rows(file), Report.objects.all(), by=None, now=DAY + timedelta(days=1)
    )
    assert [line.outcome for line in lines] == [Outcome.UNCHANGED]


def test_a_number_filled_in_is_entered_and_again_changes_nothing() -> None:
    report = filed()
    row = {"code": report.code, **BACK}
    assert taken_in(row) == (Line(row=2, outcome=Outcome.ENTERED, code=report.code),)
    assert ExternalEntry.objects.get().entered_at == datetime(2026, 11, 20, 8, 30, tzinfo=HANOI)
    assert taken_in(row)[0].outcome is Outcome.UNCHANGED
    assert report.steps.filter(act="entered").count() == 1


@pytest.mark.parametrize(
    "written_as",
    ["20/11/2026", "20/11/2026 08:30", "2026-11-20", datetime(2026, 11, 20, 8, 30)],  # noqa: DTZ001
)
def test_a_day_is_read_as_people_and_excel_write_it(written_as: Any) -> None:
    assert taken_in({"code": filed().code, **BACK, "entered_at": written_as})[0].outcome is Outcome.ENTERED


def test_what_is_edited_elsewhere_in_the_row_changes_no_report() -> None:
    report = filed("Đèn tắt")
    taken_in({"code": report.code, **BACK, "text": "khác", "state": "Đã trả lời"})
    report.refresh_from_db()
    assert (report.text, report.state) == ("Đèn tắt", Report.State.NEW)


def test_a_row_without_a_code_is_a_report_taken_elsewhere_and_is_filed_once() -> None:
    load_places()
    assert taken_in({**PHONED, "ward": "Phường Láng"})[0].outcome is Outcome.NEW
    report = Report.objects.get()
    assert (report.source, report.category, report.contact_phone) == ("sheet", "cay_xanh", "0912345678")
    assert report.ward
    assert report.ward.name == "Phường Láng"
    assert report.entries_elsewhere.get().number == "7001"
    assert taken_in({**PHONED, "ward": "Phường Láng"}) == (
        Line(row=2, outcome=Outcome.UNCHANGED, code=report.code),
    )
    assert Report.objects.count() == 1


def test_a_dry_run_says_the_same_and_does_nothing() -> None:
    rows = ({"code": filed().code, **BACK}, {**PHONED, "number": "7002"}, {"code": "PA-2026-999999", **BACK})
    planned = taken_in(*rows, dry=True)
    assert not ExternalEntry.objects.exists()
    assert Report.objects.count() == 1
    assert [line.outcome for line in planned] == [line.outcome for line in taken_in(*rows)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"code": "PA-2026-999999", **BACK}, day_sheet_reading.NO_SUCH_REPORT),
        ({**PHONED, "number": ""}, day_sheet_reading.INCOMPLETE),
        ({**PHONED, "entered_at": "hôm qua"}, day_sheet_reading.INCOMPLETE),
        ({**PHONED, "entered_at": "01/01/2999"}, day_sheet_reading.FUTURE),
        ({**PHONED, "text": ""}, day_sheet_reading.NO_TEXT),
        ({**PHONED, "category": "Cây cối"}, day_sheet_reading.NO_CATEGORY),
        ({**PHONED, "ward": "Phường Không Có"}, day_sheet_reading.NO_WARD),
        ({**PHONED, "text": "Tôi tố cáo ông Nguyễn Văn A nhận hối lộ 50 triệu"}, day_sheet_reading.NOT_TAKEN),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_takes_nothing_with_it(
    row: dict[str, str], reason: str
) -> None:
    good = {**PHONED, "number": "9"}
    lines = taken_in(row, good)
    assert lines[0] == Line(row=2, outcome=Outcome.REFUSED, reason=reason)
    assert lines[1].outcome is Outcome.NEW
    assert Report.objects.get().entries_elsewhere.get().number == "9"


def test_a_number_of_another_report_or_twice_in_the_sheet_is_refused() -> None:
    first, second, third = filed(), filed(), filed()
    taken_in({"code": first.code, **BACK})
    lines = taken_in(
        {"code": second.code, **BACK},
        {"code": second.code, **BACK, "number": "8"},
        {"code": third.code, **BACK, "number": "8"},
    )
    assert [line.reason for line in lines] in (
        [day_sheet_reading.ANOTHERS, "", day_sheet_reading.ANOTHERS],
        [day_sheet_reading.ANOTHERS, "", day_sheet_reading.TWICE],
    )
    assert not third.entries_elsewhere.exists()


def test_an_official_enters_numbers_of_the_reports_of_the_own_units_only() -> None:
    lang, other = ward("Phường Láng"), ward("Phường Yên Hòa")
    mine, theirs = filed(unit=lang), filed(unit=other)
    rows = read_rows(sheet({"code": mine.code, **BACK}, {"code": theirs.code, **BACK, "number": "2"}))
    visible = visibility.reports_for(official("minh", lang))
    lines = day_sheet_reading.take_in(rows, visible, by=None, now=timezone.now())
    assert [line.outcome for line in lines] == [Outcome.ENTERED, Outcome.REFUSED]


def test_what_is_no_such_sheet_is_refused() -> None:
    with pytest.raises(BrokenSheet):
        read_rows(BytesIO(b"code,system\n"))
    book, file = Workbook(), BytesIO()
    book.save(file)
    with pytest.raises(BrokenSheet):
        read_rows(file)
