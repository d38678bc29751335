"""Three officials and a supervisor at one desk at once, each in a browser of their own, and a citizen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.journeys.conftest import OpenOffice
from tests.journeys.processes import Citizen, Office
from tests.journeys.test_office_story import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.browser]

SitDown = Callable[[str], Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def office(open_office: OpenOffice) -> Office:
    return open_office()


@pytest.fixture
def sit_down(browser: Browser, office: Office) -> Iterator[SitDown]:
    """Sign somebody in, in a browser of his own, and show him who waits."""
    contexts: list[BrowserContext] = []

    def seated(username: str) -> Page:
        context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, office, username)
        page.goto(f"{office.url}/desk/?queue=unassigned")
        return page

    yield seated
    for context in contexts:
        context.close()


def claim(page: Page, case: str) -> None:
    page.get_by_role("button", name=f"Nhận hồ sơ {case}").click()


def write(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Trả lời người dân").fill(words)


def send(page: Page) -> None:
    page.get_by_role("button", name="Gửi trả lời").click()


def test_three_officials_and_a_supervisor_share_one_case_and_the_citizen_notices_no_gap(
    office: Office, sit_down: SitDown
) -> None:
    ha, minh, anh, supervisor = map(sit_down, ("canbo", "canbo-phuong", "quantri", "phutrach"))
    citizen = Citizen(office=office)
    number = re.search(r"HT-\d{4}-\d{6}", citizen.asks("cho tôi gặp cán bộ với ạ", "HT-")["text"])
    assert number
    case = number.group()

    # It appears on all open queues; who is second is told who was first, and has lost nothing.
    for page in (ha, minh, anh):
        expect(page.get_by_role("button", name=f"Nhận hồ sơ {case}")).to_be_visible(timeout=20_000)
    second = anh.context.new_page()
    second.goto(f"{office.url}/desk/cases/{case}")
    second.evaluate("window.htmx.remove(document.getElementById('live'))")  # as a page that hears of nothing
    claim(ha, case)
    expect(ha.get_by_role("log")).to_contain_text("cho tôi gặp cán bộ với ạ")
    second.locator("#claim").click()
    expect(second.get_by_role("alert").first).to_contain_text("Nguyễn Thu Hà đã nhận hồ sơ")
    citizen.hears("cán bộ")

    # The supervisor gives it to another; who had it is told, and what he was writing is not lost.
    write(ha, "Dạ tôi đang xem hồ sơ của anh/chị.")
    ha.wait_for_timeout(1_500)
    supervisor.goto(f"{office.url}/desk/board/?person=canbo")
    supervisor.get_by_role("checkbox", name=f"Chọn hồ sơ {case}").check(force=True)
    supervisor.get_by_label("Chuyển hồ sơ đã chọn đến").select_option("person:quantri")
    supervisor.get_by_label("Lý do").fill("Hà phải ra quầy")
    supervisor.get_by_role("button", name="Chuyển", exact=True).click()
    expect(supervisor.get_by_role("status").first).to_contain_text(case)
    send(ha)
    expect(ha.get_by_role("textbox", name="Trả lời người dân")).to_have_value(
        "Dạ tôi đang xem hồ sơ của anh/chị."
    )

    # The other answers; the citizen writes to him, and both see it at once.
    anh.goto(f"{office.url}/desk/cases/{case}")
    write(anh, "Chào anh/chị, tôi là Minh Anh, tôi trả lời tiếp.")
    send(anh)
    citizen.hears("tôi trả lời tiếp")
    citizen.say("cảm ơn, tôi chờ giấy khai sinh")
    expect(anh.get_by_role("log")).to_contain_text("tôi chờ giấy khai sinh")

    # Closed with an outcome, rated by the citizen, and the assistant speaks again.
    anh.reload()
    anh.get_by_label("Kết quả", exact=True).select_option(index=1)
    anh.get_by_role("button", name="Đóng hồ sơ").click()
    asked = citizen.hears("hài lòng")
    citizen.tap(next(choice["payload"] for choice in asked["choices"] if choice["payload"].endswith(":5")))
    citizen.hears("Cảm ơn")
    for page in (ha, minh):
        page.goto(f"{office.url}/desk/cases/{case}")
        expect(page.locator("#case-state")).to_contain_text("5/5")


def test_a_new_official_practises_and_no_colleague_notices(office: Office, sit_down: SitDown) -> None:
    ha, supervisor = sit_down("canbo"), sit_down("phutrach")
    ha.goto(f"{office.url}/desk/practice/")
    ha.get_by_role("button", name="Bắt đầu luyện tập").click()
    ha.get_by_role("link", name="Người dân đang bực mình").click()
    ha.locator("#claim").click()
    write(ha, "Cháu xin lỗi bác đã phải chờ ạ.")
    send(ha)
    expect(ha.get_by_role("log")).to_contain_text("Thôi được, tôi nóng quá.", timeout=40_000)
    supervisor.goto(f"{office.url}/desk/?queue=all")
    expect(supervisor.locator("main")).not_to_contain_text("giả định")
    ha.get_by_role("button", name="Kết thúc").click()
    expect(ha.get_by_role("status").first).to_contain_text("người dân thật")
