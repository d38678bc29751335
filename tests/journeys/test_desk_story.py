"""Three officials and a supervisor at one desk at once, each in a browser of their own, and a citizen."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from os import environ
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.journeys.conftest import OpenOffice
from tests.journeys.processes import ROOT, Citizen, Office
from tests.journeys.test_office_story import sign_in
from tests.serving import until

pytestmark = [pytest.mark.journey, pytest.mark.browser]

SitDown = Callable[[str], Page]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WARD = "Phường Hoàn Kiếm"


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


def waits_for_a_person(citizen: Citizen, words: str) -> str:
    """The number of the case that this citizen's call for a person opens."""
    number = re.search(r"HT-\d{4}-\d{6}", citizen.asks(words, "HT-")["text"])
    assert number
    return number.group()


def begins_on(page: Page, case: str, words: str = "") -> None:
    """Claim it from the queue; words: what stands in the composer afterwards, kept and not sent."""
    page.goto(page.url.partition("/desk/")[0] + "/desk/?queue=unassigned")
    claim(page, case)
    if words:
        with page.expect_response(lambda answer: answer.url.endswith("/draft")):
            page.get_by_role("textbox", name="Trả lời người dân").press_sequentially(words)


def unfold(page: Page, name: str) -> None:
    fold = page.locator("#case-acts details", has_text=name)
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()


def write(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Trả lời người dân").fill(words)


def send(page: Page) -> None:
    page.get_by_role("button", name="Gửi trả lời").click()


def test_three_officials_and_a_supervisor_share_one_case_and_the_citizen_notices_no_gap(
    office: Office, sit_down: SitDown
) -> None:
    ha, minh, anh, supervisor = map(sit_down, ("canbo", "canbo-phuong", "quantri", "phutrach"))
    citizen = Citizen(office=office)
    case = waits_for_a_person(citizen, "cho tôi gặp cán bộ với ạ")

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


def test_cases_change_hands_all_morning_and_no_citizen_waits_for_who_has_left(
    office: Office, sit_down: SitDown
) -> None:
    short_lease(office)
    ha, minh, anh = map(sit_down, ("canbo", "canbo-phuong", "quantri"))
    left, slept, moved = Citizen(office=office), Citizen(office=office), Citizen(office=office)

    goes_out_with_a_draft_begun(ha, case := waits_for_a_person(left, "cho tôi gặp cán bộ, hỏi việc hộ tịch"))
    left_at = time.monotonic()
    asleep, wakes_at = puts_aside(anh, waits_for_a_person(slept, "cho tôi gặp cán bộ"))
    goes_to_the_ward_and_back(anh, minh, moved)
    two_ways_become_one(minh, office)

    time.sleep(max(0.0, left_at + LEASE_SECONDS - time.monotonic()))
    takes_over_with_the_draft(minh, case, left)
    is_told_who_has_it_now(ha, case)
    wakes(office, anh, asleep, wakes_at)


#: What `short_lease` sets: the least an office may.
LEASE_SECONDS = 61


def short_lease(office: Office) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "motcua.cli",
            "settings",
            "set",
            "cases.lease_minutes",
            "1",
            "--source",
            "Thử",
        ],
        cwd=ROOT,
        env={**environ, "MOTCUA_HOME": str(office.home)},
        check=True,
        capture_output=True,
    )


def goes_out_with_a_draft_begun(page: Page, case: str) -> None:
    """Called to the counter in the middle of a sentence; nothing tells the desk but silence."""
    begins_on(page, case, "Dạ trích lục khai sinh thì")
    page.goto("about:blank")


def puts_aside(page: Page, case: str) -> tuple[str, datetime]:
    """Until a minute that begins soon; the case, and when it wakes."""
    begins_on(page, case)
    wakes_at = (datetime.now(HANOI) + timedelta(seconds=75)).replace(second=0, microsecond=0)
    unfold(page, "Hẹn xem lại")
    page.get_by_label("Hoặc chọn ngày giờ").fill(wakes_at.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Hẹn", exact=True).click()
    expect(page.locator("#case-state")).to_contain_text(f"{wakes_at:%H:%M}")
    page.goto(page.url.partition("/desk/")[0] + "/desk/?queue=snoozed")
    expect(page.get_by_role("link", name=case)).to_be_visible()
    return case, wakes_at


def goes_to_the_ward_and_back(central: Page, ward: Page, citizen: Citizen) -> None:
    """The second line answers what it knows and gives the rest back; the citizen is told each time."""
    case = waits_for_a_person(citizen, "cho tôi gặp cán bộ phường")
    begins_on(central, case)
    citizen.hears("đã nhận")
    unfold(central, "Chuyển đơn vị")
    central.locator("#to").select_option(label=WARD)
    central.locator("#why").fill("Cần tra sổ hộ tịch lưu ở phường")
    central.get_by_role("button", name="Chuyển", exact=True).click()
    citizen.hears("được chuyển đến", WARD)
    begins_on(ward, case)
    citizen.hears(WARD, "đã nhận")
    expect(ward.locator("#case-state")).to_contain_text("Cần tra sổ hộ tịch lưu ở phường")
    write(ward, "Dạ phường còn lưu sổ năm 1990 ạ.")
    send(ward)
    citizen.hears("sổ năm 1990")
    unfold(ward, "Chuyển lại")
    ward.locator("#back-why").fill("Đã tra xong, còn hỏi nộp ở đâu")
    ward.get_by_role("button", name="Chuyển lại", exact=True).click()
    citizen.hears("được chuyển đến")
    begins_on(central, case)
    expect(central.locator("#case-state")).to_contain_text("Đã tra xong, còn hỏi nộp ở đâu")
    expect(central.get_by_role("log")).to_contain_text("sổ năm 1990")
    expect(central.locator("#case-acts")).not_to_contain_text("Chuyển lại")


def two_ways_become_one(page: Page, office: Office) -> None:
    """Somebody wrote from two browsers: one case goes on, and the other chat says where."""
    at_work, at_home = Citizen(office=office), Citizen(office=office)
    goes_on = waits_for_a_person(at_work, "cho tôi gặp cán bộ về thẻ căn cước")
    ends = waits_for_a_person(at_home, "cho tôi gặp cán bộ về thẻ căn cước nhé")
    begins_on(page, ends)
    at_home.hears("đã nhận")
    unfold(page, "Gộp vào")
    page.get_by_label("Mã hồ sơ đi tiếp").fill(goes_on)
    page.get_by_role("button", name="Gộp", exact=True).click()
    at_home.hears(ends, goes_on)
    at_home.asks("làm giấy khai sinh cho con cần giấy tờ gì", "khai sinh")
    assert at_home.replies()[-1]["label"].startswith("Trợ lý ảo")
    begins_on(page, goes_on)
    expect(page.locator("#case-state")).to_contain_text(f"Đã gộp vào đây{ends}")


def takes_over_with_the_draft(page: Page, case: str, citizen: Citizen) -> None:
    """The colleague goes on with the half sentence, and the citizen reads one answer."""
    citizen.hears("đã nhận")
    page.goto(page.url.partition("/desk/")[0] + f"/desk/cases/{case}")
    page.get_by_role("button", name="Nhận thay").click()
    page.get_by_role("button", name="Viết tiếp lời này").click()
    words = page.get_by_role("textbox", name="Trả lời người dân")
    expect(words).to_have_value("Dạ trích lục khai sinh thì")
    words.fill("Dạ trích lục khai sinh thì xin ở phường nào cũng được ạ.")
    send(page)
    citizen.hears("xin ở phường nào cũng được")


def is_told_who_has_it_now(page: Page, case: str) -> None:
    page.go_back()
    expect(page.get_by_role("status").filter(has_text="đã nhận thay")).to_contain_text(case)
    page.reload()
    expect(page.locator("#case-state")).to_contain_text("Trần Văn Minh")
    expect(page.get_by_role("textbox", name="Trả lời người dân")).to_have_count(0)


def wakes(office: Office, page: Page, case: str, at: datetime) -> None:
    """At its hour, even where the machine was started anew meanwhile; its holder is told."""
    page.goto("about:blank")
    office.stop()
    time.sleep(max(0.0, (at - datetime.now(HANOI)).total_seconds()))
    office.start()
    until(lambda: "woken=1" in office.output, seconds=30)
    page.goto(f"{office.url}/desk/?queue=mine")
    expect(page.get_by_role("status").filter(has_text="Đã đến giờ xem lại")).to_contain_text(case)
    expect(page.get_by_role("listitem").filter(has_text=case)).not_to_contain_text("Hẹn xem lại")


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
