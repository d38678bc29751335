"""Reports as spreadsheets on the desk, and the form for one number on a report's page."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from casework.models import ExternalEntry, Report
from office.models import Staff
from tests.casework.people import official, ward
from tests.casework.test_day_sheet import BACK, PHONED, sheet
from tests.web.open311.conftest import filed

pytestmark = pytest.mark.django_db


def desk(*units: object, name: str = "ha") -> Client:
    client = Client()
    client.force_login(official(name, *units))  # type: ignore[arg-type]
    return client


def uploaded(client: Client, *rows: dict[str, str]) -> str:
    file = SimpleUploadedFile("a.xlsx", sheet(*rows).read())
    return str(client.post("/desk/reports/import", {"file": file}).content.decode())


def signed(page: str) -> str:
    found = re.search(r'name="rows" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_day_is_taken_out_with_what_the_official_may_see() -> None:
    lang = ward("Phường Láng")
    mine, theirs = filed(unit=lang), filed(unit=ward("Phường Yên Hòa"))
    response = desk(lang).get("/desk/reports/export", {"day": f"{timezone.localdate():%Y-%m-%d}"})
    assert response["Content-Disposition"].endswith('.xlsx"')
    codes = [cell.value for cell in load_workbook(BytesIO(response.content)).worksheets[0]["A"]]
    assert mine.code in codes
    assert theirs.code not in codes


@pytest.mark.parametrize("day", ["", "hôm nay", "2026-02-30"])
def test_no_day_is_asked_for_again(day: str) -> None:
    response = desk().get("/desk/reports/export", {"day": day})
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_a_filled_sheet_is_shown_first_and_taken_in_on_confirmation() -> None:
    client, report = desk(), filed()
    page = uploaded(
        client, {"code": report.code, **BACK}, {**PHONED, "number": "7002"}, {**PHONED, "text": ""}
    )
    assert "Ghi 2 dòng" in page
    assert not ExternalEntry.objects.exists()
    done = client.post("/desk/reports/import/confirm", {"rows": signed(page)}).content.decode()
    assert "Đã nhập" in done
    assert ExternalEntry.objects.count() == 2
    assert {entry.entered_by.username for entry in ExternalEntry.objects.all() if entry.entered_by} == {"ha"}


def test_what_was_shown_to_one_is_not_confirmed_by_another_nor_changed_on_the_way() -> None:
    page = uploaded(desk(), PHONED)
    other = desk(name="lan")
    for rows in (signed(page), signed(page)[:-1] + "x", ""):
        assert other.post("/desk/reports/import/confirm", {"rows": rows}).status_code == 422
    assert not Report.objects.exists()


@pytest.mark.parametrize("content", [b"", b"not a sheet"])
def test_what_is_no_spreadsheet_is_told_with_what_is_needed(content: bytes) -> None:
    file = SimpleUploadedFile("a.xlsx", content)
    response = desk().post("/desk/reports/import", {"file": file})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert desk(name="x").post("/desk/reports/import").status_code == 422


def test_more_rows_than_go_at_once_are_refused() -> None:
    assert "chia thành nhiều tệp" in uploaded(desk(), *[{**PHONED, "number": str(n)} for n in range(501)])


def test_a_number_is_entered_on_the_reports_page() -> None:
    client, report = desk(), filed()
    form = {"system": "iHanoi", "number": "7001", "entered_at": "2026-11-20T08:30"}
    page = client.post(f"/desk/reports/{report.code}/enter", form, follow=True).content.decode()
    assert "Đã ghi: iHanoi, số 7001" in page
    assert "08:30 20/11/2026" in page
    assert '<option value="iHanoi">' in page


@pytest.mark.parametrize("wrong", [{"number": ""}, {"entered_at": "2999-01-01T08:30"}, {"entered_at": "x"}])
def test_a_wrong_entry_says_what_is_wrong(wrong: dict[str, str]) -> None:
    client, report = desk(), filed()
    form = {"system": "iHanoi", "number": "7001", "entered_at": "2026-11-20T08:30", **wrong}
    assert (
        'role="alert"'
        in client.post(f"/desk/reports/{report.code}/enter", form, follow=True).content.decode()
    )
    assert not ExternalEntry.objects.exists()


def test_nobody_else_takes_reports_out_or_in() -> None:
    report = filed(unit=ward())
    editor = Client()
    editor.force_login(official("huy", role=Staff.Role.EDITOR))
    for path in ("sheets", "export?day=2026-11-20"):
        assert editor.get(f"/desk/reports/{path}").status_code == 403
        assert Client().get(f"/desk/reports/{path}").status_code == 302
    assert desk(ward("Phường Yên Hòa")).post(f"/desk/reports/{report.code}/enter").status_code == 404
