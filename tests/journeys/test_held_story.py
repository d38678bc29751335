"""An answer that Zalo does not let out: held, announced by a paid notice, out when the citizen is back."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from emulators.zalo import client
from tests.journeys.processes import Office
from tests.journeys.test_office_story import browser, page, sign_in
from tests.journeys.test_zalo_story import ANSWER_WITHIN, office, titles, zalo

__all__ = ["browser", "office", "page", "zalo"]

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_an_answer_after_eight_silent_days_waits_for_the_citizen_and_loses_nothing(
    office: Office, zalo: client.Emulator, page: Page
) -> None:
    zalo.approves("398765", parameters={"code": 20}, price=300)
    motcua(office, zalo, "template", "answer", "398765", "--price", "300", "--because", "QĐ 1")
    motcua(office, zalo, "budget", "--cap", "1000", "--because", "QĐ 1")
    lan = zalo.citizen("1001", "Chị Lan")
    lan.allows_templates()
    for count, words in enumerate(("rác chất đống ở đầu ngõ 5 phố Huế", "không có ảnh", "gửi"), start=1):
        lan.says(words)
        lan.hears(count, within=ANSWER_WITHIN)
    filed = str(lan.heard()[-1]["text"])
    assert "có thể không nhắn trước được" in filed
    (code,) = set(re.findall(r"PA-\d{4}-\d{6}", filed))
    assert titles(lan)[0] == "Đồng ý nhận tin báo"
    lan.taps("Đồng ý nhận tin báo")
    lan.hears(4, within=ANSWER_WITHIN)

    lan.falls_silent(hours=24 * 8)
    sign_in(page, office, "canbo")
    page.goto(f"{office.url}/desk/reports/{code}")
    page.get_by_role("button", name="Tiếp nhận").first.click()
    page.goto(f"{office.url}/desk/deliveries/")
    waiting = page.get_by_role("region", name="Chờ người dân nhắn lại")
    expect(waiting.get_by_role("row")).to_have_count(2, timeout=ANSWER_WITHIN * 1000)
    page.goto(f"{office.url}/desk/reports/{code}")
    expect(page.locator("#prospect")).to_contain_text("Người dân đã đồng ý: một tin báo trả phí (300 đ)")
    page.locator("summary", has_text="Trả lời người dân").click()
    page.locator("#outcome").select_option("fixed")
    page.locator("#answer-words").fill("Đã dọn xong sáng nay.")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_role("status").first).to_contain_text("được giữ đến khi họ nhắn lại")
    notice = lan.hears(5, within=ANSWER_WITHIN)[4]
    assert notice["template_data"] == {"code": code}
    assert "Đã chi:      300 đ" in motcua(office, zalo, "budget")

    lan.says("alo")
    taken_in, answered = (str(message["text"]) for message in lan.hears(8, within=ANSWER_WITHIN)[5:7])
    assert "tiếp nhận" in taken_in
    assert "Đã dọn xong sáng nay." in answered
    page.goto(f"{office.url}/desk/deliveries/")
    expect(waiting).to_contain_text("Không có tin nào đang được giữ")


def motcua(office: Office, zalo: client.Emulator, *arguments: str) -> str:
    """`motcua zalo …` as the operator runs it beside the running office."""
    environment = {**os.environ, **zalo.settings(), "MOTCUA_HOME": str(office.home)}
    command = [sys.executable, "-m", "motcua.cli", "zalo", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
