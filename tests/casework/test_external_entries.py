"""Where else a report was entered: one number a system, one report a number, every change in the register."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from casework import external_entries
from casework.errors import EntryIncomplete, EntryInTheFuture, NumberOfAnother
from casework.external_entries import Entry, checked, enter
from casework.models import ExternalEntry, Report, ReportStep
from tests.casework.people import official
from tests.web.open311.conftest import filed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def entry(system: str = "iHanoi", number: str = "123", at: datetime = NOW) -> Entry:
    return checked(system=system, number=number, entered_at=at, now=NOW)


def told(report: Report) -> list[str]:
    return list(report.steps.filter(act=ReportStep.Act.ENTERED).values_list("note", flat=True))


def test_an_entry_is_kept_with_its_line_in_the_register() -> None:
    report, ha = filed(), official()
    assert enter(report, entry(), ha)
    kept = ExternalEntry.objects.get()
    assert (kept.report, kept.system, kept.number, kept.entered_by) == (report, "iHanoi", "123", ha)
    assert told(report) == ["iHanoi: 123, nhập 17:00 22/11/2026"]


def test_the_same_again_changes_nothing() -> None:
    report = filed()
    assert enter(report, entry(), None)
    assert not enter(report, entry(at=NOW + timedelta(seconds=0)), None)
    assert len(told(report)) == 1


def test_another_number_of_the_system_takes_its_place_and_the_register_keeps_both() -> None:
    report = filed()
    for number in ("123", "124"):
        enter(report, entry(number=number), None)
    assert ExternalEntry.objects.get().number == "124"
    assert len(told(report)) == 2


def test_a_report_may_stand_in_several_systems() -> None:
    report = filed()
    for system in ("iHanoi", "1022"):
        enter(report, entry(system), None)
    assert external_entries.known_systems() == ["1022", "iHanoi"]


def test_two_reports_never_have_one_number_of_a_system() -> None:
    first, second = filed(), filed()
    enter(first, entry(), None)
    with pytest.raises(NumberOfAnother):
        enter(second, entry(), None)
    assert told(second) == []
    assert external_entries.report_of(entry()) == first


def test_a_system_has_one_name_however_it_is_typed() -> None:
    enter(filed(), entry("iHanoi"), None)
    assert entry(" IHANOI ", "9").system == "iHanoi"


@pytest.mark.parametrize(
    "missing", [{"system": " "}, {"number": ""}, {"entered_at": None}, {"number": "1" * 61}]
)
def test_an_entry_names_system_number_and_time(missing: dict[str, str | None]) -> None:
    with pytest.raises(EntryIncomplete):
        checked(**{"system": "iHanoi", "number": "1", "entered_at": NOW, "now": NOW, **missing})  # type: ignore[arg-type]


def test_nothing_was_entered_tomorrow() -> None:
    with pytest.raises(EntryInTheFuture):
        entry(at=NOW + timedelta(days=1))
