"""Cases given to who is on duty: once, within the capacity, taken back when nobody opens them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from casework import assignment, assignments_returned, cases
from casework.assignment_settings import ASSIGNED_UNITS
from casework.errors import NoReasonGiven
from casework.models import Assignment, Case, DeskNotice, Report
from casework.reassigning import Chosen, Destination, Moved, reassign
from conversations.models import Conversation, Turn
from office import duties, live_settings
from office.models import AuditEntry, Duty, Staff, Unit
from office.units import contact_team
from office.working_hours import ZONE
from tests.casework.people import citizen, official, ward

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZONE)


#: A Wednesday.
NOW = at("25 09:00")


def on_duty(name: str, *units: Unit, capacity: int | None = None, topics: tuple[str, ...] = ()) -> Staff:
    staff = official(name, *units)
    duties.go_on(staff, NOW)
    Duty.objects.filter(staff=staff).update(capacity=capacity, topics=list(topics))
    return staff


def waiting(*, topic: str = "", unit: Unit | None = None, conversation: Conversation | None = None) -> Case:
    case = cases.open_case(conversation or citizen(), reason=Case.Reason.ASKED, summary="", topic=topic)
    Case.objects.filter(pk=case.pk).update(unit=unit or contact_team(), opened_at=NOW, owed_since=NOW)
    return Case.objects.get(pk=case.pk)


def holder(case: Case) -> str | None:
    found = Case.objects.get(pk=case.pk).claimed_by
    return found.username if found else None


def told(case: Case) -> list[str]:
    said = Turn.objects.filter(conversation=case.conversation, direction=Turn.Direction.OUT)
    return list(said.order_by("id").values_list("text", flat=True))


def test_a_waiting_case_comes_to_who_is_on_duty_and_everybody_is_told() -> None:
    on_duty("ha")
    case = waiting()
    assert [assignment.assign_waiting(NOW), assignment.assign_waiting(NOW)] == [1, 0]
    assert holder(case) == "ha"
    assert Conversation.objects.get(pk=case.conversation_id).owner_staff == Staff.objects.get(username="ha")
    assert told(case) == [
        f"Yêu cầu {case.number} đã đến cán bộ của Tổ tiếp nhận trung tâm, sẽ được trả lời ngay tại đây."
    ]
    assert DeskNotice.objects.get().text.startswith(f"Hồ sơ {case.number} được giao cho anh/chị")
    assert AuditEntry.objects.filter(action="case.assigned", subject=case.number).count() == 1


def test_the_topic_finds_who_knows_it() -> None:
    on_duty("ha", topics=("Đất đai",))
    on_duty("minh", topics=("Hộ tịch",))
    case = waiting(topic="Hộ tịch")
    assignment.assign_waiting(NOW)
    assert holder(case) == "minh"


def test_nobody_gets_more_than_the_capacity_and_who_waits_longest_is_first() -> None:
    on_duty("ha", capacity=2)
    queue = [waiting() for _ in range(3)]
    Case.objects.filter(pk=queue[2].pk).update(owed_since=NOW - timedelta(hours=1))
    assert assignment.assign_waiting(NOW) == 2
    assert [holder(case) for case in queue] == ["ha", None, "ha"]


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (at("25 12:30"), "lunch"),
        (at("28 09:00"), "a Saturday"),
        (at("24 09:00"), "a holiday"),
        (NOW + timedelta(minutes=10), "nobody seen since"),
    ],
)
def test_nothing_is_given_while_the_office_is_closed_or_nobody_is_there(moment: datetime, why: str) -> None:
    ha = on_duty("ha")
    if why != "nobody seen since":
        Duty.objects.filter(staff=ha).update(on_since=moment, seen_at=moment)
    waiting()
    assert assignment.assign_waiting(moment) == 0


def test_a_unit_that_does_not_want_it_takes_its_cases_itself() -> None:
    place = ward()
    on_duty("ha", place)
    case = waiting(unit=place)
    assert assignment.assign_waiting(NOW) == 0
    typed = f"{contact_team().code},{place.code}"
    live_settings.put(ASSIGNED_UNITS.name, typed, source="Phường đề nghị", by=None, operator="test")
    assert assignment.assign_waiting(NOW) == 1
    assert holder(case) == "ha"


def test_nobody_is_given_a_case_in_which_his_own_office_is_complained_of() -> None:
    team = contact_team()
    on_duty("ha", team)
    case = waiting()
    Report.objects.create(
        code="PA-2026-000001",
        conversation=case.conversation,
        kind=Report.Kind.SERVICE,
        named_unit=team,
        unit=ward(),
        text="…",
    )
    assert assignment.assign_waiting(NOW) == 0


def test_who_waits_behind_cases_that_nobody_may_take_is_not_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(assignment, "AT_ONCE", 2)
    ha = on_duty("ha", capacity=2)
    given_back = [waiting() for _ in range(5)]
    Assignment.objects.bulk_create(
        Assignment(case=case, staff=ha, assigned_at=NOW, open_by=NOW, returned_at=NOW) for case in given_back
    )
    behind = [waiting() for _ in range(3)]
    assert assignment.assign_waiting(NOW) == 2
    assert [holder(case) for case in [*given_back, *behind]] == [None] * 5 + ["ha", "ha", None]


def test_a_look_ends_once_it_gave_as_many_as_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "AT_ONCE", 2)
    on_duty("ha", capacity=5)
    for _ in range(5):
        waiting()
    assert [assignment.assign_waiting(NOW) for _ in range(4)] == [2, 2, 1, 0]


def test_who_gives_a_case_back_says_why_and_is_not_given_it_again() -> None:
    ha = on_duty("ha")
    case = waiting()
    assignment.assign_waiting(NOW)
    case.refresh_from_db()
    with pytest.raises(NoReasonGiven):
        assignments_returned.give_back(case, ha, reason=" ")
    assert holder(case) == "ha"
    assignments_returned.give_back(case, ha, reason="Việc về đất, xin chuyển người thạo")
    assert Case.objects.get(pk=case.pk).transfer_reason == "Việc về đất, xin chuyển người thạo"
    assert (holder(case), assignment.assign_waiting(NOW)) == (None, 0)
    on_duty("minh")
    assignment.assign_waiting(NOW)
    assert holder(case) == "minh"


def test_who_took_a_case_gives_it_back_without_a_reason_and_is_not_given_it_either() -> None:
    ha = on_duty("ha")
    case = waiting()
    assert cases.claim(case, ha)
    assignments_returned.give_back(case, ha)
    assert (holder(case), assignment.assign_waiting(NOW)) == (None, 0)


def on_the_board(case: Case, lan: Staff) -> None:
    chosen = Chosen(number=case.number, holder=case.claimed_by_id)
    assert reassign([chosen], lan, Destination(), reason="Hà ra quầy") == [Moved(number=case.number)]


def on_the_page(case: Case, lan: Staff) -> None:
    assignments_returned.give_back(case, lan, reason="Hà ra quầy")


@pytest.mark.parametrize("returned", [on_the_board, on_the_page])
@pytest.mark.parametrize("got", ["taken", "given"])
def test_whoever_a_supervisor_takes_a_case_from_is_not_given_it_again(
    returned: Callable[[Case, Staff], None], got: str
) -> None:
    ha, lan = on_duty("ha"), official("lan", role=Staff.Role.SUPERVISOR)
    case = waiting()
    assert cases.claim(case, ha) if got == "taken" else assignment.assign_waiting(NOW)
    returned(Case.objects.get(pk=case.pk), lan)
    assert (holder(case), assignment.assign_waiting(NOW)) == (None, 0)
    assert assignments_returned.assignment_of(case, ha) is None
    assert Case.objects.get(pk=case.pk).transfer_reason == "Hà ra quầy"
    on_duty("minh")
    assignment.assign_waiting(NOW)
    assert holder(case) == "minh"


def test_a_case_that_is_not_opened_goes_to_the_next_and_its_person_counts_as_away() -> None:
    ha = on_duty("ha")
    case = waiting()
    assignment.assign_waiting(NOW)
    on_duty("minh")
    late = NOW + timedelta(minutes=11)
    assert assignments_returned.return_unopened(NOW + timedelta(minutes=9)) == 0
    assert [assignments_returned.return_unopened(late) for _ in range(2)] == [1, 0]
    assert (holder(case), duties.is_on(duties.duty_of(ha), late)) == (None, False)
    assert "Anh/chị không cần gửi lại." in told(case)[-1]
    assert "nghỉ trực" in DeskNotice.objects.filter(staff=ha).latest("id").text
    Duty.objects.update(seen_at=late)
    assignment.assign_waiting(late)
    assert holder(case) == "minh"


def test_the_minutes_to_open_a_case_do_not_run_over_lunch() -> None:
    ha = on_duty("ha")
    Duty.objects.filter(staff=ha).update(seen_at=at("25 11:55"))
    waiting()
    assignment.assign_waiting(at("25 11:55"))
    assert Assignment.objects.get().open_by == at("25 13:05")


def test_a_case_that_was_opened_stays() -> None:
    ha = on_duty("ha")
    case = waiting()
    assignment.assign_waiting(NOW)
    assignments_returned.note_opened(case, ha)
    assert assignments_returned.return_unopened(NOW + timedelta(days=1)) == 0
    assert holder(case) == "ha"


@pytest.mark.django_db(transaction=True)
def test_several_processes_at_once_give_no_case_twice_and_nobody_too_many() -> None:
    for name in ("ha", "minh", "thu"):
        on_duty(name, capacity=3)
    for _ in range(14):
        waiting()
    together = Barrier(4)

    def look(_number: int) -> int:
        try:
            together.wait()
            return sum(assignment.assign_waiting(NOW) for _ in range(6))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assigned = sum(pool.map(look, range(4)))
    assert assigned == Assignment.objects.count() == 9
    assert AuditEntry.objects.filter(action="case.assigned").count() == 9
    assert Case.objects.filter(state=Case.State.QUEUED).count() == 5
    for staff in Staff.objects.all():
        assert staff.cases.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_a_person_and_the_office_that_act_at_once_one_gets_the_case() -> None:
    ha, minh = on_duty("ha"), official("minh")
    queue = [waiting() for _ in range(4)]
    together = Barrier(2)

    def take() -> list[bool]:
        try:
            together.wait()
            return [cases.claim(case, minh) for case in queue]
        finally:
            connection.close()

    def give() -> int:
        try:
            together.wait()
            return assignment.assign_waiting(NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        taking, giving = pool.submit(take), pool.submit(give)
        taken, given = sum(taking.result()), giving.result()
    assert taken + given == len(queue)
    assert (minh.cases.count(), ha.cases.count()) == (taken, given)
