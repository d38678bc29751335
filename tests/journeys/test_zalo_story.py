"""A citizen on Zalo: a real `motcua run`, an emulated Zalo, signed events and calls between them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from emulators.loopback import wait_until
from emulators.zalo import client
from tests.journeys.conftest import OpenOffice
from tests.journeys.processes import Office, free_port
from tests.journeys.test_office_story import browser, page, sign_in

__all__ = ["browser", "page"]

pytestmark = [pytest.mark.journey, pytest.mark.browser]
QUESTION = "làm giấy khai sinh cho con cần giấy tờ gì"
ANSWER_WITHIN = 30.0
HOANG_NGOC_PHACH = (21.0146, 105.8077)


@pytest.fixture
def zalo() -> Iterator[client.Emulator]:
    with client.running() as emulator:
        yield emulator


@pytest.fixture
def office(open_office: OpenOffice, zalo: client.Emulator) -> Office:
    """With the settings an operator makes, and the webhook entered at Zalo."""
    opened: Office = open_office(settings=zalo.settings())
    zalo.sends_to(f"{opened.url}/webhooks/zalo", scale=0.05)
    return opened


def answers(citizen: client.Citizen, count: int) -> list[str]:
    """Wait for so many replies; fails when there are more."""
    heard = citizen.hears(count, within=ANSWER_WITHIN)
    assert len(heard) == count, [message["text"] for message in heard]
    return [str(message["text"]) for message in heard]


def titles(citizen: client.Citizen) -> list[str]:
    return [str(button["title"]) for button in citizen.heard()[-1].get("buttons", [])]


def test_a_question_is_answered_with_its_source_and_a_button_leads_on(
    office: Office, zalo: client.Emulator
) -> None:
    lan = zalo.citizen("1001", "Chị Lan")
    zalo.fault("updates", "duplicate", seconds=0.5)
    lan.says(QUESTION)
    (answer,) = answers(lan, 1)
    assert answer.startswith("🤖 Trợ lý ảo\n")
    source = next(line for line in answer.splitlines() if line.startswith("📄 Nguồn: "))
    assert "1.001193" in source
    assert len(titles(lan)) <= 5

    lan.taps(titles(lan)[0])
    answers(lan, 2)
    zalo.settles()
    answers(lan, 2)


def test_a_report_with_photo_and_position_is_filed_an_official_answers_and_the_citizen_rates(
    office: Office, zalo: client.Emulator, page: Page
) -> None:
    lan = zalo.citizen("1001", "Chị Lan")
    lan.says("đống rác to chắn lối đi, bốc mùi ba hôm nay rồi")
    answers(lan, 1)
    lan.sends_location(*HOANG_NGOC_PHACH)
    answers(lan, 2)
    lan.taps(
        next(title for title in titles(lan) if "Phường" in title)
    )  # the ward, as boundaries are not known
    answers(lan, 3)
    lan.sends_image(_jpeg())
    (*_, review) = answers(lan, 4)
    assert "Ảnh" in review
    lan.taps(next(title for title in titles(lan) if title.startswith("Gửi") or title.endswith("Gửi")))
    (*_, filed) = answers(lan, 5)
    assert re.search(r"PA-\d{4}-\d{6}", filed)

    lan.says("cho tôi gặp cán bộ")
    (*_, handed_over) = answers(lan, 6)
    assert re.search(r"HT-\d{4}-\d{6}", handed_over)
    sign_in(page, office, "canbo")
    page.get_by_role("button", name="Nhận").first.click()
    answers(lan, 7)
    page.get_by_role("textbox", name="Trả lời người dân").fill("Dạ đội vệ sinh sẽ đến trong sáng nay ạ.")
    page.get_by_role("button", name="Gửi trả lời").click()
    (*_, official) = answers(lan, 8)
    assert official.startswith("👤 Cán bộ")
    assert "sáng nay" in official
    page.get_by_label("Kết quả", exact=True).select_option(index=1)
    page.get_by_role("button", name="Đóng hồ sơ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã đóng")
    (*_, asked) = answers(lan, 9)
    assert "hài lòng" in asked
    lan.taps(next(title for title in titles(lan) if "Rất hài lòng" in title))
    (*_, thanked) = answers(lan, 10)
    assert "Cảm ơn" in thanked


def test_who_answers_in_zalos_own_chat_silences_the_assistant(office: Office, zalo: client.Emulator) -> None:
    lan = zalo.citizen("1001")
    lan.says(QUESTION)
    answers(lan, 1)
    lan.is_written_to("Chào chị, em là Hoa ở bộ phận một cửa ạ")
    zalo.settles()
    lan.says("lệ phí bao nhiêu hả em")
    zalo.settles()
    minh = zalo.citizen("1002", "Anh Minh")
    minh.says(QUESTION)
    answers(minh, 1)
    assert len(lan.heard()) == 2  # the assistant's answer, and the official's own words


def test_what_was_written_while_the_office_was_down_is_answered_once_after_its_start(
    open_office: OpenOffice, zalo: client.Emulator
) -> None:
    port = free_port()
    zalo.sends_to(f"http://127.0.0.1:{port}/webhooks/zalo", scale=0.1)
    lan = zalo.citizen("1001")
    lan.says(QUESTION)
    wait_until(lambda: bool(zalo.deliveries()[0]["attempts"]), within=10)
    open_office(settings=zalo.settings(), port=port)
    assert "1.001193" in answers(lan, 1)[0]


def test_processes_that_need_a_token_at_once_make_one_exchange(tmp_path: Path, zalo: client.Emulator) -> None:
    environment = {**os.environ, **zalo.settings(), "MOTCUA_HOME": str(tmp_path)}

    def motcua(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "motcua.cli", "zalo", *arguments]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)

    assert motcua("token").wait(60) == 0  # makes the tables, and exchanges nothing yet
    zalo.fault("access_token", "slow", seconds=5)
    processes = [motcua("check") for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert sum(call["call"] == "access_token" for call in zalo.state()["calls"]) == 1


def test_without_a_token_or_a_secret_zalo_does_not_start(
    open_office: OpenOffice, zalo: client.Emulator
) -> None:
    settings = zalo.settings()
    with pytest.raises(AssertionError, match="MOTCUA_ZALO_OA_SECRET_KEY is not set"):
        open_office(settings=settings | {"MOTCUA_ZALO_OA_SECRET_KEY": ""})
    with pytest.raises(AssertionError, match="motcua zalo token --new"):
        open_office(settings=settings | {"MOTCUA_ZALO_REFRESH_TOKEN": ""})


def _jpeg() -> bytes:
    target = BytesIO()
    Image.new("RGB", (320, 240), "gray").save(target, format="JPEG")
    return target.getvalue()
