"""Service points: taken in from a list, said beforehand, never with an address that nobody gave."""

from __future__ import annotations

from datetime import date

import pytest

import starter
from office.counters import CounterKind
from office.errors import BrokenPlaceList
from office.models import AuditEntry, ServicePoint
from office.places import load_places
from office.service_points import COLUMNS, Outcome, counters, import_service_points

HEAD = ",".join(COLUMNS) + "\n"


@pytest.fixture
def places(db):
    load_places()


@pytest.fixture
def listed(tmp_path):
    def write(*rows: str, head: str = HEAD):
        file = tmp_path / "points.csv"
        file.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return file

    return write


@pytest.mark.usefixtures("places")
def test_the_126_points_of_wards_and_communes_are_named_by_their_unit_and_no_address_is_made_up():
    lines = import_service_points(starter.SERVICE_POINTS)
    assert {line.outcome for line in lines} == {Outcome.NEW}
    of_wards = [counter for counter in counters() if counter.kind is CounterKind.WARD]
    assert len(of_wards) == 126 == len({counter.unit for counter in of_wards})
    assert not any(counter.address or counter.checked_on for counter in counters())
    assert all(counter.source for counter in counters())
    assert {line.outcome for line in import_service_points(starter.SERVICE_POINTS)} == {Outcome.UNCHANGED}


@pytest.mark.usefixtures("places")
def test_a_dry_run_says_new_changed_and_refused_and_keeps_nothing(listed):
    first = listed(
        "q1,police,Công an phường Láng,00199,10 phố Láng,,,Căn cước;Cư trú,,,2026-01-01,,Công an TP,"
    )
    import_service_points(first)
    again = listed(
        "q1,police,Công an phường Láng,00199,12 phố Láng,,,Căn cước;Cư trú,,,2026-01-01,,Công an TP,",
        "q2,tax,Thuế cơ sở 1,,,,,,,,,,Cục Thuế,2026-02-30",
        "q3,bank,Ngân hàng,,,,,,,,,,x,",
        "q4,tax,Thuế cơ sở 4,khong-co,,,,,,,,,x,",
        "q5,tax,Thuế cơ sở 5,,,,,,,,,,x,",
        "q6,tax,Thuế cơ sở 6,,,,,,,https://dat-lich.example.com,,,x,",
    )
    lines = import_service_points(again, dry_run=True)
    assert [line.outcome.value for line in lines] == [
        "changed",
        "refused",
        "refused",
        "refused",
        "new",
        "refused",
    ]
    assert lines[0].changed == ("address",)
    assert "khong-co" in lines[3].reason
    assert lines[1].reason == "cột checked_on: 2026-02-30 không phải một ngày; ghi như 2026-01-31"
    assert ServicePoint.objects.get().address == "10 phố Láng"


@pytest.mark.usefixtures("places")
def test_a_code_that_comes_again_further_down_changes_what_the_first_row_added(listed):
    point = "q1,tax,Thuế cơ sở 1,,{address},,,,,,,,Cục Thuế,{checked}"
    rows = [point.format(address=address, checked="") for address in ("1 phố Huế", "2 phố Huế")]
    lines = import_service_points(listed(*rows, point.format(address="3 phố Huế", checked="hôm qua")))
    assert [line.outcome.value for line in lines] == ["new", "changed", "refused"]
    assert ServicePoint.objects.get().address == "2 phố Huế"


@pytest.mark.usefixtures("places")
def test_a_list_costs_the_same_few_questions_to_the_database_however_long(django_assert_max_num_queries):
    import_service_points(starter.SERVICE_POINTS)
    with django_assert_max_num_queries(5):
        import_service_points(starter.SERVICE_POINTS)


@pytest.mark.usefixtures("places")
def test_what_was_taken_in_reads_as_a_counter_and_is_registered(listed):
    row = (
        "q1,police,Công an phường Láng,00199,10 phố Láng,8h–17h,,Căn cước; Cư trú,,,2026-01-01,,x,2026-02-01"
    )
    import_service_points(listed(row))
    (counter,) = counters()
    assert counter.fields == ("Căn cước", "Cư trú")
    assert (counter.unit, counter.valid_from, counter.checked_on) == (
        "00199",
        date(2026, 1, 1),
        date(2026, 2, 1),
    )
    assert AuditEntry.objects.get(subject="service-point:q1").action == "service_point.new"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "code,name\n1,a\n", "\x00\xff"])
def test_what_is_no_such_list_is_refused_whole(tmp_path, text):
    file = tmp_path / "points.csv"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(BrokenPlaceList):
        import_service_points(file)
