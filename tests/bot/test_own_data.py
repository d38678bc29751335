"""A citizen asks in the chat what is kept, for a copy, and to have it erased."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from casework import blocks
from casework.cases import closing
from casework.models import Case, DataRequest, Report
from casework.privacy_notice import text_version
from conversations.messages import MessageKind, Position
from conversations.models import Consent, Conversation, Turn
from office.models import Staff
from tests.bot.office import Talk, move_of
from tests.casework.people import official
from tests.kept import everything_in_the_rows

STORY = "Đèn đường trước cửa nhà tôi hỏng ba hôm nay, số 12 ngõ 5 phố Tràng Tiền"


def payloads(turn: Turn) -> list[str]:
    return [choice["payload"] for choice in turn.payload["choices"]]


def address_in(turn: Turn) -> str:
    return next(choice["url"] for choice in turn.payload["choices"] if choice["url"])


def file_a_report(
    talk: Talk, *, send: str = "report:send:yes", has_position: bool = False, **more: object
) -> Report:
    talk.say(STORY, **more)
    talk.tap("report:category:chieu_sang")
    if has_position:  # the ward is asked for, as boundaries are not known
        talk.tap("report:ward:unclear")
    talk.tap("report:photo:none")
    talk.tap(send)
    return Report.objects.get()


def everything_now(talk: Talk) -> list[Turn]:
    return list(talk.conversation.turns.order_by("id"))


def test_what_is_kept_is_told_with_the_page_and_both_acts(talk: Talk) -> None:
    (reply,) = talk.say("cac ban luu gi cua toi")
    assert "90 ngày" in reply.text
    assert len(reply.text) <= 900
    assert address_in(reply) == "/du-lieu-cua-toi"
    assert {"data:copy", "data:ask"} <= set(payloads(reply))


@pytest.mark.parametrize("yes", ["data:erase", "đồng ý xoá", "dong y xoa"])
def test_erasing_asks_once_and_leaves_one_message_in_a_new_conversation(talk: Talk, yes: str) -> None:
    talk.say("Tôi tên Vũ Thị Kín, hỏi đăng ký khai sinh")
    before = talk.conversation.pk
    (question,) = talk.say("xoa het du lieu cua toi di")
    assert "data:erase" in payloads(question)
    assert talk.conversation.turns.count() >= 4

    talk.say(yes) if ":" not in yes else talk.tap(yes)

    (left,) = everything_now(talk)
    assert talk.conversation.pk != before
    assert DataRequest.objects.get().number in left.text
    assert "Vũ Thị Kín" not in everything_in_the_rows()


def test_a_no_keeps_everything(talk: Talk) -> None:
    talk.say("xoá dữ liệu của tôi")
    (reply,) = talk.say("thôi không xoá nữa")
    assert "chưa xoá" in reply.text
    assert not DataRequest.objects.exists()


def test_a_bare_yes_is_asked_again(talk: Talk) -> None:
    talk.say("xoá dữ liệu của tôi")
    (reply,) = talk.say("vâng")
    assert "data:erase" in payloads(reply)
    assert not DataRequest.objects.exists()


def test_another_question_is_answered_and_a_yes_after_it_erases_nothing(talk: Talk) -> None:
    talk.say("xoá dữ liệu của tôi")
    talk.say("đăng ký thường trú cần giấy tờ gì")
    talk.say("vâng")
    assert not DataRequest.objects.exists()


def test_a_yes_that_comes_when_nothing_was_asked_erases_nothing(talk: Talk) -> None:
    talk.say("chào")
    talk.say("đồng ý xoá")
    assert not DataRequest.objects.exists()


def test_a_typed_or_old_button_asks_again(talk: Talk) -> None:
    talk.say("xoá dữ liệu của tôi")
    talk.say("đăng ký thường trú cần giấy tờ gì")
    (reply,) = talk.tap("data:erase")
    assert move_of(reply) == "own_data"
    assert "data:erase" in payloads(reply)
    assert not DataRequest.objects.exists()


def test_the_same_tap_delivered_again_after_all_is_gone_erases_nothing_more(talk: Talk) -> None:
    talk.say("xoá dữ liệu của tôi")
    talk.tap("data:erase")
    (reply,) = talk.tap("data:erase")
    assert "data:erase" in payloads(reply)
    assert DataRequest.objects.count() == 1


def test_code_and_secret_are_shown_once_more_before_and_kept_nowhere_after(talk: Talk) -> None:
    report = file_a_report(talk)
    (question,) = talk.say("xoá dữ liệu của tôi")
    shown = re.search(rf"{report.code} – (\S+)", question.text)
    assert shown
    talk.tap("data:erase")
    (left,) = everything_now(talk)
    assert "1 phản ánh" in left.text
    assert shown[1] not in everything_in_the_rows()
    (reply,) = talk.say(f"{report.code} {shown[1]}")
    assert "Mới gửi" in reply.text
    (unknown,) = talk.say(report.code)
    assert "không tìm thấy" in unknown.text


def test_a_draft_goes_with_the_rest(talk: Talk) -> None:
    talk.say(STORY)
    talk.say("xoá dữ liệu của tôi")
    talk.tap("data:erase")
    assert talk.conversation.state == {}
    assert "Tràng Tiền" not in everything_in_the_rows()


def test_it_works_in_the_queue_and_closes_the_case(talk: Talk) -> None:
    talk.say("cho tôi gặp cán bộ")
    (question,) = talk.say("xoá dữ liệu của tôi")
    case = Case.objects.get()
    assert case.number in question.text
    talk.tap("data:erase")
    case.refresh_from_db()
    assert (case.state, case.outcome) == (Case.State.CLOSED, closing.ERASED)
    assert talk.conversation.owner == Conversation.Owner.BOT


def test_a_copy_is_offered_by_a_link_of_the_web_chat(talk: Talk) -> None:
    (reply,) = talk.say("gửi dữ liệu của tôi")
    assert re.fullmatch(r"/du-lieu-cua-toi/ban-sao/[A-Za-z0-9_-]{32}", address_in(reply))
    assert DataRequest.objects.get().fulfilled_at is None


def test_a_channel_that_can_open_no_page_is_told_so_and_an_official_has_it(talk: Talk, settings: Any) -> None:
    settings.PUBLIC_URL = ""
    elsewhere = Talk(responder=talk.responder, channel="telegram")
    (reply,) = elsewhere.say("gui du lieu cua toi")
    request = DataRequest.objects.get()
    assert "chưa gửi được tệp" in reply.text
    assert request.number in reply.text
    assert f"{request.due:%d/%m/%Y}" in reply.text
    assert not request.link_digest


def test_a_channel_elsewhere_gets_the_link_where_there_is_a_public_address(talk: Talk, settings: Any) -> None:
    settings.PUBLIC_URL = "https://motcua.example.vn"
    (reply,) = Talk(responder=talk.responder, channel="telegram").say("tải dữ liệu của tôi")
    assert address_in(reply).startswith("/du-lieu-cua-toi/ban-sao/")


def test_a_position_goes_into_a_report_by_an_explicit_yes_which_is_kept(talk: Talk) -> None:
    talk.say(kind=MessageKind.POSITION, position=Position(latitude=21.02745, longitude=105.85671))
    report = file_a_report(talk, has_position=True)
    assert report.latitude == 21.02745
    consent = Consent.objects.get()
    assert (consent.purpose, consent.text_version) == ("position", text_version())

    (reply,) = talk.say("tôi muốn rút lại đồng ý")
    assert "gỡ" in reply.text
    report.refresh_from_db()
    assert report.latitude is None
    assert Consent.objects.get().withdrawn_at is not None


def test_refusing_the_position_costs_nothing_but_the_position(talk: Talk) -> None:
    talk.say(kind=MessageKind.POSITION, position=Position(latitude=21.02745, longitude=105.85671))
    report = file_a_report(talk, send="report:send:bare", has_position=True)
    assert (report.latitude, report.longitude) == (None, None)
    assert "Tràng Tiền" in report.text
    assert not Consent.objects.exists()
    assert "21.02745" not in everything_in_the_rows()


def test_sending_in_words_below_the_question_is_a_yes_that_is_kept(talk: Talk) -> None:
    talk.say(kind=MessageKind.POSITION, position=Position(latitude=21.02745, longitude=105.85671))
    talk.say(STORY)
    talk.tap("report:category:chieu_sang")
    talk.tap("report:ward:unclear")
    talk.tap("report:photo:none")
    talk.say("gửi đi")
    assert Report.objects.get().latitude == 21.02745
    assert Consent.objects.count() == 1


def test_the_two_ways_to_send_stand_side_by_side_only_with_a_position(talk: Talk) -> None:
    talk.say(STORY)
    (plain,) = talk.tap("report:photo:none")
    assert "report:send:bare" not in payloads(plain)
    talk.say(kind=MessageKind.POSITION, position=Position(latitude=21.0, longitude=105.8))
    (asked,) = talk.tap("report:ward:unclear")
    assert payloads(asked)[:2] == ["report:send:yes", "report:send:bare"]
    assert "khi anh/chị đồng ý" in asked.text
    assert not Consent.objects.exists()


def test_the_words_that_only_look_alike_are_answered_as_before(talk: Talk) -> None:
    (reply,) = talk.say("xoá đăng ký thường trú")
    assert move_of(reply) != "own_data"


def test_inside_a_report_the_request_is_heard_and_the_form_stays(talk: Talk) -> None:
    talk.say(STORY)
    (reply,) = talk.say("các bạn lưu gì của tôi")
    assert move_of(reply) == "own_data"
    assert talk.conversation.state["form"]


def test_a_messenger_keeps_its_own_copy_and_the_citizen_is_told(talk: Talk) -> None:
    elsewhere = Talk(responder=talk.responder, channel="telegram")
    elsewhere.say("xoá dữ liệu của tôi")
    elsewhere.tap("data:erase")
    (left,) = everything_now(elsewhere)
    assert "tự xoá trong ứng dụng" in left.text


def test_the_number_of_the_button_erases_as_the_button_does(talk: Talk) -> None:
    talk.say("xoá dữ liệu của tôi")
    talk.say("1")
    assert DataRequest.objects.get().fulfilled_at is not None


def test_erasing_does_not_end_a_block_and_a_blocked_citizen_may_erase(talk: Talk) -> None:
    talk.say("chào")
    supervisor = official("phutrach", role=Staff.Role.SUPERVISOR)
    blocks.block(talk.conversation, supervisor, reason="insults", days=3)
    talk.say("xoá dữ liệu của tôi")
    talk.tap("data:erase")
    assert DataRequest.objects.get().fulfilled_at is not None
    assert blocks.block_of(talk.conversation, at=timezone.now()) is not None
