"""The supervisor's board: numbers that are the lengths of their lists, and cases moved on in one act."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casework import cases
from casework.board import board, listed
from casework.board_numbers import LISTS
from casework.models import Case, Report
from office import duties
from office.models import Staff, Unit
from office.units import contact_team
from tests.casework.people import city, official, ward
from tests.casework.test_level_recount import waiting
from tests.casework.test_reassigning import opened

pytestmark = pytest.mark.django_db

PAGE = "/desk/board/"
State, Step = Case.State, Case.Step


@pytest.fixture
def lan() -> Staff:
    return official("lan", role=Staff.Role.SUPERVISOR)


@pytest.fixture
def desk(client: Client, lan: Staff) -> Client:
    client.force_login(lan)
    return client


def shown(client: Client, **asked: str) -> str:
    response = client.get(PAGE, asked)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.EDITOR, Staff.Role.REVIEWER])
def test_only_who_oversees_has_a_board(client: Client, role: str) -> None:
    client.force_login(official("ha", role=role))
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}move").status_code == 403


def test_who_waits_longest_stands_on_top_with_the_time_left_or_over(desk: Client) -> None:
    now = timezone.now()
    for number, hours in enumerate((2, 300, 20), start=1):
        since = now - timedelta(hours=hours)
        waiting(number, since=since, due_at=since + timedelta(hours=3))
    numbers = re.findall(r'id="open-(HT-[^"]+)"', shown(desk))
    assert numbers == ["HT-2026-000002", "HT-2026-000003", "HT-2026-000001"]
    assert "quá hạn" in shown(desk)


def test_the_load_of_each_person_the_most_burdened_first(desk: Client) -> None:
    ha, hoa = official("ha"), official("hoa")
    for number in range(1, 4):
        holder = {"claimed_by": hoa, "state": State.CLAIMED}
        waiting(number, **holder, due_at=timezone.now() - timedelta(hours=1))
    waiting(9, claimed_by=ha, state=State.CLAIMED, due_at=timezone.now() + timedelta(days=1))
    text = shown(desk)
    assert text.index(">Hoa</a>") < text.index(">Ha</a>")
    assert 'chờ trả lời 3 · <strong class="late">quá hạn 3</strong>' in text
    assert "hồ sơ của hoa" in shown(desk, person="hoa").lower()
    assert len(re.findall(r'id="open-HT', shown(desk, person="hoa"))) == 3


def test_a_supervisor_of_a_ward_sees_nothing_of_another_unit(client: Client) -> None:
    mine, other = ward("Phường Láng"), ward("Phường Khác")
    client.force_login(official("le", mine, role=Staff.Role.SUPERVISOR))
    case = waiting(unit=other)
    assert case.number not in shown(client) + shown(client, unit=other.code)
    assert "Phường Khác" not in re.sub(r"<select.*?</select>", "", shown(client), flags=re.S)


# The whole city


def named(text: str) -> list[str]:
    """Units in the order of the page."""
    return re.findall(r'class="unit-load.*?<(?:a|strong)[^>]*>([^<]+)</', text, flags=re.S)


def test_who_oversees_the_city_sees_every_unit_who_waits_longest_first(desk: Client) -> None:
    now = timezone.now()
    for number, (name, hours) in enumerate((("Phường Hai", 2), ("Phường Ba", 30)), start=1):
        waiting(number, unit=ward(name), owed_since=now - timedelta(hours=hours))
    ward("Phường Lặng")
    text = shown(desk)
    assert named(text) == ["Phường Ba", "Phường Hai", "Phường Lặng", "Tổ tiếp nhận trung tâm"]
    assert "chờ 1 ngày" in text
    assert "không ai trực" in text
    assert "Hiện cả 2 đơn vị không có ai chờ" in text


def test_of_units_not_overseen_there_are_numbers_only(desk: Client) -> None:
    other = ward("Phường Khác")
    case = waiting(unit=other)
    text = shown(desk)
    assert "<strong>Phường Khác</strong>" in text
    assert f"?unit={other.code}" not in text
    assert case.number not in text + shown(desk, unit=other.code)
    assert board(Staff.objects.get(username="lan"), timezone.now()).whole.open == 0


def test_a_complaint_about_ones_own_office_is_not_even_counted(desk: Client, lan: Staff) -> None:
    other = ward("Phường Khác")
    case = waiting(unit=other)
    Report.objects.create(
        code="PA-2026-000001",
        conversation=case.conversation,
        kind=Report.Kind.SERVICE,
        named_unit=contact_team(),
        unit=other,
        text="…",
    )
    assert not any(load.numbers.open for load in board(lan, timezone.now()).units)


def test_who_is_on_duty_is_counted_by_unit(desk: Client, lan: Staff) -> None:
    place = ward("Phường Khác")
    for name in ("ha", "hoa"):
        duties.go_on(official(name, place), timezone.now())
    official("off", place)
    waiting(unit=place)
    on_duty = {load.unit.name: load.on_duty for load in board(lan, timezone.now()).units}
    assert on_duty["Phường Khác"] == 2
    assert "2 người trực" in shown(desk)


def test_a_unit_is_found_without_marks_and_stays_found_when_the_page_refreshes(desk: Client) -> None:
    ward("Phường Bạch Mai"), ward("Phường Láng")
    text = shown(desk, find="bach mai")
    assert named(text) == ["Phường Bạch Mai"]
    assert "&find=bach%20mai" in text
    assert "Không có đơn vị nào tên như vậy" in shown(desk, find="nowhere")


def test_units_where_nobody_waits_stay_unfolded_when_the_page_refreshes(desk: Client) -> None:
    ward("Phường Láng")
    assert 'name="idle" value="1">' in shown(desk)
    part = desk.get(PAGE, {"show": "longest", "idle": "1"}, headers={"HX-Request": "true"})
    assert 'name="idle" value="1" checked>' in part.content.decode()


def test_several_are_moved_in_one_act_and_told_case_by_case(desk: Client) -> None:
    ha, hoa = official("ha"), official("hoa")
    free, taken = opened(), opened()
    cases.claim(taken, ha)
    sent = {"case": [f"{free.number}:", f"{taken.number}:"], "to": "person:hoa", "reason": "Chia việc"}
    told = html.unescape(desk.post(f"{PAGE}move", sent, follow=True).content.decode())
    assert f"Đã chuyển 1 hồ sơ cho Hoa: {free.number}." in told
    assert f"{taken.number}: Ha vừa nhận trước. Không có gì bị thay đổi." in told
    free.refresh_from_db()
    assert free.claimed_by == hoa


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"case": "HT-2026-000001:", "to": "queue", "reason": ""}, "ghi lý do"),
        ({"to": "queue", "reason": "Chia việc"}, "chọn ít nhất một hồ sơ"),
        ({"case": "HT-2026-000001:", "to": "", "reason": "Chia việc"}, "chọn nơi chuyển đến"),
        ({"case": "HT-2026-000001:", "to": "person:nobody", "reason": "Chia việc"}, "chọn nơi chuyển đến"),
    ],
)
def test_what_is_lacking_is_said_and_what_was_ticked_and_typed_is_kept(desk: Client, sent, said) -> None:
    waiting()
    response = desk.post(f"{PAGE}move", {**sent, "show": "unassigned"})
    text = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert said in text
    assert f'value="{sent["reason"]}"' in text
    assert ('000001:" checked>' in text) == ("case" in sent)
    assert 'name="show" value="unassigned"' in text


def test_what_is_ticked_stays_when_the_page_refreshes_itself(desk: Client) -> None:
    case = waiting()
    asked = {"show": "longest", "case": f"{case.number}:"}
    part = desk.get(PAGE, asked, headers={"HX-Request": "true"}).content.decode()
    assert f'value="{case.number}:" checked' in part


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([State.QUEUED, State.CLAIMED, State.WAITING]), st.integers(-5, 5), st.booleans()
        ),
        max_size=8,
    )
)
def test_every_number_is_the_length_of_its_list(lan: Staff, rows: list[tuple[str, int, bool]]) -> None:
    now = timezone.now()
    Case.objects.all().delete()
    for number, (state, hours, is_told) in enumerate(rows, start=1):
        due = now + timedelta(hours=hours)
        waiting(
            number,
            state=state,
            claimed_by=None if state == State.QUEUED else lan,
            due_at=due,
            warn_at=due - timedelta(hours=2),
            owed_since=None if state == State.WAITING else now,
            escalation_step=Step.SUPERVISORS if is_told else Step.NOBODY,
        )
    seen = board(lan, now)
    for key, one in LISTS.items():
        assert seen.whole.of(key) == len(listed(lan, one.which(now)))
    assert seen.whole.open == len(rows) == sum(load.numbers.open for load in seen.units)


def test_the_page_asks_the_same_few_questions_however_many_cases_there_are(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        ward(f"Phường {number}")
    units = [contact_team(), ward(parent=contact_team()), ward("Phường Hai", parent=city())]
    people = [official(f"agent{number}") for number in range(8)]
    for number in range(1, 30):
        holder = {"claimed_by": people[number % 8], "state": State.CLAIMED} if number % 3 else {}
        waiting(number, unit=units[number % 3], **holder)
    with django_assert_max_num_queries(45):
        shown(desk)


# Reports that are overdue


def overdue_report(number: int, *, hours: int, unit: Unit | None = None, **more: object) -> Report:
    """One whose answer was due so many hours ago; not yet, for a number below 0."""
    due = timezone.now() - timedelta(hours=hours)
    what = {"kind": Report.Kind.FIELD, "category": "giao_thong_via_he", "text": "Ổ gà"}
    where = {"code": f"PA-2026-{number:06}", "unit": unit or contact_team()}
    term = {"state": Report.State.IN_PROGRESS, "due_at": due}
    return Report.objects.create(**{**what, **where, **term, **more})


def test_overdue_reports_stand_on_the_board_the_longest_over_first(desk: Client, lan: Staff) -> None:
    overdue_report(1, hours=2)
    overdue_report(2, hours=30, unit=ward("Phường Láng"), escalated_to=contact_team())
    overdue_report(3, hours=5, state=Report.State.NEW, due_at=None, intake_due=timezone.now())
    overdue_report(4, hours=-5)
    overdue_report(5, hours=5, state=Report.State.ANSWERED)
    overdue_report(6, hours=5, unit=ward("Phường Khác"))
    text = shown(desk, show="reports")
    assert re.findall(r'id="open-(PA-[^"]+)"', text) == ["PA-2026-000002", "PA-2026-000001", "PA-2026-000003"]
    assert 'Phản ánh quá hạn <span class="tally">3</span>' in text
    assert board(lan, timezone.now()).reports_late == 3
    assert "Chuyển hồ sơ đã chọn" not in text
    assert "Chuyển hồ sơ đã chọn" in shown(desk)


def test_an_overdue_report_on_ones_own_office_is_neither_listed_nor_counted(desk: Client, lan: Staff) -> None:
    overdue_report(1, hours=2, unit=city(), kind=Report.Kind.SERVICE, named_unit=contact_team())
    lan.units.add(city())
    assert "PA-2026" not in shown(desk, show="reports")
    assert board(lan, timezone.now()).reports_late == 0


# How urgent, on the page of a case


def test_an_official_marks_a_case_urgent_with_a_reason(client: Client) -> None:
    client.force_login(official("ha"))
    case = opened()
    page = f"/desk/cases/{case.number}"
    assert "Trả lời trước" in client.get(page).content.decode()
    sent = {"priority": "urgent", "priority_reason": "Bà cụ ở một mình"}
    done = client.post(f"{page}/priority", sent, follow=True).content.decode()
    assert "khẩn. Hạn trả lời đã tính lại" in done
    assert "<p>Bà cụ ở một mình</p>" in done
    case.refresh_from_db()
    assert case.priority == Case.Priority.URGENT


def test_without_a_reason_the_priority_stays(client: Client) -> None:
    client.force_login(official("ha"))
    case = opened()
    sent = {"priority": "urgent", "priority_reason": " "}
    done = client.post(f"/desk/cases/{case.number}/priority", sent, follow=True)
    assert "ghi lý do" in done.content.decode()
    case.refresh_from_db()
    assert case.priority == Case.Priority.NORMAL
