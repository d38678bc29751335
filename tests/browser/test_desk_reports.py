"""A report's life on the desk in a real browser: one form an act, by keyboard, on a phone, for everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework import follows, merging, report_ratings, reports
from casework.contacts import Contact
from casework.models import Report
from conversations.messages import Position
from office.models import Staff
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_desk import official_with_password, sign_in
from tests.casework.lives import answered, taken_in
from tests.casework.people import citizen, official, ward

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NewPage = Callable[..., Page]
SCREENS = {"phone": 360, "desk": 1440}


def filed(**more: Any) -> Report:
    told: dict[str, Any] = {
        "conversation": citizen(),
        "kind": Report.Kind.FIELD,
        "category": "chieu_sang",
        "text": "Đèn đường trước ngõ 12 Đội Cấn tắt ba ngày nay, tối đi lại rất nguy hiểm.",
        "place": "Trước ngõ 12 phố Đội Cấn",
        "contact": Contact(name="Trần Thị Mai", phone="0912345678"),
        "position": Position(latitude=21.03568, longitude=105.81927, accuracy=12),
    }
    return reports.file_report(**{**told, **more}).report


def overdue() -> Report:
    report = filed(urgent=True)
    Report.objects.filter(pk=report.pk).update(intake_due=timezone.now() - timedelta(hours=3))
    return report


def in_hand() -> Report:
    report = taken_in(filed(), official("minh"))
    follows.follow(report, citizen())
    merging.merge(filed(), official("lan"), seen=1, into=report)
    report.refresh_from_db()
    return report


def rated() -> Report:
    report = answered(filed(), official("minh"), "Đã thay bóng đèn tối 21/11.")
    assert report.conversation is not None
    report_ratings.rate(report.code, report.conversation, is_satisfied=False)
    report_ratings.explain(report.code, report.conversation, report_ratings.Reason.NOT_FIXED)
    return report


def merged() -> Report:
    report = filed()
    merging.merge(report, official("minh"), seen=1, into=filed())
    return report


def for_reference() -> Report:
    report = filed(contact=Contact())
    Report.objects.filter(pk=report.pk).update(is_reference_only=True)
    return report


STATES: dict[str, Callable[[], Report]] = {
    "overdue": overdue,
    "in hand": in_hand,
    "rated": rated,
    "merged": merged,
    "for reference": for_reference,
}


@pytest.fixture
def desk(new_page: NewPage) -> Callable[[int], Page]:
    """The desk of a supervisor of the central team, on a screen this wide."""
    boss = official_with_password("le")
    Staff.objects.filter(pk=boss.pk).update(role=Staff.Role.SUPERVISOR)

    def opened(width: int) -> Page:
        page = new_page(width=width)
        sign_in(page, "le")
        return page

    return opened


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("screen", SCREENS)
def test_the_page_of_a_report_is_accessible_and_fits_with_every_form_open(
    desk: Callable[[int], Page], state: str, screen: str
) -> None:
    report = STATES[state]()
    page = desk(SCREENS[screen])
    page.goto(f"/desk/reports/{report.code}")
    page.locator("aside details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_list_is_accessible_and_fits_with_its_filters_open(
    desk: Callable[[int], Page], screen: str
) -> None:
    overdue()
    in_hand()
    filed(ward=ward())
    page = desk(SCREENS[screen])
    for address in ("/desk/reports/?words=doi+can", "/desk/reports/?list=open"):
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]


def test_a_report_is_taken_in_and_answered_by_keyboard_alone(desk: Callable[[int], Page]) -> None:
    report, page = filed(), desk(1440)
    page.goto(f"/desk/reports/{report.code}")
    page.get_by_label("Mức độ").focus()
    page.keyboard.press("End")
    for name in ("Lĩnh vực", "Đơn vị xử lý"):
        page.keyboard.press("Tab")
        expect(page.get_by_label(name).first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notices")).to_contain_text("Đã tiếp nhận phản ánh")
    page.get_by_text("Trả lời người dân").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Kết quả")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("Đã thay bóng đèn.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notices")).to_contain_text("Đã gửi trả lời phản ánh")
    report.refresh_from_db()
    assert (report.state, report.outcome, report.level) == ("answered", "fixed", "complex")


def test_without_scripts_a_report_is_refused_with_where_to_turn(new_page: NewPage) -> None:
    official_with_password("ha")
    report, page = filed(), new_page(scripts=False)
    sign_in(page, "ha")
    page.goto(f"/desk/reports/{report.code}")
    page.get_by_text("Không tiếp nhận", exact=True).first.click()
    page.get_by_label("Đây là khiếu nại").check()
    page.get_by_role("button", name="Không tiếp nhận").click()
    expect(page.get_by_role("heading", name="Lý do không tiếp nhận")).to_be_visible()
    report.refresh_from_db()
    assert (report.state, report.refusal) == ("refused", "complaint")
