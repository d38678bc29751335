"""The supervisor's board in a browser: by keyboard, live without losing what is ticked, accessible."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.models import Case, Report
from conversations import changes
from office.models import Staff, Unit
from office.places import load_places
from tests.browser.test_accessibility import DESK, PHONE, assert_accessible
from tests.browser.test_desk import official_with_password, sign_in
from tests.casework.people import official
from tests.casework.test_level_recount import waiting
from tests.casework.test_reassigning import opened
from tests.web.test_desk_board import overdue_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_a_supervisor_moves_cases_by_keyboard(new_page: OpenPage, screen: dict[str, int]) -> None:
    official_with_password("lan", role=Staff.Role.SUPERVISOR)
    hoa = official("hoa")
    first, second = opened(), opened()
    page = new_page(**screen)
    sign_in(page, "lan")
    page.goto("/desk/board/")
    assert_accessible(page)
    for case in (first, second):
        page.get_by_label(f"Chọn hồ sơ {case.number}").focus()
        page.keyboard.press("Space")
    page.get_by_label("Chuyển hồ sơ đã chọn đến").select_option("person:hoa")
    page.get_by_label("Lý do").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("ghi lý do")
    assert_accessible(page)
    expect(page.get_by_label(f"Chọn hồ sơ {second.number}")).to_be_checked()
    page.get_by_label("Lý do").fill("Chia việc")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Đã chuyển 2 hồ sơ cho Hoa")
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    assert set(Case.objects.values_list("claimed_by", flat=True)) == {hoa.pk}


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_whole_city_is_seen_unfolded_and_searched(new_page: OpenPage, screen: dict[str, int]) -> None:
    official_with_password("lan", role=Staff.Role.SUPERVISOR)
    load_places()
    now = timezone.now()
    for number, unit in enumerate(Unit.objects.filter(kind=Unit.Kind.WARD)[:25], start=1):
        since = now - timedelta(hours=number * 5)
        waiting(number, unit=unit, since=since, due_at=now + timedelta(hours=40 - number * 2))
    page = new_page(**screen)
    sign_in(page, "lan")
    page.goto("/desk/board/")
    shown = page.locator("#units li:visible")
    expect(shown).to_have_count(25)
    assert_accessible(page)
    page.get_by_label("đơn vị không có ai chờ").focus()
    page.keyboard.press("Space")
    expect(shown).to_have_count(Unit.objects.count())
    changes.publish(changes.DESK)
    page.wait_for_timeout(1_500)
    expect(shown).to_have_count(Unit.objects.count())
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    assert_accessible(page)
    page.get_by_label("Tìm đơn vị").fill("ba dinh")
    page.keyboard.press("Enter")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Phường Ba Đình")
    assert_accessible(page)


def test_a_case_that_comes_appears_and_what_is_ticked_stays_ticked(new_page: OpenPage) -> None:
    official_with_password("lan", role=Staff.Role.SUPERVISOR)
    case = opened()
    page = new_page()
    sign_in(page, "lan")
    page.goto("/desk/board/")
    page.get_by_label(f"Chọn hồ sơ {case.number}").check(force=True)
    page.get_by_label("Lý do").fill("Chia việc")
    came = opened()
    changes.publish(changes.DESK)
    expect(page.get_by_role("link", name=came.number)).to_be_visible()
    expect(page.get_by_label(f"Chọn hồ sơ {case.number}")).to_be_checked()
    expect(page.get_by_label("Lý do")).to_have_value("Chia việc")


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_figures_of_cases_are_accessible_and_fit(new_page: OpenPage, screen: dict[str, int]) -> None:
    official_with_password("lan", role=Staff.Role.SUPERVISOR)
    opened()
    page = new_page(**screen)
    sign_in(page, "lan")
    page.goto("/desk/figures/cases/")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    page.get_by_role("link", name="Đã mở, Cả kỳ: 1").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đã mở: 1 hồ sơ")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_overdue_reports_are_listed_and_opened(new_page: OpenPage, screen: dict[str, int]) -> None:
    official_with_password("lan", role=Staff.Role.SUPERVISOR)
    report = overdue_report(1, hours=30, level=Report.Level.URGENT, place="12 phố Láng Hạ, phường Láng")
    overdue_report(2, hours=5, holder=official("ha"))
    page = new_page(**screen)
    sign_in(page, "lan")
    page.goto("/desk/board/")
    page.get_by_role("link", name="Phản ánh quá hạn").click()
    expect(page.get_by_role("heading", name="Phản ánh quá hạn")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    page.get_by_role("link", name=report.code).click()
    expect(page).to_have_url(re.compile(report.code))
