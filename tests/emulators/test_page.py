"""What the page of an emulator shows, and the commands that start one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import httpx
import pytest

from emulators.faults import CALL_FAULTS, UPDATE_FAULTS
from emulators.loopback import free_port, wait_until
from emulators.telegram import client as telegram_client
from emulators.zalo import client as zalo_client
from tests.emulators.receiver import Receiver

LAN = "1001"


def asked(emulator: Any, path: str) -> Any:
    return httpx.get(f"{emulator.url}{path}", timeout=10).json()


def test_the_page_shows_a_chat_of_zalo_as_the_citizen_sees_it(zalo: zalo_client.Emulator) -> None:
    citizen = zalo.citizen(LAN)
    citizen.says("chào")
    buttons = [
        {"title": "Lệ phí", "type": "oa.query.hide", "payload": "#fee"},
        {"title": "Gọi 1022", "type": "oa.open.phone", "payload": {"phone_code": "1022"}},
    ]
    message = {"text": "Hỏi gì?", "attachment": {"type": "template", "payload": {"buttons": buttons}}}
    headers = {"access_token": zalo.tokens()["access_token"]}
    body = {"recipient": {"user_id": LAN}, "message": message}
    httpx.post(f"{zalo.url}/v3.0/oa/message/cs", json=body, headers=headers, timeout=10)
    citizen.taps("Lệ phí")
    citizen.is_written_to("Tôi là cán bộ")
    shown = asked(zalo, f"/control/seen?user={LAN}")
    assert [(each["by"], each["text"]) for each in shown] == [
        ("citizen", "chào"),
        ("account", "Hỏi gì?"),
        ("official", "Tôi là cán bộ"),
    ]
    assert (shown[1]["buttons"], shown[1]["links"]) == (["Lệ phí"], {"Gọi 1022": "tel:1022"})
    assert shown[1]["note"] == "miễn phí"


def test_the_page_shows_a_chat_of_telegram_with_its_pictures(telegram: telegram_client.Emulator) -> None:
    telegram.citizen(1001).sends_photo(b"\xff\xd8 a picture", caption="ổ gà")
    (shown,) = asked(telegram, "/control/seen?user=1001")
    assert (shown["by"], shown["text"]) == ("citizen", "ổ gà")
    assert httpx.get(f"{telegram.url}/{shown['picture']}", timeout=10).content.startswith(b"\xff\xd8")


def test_the_page_says_how_the_program_is_connected(
    zalo: zalo_client.Emulator, telegram: telegram_client.Emulator, receiver: Receiver
) -> None:
    assert "Chưa có webhook" in asked(zalo, "/control/about")["connection"]
    zalo.sends_to(receiver.url)
    receiver.answers = [500]
    zalo.citizen(LAN).says("chào")
    receiver.hears(1)
    wait_until(lambda: ": 500." in asked(zalo, "/control/about")["connection"], what="the failed attempt")
    telegram.citizen(1001).says("chào")
    assert "1 tin đang chờ" in asked(telegram, "/control/about")["connection"]


@pytest.mark.parametrize("emulator", ["zalo", "telegram"])
def test_every_act_the_page_offers_is_one_that_can_be_ordered(
    emulator: str, request: pytest.FixtureRequest
) -> None:
    service: Any = request.getfixturevalue(emulator)
    service.citizen(1001 if emulator == "telegram" else LAN).says("chào")
    for label, order in asked(service, "/control/about")["acts"].items():
        ordered = {**order, "user": LAN, "chat": 1001, "name": "Chị Lan"}
        answer = httpx.post(f"{service.url}/control/updates", json=ordered, timeout=10)
        assert answer.status_code == 200 or "has not asked" in answer.text, label


@pytest.mark.parametrize("emulator", ["zalo", "telegram"])
def test_the_command_prints_settings_and_an_address_and_serves_it(emulator: str) -> None:
    port, setting = free_port(), f"MOTCUA_{emulator.upper()}_"
    command = [sys.executable, "-m", f"emulators.{emulator}", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as running:
        try:
            assert running.stdout is not None
            lines = [line.strip() for line in iter(running.stdout.readline, f"http://127.0.0.1:{port}/\n")]
            assert all(line.startswith(setting) for line in lines)
            assert f"{setting}BASE_URL=http://127.0.0.1:{port}" in lines
            wait_until(lambda: is_served(port), what="the page")
        finally:
            running.terminate()


def is_served(port: int) -> bool:
    try:
        return "Giả lập" in httpx.get(f"http://127.0.0.1:{port}/", timeout=10).text
    except httpx.TransportError:
        return False


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--webhook", "ftp://a"], "a webhook is https"),
        (["--leads", "https://a.vn"], "give PUBLIC=HERE"),
        (["--leads", "https://a.vn=https://b.vn"], "give PUBLIC=HERE"),
    ],
)
def test_a_wrong_option_is_refused_with_what_is_possible(options: list[str], words: str) -> None:
    command = [sys.executable, "-m", "emulators.zalo", *options]
    refused = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode == 2
    assert words in refused.stderr


@pytest.mark.parametrize("emulator", ["zalo", "telegram"])
def test_the_help_names_every_fault(emulator: str) -> None:
    command = [sys.executable, "-m", f"emulators.{emulator}", "--help"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert set(re.findall(r"\w+", told)) >= CALL_FAULTS | UPDATE_FAULTS
