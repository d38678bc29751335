"""The page of the channels: for administrators, with a switch that asks why; and the chat while it is off."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from bot.channels.accounts import account_at
from bot.channels.switches import is_off, note_decision, turn_off
from conversations.models import Turn
from office.models import AuditEntry, Staff
from tests.casework.people import official

pytestmark = pytest.mark.django_db

REASON = "Zalo khoá tài khoản"


@pytest.fixture
def administrator() -> Staff:
    return official("minh", role=Staff.Role.ADMINISTRATOR)


@pytest.fixture
def desk(client: Client, administrator: Staff) -> Client:
    client.force_login(administrator)
    return client


def page(client: Client) -> str:
    return str(client.get("/desk/channels/").content.decode())


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.SUPERVISOR, Staff.Role.EDITOR])
def test_only_an_administrator_sees_and_turns_the_switches(client: Client, role: str) -> None:
    client.force_login(official("lan", role=role))
    assert client.get("/desk/channels/").status_code == 403
    assert client.post("/desk/channels/zalo/off", {"reason": REASON}).status_code == 403
    assert not is_off("zalo")


def test_a_channel_is_switched_off_with_its_reason_and_on_again(desk: Client, administrator: Staff) -> None:
    account_at("zalo", "4200")
    assert "Tắt Zalo" in page(desk)
    desk.post("/desk/channels/zalo/off", {"reason": REASON})
    assert is_off("zalo")
    shown = page(desk)
    assert REASON in shown
    assert "Bật lại Zalo" in shown
    act = AuditEntry.objects.get(action="channel.off")
    assert (act.actor, act.detail["reason"]) == (administrator, REASON)
    desk.post("/desk/channels/zalo/on")
    assert not is_off("zalo")


def test_without_a_reason_the_page_asks_for_one(desk: Client) -> None:
    response = desk.post("/desk/channels/zalo/off", {"reason": "  "})
    assert response.status_code == 400
    assert "Ghi lý do tắt kênh" in response.content.decode()
    assert not is_off("zalo")


def test_a_colleague_who_was_faster_is_no_error_and_no_such_channel_is_said(desk: Client) -> None:
    turn_off("zalo", reason=REASON, by=None)
    assert (
        "Đồng nghiệp"
        in desk.post("/desk/channels/zalo/off", {"reason": "khác"}, follow=True).content.decode()
    )
    assert (
        "Không có kênh này"
        in desk.post("/desk/channels/facebook/off", {"reason": "khác"}, follow=True).content.decode()
    )


def test_the_decision_for_a_service_abroad_stands_on_the_page(desk: Client) -> None:
    note_decision("telegram", "12/QĐ-UBND")
    assert "12/QĐ-UBND" in page(desk)


def test_the_table_alone_is_sent_again_when_it_refreshes_itself(desk: Client) -> None:
    part = desk.get("/desk/channels/", headers={"HX-Request": "true"})
    assert "<form" not in part.content.decode()
    again = desk.get(f"/desk/channels/?seen={part['X-Seen']}", headers={"HX-Request": "true"})
    assert again.status_code == 204


def test_while_the_web_chat_is_off_it_says_whom_to_call_and_takes_nothing_in(client: Client) -> None:
    assert "tạm ngừng" not in client.get("/").content.decode()
    turn_off("webchat", reason="Bảo trì", by=None)
    shown = client.get("/").content.decode()
    assert "đang tạm ngừng" in shown
    assert "tel:1022" in shown or "tel:0241022" in shown
    fields = {"text": "làm khai sinh", "event_id": "x" * 16}
    refused = client.post("/chat/messages", json.dumps(fields), content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "channel_off")
    assert client.post("/chat/messages", fields).status_code == 503
    assert not Turn.objects.exists()
