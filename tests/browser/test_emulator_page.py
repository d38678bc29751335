"""Chatting through the emulators' page in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from emulators.telegram import client as telegram_client
from emulators.zalo import client as zalo_client

pytestmark = pytest.mark.browser


@contextmanager
def page_of(chromium: Browser, url: str, *, width: int) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


def offer_button(emulator: Any) -> None:
    """The bot writes with a button, as a program would have it."""
    if isinstance(emulator, telegram_client.Emulator):
        keyboard = {"inline_keyboard": [[{"text": "Lệ phí", "callback_data": "fee"}]]}
        body: dict[str, Any] = {"chat_id": 1001, "text": "Hỏi gì?", "reply_markup": keyboard}
        httpx.post(f"{emulator.url}/bot{emulator.token}/sendMessage", json=body).raise_for_status()
        return
    buttons = [{"title": "Lệ phí", "type": "oa.query.show", "payload": "#fee"}]
    message = {"text": "Hỏi gì?", "attachment": {"type": "template", "payload": {"buttons": buttons}}}
    headers = {"access_token": emulator.tokens()["access_token"]}
    body = {"recipient": {"user_id": "1001"}, "message": message}
    httpx.post(f"{emulator.url}/v3.0/oa/message/cs", json=body, headers=headers).raise_for_status()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("service", [telegram_client, zalo_client])
def test_a_person_can_chat_and_tap(chromium: Browser, service: Any, width: int) -> None:
    with service.running() as emulator, page_of(chromium, emulator.url, width=width) as page:
        page.get_by_label("Tin nhắn").fill("làm khai sinh")
        page.get_by_label("Tin nhắn").press("Enter")
        expect(page.locator("li.citizen")).to_have_text("làm khai sinh")
        offer_button(emulator)
        page.get_by_role("button", name="Lệ phí").click()
        page.get_by_text("Việc khác").click()
        page.get_by_role("button", name="Gửi ảnh", exact=True).click()
        expect(page.get_by_alt_text("Ảnh")).to_be_visible()
        expect(page.locator("[role=alert]")).to_be_empty()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
