"""The webhook: what Zalo signed is committed before it is answered; nothing else is read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from structlog.testing import capture_logs

from bot import intake
from bot.channels.zalo import ZaloAccount, receiving, zalo_account
from bot.channels.zalo.signature import sign
from casework import cases, outside
from casework.models import Case, DataRequest
from conversations import ownership
from conversations.messages import InboundMessage
from conversations.models import Conversation, Turn
from motcua.zalo_environment import read_zalo
from office.models import AuditEntry, Staff
from office.places import load_places
from tests.bot.zalo.events import CITIZEN, OA, by_account, event, sent

pytestmark = pytest.mark.django_db(transaction=True)
Json = dict[str, Any]


@pytest.fixture
def account(settings: Any) -> ZaloAccount:
    values = {
        "APP_ID": "1044",
        "APP_SECRET": "app",
        "OA_ID": OA,
        "OA_SECRET_KEY": "hook",
        "REFRESH_TOKEN": "r",
    }
    settings.ZALO = read_zalo({f"MOTCUA_ZALO_{name}": value for name, value in values.items()})
    found = zalo_account()
    assert found is not None
    return found


def told(account: ZaloAccount, given: Json, **headers: str) -> HttpResponse:
    body = json.dumps(given, ensure_ascii=False).encode()
    signature = sign(body, timestamp=given["timestamp"], account=account)
    headers = {"X-ZEvent-Signature": signature, **headers}
    client = Client(enforce_csrf_checks=True)
    response: HttpResponse = client.post(
        "/webhooks/zalo", body, content_type="application/json", headers=headers
    )
    return response


def test_a_signed_message_is_a_turn_when_it_is_answered(account: ZaloAccount) -> None:
    assert told(account, sent("text", text="làm khai sinh")).status_code == 200
    turn = Turn.objects.select_related("conversation").get()
    assert (turn.text, turn.status) == ("làm khai sinh", Turn.Status.RECEIVED)
    assert (turn.conversation.channel, turn.conversation.account) == ("zalo", OA)
    assert turn.conversation.chat == CITIZEN


@pytest.mark.parametrize("num_retry", ["1", "5"])
def test_a_repeat_makes_no_second_turn(account: ZaloAccount, num_retry: str) -> None:
    first = sent("text", text="khai sinh")
    told(account, first)
    assert told(account, first, num_retry=num_retry).status_code == 200
    assert told(account, {**first, "timestamp": "1795316650000"}, num_retry=num_retry).status_code == 200
    assert Turn.objects.count() == 1


def test_what_is_not_signed_is_refused_and_not_read(account: ZaloAccount) -> None:
    with capture_logs() as lines:
        response = told(account, sent("text", text="bí mật"), **{"X-ZEvent-Signature": "mac=00"})
    assert response.status_code == 403
    assert not Turn.objects.exists()
    assert "bí mật" not in str(lines)


def test_while_zalo_is_off_there_is_no_such_address(settings: Any) -> None:
    settings.ZALO = None
    assert Client().post("/webhooks/zalo", b"{}", content_type="application/json").status_code == 404


def test_only_posts_are_taken(account: ZaloAccount) -> None:
    assert Client().get("/webhooks/zalo").status_code == 405


def test_while_the_database_is_away_the_event_is_left_to_zalo(account: ZaloAccount) -> None:
    def receive(_: InboundMessage) -> Turn:
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        receiving.take_in(sent("text", text="khai sinh"), account=account, receive=receive)
    assert not Turn.objects.exists()


def test_one_message_that_cannot_be_taken_is_recorded_bare(account: ZaloAccount) -> None:
    def receive(message: InboundMessage) -> Turn:
        if message.text == "hỏng":
            raise ValueError("something in this text")
        return intake.receive(message)

    receiving.take_in(sent("text", text="hỏng"), account=account, receive=receive)
    turn = Turn.objects.get()
    assert (turn.kind, turn.text) == ("other", "")


def test_a_message_that_cannot_be_taken_at_all_is_told_to_the_operator_and_not_sent_again(
    account: ZaloAccount,
) -> None:
    def receive(_: InboundMessage) -> Turn:
        raise ValueError("nothing helps")

    with capture_logs() as lines:
        receiving.take_in(sent("text", text="hỏng"), account=account, receive=receive)
    assert [line["event"] for line in lines] == ["zalo_event_not_taken_whole", "zalo_message_lost"]


def test_who_answers_in_zalos_own_chat_has_taken_over(account: ZaloAccount) -> None:
    told(account, sent("text", text="khai sinh", msg_id="m1"))
    told(account, by_account(admin="31400", text="Chào chị, em xem rồi ạ", msg_id="o1"))
    told(account, sent("text", text="cảm ơn em", msg_id="m2"))
    said = Turn.objects.order_by("id")
    assert [(turn.author, turn.text) for turn in said] == [
        ("citizen", "khai sinh"),
        ("official", "Chào chị, em xem rồi ạ"),
        ("citizen", "cảm ơn em"),
    ]
    assert said[1].status == Turn.Status.SENT
    assert said[2].status == Turn.Status.LEFT_TO_PERSON
    assert Conversation.objects.get().owner == Conversation.Owner.OUTSIDE
    assert AuditEntry.objects.filter(action="conversation.taken_over_outside").count() == 1


def test_the_echo_of_our_own_reply_takes_nothing_over(account: ZaloAccount) -> None:
    told(account, sent("text", text="khai sinh"))
    told(account, by_account(text="🤖 Trợ lý ảo\nChào anh/chị"))
    assert Conversation.objects.get().owner == Conversation.Owner.BOT
    assert Turn.objects.count() == 1


def test_the_same_reply_told_twice_is_one_turn(account: ZaloAccount) -> None:
    for _ in range(2):
        told(account, by_account(admin="31400", text="Chào chị"))
    assert Turn.objects.count() == 1


def test_a_colleague_at_the_desk_keeps_the_conversation(account: ZaloAccount) -> None:
    told(account, sent("text", text="khai sinh"))
    hoa = Staff.objects.create(username="hoa")
    ownership.hand_to_staff(Conversation.objects.get(), hoa)
    told(account, by_account(admin="31400", text="Chào chị"))
    assert Conversation.objects.get().owner_staff == hoa
    assert Turn.objects.filter(author="official").count() == 1


def long_ago() -> None:
    """As if everything so far had been said five hours ago."""
    Turn.objects.update(created_at="2026-01-01T00:00:00Z")


def silent_for_long() -> int:
    return outside.end_silent(timezone.now())


def test_after_four_silent_hours_the_assistant_answers_again(account: ZaloAccount) -> None:
    told(account, sent("text", text="khai sinh"))
    told(account, by_account(admin="31400", text="Xong rồi chị nhé"))
    assert silent_for_long() == 0
    long_ago()
    assert silent_for_long() == 1
    assert Conversation.objects.get().owner == Conversation.Owner.BOT
    assert not Case.objects.exists()
    told(account, sent("text", text="cảm ơn", msg_id="m9"))
    assert Turn.objects.latest("id").status == Turn.Status.RECEIVED


def test_what_lies_unanswered_then_goes_into_the_desks_queue(account: ZaloAccount) -> None:
    load_places()
    told(account, by_account(admin="31400", text="Chị gửi ảnh nhé"))
    told(account, sent("text", text="ảnh đây em, còn cần gì không?"))
    long_ago()
    assert silent_for_long() == 1
    case = Case.objects.get()
    assert (case.state, case.reason) == (Case.State.QUEUED, Case.Reason.UNANSWERED)
    assert case.conversation.owner == Conversation.Owner.QUEUE
    assert case.number in Turn.objects.latest("id").text


def test_a_case_that_waits_is_taken_up_at_the_desk_and_closed_there(account: ZaloAccount) -> None:
    load_places()
    told(account, sent("text", text="gặp cán bộ"))
    case = cases.open_case(Conversation.objects.get(), reason="asked", summary="")
    told(account, by_account(admin="31400", text="Em nghe ạ"))
    hoa = Staff.objects.create(username="hoa")
    assert cases.claim(Case.objects.get(), hoa)
    cases.close(Case.objects.get(pk=case.pk), hoa, "đã trả lời")
    assert Conversation.objects.get().owner == Conversation.Owner.BOT


def test_a_withdrawal_at_zalo_erases_what_is_kept_and_is_in_the_register(account: ZaloAccount) -> None:
    told(account, sent("text", text="nhà tôi ở ngõ 5"))
    withdrawal = event("user_withdraw", user_id=CITIZEN, timestamp=later())
    assert told(account, withdrawal).status_code == 200
    conversation = Conversation.objects.get()
    assert conversation.erased_at is not None
    assert conversation.chat != CITIZEN
    assert not Turn.objects.exists()
    request = DataRequest.objects.get()
    assert (request.kind, request.channel) == (DataRequest.Kind.DELETE, "zalo")
    assert request.fulfilled_at is not None
    assert AuditEntry.objects.filter(action="data.fulfilled").exists()


def test_a_repeated_withdrawal_does_not_erase_what_was_begun_after_it(account: ZaloAccount) -> None:
    told(account, sent("text", text="cũ", msg_id="m1"))
    withdrawal = event("user_withdraw", user_id=CITIZEN, timestamp="1700000000000")
    Conversation.objects.update(created_at="2023-11-14T00:00:00Z")
    told(account, withdrawal)
    told(account, sent("text", text="mới", msg_id="m2"))
    told(account, withdrawal, num_retry="3")
    assert [turn.text for turn in Turn.objects.all()] == ["mới"]


def test_a_withdrawal_of_somebody_unknown_asks_for_nothing(account: ZaloAccount) -> None:
    assert told(account, event("user_withdraw", user_id="77")).status_code == 200
    assert not DataRequest.objects.exists()


def later() -> str:
    """A moment after now, in Zalo's milliseconds."""
    return str(int(timezone.now().timestamp() * 1000) + 1000)
