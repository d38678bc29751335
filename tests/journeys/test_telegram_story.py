"""A citizen on Telegram: a real `motcua run`, an emulated Bot API server, HTTP between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from emulators.telegram import client
from tests.journeys.conftest import OpenOffice

pytestmark = pytest.mark.journey
QUESTION = "làm giấy khai sinh cho con cần giấy tờ gì"
ANSWER_WITHIN = 30.0


@pytest.fixture
def telegram() -> Iterator[client.Emulator]:
    with client.running() as emulator:
        yield emulator


def switched_on(telegram: client.Emulator) -> dict[str, str]:
    """The settings an operator makes."""
    return {
        "MOTCUA_TELEGRAM_TOKEN": telegram.token,
        "MOTCUA_TELEGRAM_DECISION": "12/QĐ-UBND",
        "MOTCUA_TELEGRAM_BASE_URL": telegram.url,
    }


def answers(citizen: client.Citizen, count: int) -> list[str]:
    """Wait for so many replies; fails when there are more."""
    heard = citizen.hears(count, within=ANSWER_WITHIN)
    assert len(heard) == count, [message["text"] for message in heard]
    return [str(message["text"]) for message in heard]


def test_a_question_is_answered_with_its_source_and_the_same_update_twice_only_once(
    open_office: OpenOffice, telegram: client.Emulator
) -> None:
    open_office(settings=switched_on(telegram))
    citizen = telegram.citizen(1001, "Chị Lan")
    update_id = citizen.says(QUESTION)
    (answer,) = answers(citizen, 1)
    assert answer.startswith("🤖 Trợ lý ảo\n")
    assert "📄 Nguồn: " in answer.splitlines()[-1]
    assert "1.001193" in answer.splitlines()[-1]

    telegram.repeat(update_id)
    fee = next(
        b["text"] for row in keyboard(citizen) for b in row if b.get("callback_data", "").endswith(":fee")
    )
    citizen.taps(fee)
    assert "1.001193" in answers(citizen, 2)[1]
    client.wait_until(lambda: telegram.state()["pending"] == [], what="confirmation of all updates")


def keyboard(citizen: client.Citizen) -> list[list[dict[str, str]]]:
    buttons: list[list[dict[str, str]]] = citizen.heard()[-1]["reply_markup"]["inline_keyboard"]
    return buttons


def test_what_was_written_while_the_office_was_down_is_answered_once_after_its_start(
    open_office: OpenOffice, telegram: client.Emulator
) -> None:
    office = open_office(settings=switched_on(telegram))
    citizen = telegram.citizen(1001)
    citizen.says(QUESTION)
    answers(citizen, 1)
    office.kill()
    citizen.says("còn lệ phí thì sao?")
    open_office(settings=switched_on(telegram))
    assert "1.001193" in answers(citizen, 2)[1]


def test_a_report_with_a_picture_gets_a_code(open_office: OpenOffice, telegram: client.Emulator) -> None:
    open_office(settings=switched_on(telegram))
    citizen = telegram.citizen(1001)
    citizen.says("đống rác to chắn lối đi, bốc mùi ba hôm nay rồi")
    answers(citizen, 1)
    citizen.says("ngõ 36 phố Hoàng Ngọc Phách")
    answers(citizen, 2)
    citizen.sends_photo(_jpeg())
    assert "Hoàng Ngọc Phách" in answers(citizen, 3)[2]
    citizen.says("gửi đi")
    assert re.search(r"PA-\d{4}-\d{6}", answers(citizen, 4)[3])


def _jpeg() -> bytes:
    target = BytesIO()
    Image.new("RGB", (320, 240), "gray").save(target, format="JPEG")
    return target.getvalue()


def test_a_token_without_a_decision_does_not_start(
    open_office: OpenOffice, telegram: client.Emulator
) -> None:
    settings = switched_on(telegram) | {"MOTCUA_TELEGRAM_DECISION": ""}
    with pytest.raises(AssertionError, match="set MOTCUA_TELEGRAM_DECISION"):
        open_office(settings=settings)
