"""What a message means inside a report: dropped, sent, beside it; and what is no place."""

from __future__ import annotations

import pytest

from bot import choices
from casework.models import Report
from conversations.messages import MediaReference, MessageKind, Position
from tests.bot.office import BIRTH, Talk, move_of

PROBLEM = "rác chất đống hôi thối mấy hôm nay rồi"
STREET = "rác chất đống hôi thối ở ngõ 5 phố Huế"
dialogue = pytest.mark.django_db(transaction=True)


def form(talk: Talk) -> dict[str, object]:
    held: dict[str, object] = talk.conversation.state["form"]
    return held


@dialogue
@pytest.mark.parametrize("begun", [PROBLEM, STREET])
@pytest.mark.parametrize("words", ["thôi không gửi nữa", "thôi không báo nữa ạ", "bỏ phản ánh này đi"])
def test_a_report_is_dropped_at_every_step_even_where_a_photo_is_asked_for(
    talk: Talk, begun: str, words: str
) -> None:
    talk.say(begun)
    talk.say(words)
    assert talk.conversation.state["form"] is None


@dialogue
def test_dropping_it_for_a_question_answers_the_question(talk: Talk) -> None:
    talk.say(PROBLEM)
    answer, notice = talk.say("thôi không báo nữa, tôi chỉ muốn hỏi đăng ký khai sinh cần giấy tờ gì")
    assert answer.payload["citation"]["code"] == BIRTH
    assert "đã được bỏ" in notice.text
    assert talk.conversation.state["form"] is None


@dialogue
def test_a_dropped_report_is_had_back_in_words(talk: Talk) -> None:
    talk.say(STREET)
    talk.say("huỷ đi")
    (back,) = talk.say("ấy nhầm, cho tôi lấy lại phản ánh vừa nãy")
    assert move_of(back) == "report_form"
    assert form(talk)["text"] == STREET


@dialogue
@pytest.mark.parametrize(
    "words",
    [
        "không có ảnh",
        "nhanh giúp em với",
        "bao giờ thì có người xuống vậy",
        "nói rồi mà",
        "tôi đang báo cái gì nhỉ",
    ],
)
def test_what_says_nothing_about_a_place_is_not_stored_as_one(talk: Talk, words: str) -> None:
    talk.say(PROBLEM)
    talk.say(words)
    assert (form(talk)["step"], form(talk)["place"]) == ("place", "")
    talk.say("cạnh quán phở đầu làng")
    assert form(talk)["place"] == "cạnh quán phở đầu làng"


@dialogue
def test_no_photo_said_early_is_not_asked_for_later(talk: Talk) -> None:
    talk.say(PROBLEM)
    talk.say("tôi không có ảnh đâu")
    talk.say("ngõ 5 phố Huế")
    assert form(talk)["step"] == "review"


@dialogue
def test_who_does_not_know_the_place_goes_on_without_it(talk: Talk) -> None:
    talk.say(PROBLEM)
    talk.say("tôi không nhớ tên đường")
    assert (form(talk)["step"], form(talk)["place"]) == ("photo", "")


@dialogue
@pytest.mark.parametrize("begun", [PROBLEM, STREET])
def test_who_forgot_what_it_is_about_is_shown_it(talk: Talk, begun: str) -> None:
    talk.say(begun)
    before = form(talk)
    (shown,) = talk.say("ơ nãy giờ em đang phản ánh cái gì nhỉ")
    assert f"• Nội dung: {begun}" in shown.text
    assert form(talk) == before


@dialogue
def test_photos_that_only_announce_a_report_go_into_it(talk: Talk) -> None:
    talk.say("tôi muốn phản ánh", kind=MessageKind.PHOTO, media=(MediaReference(reference="p1"),))
    assert [photo["reference"] for photo in form(talk)["media"]] == ["p1"]  # type: ignore[attr-defined]


@dialogue
def test_one_word_sends_what_was_seen_where_the_photo_is_asked_for(talk: Talk) -> None:
    (asked,) = talk.say(STREET)
    assert f"• Nội dung: {STREET}" in asked.text
    (filed,) = talk.say("không có ảnh, gửi luôn giúp tôi")
    assert move_of(filed) == "report_filed"
    assert Report.objects.get().place == "ngõ 5 phố Huế"


@dialogue
def test_the_last_that_is_missing_told_with_an_order_sends_it_and_the_receipt_shows_it(talk: Talk) -> None:
    talk.say(PROBLEM)
    (filed,) = talk.say("ngõ 5 phố Huế, gửi luôn nhé")
    assert move_of(filed) == "report_filed"
    assert (Report.objects.get().place, Report.objects.get().text) == ("ngõ 5 phố Huế", PROBLEM)
    assert f"• Nội dung: {PROBLEM}" in filed.text
    assert "• Nơi: ngõ 5 phố Huế" in filed.text
    assert "Gặp cán bộ" in filed.text


@dialogue
@pytest.mark.parametrize("words", ["gửi luôn", "nhanh giúp em, gửi đi", "không rõ, gửi luôn đi"])
def test_without_the_place_that_was_asked_for_nothing_is_sent_unseen(talk: Talk, words: str) -> None:
    talk.say(PROBLEM)
    talk.say(words)
    assert not Report.objects.exists()
    assert form(talk)["place"] == ""


@dialogue
def test_a_shared_position_is_not_sent_by_an_order_before_the_review(talk: Talk) -> None:
    talk.say(PROBLEM)
    talk.say(kind=MessageKind.POSITION, position=Position(latitude=21.03, longitude=105.85))
    talk.say("trước số 7 nhé, gửi luôn")
    assert not Report.objects.exists()
    assert form(talk)["step"] == "review"


@dialogue
def test_the_place_asked_anew_after_the_review_can_be_told_and_sent_in_one_message(talk: Talk) -> None:
    talk.say(STREET)
    talk.say("không có ảnh")
    talk.tap(choices.report("edit", "place"))
    talk.say("ngõ 15 phố Huế, gửi đi")
    assert Report.objects.get().place == "ngõ 15 phố Huế"


@dialogue
def test_a_part_of_what_was_spoken_of_before_is_answered_inside_the_report(talk: Talk) -> None:
    talk.say("đăng ký khai sinh cần giấy tờ gì")
    talk.say(STREET)
    (answer,) = talk.say("mà khai sinh lệ phí bao nhiêu nhỉ")
    assert (answer.payload["detail"]["code"], answer.payload["detail"]["part"]) == (BIRTH, "fee")
    assert form(talk)["text"] == STREET


@dialogue
@pytest.mark.parametrize("begun", [PROBLEM, STREET])
def test_a_dossier_s_code_is_answered_beside_a_report_that_is_not_about_it(talk: Talk, begun: str) -> None:
    talk.say(begun)
    before = form(talk)
    (told,) = talk.say("hồ sơ H26.12-251103-0012 đến đâu rồi")
    assert move_of(told) != "report_form"
    assert {**form(talk), "asked": 1} == before
