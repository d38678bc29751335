"""The supervisor's board in a browser: by keyboard, live without losing what is ticked, accessible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework.models import Case
from conversations import changes
from office.models import Staff
from tests.browser.test_accessibility import DESK, PHONE, assert_accessible
from tests.browser.test_desk import official_with_password, sign_in
from tests.casework.people import official
from tests.casework.test_reassigning import opened

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
