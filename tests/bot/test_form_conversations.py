"""Whole conversations around a report: asked beside it, changed, corrected, cancelled, left and taken up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bot import choices
from casework.models import Report
from conversations.messages import MessageKind
from conversations.models import Turn
from tests.bot.office import BIRTH, Talk, move_of

pytestmark = pytest.mark.django_db(transaction=True)

PROBLEM = "rác chất đống hôi thối mấy hôm nay rồi"


def step(talk: Talk) -> str:
    return str(talk.conversation.state["form"]["step"])


def an_hour_passes() -> None:
    for turn in Turn.objects.all():
        Turn.objects.filter(pk=turn.pk).update(created_at=turn.created_at - timedelta(hours=1))


def test_a_question_inside_the_form_is_answered_followed_up_and_the_form_goes_on_where_it_was(
    talk: Talk,
) -> None:
    talk.say(PROBLEM)
    assert step(talk) == "place"
    (answer,) = talk.say("đăng ký khai sinh cần giấy tờ gì")
    assert answer.payload["citation"]["code"] == BIRTH
    assert "chỗ đó ở đâu" in answer.text.splitlines()[-1]
    (more,) = talk.say("còn lệ phí thì sao?")
    assert (more.payload["detail"]["code"], more.payload["detail"]["part"]) == (BIRTH, "fee")
    (thanks,) = talk.say("cảm ơn em")
    assert "chỗ đó ở đâu" in thanks.text
    assert (step(talk), talk.conversation.state["form"]["place"]) == ("place", "")
    talk.say("ngõ 5 phố Huế")
    assert talk.conversation.state["form"]["place"] == "ngõ 5 phố Huế"


def test_any_field_is_changed_by_words_and_nothing_is_lost_meanwhile(talk: Talk) -> None:
    talk.say(PROBLEM)
    talk.say("ngõ 20 phố Huế")
    talk.say("không có ảnh")
    (asked,) = talk.say("sửa địa chỉ")
    assert "ngõ 20 phố Huế" in asked.text
    (review,) = talk.say("thôi giữ nguyên")
    assert "• Nơi: ngõ 20 phố Huế" in review.text
    talk.say("sửa nơi")
    (review,) = talk.say("thôi")
    assert "• Nơi: ngõ 20 phố Huế" in review.text
    (changed,) = talk.say("sửa địa chỉ thành ngõ 40 phố Huế")
    assert "• Nơi: ngõ 40 phố Huế" in changed.text
    (category,) = talk.say("đổi loại")
    assert "Rác" in category.text
    (review,) = talk.say("tiếng ồn")
    assert "Tiếng ồn" in review.text
    (corrected,) = talk.say("à không, ở ngõ 30 phố Huế chứ không phải 40")
    assert "• Nơi: ngõ 30 phố Huế" in corrected.text
    assert talk.conversation.state["form"]["text"].startswith(PROBLEM)


def test_a_cancelled_report_comes_back_by_its_button_or_by_words(talk: Talk) -> None:
    talk.say(PROBLEM)
    (cancelled,) = talk.say("thôi bỏ đi")
    (back,) = talk.tap(cancelled.payload["choices"][0]["payload"], label="Khôi phục")
    assert move_of(back) == "report_form"
    assert talk.conversation.state["form"]["text"] == PROBLEM


def test_a_report_left_for_an_hour_is_asked_about_and_sent_in_the_end(talk: Talk) -> None:
    talk.say(PROBLEM)
    an_hour_passes()
    answer, offer = talk.say("đăng ký khai sinh cần giấy tờ gì")
    assert move_of(answer) == "answer"
    assert "tiếp tục hay bỏ" in offer.text
    assert PROBLEM[:20] in offer.text
    (goes_on,) = talk.say("tiếp tục")
    assert move_of(goes_on) == "report_form"
    talk.say("ngõ 5 phố Huế")
    talk.say("không có ảnh")
    (filed,) = talk.say("gửi")
    assert move_of(filed) == "report_filed"
    assert Report.objects.get().place == "ngõ 5 phố Huế"


def test_an_old_draft_of_days_is_dropped_with_a_notice_and_a_way_back(talk: Talk) -> None:
    talk.say(PROBLEM)
    state = talk.conversation.state
    an_hour_passes()
    talk.say("đăng ký khai sinh cần giấy tờ gì")
    conversation = talk.conversation
    since = timezone.now() - timedelta(days=3)
    conversation.state["draft"]["since"] = since.isoformat()
    conversation.save()
    an_hour_passes()
    _, offer = talk.say("đăng ký khai sinh ở đâu")
    assert "tôi sẽ bỏ" in offer.text
    _, notice = talk.say("lệ phí bao nhiêu")
    assert "đã được bỏ" in notice.text
    talk.tap(choices.report("restore", "yes"))
    assert talk.conversation.state["form"]["text"] == state["form"]["text"]


def test_the_same_question_is_never_put_more_than_twice_in_the_same_words(talk: Talk) -> None:
    talk.say(PROBLEM)
    said = [talk.say("👍", kind=MessageKind.STICKER)[0].text for _ in range(4)]
    assert max(said.count(text) for text in said) <= 2
    assert talk.conversation.state["draft"]["form"]["text"] == PROBLEM


def test_a_person_is_reached_from_every_step_in_any_words(talk: Talk) -> None:
    for number, words in enumerate(("cho tôi gặp người thật", "noi chuyen voi can bo", "gặp nhân viên với")):
        someone = Talk(responder=talk.responder, chat=f"citizen-{number}")
        someone.say(PROBLEM)
        assert move_of(someone.say(words)[0]) == "handoff", words
        assert move_of(someone.say("nhà tôi ở ngõ 5")[0]) == "forward"
        left, offer = someone.tap(choices.BACK)
        assert "tiếp tục hay bỏ" in offer.text, left.text
        assert PROBLEM[:20] in offer.text
