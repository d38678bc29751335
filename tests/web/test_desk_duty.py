"""Duty on the desk: one's own turn, who is seen, who sets whose hours."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework import assignment
from casework.assignment_settings import ASSIGNED_UNITS
from casework.candidates import candidates_in
from casework.models import Assignment, Case, Promise
from office import duties
from office.models import AuditEntry, Duty, Shift, Staff, Unit
from office.units import contact_team
from tests.casework.people import official, ward
from tests.web.test_desk import desk_of, page, waiting_case

pytestmark = pytest.mark.django_db

WEEK = {f"hours_{day}": "" for day in range(7)}


def is_on(staff: Staff) -> bool:
    return duties.is_on(duties.duty_of(staff), timezone.now())


def plan(by: Staff, of: Staff, **typed: object) -> int:
    return desk_of(by).post(f"/desk/duty/{of.username}", {**WEEK, **typed}).status_code


def test_a_person_goes_on_and_off_duty_from_the_bar_and_stays_on_the_page() -> None:
    ha = official("ha")
    desk = desk_of(ha)
    assert 'aria-pressed="false"' in page(desk, "/desk/")
    back = desk.post("/desk/duty/mine", {"on": "yes", "back": "/desk/reports/"})
    assert (back["Location"], is_on(ha)) == ("/desk/reports/", True)
    assert 'aria-pressed="true"' in page(desk, "/desk/reports/")
    desk.post("/desk/duty/mine", {"on": "no", "back": "https://elsewhere.example/"})
    assert not is_on(ha)
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["duty.on", "duty.off"]


def test_who_signs_out_is_not_on_duty_any_more() -> None:
    ha = official("ha")
    desk = desk_of(ha)
    desk.post("/desk/duty/mine", {"on": "yes"})
    desk.post("/desk/sign-out")
    assert not is_on(ha)


def test_a_made_up_way_back_leads_to_the_page_of_duties() -> None:
    back = desk_of(official("ha")).post(
        "/desk/duty/mine", {"on": "yes", "back": "https://elsewhere.example/"}
    )
    assert back["Location"] == "/desk/duty/"


def test_an_open_page_says_that_its_person_is_present() -> None:
    ha = official("ha")
    duties.go_on(ha, timezone.now())
    Duty.objects.update(seen_at=timezone.now() - 10 * duties.SEEN_EVERY)
    assert "Tạm vắng" not in page(desk_of(ha), "/desk/duty/")
    assert Duty.objects.get().seen_at is not None
    assert timezone.now() - Duty.objects.get().seen_at < duties.SEEN_EVERY  # type: ignore[operator]


def test_the_page_shows_who_is_on_duty_with_how_much_and_who_should_be() -> None:
    ha, lan = official("ha"), official("lan", role=Staff.Role.SUPERVISOR)
    duties.go_on(ha, timezone.now())
    for _ in range(4):
        case = waiting_case()
        Case.objects.filter(pk=case.pk).update(state=Case.State.CLAIMED, claimed_by=ha)
    text = page(desk_of(lan), "/desk/duty/")
    assert "Đang trực" in text
    assert "<strong>4</strong>/4" in text
    assert "đã đủ" in text
    assert "Cho nghỉ trực" in text
    assert "Cho nghỉ trực" not in page(desk_of(ha), "/desk/duty/")


def test_planned_hours_are_set_by_oneself_and_shown_in_few_words() -> None:
    ha = official("ha")
    usual = {f"hours_{day}": "8:00-12:00,13:00-17:00" for day in range(4)}
    assert plan(ha, ha, **usual, hours_4="08:00-12:00") == 302
    assert Shift.objects.count() == 5
    assert "T2–T5 08:00-12:00, 13:00-17:00; T6 08:00-12:00" in page(desk_of(ha), "/desk/duty/")


def test_hours_that_do_not_read_are_kept_with_what_to_type() -> None:
    ha = official("ha")
    answer = desk_of(ha).post("/desk/duty/ha", {**WEEK, "hours_1": "sáng", "hours_2": "08:00-12:00"})
    text = answer.content.decode()
    assert (answer.status_code, Shift.objects.count()) == (422, 0)
    assert 'value="sáng"' in text
    assert 'value="08:00-12:00"' in text
    assert "ví dụ 08:00-12:00, 13:00-17:00" in text


def test_the_hours_of_the_office_are_filled_in_on_request_and_not_saved() -> None:
    ha = official("ha")
    answer = desk_of(ha).post("/desk/duty/ha", {**WEEK, "hours_0": "08:00-10:00", "fill": "office"})
    text = answer.content.decode()
    assert text.count('value="08:00-12:00, 13:00-17:00"') == 4
    assert 'value="08:00-10:00"' in text
    assert Shift.objects.count() == 0


def test_capacity_is_set_by_who_oversees_and_by_nobody_for_himself() -> None:
    ha, lan = official("ha"), official("lan", role=Staff.Role.SUPERVISOR)
    assert plan(lan, ha, capacity="2", categories=["chieu_sang"]) == 302
    assert (duties.duty_of(ha).capacity, duties.duty_of(ha).topics) == (2, ["chieu_sang"])
    assert plan(ha, ha, capacity="50") == 302
    assert duties.duty_of(ha).capacity == 2


@pytest.mark.parametrize(
    ("role", "unit", "sees", "sets"),
    [
        (Staff.Role.AGENT, "own", True, False),
        (Staff.Role.AGENT, "below", False, False),
        (Staff.Role.SUPERVISOR, "own", True, True),
        (Staff.Role.SUPERVISOR, "below", True, True),
        (Staff.Role.SUPERVISOR, "other", False, False),
        (Staff.Role.ADMINISTRATOR, "other", True, True),
    ],
)
def test_who_sees_and_sets_whose_hours(role: str, unit: str, *, sees: bool, sets: bool) -> None:
    own = contact_team()
    units: dict[str, Unit] = {
        "own": own,
        "below": ward("Phường Dưới", parent=own),
        "other": ward("Phường Khác"),
    }
    who, whose = official("nhin", own, role=role), official("binh", units[unit])
    assert ("Binh" in page(desk_of(who), "/desk/duty/")) is sees
    assert plan(who, whose, hours_0="08:00-12:00") == (302 if sets else 404)
    assert desk_of(who).post("/desk/duty/binh/off").status_code == (
        302 if sets else 404 if who.may_oversee else 403
    )


def test_a_supervisor_switches_assignment_for_own_units_with_a_reason() -> None:
    own = ward("Phường Mình")
    lan = desk_of(official("lan", own, role=Staff.Role.SUPERVISOR))
    official("ha", own)
    path = f"/desk/duty/units/{own.code}"
    assert "Tự nhận" in page(lan, "/desk/duty/")
    part = lan.get("/desk/duty/", headers={"HX-Request": "true"}).content.decode()
    assert 'name="reason"' not in part  # a refresh takes nothing that is being typed
    refused = lan.post(path, {"on": "yes", "reason": " "})
    assert (refused.status_code, own.code in ASSIGNED_UNITS.current()) == (422, False)
    assert lan.post(path, {"on": "yes", "reason": "Đủ người trực"}).status_code == 302
    assert ASSIGNED_UNITS.current() == tuple(sorted((contact_team().code, own.code)))
    assert "Phường Mình: thôi giao tự động" in page(lan, "/desk/duty/")
    lan.post(path, {"on": "no", "reason": "Thiếu người"})
    assert ASSIGNED_UNITS.current() == (contact_team().code,)
    assert lan.post(f"/desk/duty/units/{ward('Phường Khác').code}", {"on": "yes"}).status_code == 404


def test_the_page_says_how_many_promises_were_kept() -> None:
    case, now = waiting_case(), timezone.now()
    for how in ("kept_at", "kept_at", "broken_at"):
        Promise.objects.create(case=case, text="…", made_at=now, due_at=now, **{how: now})
    text = page(desk_of(official("ha")), "/desk/duty/")
    assert "<strong>2</strong> giữ đúng hẹn, <strong>1</strong> trễ hẹn" in text


def test_an_assigned_case_is_opened_by_looking_and_given_back_with_a_reason() -> None:
    ha = official("ha")
    duties.go_on(ha, timezone.now())
    case, now = waiting_case(), timezone.now()
    [seen] = candidates_in([case.unit_id], now)
    assert assignment.assign(case, ha, seen, now, open_by=now)
    desk = desk_of(ha)
    assert "Vì sao trả lại" in page(desk, f"/desk/cases/{case.number}")
    assert Assignment.objects.get().opened_at is not None
    assert desk.post(f"/desk/cases/{case.number}/release", {"release_reason": ""}).status_code == 400
    assert (
        desk.post(f"/desk/cases/{case.number}/release", {"release_reason": "Ngoài việc tôi"}).status_code
        == 302
    )
    case.refresh_from_db()
    assert case.state == Case.State.QUEUED
    assert Assignment.objects.get().reason == "Ngoài việc tôi"


def test_the_page_of_a_case_says_until_when_an_answer_was_promised() -> None:
    case, due = waiting_case(), timezone.now() + timedelta(hours=1)
    Promise.objects.create(case=case, text="…", made_at=timezone.now(), due_at=due)
    text = page(desk_of(official("ha")), f"/desk/cases/{case.number}")
    assert "Đã hẹn" in text
    assert f"{timezone.localtime(due):%H:%M}" in text
