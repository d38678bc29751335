"""What did not get through: counted by channel, sent again one by one or all at once, or given up."""

from __future__ import annotations

import pytest
from django.test import Client

from conversations import transcript
from conversations.models import Turn
from office.models import AuditEntry, Staff
from tests.casework.people import citizen, official, ward
from web.desk.deliveries import REASONS_TO_GIVE_UP

pytestmark = pytest.mark.django_db


@pytest.fixture
def ha() -> Staff:
    return official("ha")


@pytest.fixture
def desk(client: Client, ha: Staff) -> Client:
    client.force_login(ha)
    return client


def failed(channel: str = "zalo", text: str = "Xin chào") -> Turn:
    return Turn.objects.create(
        conversation=citizen(), direction="out", status="failed", author="assistant",
        channel=channel, account="oa", text=text, problem="Zalo: quá 48 giờ", attempt=15,
    )  # fmt: skip


def page(desk: Client, query: str = "") -> str:
    return str(desk.get(f"/desk/deliveries/{query}").content.decode())


def statuses(turns: list[Turn]) -> list[str]:
    return [Turn.objects.get(pk=turn.pk).status for turn in turns]


def test_what_failed_is_counted_by_channel_and_one_channel_is_shown_alone(desk: Client) -> None:
    failed("zalo", "qua Zalo")
    failed("zalo", "cũng qua Zalo")
    failed("telegram", "qua Telegram")
    every = page(desk)
    assert "Tất cả 3" in every
    assert "Zalo 2" in every
    alone = page(desk, "?channel=telegram")
    assert "qua Telegram" in alone
    assert "qua Zalo" not in alone


def test_all_that_failed_on_a_channel_is_sent_again_by_one_tap(desk: Client) -> None:
    zalo, telegram = [failed("zalo"), failed("zalo")], [failed("telegram")]
    response = desk.post("/desk/deliveries/resend", {"channel": "zalo"}, follow=True)
    assert "2 tin nhắn đã được xếp gửi lại" in response.content.decode()
    assert statuses(zalo + telegram) == ["queued", "queued", "failed"]
    act = AuditEntry.objects.get(action="delivery.resent")
    assert (act.subject, act.detail["replies"]) == ("channel:zalo", 2)
    assert Turn.objects.get(pk=zalo[0].pk).attempt == 0


def test_nobody_sends_again_what_is_not_theirs_to_see(client: Client) -> None:
    turn = failed()
    client.force_login(official("lan", ward()))
    client.post("/desk/deliveries/resend", {})
    assert (
        client.post(f"/desk/deliveries/{turn.pk}/give-up", {"reason": REASONS_TO_GIVE_UP[0]}).status_code
        == 404
    )
    assert statuses([turn]) == ["failed"]


def test_a_reply_is_given_up_only_with_a_reason_and_leaves_the_count(desk: Client, ha: Staff) -> None:
    turn = failed()
    refused = desk.post(f"/desk/deliveries/{turn.pk}/give-up", {"reason": "không rõ"}, follow=True)
    assert "chọn lý do" in refused.content.decode()
    desk.post(f"/desk/deliveries/{turn.pk}/give-up", {"reason": REASONS_TO_GIVE_UP[1]})
    assert statuses([turn]) == ["given_up"]
    assert "Mọi tin nhắn đều đã gửi được" in page(desk)
    act = AuditEntry.objects.get(action="delivery.given_up")
    assert (act.actor, act.detail["reason"]) == (ha, REASONS_TO_GIVE_UP[1])
    again = desk.post(f"/desk/deliveries/{turn.pk}/give-up", {"reason": REASONS_TO_GIVE_UP[1]}, follow=True)
    assert "đồng nghiệp" in again.content.decode()


def test_what_was_given_up_is_not_shown_to_the_citizen_as_said(desk: Client) -> None:
    turn = failed()
    desk.post(f"/desk/deliveries/{turn.pk}/give-up", {"reason": REASONS_TO_GIVE_UP[2]})
    assert not transcript.visible_turns(turn.conversation).exists()


def test_the_filter_stays_after_an_act(desk: Client) -> None:
    turn = failed("telegram")
    response = desk.post(f"/desk/deliveries/{turn.pk}/resend", {"channel": "telegram"})
    assert response["Location"] == "/desk/deliveries/?channel=telegram"
