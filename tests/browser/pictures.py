"""Pictures of the real pages for README and docs: `make pictures` writes docs/pictures/*.png.

Starts the product in a throw-away home, chats as a citizen, sits at the desk as an official, and takes
screenshots in Debian's Chromium at 360 and 1440 px.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.journeys.processes import ROOT, Citizen, Office

FOLDER = ROOT / "docs" / "pictures"
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}

#: What citizens say before the desk is shown: three ask for a person, one reports what is broken.
TALKS = (
    ("gap can bo giup bac voi, bac khong biet dung may",),
    ("cho tôi hỏi cấp lại căn cước ở đâu", "gặp cán bộ"),
    ("đăng ký khai sinh cho con cần giấy tờ gì", "gặp cán bộ"),
    ("đèn đường tắt ba tối liền", "ngõ 20 phố Huế, phường Hai Bà Trưng", "không có", "gửi đi"),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        office = Office(home=Path(home)).start()
        try:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            phone = browser.new_context(locale="vi-VN", viewport=PHONE, device_scale_factor=2).new_page()
            _chat(phone, office)
            desktop = browser.new_context(locale="vi-VN", viewport=DESKTOP).new_page()
            _desk(desktop, office)
            _editor(desktop, office)
            browser.close()
        finally:
            office.stop()


def _chat(page: Page, office: Office) -> None:
    page.goto(office.url)
    _say(page, "dang ky tam tru mat bao lau", replies=1)
    page.screenshot(path=FOLDER / "chat.png")


def _say(page: Page, words: str, *, replies: int) -> None:
    page.get_by_role("textbox").fill(words)
    page.get_by_role("textbox").press("Enter")
    page.wait_for_function(
        "count => document.querySelectorAll('.turn.assistant[data-id]').length >= count", arg=replies
    )
    page.wait_for_timeout(500)


def _desk(page: Page, office: Office) -> None:
    for talk in TALKS:
        citizen = Citizen(office=office)
        for words in talk:
            citizen.asks(words)
        citizen.client.close()
    _sign_in(page, office, "canbo")
    page.wait_for_timeout(800)
    page.screenshot(path=FOLDER / "desk.png")
    page.get_by_role("button", name="Nhận hồ sơ").first.click()
    page.wait_for_timeout(800)
    page.screenshot(path=FOLDER / "desk-case.png")


def _editor(page: Page, office: Office) -> None:
    page.context.clear_cookies()
    _sign_in(page, office, "bientap")
    page.goto(f"{office.url}/editor/procedures/1.004222")
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / "editor.png")


def _sign_in(page: Page, office: Office, username: str) -> None:
    page.goto(f"{office.url}/desk/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(office.password_of(username))
    page.get_by_role("button", name="Đăng nhập").click()


if __name__ == "__main__":
    main()
