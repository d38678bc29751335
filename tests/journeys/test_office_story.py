"""Stories in which a citizen and the office meet: hand-over, take-over, correction, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.journeys.conftest import OpenOffice
from tests.journeys.processes import Citizen, Office
from tests.serving import until

pytestmark = [pytest.mark.journey, pytest.mark.browser]

QUESTION = "làm giấy khai sinh cho con cần giấy tờ gì"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    yield context.new_page()
    context.close()


def sign_in(page: Page, office: Office, username: str, path: str = "/desk/") -> None:
    page.goto(f"{office.url}{path}")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(office.password_of(username))
    page.get_by_role("button", name="Đăng nhập").click()


def test_a_citizen_asks_for_a_person_is_answered_in_the_same_chat_and_rates(
    open_office: OpenOffice, page: Page
) -> None:
    office = open_office()
    citizen = Citizen(office=office)
    handed_over = citizen.asks("cho tôi gặp cán bộ với ạ", "HT-")
    assert "giờ làm việc" in handed_over["text"]

    sign_in(page, office, "canbo")
    page.get_by_role("button", name="Nhận hồ sơ").first.click()
    expect(page.get_by_role("log")).to_contain_text("cho tôi gặp cán bộ với ạ")
    citizen.hears("cán bộ")
    citizen.say("bác muốn hỏi lệ phí khai sinh")
    page.get_by_role("textbox", name="Trả lời người dân").fill("Dạ khai sinh đúng hạn không mất lệ phí ạ.")
    page.get_by_role("button", name="Gửi trả lời").click()
    reply = citizen.hears("Dạ khai sinh đúng hạn không mất lệ phí ạ.")
    assert reply["label"].startswith("Cán bộ")

    page.get_by_label("Kết quả", exact=True).select_option(index=1)
    page.get_by_role("button", name="Đóng hồ sơ").click()
    asked = citizen.hears("hài lòng")
    citizen.tap(next(choice["payload"] for choice in asked["choices"] if choice["payload"].endswith(":5")))
    citizen.hears("Cảm ơn")
    citizen.asks(QUESTION, "khai sinh")
    spoken = [turn["label"] for turn in citizen.replies()]
    assert "Trợ lý ảo" in spoken[-1]


def test_an_official_who_takes_over_while_the_bot_is_thinking_gets_the_whole_conversation(
    open_office: OpenOffice, page: Page
) -> None:
    office = open_office()
    citizen = Citizen(office=office)
    citizen.asks("cho tôi gặp cán bộ", "HT-")
    office.kill()

    office = open_office(stall="understanding", port=office.port)
    citizen.say(QUESTION)
    until(lambda: office.is_stalled, seconds=20)
    sign_in(page, office, "canbo")
    page.get_by_role("button", name="Nhận hồ sơ").first.click()
    expect(page.get_by_role("log")).to_contain_text(QUESTION)
    office.go_on()
    citizen.hears("cán bộ")
    until(lambda: "left_to_person" in office.statuses("in"), seconds=20)
    page.get_by_role("textbox", name="Trả lời người dân").fill("Chào anh/chị, tôi xem ngay.")
    page.get_by_role("button", name="Gửi trả lời").click()
    citizen.hears("Chào anh/chị, tôi xem ngay.")
    assert not any(reply["citation"] for reply in citizen.replies())


def test_an_editor_corrects_a_fee_and_the_bot_says_the_new_one(open_office: OpenOffice, page: Page) -> None:
    office = open_office()
    citizen = Citizen(office=office)
    before = citizen.asks("lệ phí đăng ký thường trú")
    assert before["citation"]["code"] == "1.004222"
    assert "12.345 đồng" not in before["text"]
    sign_in(page, office, "bientap", "/editor/procedures/1.004222")
    page.get_by_role("link", name="Sửa Cách nộp, thời hạn, phí và lệ phí").click()
    row = page.locator("#methods-0")
    row.get_by_label("Số tiền (đồng)").fill("12.345")
    row.get_by_label("Phí ghi bằng chữ").fill("")
    row.get_by_label("Ghi chú của khoản phí").fill("")
    page.get_by_label("Số quyết định, văn bản").fill("99/QĐ-THU")
    page.get_by_label("Ngày ban hành, công bố").fill("2026-11-01")
    page.locator("#preview").click()
    expect(page.locator(".bubbles")).to_contain_text("12.345 đồng")
    page.get_by_role("button", name="Công bố").click()
    expect(page.get_by_role("status")).to_contain_text("có hiệu lực từ bây giờ", timeout=60_000)
    citizen.asks("lệ phí đăng ký thường trú", "12.345 đồng")

    page.goto(f"{office.url}/editor/procedures/1.004222/revisions/1")
    page.get_by_role("button", name="Dùng lại bản này").click()
    expect(page.get_by_role("status")).to_contain_text("hiệu lực", timeout=60_000)
    assert "12.345 đồng" not in citizen.asks("le phi dang ky thuong tru")["text"]
