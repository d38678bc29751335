"""A citizen on Telegram: a real `motcua run`, an emulated Bot API server, HTTP between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from emulators.loopback import wait_until
from emulators.telegram import client
from tests.journeys.conftest import OpenOffice
from tests.journeys.processes import Office, free_port
from tests.serving import until

pytestmark = pytest.mark.journey
QUESTION = "làm giấy khai sinh cho con cần giấy tờ gì"
ANSWER_WITHIN = 30.0


@pytest.fixture
def telegram() -> Iterator[client.Emulator]:
    with client.running() as emulator:
        yield emulator


def answers(citizen: client.Citizen, count: int) -> list[str]:
    """Wait for so many replies; fails when there are more."""
    heard = citizen.hears(count, within=ANSWER_WITHIN)
    assert len(heard) == count, [message["text"] for message in heard]
    return [str(message["text"]) for message in heard]


def test_a_question_is_answered_with_its_source_and_the_same_update_twice_only_once(
    open_office: OpenOffice, telegram: client.Emulator
) -> None:
    open_office(settings=telegram.settings())
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
    wait_until(lambda: telegram.state()["pending"] == [], what="confirmation of all updates")


def keyboard(citizen: client.Citizen) -> list[list[dict[str, str]]]:
    buttons: list[list[dict[str, str]]] = citizen.heard()[-1]["reply_markup"]["inline_keyboard"]
    return buttons


def test_what_was_written_while_the_office_was_down_is_answered_once_after_its_start(
    open_office: OpenOffice, telegram: client.Emulator
) -> None:
    office = open_office(settings=telegram.settings())
    citizen = telegram.citizen(1001)
    citizen.says(QUESTION)
    answers(citizen, 1)
    killed_at_rest(office)
    citizen.says("còn lệ phí thì sao?")
    open_office(settings=telegram.settings())
    assert "1.001193" in answers(citizen, 2)[1]


def killed_at_rest(office: Office) -> None:
    """Killed once each answer is noted as sent: killed before, it is sent again, which is another test's."""
    until(lambda: set(office.statuses("out")) == {"sent"}, seconds=20)
    office.kill()


PUBLIC = "https://motcua.example.vn"


def sent_to_us(telegram: client.Emulator) -> dict[str, str]:
    """The settings with which Telegram sends updates to a webhook."""
    webhook = {
        "MOTCUA_TELEGRAM_WEBHOOK": f"{PUBLIC}/webhooks/telegram",
        "MOTCUA_TELEGRAM_SECRET": "a-secret_token_0123456789",
    }
    return telegram.settings() | webhook


def test_by_webhook_and_then_by_polling_everything_is_answered_once(
    open_office: OpenOffice, telegram: client.Emulator
) -> None:
    port = free_port()
    telegram.leads(PUBLIC, to=f"http://127.0.0.1:{port}")
    telegram.calls_webhooks(scale=0.1)
    office = open_office(settings=sent_to_us(telegram), port=port)
    citizen = telegram.citizen(1001, "Chị Lan")
    wait_until(lambda: telegram.state()["webhook"], what="the webhook to be set")
    update_id = citizen.says(QUESTION)
    assert "1.001193" in answers(citizen, 1)[0]
    telegram.repeat(update_id)
    telegram.settles()

    killed_at_rest(office)
    citizen.says("còn lệ phí thì sao?")
    citizen.does("text", text="thế mất bao lâu?")
    again = open_office(settings=sent_to_us(telegram), port=port)
    assert all("1.001193" in answer for answer in answers(citizen, 3))
    telegram.settles()

    killed_at_rest(again)
    citizen.says("nộp ở đâu?")
    open_office(settings=telegram.settings())
    answers(citizen, 4)
    assert telegram.state()["webhook"] == ""
    calls = [call["method"] for call in telegram.state()["calls"]]
    assert "sendChatAction" in calls


def test_a_report_with_a_picture_gets_a_code(open_office: OpenOffice, telegram: client.Emulator) -> None:
    open_office(settings=telegram.settings())
    citizen = telegram.citizen(1001)
    citizen.says("đống rác to chắn lối đi, bốc mùi ba hôm nay rồi")
    answers(citizen, 1)
    citizen.says("ngõ 36 phố Hoàng Ngọc Phách")
    answers(citizen, 2)
    citizen.sends_photo(_jpeg())
    assert "Hoàng Ngọc Phách" in answers(citizen, 3)[2]
    citizen.says("gửi đi")
    assert re.search(r"PA-\d{4}-\d{6}", answers(citizen, 4)[3])


def test_an_album_is_answered_once_and_a_typed_number_chooses_a_button(
    open_office: OpenOffice, telegram: client.Emulator
) -> None:
    open_office(settings=telegram.settings())
    citizen = telegram.citizen(1001)
    citizen.does("album", count=3, caption="đống rác to chắn lối đi ở ngõ 36 phố Hoàng Ngọc Phách")
    (review,) = answers(citizen, 1)
    assert "Ảnh: 3" in review
    labels = [button["text"] for row in keyboard(citizen) for button in row]
    citizen.says(str(labels.index("Gửi") + 1))
    assert re.search(r"PA-\d{4}-\d{6}", answers(citizen, 2)[1])


def _jpeg() -> bytes:
    target = BytesIO()
    Image.new("RGB", (320, 240), "gray").save(target, format="JPEG")
    return target.getvalue()


def test_a_token_without_a_decision_does_not_start(
    open_office: OpenOffice, telegram: client.Emulator
) -> None:
    settings = telegram.settings() | {"MOTCUA_TELEGRAM_DECISION": ""}
    with pytest.raises(AssertionError, match="set MOTCUA_TELEGRAM_DECISION"):
        open_office(settings=settings)


def test_a_webhook_without_its_secret_does_not_start(
    open_office: OpenOffice, telegram: client.Emulator
) -> None:
    webhook = {"MOTCUA_TELEGRAM_WEBHOOK": "https://motcua.example.vn/webhooks/telegram"}
    with pytest.raises(AssertionError, match="set MOTCUA_TELEGRAM_SECRET"):
        open_office(settings=telegram.settings() | webhook)
