"""The queues of the desk: who is where, in what order, and that numbers are the lengths of their lists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casework import cases, labels, queues, report_acts, reports
from casework.models import Case, Report
from casework.queues import QUEUES, Desk, Narrowing
from office.models import Staff, Unit
from tests.casework.people import citizen, city, official, ward

pytestmark = pytest.mark.django_db


def desk_of(staff: Staff) -> Desk:
    return Desk(staff=staff, now=timezone.now())


def waiting_case(**as_: Any) -> Case:
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="Hỏi về khai sinh")
    Case.objects.filter(pk=case.pk).update(**as_)
    case.refresh_from_db()
    return case


def filed(**as_: Any) -> Report:
    told: dict[str, Any] = {"kind": Report.Kind.FIELD, "category": "chieu_sang", "text": "Đèn tắt ba ngày"}
    report = reports.file_report(conversation=citizen(), **told).report
    Report.objects.filter(pk=report.pk).update(**as_)
    report.refresh_from_db()
    return report


def listed(key: str, desk: Desk, narrowing: Narrowing = queues.EVERYTHING) -> list[str]:
    rows = queues.rows_at(queues.places(QUEUES[key], desk, narrowing))
    return [row.number if isinstance(row, Case) else row.code for row in rows]


def in_minutes(minutes: int) -> Any:
    return timezone.now() + timedelta(minutes=minutes)


# What is in a queue


def test_what_i_hold_is_mine_and_no_longer_unassigned() -> None:
    ha, case, report = official("ha"), waiting_case(), filed()
    assert set(listed("unassigned", desk_of(ha))) == {case.number, report.code}
    assert listed("mine", desk_of(ha)) == []
    cases.claim(case, ha)
    report_acts.take_in(report, ha, seen=report.version)
    assert set(listed("mine", desk_of(ha))) == {case.number, report.code}
    assert listed("unassigned", desk_of(ha)) == []


def test_a_report_that_is_passed_on_waits_for_somebody_there() -> None:
    ha, there = official("ha"), ward()
    phuong, report = official("phuong", there), filed()
    report_acts.take_in(report, ha, seen=report.version)
    report_acts.forward(report, ha, seen=report.version, to=there, reason="Thuộc địa bàn phường")
    assert listed("unassigned", desk_of(phuong)) == [report.code]
    assert listed("all", desk_of(ha)) == []


def test_a_closed_case_and_an_answered_report_are_in_no_queue() -> None:
    ha, case, report = official("ha"), waiting_case(), filed()
    cases.claim(case, ha)
    cases.close(case, ha, "Đã trả lời xong")
    report_acts.refuse(report, ha, seen=report.version, reason="unclear", words="Không rõ nơi nào")
    assert not any(queues.count_all(desk_of(ha)).values())


def test_what_waits_for_the_citizen_and_what_sleeps_have_queues_of_their_own_and_stay_mine() -> None:
    ha = official("ha")
    held = {"claimed_by": ha, "claimed_at": timezone.now()}
    waits = waiting_case(state="waiting", **held)
    sleeps = waiting_case(state="snoozed", snoozed_until=in_minutes(60), **held)
    works = waiting_case(state="claimed", **held)
    assert listed("waiting", desk_of(ha)) == [waits.number]
    assert listed("snoozed", desk_of(ha)) == [sleeps.number]
    assert listed("mine", desk_of(ha)) == [works.number, waits.number, sleeps.number]


def test_overdue_are_cases_and_reports_past_their_term() -> None:
    late, late_report = waiting_case(due_at=in_minutes(-1)), filed(intake_due=in_minutes(-5))
    waiting_case(due_at=in_minutes(5))
    filed(intake_due=in_minutes(5))
    assert listed("overdue", desk_of(official("ha"))) == [late_report.code, late.number]


def test_my_units_queue_leaves_out_what_i_may_see_of_others() -> None:
    here = ward()
    ours, centre = waiting_case(unit=here), waiting_case()
    phuong = desk_of(official("phuong", here))
    assert listed("unit", phuong) == [ours.number]
    assert set(listed("all", phuong)) == {ours.number, centre.number}


def test_nobody_finds_a_report_on_his_own_unit_in_any_queue() -> None:
    here = ward(parent=city())
    complaint = reports.file_report(
        conversation=citizen(),
        kind=Report.Kind.SERVICE,
        category="thai_do_phuc_vu",
        text="Cán bộ nói nặng lời",
        named_unit=here,
    ).report
    Report.objects.filter(pk=complaint.pk).update(intake_due=in_minutes(-5))
    about_it = desk_of(official("phuong", here, city(), role=Staff.Role.SUPERVISOR))
    assert not any(queues.count_all(about_it).values())
    assert listed("overdue", desk_of(official("ubnd", city()))) == [complaint.code]


# The order


def test_urgent_comes_first_then_whose_term_ends_first_then_who_has_waited_longest() -> None:
    long, short = filed(intake_due=None), filed(intake_due=None)
    soon = waiting_case(due_at=in_minutes(30))
    later = filed(intake_due=in_minutes(60))
    urgent_later = filed(level="urgent", intake_due=in_minutes(90))
    urgent_soon = waiting_case(priority="urgent", due_at=in_minutes(10))
    expected = [urgent_soon.number, urgent_later.code, soon.number, later.code, long.code, short.code]
    assert listed("all", desk_of(official("ha"))) == expected


# Narrowing and pages


def test_the_list_is_narrowed_by_face_unit_topic_and_channel() -> None:
    ha = desk_of(official("ha"))
    case, light, tree = waiting_case(topic="ho_tich"), filed(), filed(category="cay_xanh")
    assert listed("all", ha, Narrowing(face="case")) == [case.number]
    assert listed("all", ha, Narrowing(face="report")) == [light.code, tree.code]
    assert listed("all", ha, Narrowing(topic="cay_xanh")) == [tree.code]
    assert listed("all", ha, Narrowing(topic="ho_tich")) == [case.number]
    assert listed("all", ha, Narrowing(channel="zalo")) == []
    label = labels.make("Chờ công an phường", official("phutrach", role=Staff.Role.SUPERVISOR))
    labels.put_on(case, label.pk, ha.staff)
    assert listed("all", ha, Narrowing(label=label.name)) == [case.number]
    assert listed("all", ha, Narrowing(label="Khác")) == []
    assert len(listed("all", ha, Narrowing(unit=case.unit.code, channel="webchat"))) == 3


def test_pages_show_everybody_once() -> None:
    ha = desk_of(official("ha"))
    for _ in range(7):
        waiting_case()
        filed()
    pages = [queues.places(queues.ALL, ha, first=first, many=5) for first in (0, 5, 10, 15)]
    assert [len(page) for page in pages] == [5, 5, 4, 0]
    assert len({place for page in pages for place in page}) == 14


# Numbers are lengths


_HELD = ("claimed", "waiting", "snoozed")
_some_case = st.fixed_dictionaries(
    {
        "state": st.sampled_from(("queued", "closed", *_HELD)),
        "priority": st.sampled_from(Case.Priority.values),
        "mine": st.booleans(),
        "unit": st.integers(0, 2),
        "due": st.none() | st.integers(-90, 90),
        "topic": st.sampled_from(("", "ho_tich", "cay_xanh")),
    }
)
_some_report = st.fixed_dictionaries(
    {
        "state": st.sampled_from([state for state in Report.State.values if state != "merged"]),
        "level": st.sampled_from(Report.Level.values),
        "holder": st.none() | st.integers(0, 1),
        "unit": st.integers(0, 2),
        "named": st.none() | st.integers(0, 2),
        "due": st.none() | st.integers(-90, 90),
        "category": st.sampled_from(("cay_xanh", "chieu_sang")),
    }
)
_narrowings = st.builds(
    Narrowing,
    face=st.sampled_from(("", "case", "report")),
    topic=st.sampled_from(("", "cay_xanh", "ho_tich")),
    channel=st.sampled_from(("", "webchat", "zalo")),
)


class NumbersAreLengths(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        some_cases=st.lists(_some_case, max_size=6),
        some_reports=st.lists(_some_report, max_size=6),
        role=st.sampled_from((Staff.Role.AGENT, Staff.Role.SUPERVISOR, Staff.Role.ADMINISTRATOR)),
        narrowing=_narrowings,
    )
    def test_of_any_rows_for_anyone_every_number_is_the_length_of_its_list(
        self, some_cases: list[Any], some_reports: list[Any], role: str, narrowing: Narrowing
    ) -> None:
        below = ward(parent=city())
        units = [below, city(), ward("Phường Tây Hồ")]
        people = [official("ha", below, city(), role=role), official("minh")]
        _write_cases(some_cases, units, people)
        _write_reports(some_reports, units, people)
        for staff in people:
            desk = desk_of(staff)
            numbers = queues.count_all(desk, narrowing)
            assert numbers == {key: len(listed(key, desk, narrowing)) for key in QUEUES}
            whole = queues.count_all(desk)
            assert whole == {key: queues.count(desk, queue) for key, queue in QUEUES.items()}


def _write_cases(rows: list[Any], units: list[Unit], people: list[Staff]) -> None:
    for number, row in enumerate(rows):
        is_held = row["state"] in _HELD
        Case.objects.create(
            number=f"HT-{number}",
            conversation=citizen(),
            reason="asked",
            state=row["state"],
            priority=row["priority"],
            topic=row["topic"],
            unit=units[row["unit"]],
            claimed_by=people[not row["mine"]] if is_held else None,
            snoozed_until=in_minutes(60) if row["state"] == "snoozed" else None,
            due_at=None if row["due"] is None else in_minutes(row["due"]),
        )


def _write_reports(rows: list[Any], units: list[Unit], people: list[Staff]) -> None:
    for number, row in enumerate(rows):
        due = None if row["due"] is None else in_minutes(row["due"])
        about = None if row["named"] in {None, row["unit"]} else units[row["named"]]
        Report.objects.create(
            code=f"PA-{number}",
            kind=Report.Kind.SERVICE if about else Report.Kind.FIELD,
            category=row["category"],
            conversation=citizen() if number % 2 else None,
            state=row["state"],
            level=row["level"],
            unit=units[row["unit"]],
            named_unit=about,
            holder=None if row["holder"] is None else people[row["holder"]],
            text="Đèn tắt",
            intake_due=due,
            due_at=due,
        )
