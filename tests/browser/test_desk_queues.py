"""The queues in a real browser: what arrives shows by itself, and whoever reads or types is not disturbed."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, Route, expect

from casework import reports
from casework.models import Report
from conversations import changes
from office.models import Staff
from tests.browser.test_desk import official_with_password, sign_in, waiting_case
from tests.casework.people import citizen
from tests.serving import until
from web.live import open_streams

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NewPage = Callable[..., Page]
#: What a browser says when a tab comes to the front or goes behind another.
IN_SIGHT = """is => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => !is });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def filed(place: str = "") -> Report:
    report = reports.file_report(
        conversation=citizen(), kind=Report.Kind.FIELD, category="chieu_sang", text="Đèn tắt", place=place
    ).report
    changes.publish(changes.DESK)
    return report


def opened(new_page: NewPage, queue: str = "all", *, width: int = 1440) -> Page:
    official_with_password("ha", role=Staff.Role.ADMINISTRATOR)
    page = new_page(width=width)
    sign_in(page, "ha")
    page.goto(f"/desk/?queue={queue}")
    return page


def test_work_of_both_kinds_arrives_by_itself_and_every_number_follows(new_page: NewPage) -> None:
    page = opened(new_page, "unassigned")
    expect(page.get_by_text("Chưa có ai chờ")).to_be_visible()
    report, case = filed("Ngõ 12 Láng Hạ"), waiting_case()
    expect(page.get_by_text("Ngõ 12 Láng Hạ")).to_be_visible(timeout=10_000)
    expect(page.get_by_role("link", name=case.number)).to_be_visible(timeout=10_000)
    expect(page.get_by_role("link", name=report.code)).to_be_visible()
    expect(page.locator("li[data-open]")).to_have_count(2)
    for number in ("#queue-unassigned .tally", "#queue-all .tally", "#count-unassigned"):
        expect(page.locator(number)).to_contain_text("2")
    expect(page.locator("#queue-mine .tally")).to_have_text("0")


def test_what_arrives_moves_neither_the_focus_nor_the_page(new_page: NewPage) -> None:
    made = [waiting_case(f"Người {number}") for number in range(14)]
    page = opened(new_page)
    link = page.locator(f"#open-{made[9].number}")
    link.focus()
    page.evaluate("window.scrollTo(0, 300)")
    before = page.evaluate("window.scrollY")
    for street in ("Phố Huế", "Phố Vọng", "Phố Lò Đúc"):  # a browser may hold the page at the first only
        late = filed(street)
        expect(page.locator(f"#open-{late.code}")).to_be_attached(timeout=10_000)
        page.wait_for_timeout(300)  # for the browser to move it, if it would
        expect(link).to_be_focused()
        assert page.evaluate("window.scrollY") == before


def test_however_many_changes_come_a_list_asks_once_in_five_seconds(new_page: NewPage) -> None:
    page, asked = opened(new_page), []

    def keep(request: Request) -> None:
        if request.headers.get("hx-request"):
            asked.append(request.url)

    page.wait_for_timeout(6_000)  # it has looked, and rested
    page.on("request", keep)
    for _ in range(30):
        changes.publish(changes.DESK)
        page.wait_for_timeout(100)
    assert len(asked) == 1, asked
    late = filed()
    expect(page.locator(f"#open-{late.code}")).to_be_visible(timeout=10_000)


def test_a_list_rests_longer_where_the_office_takes_long_to_answer(new_page: NewPage) -> None:
    page, asked = opened(new_page), []
    page.wait_for_timeout(6_000)

    def slowly(route: Route) -> None:
        if route.request.headers.get("hx-request"):
            asked.append(route.request.url)
            time.sleep(0.4)  # forty times as long is sixteen seconds
        route.continue_()

    page.route("**/desk/?*", slowly)
    for _ in range(13):
        changes.publish(changes.DESK)
        page.wait_for_timeout(1_000)
    assert len(asked) == 2, asked  # not three: the rest after the first began before that was slow


def test_only_a_page_in_sight_listens(new_page: NewPage) -> None:
    page = opened(new_page)
    until(lambda: open_streams() == 1)
    page.evaluate(IN_SIGHT, False)
    until(lambda: open_streams() == 0)
    late = filed("Phố Huế")
    page.wait_for_timeout(1_000)
    expect(page.locator(f"#open-{late.code}")).not_to_be_attached()
    page.evaluate(IN_SIGHT, True)
    expect(page.locator(f"#open-{late.code}")).to_be_visible(timeout=10_000)
    assert open_streams() == 1


def test_the_rows_are_walked_and_opened_by_keys(new_page: NewPage) -> None:
    first, second = waiting_case("Chị Mai"), waiting_case("Anh Tuấn")
    page = opened(new_page)
    page.keyboard.press("j")
    expect(page.locator(f"#open-{first.number}")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Hồ sơ {second.number}")).to_be_visible()


def test_the_list_is_narrowed_and_stays_so_when_something_arrives(new_page: NewPage) -> None:
    case = waiting_case()
    page = opened(new_page)
    page.get_by_text("Lọc", exact=True).first.click()
    page.get_by_label("Loại việc").select_option("Phản ánh")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_text("Không có việc nào như vậy")).to_be_visible()
    report = filed()
    expect(page.locator(f"#open-{report.code}")).to_be_visible(timeout=10_000)
    expect(page.locator(f"#open-{case.number}")).to_have_count(0)
    expect(page.locator("#queue-all .tally")).to_have_text("1")


def test_a_case_is_claimed_from_its_row_and_turns_mine(new_page: NewPage) -> None:
    case, page = waiting_case(), opened(new_page, "unassigned")
    page.get_by_role("button", name=f"Nhận hồ sơ {case.number}").click()
    page.goto("/desk/")
    expect(page.locator("#queue-mine")).to_have_attribute("aria-current", "true")
    expect(page.locator(f"#open-{case.number}")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_page_holds_on_any_screen_and_axe_finds_nothing(new_page: NewPage, width: int) -> None:
    waiting_case("Nguyễn Hoàng Bảo Trâm Anh" * 3, "x" * 200)
    filed("z" * 200)
    page = opened(new_page, width=width)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    if width == 1440:
        assert page.locator(".bar-in").evaluate("bar => bar.getBoundingClientRect().height") < 80
