"""The queue page over HTTP: its tabs, its rows, how it is narrowed and turned over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from casework import cases, queues, report_acts
from casework.models import Case, Report
from conversations.models import Turn
from office.models import Staff
from tests.casework.people import official, ward
from tests.web.test_desk import desk_of, filed, page, waiting_case

pytestmark = pytest.mark.django_db


def tallies(text: str) -> dict[str, int]:
    """The number beside each tab, as it is read."""
    found = re.findall(r'id="queue-(\w+)".*?<span class="tally[^"]*">(\d+)</span>', text)
    return {key: int(number) for key, number in found}


def test_without_work_of_ones_own_the_page_opens_at_what_nobody_has() -> None:
    ha, case = official("ha"), waiting_case("Hỏi về khai sinh")
    text = page(desk_of(ha), "/desk/")
    assert re.search(r'id="queue-unassigned"[^>]*aria-current', text)
    assert "Hỏi về khai sinh" in text
    cases.claim(case, ha)
    assert re.search(r'id="queue-mine"[^>]*aria-current', page(desk_of(ha), "/desk/"))


def test_cases_and_reports_stand_in_one_list_with_their_faces() -> None:
    case, report = waiting_case("Hỏi về khai sinh"), filed(place="Ngõ 12 Láng Hạ")
    text = page(desk_of(official("ha")), "/desk/?queue=all")
    assert text.count("data-open") == 2
    for shown in (case.number, report.code, "Hội thoại", "Phản ánh", "Ngõ 12 Láng Hạ"):
        assert shown in text
    assert f'action="/desk/cases/{case.number}/claim"' in text


def test_every_tab_counts_the_rows_behind_it() -> None:
    ha = official("ha")
    cases.claim(waiting_case(), ha)
    waiting_case()
    report_acts.take_in(report := filed(), ha, seen=report.version)
    Report.objects.filter(pk=filed().pk).update(intake_due=timezone.now() - timedelta(hours=1))
    numbers = tallies(page(desk_of(ha), "/desk/"))
    assert numbers.keys() == queues.QUEUES.keys()
    for key, number in numbers.items():
        assert page(desk_of(ha), f"/desk/?queue={key}").count("data-open") == number


def test_a_row_says_who_has_it_and_how_much_working_time_is_left() -> None:
    minh, case = official("minh"), waiting_case()
    cases.claim(case, minh)
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=14))
    text = page(desk_of(official("ha")), "/desk/?queue=overdue")
    assert "<strong>Minh</strong>" in text
    assert re.search(r"quá hạn \d+ ngày làm việc", text)


def test_what_came_since_i_looked_is_counted_until_i_look_again() -> None:
    case, desk = waiting_case(), desk_of(official("ha"))
    page(desk, f"/desk/cases/{case.number}")
    Turn.objects.create(
        conversation=case.conversation, direction="in", status="left_to_person", author="citizen", text="A lô"
    )
    assert "1 tin mới" in page(desk, "/desk/?queue=all")
    page(desk, f"/desk/cases/{case.number}")
    assert "tin mới" not in page(desk, "/desk/?queue=all")


def test_the_list_is_narrowed_and_its_numbers_with_it() -> None:
    ha = official("ha")
    waiting_case("Hỏi về khai sinh")
    filed()
    text = page(desk_of(ha), "/desk/?queue=all&face=report")
    assert "Hỏi về khai sinh" not in text
    assert tallies(text)["all"] == 1
    assert "Không có việc nào như vậy" in page(desk_of(ha), "/desk/?queue=all&topic=cay_xanh")


def test_a_long_list_is_turned_over_and_a_page_too_far_shows_the_last() -> None:
    ha = official("ha")
    for _ in range(queues.A_PAGE + 1):
        waiting_case()
    first, last = page(desk_of(ha), "/desk/"), page(desk_of(ha), "/desk/?queue=unassigned&page=99")
    assert (first.count("data-open"), last.count("data-open")) == (queues.A_PAGE, 1)
    assert "Trang 1 / 2" in first
    assert "Trang 2 / 2" in last


@pytest.mark.parametrize("key", queues.QUEUES)
def test_an_empty_queue_says_what_to_do(key: str) -> None:
    assert queues.QUEUES[key].empty in page(desk_of(official("ha")), f"/desk/?queue={key}")


def test_an_unknown_queue_or_page_is_the_usual_one() -> None:
    assert "Chưa có ai chờ" in page(desk_of(official("ha")), "/desk/?queue=nowhere&page=-3")


def test_a_ward_sees_its_own_reports_and_the_central_cases_only() -> None:
    waiting_case("Hỏi về khai sinh")
    filed()
    phuong = official("phuong", ward(), role=Staff.Role.AGENT)
    numbers = tallies(page(desk_of(phuong), "/desk/"))
    assert (numbers["all"], numbers["unit"]) == (1, 0)


def test_a_refresh_sends_nothing_when_nothing_changed() -> None:
    desk = desk_of(official("ha"))
    asks = {"HX-Request": "true"}
    first = desk.get("/desk/?queue=all", headers=asks)
    assert desk.get(f"/desk/?queue=all&seen={first['X-Seen']}", headers=asks).status_code == 204
    waiting_case()
    again = desk.get(f"/desk/?queue=all&seen={first['X-Seen']}", headers=asks)
    assert again.status_code == 200
    assert 'id="count-unassigned"' in again.content.decode()
