"""Every kind of message in every situation gets a fitting answer: none is silent, none fails."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from bot import form_changes, moves
from bot.decided import Decided, Situation
from bot.drafts import Draft
from bot.moves import Phrase
from bot.policy import next_move
from bot.report_form import ReportForm, Said, Step
from bot.state import State
from bot.taken_back import forget
from bot.understanding import Understanding
from conversations import ownership
from conversations.messages import Choice, MediaReference, MessageKind, Position
from conversations.models import Attachment, Turn
from conversations.photos import keep_photo
from knowledge_base.decision import NotFound
from nlu.intents import Intent
from tests.bot.office import Talk, make_due, replies_to
from tests.casework.people import official
from tests.web.browsers import photograph

HERE = Position(latitude=21.03, longitude=105.85)
PICTURE = MediaReference(reference="photo-1")
FORM = ReportForm(text="rác", category="rac_thai_ve_sinh", categories=("rac_thai_ve_sinh",), place="ngõ 1")
NOT_READ_HERE = {
    MessageKind.VOICE: Phrase.VOICE,
    MessageKind.VIDEO: Phrase.VIDEO,
    MessageKind.FILE: Phrase.FILE,
    MessageKind.CONTACT: Phrase.CONTACT,
    MessageKind.OTHER: Phrase.UNREADABLE,
}
WITH_NOTHING_IN_HAND = NOT_READ_HERE | {
    MessageKind.TEXT: Phrase.EMPTY,
    MessageKind.CHOICE: Phrase.EMPTY,
    MessageKind.PHOTO: Phrase.PHOTO_FIRST,
    MessageKind.POSITION: Phrase.POSITION_FIRST,
    MessageKind.STICKER: Phrase.STICKER,
    MessageKind.EDITED: Phrase.EDITED,
}
#: A deletion is no message: it reaches no rule.
KINDS = [kind for kind in MessageKind if kind is not MessageKind.DELETED]


def wordless(kind: MessageKind) -> Understanding:
    return Understanding(
        kind=kind,
        position=HERE if kind is MessageKind.POSITION else None,
        media=(PICTURE,) if kind is MessageKind.PHOTO else (),
    )


def decide(seen: Understanding, state: State, *, in_queue: bool = False, **around: Any) -> Decided:
    return next_move(Situation(in_queue=in_queue, state=state, seen=seen, at=timezone.now(), **around))


def words(text: str, **values: Any) -> Understanding:
    unknown = NotFound(nearest=(), probability=0.1)
    intent = Intent(name="out_of_scope", confidence=0.2)
    return Understanding(
        **({"kind": MessageKind.TEXT, "text": text, "decision": unknown, "intent": intent} | values)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_with_nothing_in_hand_each_kind_has_its_own_words(kind: MessageKind) -> None:
    assert decide(wordless(kind), State()).move == moves.Say(phrase=WITH_NOTHING_IN_HAND[kind])


@pytest.mark.parametrize("form", [None, FORM])
def test_a_number_given_on_a_card_is_kept_and_is_no_word_of_what_is_in_hand(form: ReportForm | None) -> None:
    given = words("Nguyễn Thị Lan – 0912345678", kind=MessageKind.CONTACT)
    decided = decide(given, State(form=form))
    assert decided.move == moves.Say(phrase=Phrase.CONTACT_GIVEN)
    assert decided.state.form == form
    assert decide(given, State(), in_queue=True).move == moves.Forward()


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("kind", KINDS)
def test_at_every_step_of_a_form_it_fills_or_is_told_what_cannot_be_read_and_nothing_is_lost(
    kind: MessageKind, step: Step
) -> None:
    form = replace(FORM, step=step)
    decided = decide(wordless(kind), State(form=form))
    if kind in NOT_READ_HERE:
        assert decided.move == moves.Say(phrase=NOT_READ_HERE[kind])
        assert decided.state.form == form
        return
    assert isinstance(decided.move, moves.FillReport)
    filled = decided.move.form
    assert (filled.text, filled.place, filled.category) == (form.text, form.place, form.category)
    assert (PICTURE in filled.media) is (kind is MessageKind.PHOTO)
    assert (filled.position == HERE) is (kind is MessageKind.POSITION)


@pytest.mark.parametrize("kind", KINDS)
def test_in_the_queue_it_is_kept_for_the_official_unless_nobody_could_read_it(kind: MessageKind) -> None:
    expected = moves.Say(phrase=NOT_READ_HERE[kind]) if kind in NOT_READ_HERE else moves.Forward()
    assert decide(wordless(kind), State(), in_queue=True).move == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("situation", ["nothing", "a form", "the queue", "an official"])
@pytest.mark.parametrize("kind", list(MessageKind))
def test_each_kind_is_answered_once_and_a_deletion_or_what_an_official_has_is_left_alone(
    talk: Talk, kind: MessageKind, situation: str
) -> None:
    match situation:
        case "a form":
            talk.tap("report", "Gửi phản ánh")
        case "the queue":
            talk.say("tôi muốn gặp cán bộ")
        case "an official":
            talk.say("tôi muốn gặp cán bộ")
            ownership.hand_to_staff(talk.conversation, official())
    turn = talk.send(kind=kind, message_id="m1")
    talk.let_answer()
    turn.refresh_from_db()
    is_left = situation == "an official" and kind is not MessageKind.DELETED
    assert turn.status == (Turn.Status.LEFT_TO_PERSON if is_left else Turn.Status.ANSWERED)
    answered = kind is not MessageKind.DELETED and situation != "an official"
    assert len(replies_to(turn)) == int(answered)
    assert all(reply.text.strip() for reply in replies_to(turn))


def test_that_papers_are_not_wanted_is_said_with_the_first_photo_only() -> None:
    first = decide(wordless(MessageKind.PHOTO), State())
    second = decide(wordless(MessageKind.PHOTO), first.state)
    assert second.move == moves.Say(phrase=Phrase.PHOTO_AGAIN)
    assert second.state.media == (PICTURE, PICTURE)


def test_a_position_sent_where_the_ward_was_asked_for_offers_those_near_it() -> None:
    decided = decide(wordless(MessageKind.POSITION), State(procedure="1.001193", ward_asked=True))
    assert isinstance(decided.move, moves.AskWard)
    assert "Phường Hoàn Kiếm" in decided.move.names
    assert decided.state.ward_asked


def test_a_position_outside_the_city_is_not_taken_and_said_so() -> None:
    far = Understanding(kind=MessageKind.POSITION, position_elsewhere=True)
    for state in (State(), State(form=FORM), State(procedure="1.001193", ward_asked=True)):
        decided = decide(far, state)
        assert decided.move == moves.Say(phrase=Phrase.POSITION_ELSEWHERE)
        assert decided.state.form == state.form


@pytest.mark.parametrize("state", [State(media=(PICTURE,)), State(position=HERE)], ids=["photo", "position"])
def test_what_is_told_after_a_photo_or_a_position_begins_the_report_with_it(state: State) -> None:
    offer = (Choice(label="Gửi phản ánh", payload="report"),)
    decided = decide(words("có hố sụt to lắm"), state, choices=offer)
    assert isinstance(decided.move, moves.FillReport)
    form = decided.move.form
    assert (form.text, form.media, form.position) == ("có hố sụt to lắm", state.media, state.position)
    for seen, before, offered in (
        (words("có hố sụt to lắm"), State(), offer),
        (words("thế làm sao bây giờ?"), state, offer),
        (words("có hố sụt to lắm"), state, ()),
    ):
        assert isinstance(decide(seen, before, choices=offered).move, moves.AskAgain)


def test_the_name_of_a_shared_place_is_no_question() -> None:
    seen = words("UBND phường Láng, 79 Nguyễn Chí Thanh", kind=MessageKind.POSITION, position=HERE)
    assert decide(seen, State()).move == moves.Say(phrase=Phrase.POSITION_FIRST)


@pytest.mark.parametrize("step", [None, *Step])
def test_an_opening_alone_is_told_to_go_on_and_fills_no_field(step: Step | None) -> None:
    state = State(form=replace(FORM, step=step)) if step else State()
    decided = decide(words("dạ cho em hỏi chút ạ"), state)
    assert decided.move == moves.Say(phrase=Phrase.GO_ON)
    assert decided.state == state


def test_forwarded_words_begin_no_report() -> None:
    told = words("ngõ 5 rác chất đống", intent=Intent(name="report_problem", confidence=0.95))
    assert isinstance(decide(told, State()).move, moves.FillReport)
    assert decide(replace(told, forwarded=True), State()).move == moves.Say(phrase=Phrase.FORWARDED)


@pytest.mark.django_db(transaction=True)
def test_an_album_is_answered_once_after_its_last_picture_in_order(talk: Talk) -> None:
    sent = [
        talk.send(
            "rác chất đống ở đầu ngõ 5 phố Huế" if n == 0 else "",
            kind=MessageKind.PHOTO,
            media=(MediaReference(reference=f"photo-{n}"),),
            group="album-1",
        )
        for n in range(3)
    ]
    talk.let_answer()
    assert not any(replies_to(turn) for turn in sent)
    make_due()
    talk.let_answer()
    assert [len(replies_to(turn)) for turn in sent] == [0, 0, 1]
    assert "Ảnh: 3" in replies_to(sent[2])[0].text
    media = talk.conversation.state["form"]["media"]
    assert [medium["reference"] for medium in media] == ["photo-0", "photo-1", "photo-2"]
    assert {turn.status for turn in Turn.objects.filter(kind="photo")} == {Turn.Status.ANSWERED}


@pytest.mark.django_db(transaction=True)
def test_what_comes_after_an_album_ends_its_wait(talk: Talk) -> None:
    picture = talk.send(kind=MessageKind.PHOTO, media=(PICTURE,), group="album-1")
    talk.send("rác chất đống ở đầu ngõ 5 phố Huế")
    talk.let_answer()
    picture.refresh_from_db()
    assert picture.status == Turn.Status.ANSWERED
    assert talk.conversation.state["form"]["media"][0]["reference"] == "photo-1"


@pytest.mark.django_db(transaction=True)
def test_an_opening_gets_no_answer_of_its_own_when_its_question_follows(talk: Talk) -> None:
    opening = talk.send("cho em hỏi ạ")
    question = talk.send("đăng ký khai sinh cần giấy tờ gì")
    talk.let_answer()
    assert replies_to(opening) == []
    (answer,) = replies_to(question)
    assert answer.payload["citation"]["code"] == "1.001193"
    opening.refresh_from_db()
    assert opening.answered_with == question


@pytest.mark.django_db(transaction=True)
def test_an_opening_that_stays_alone_is_answered_after_the_wait(talk: Talk) -> None:
    opening = talk.send("ad ơi cho em hỏi")
    talk.let_answer()
    assert replies_to(opening) == []
    make_due()
    talk.let_answer()
    assert len(replies_to(opening)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_corrected_question_is_answered_anew_and_said_to_replace_the_old_answer(talk: Talk) -> None:
    talk.say("đăng ký kết hôn cần giấy tờ gì", message_id="m1")
    (answer,) = talk.say("đăng ký khai sinh cần giấy tờ gì", kind=MessageKind.EDITED, message_id="m1")
    assert "thay cho câu trả lời trước" in answer.text
    assert answer.payload["citation"]["code"] == "1.001193"
    before = Turn.objects.count()
    talk.say("đăng ký khai sinh cần giấy tờ gì", kind=MessageKind.EDITED, message_id="m1")
    assert Turn.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_correction_that_comes_before_the_answer_is_the_only_one_answered(talk: Talk) -> None:
    wrong = talk.send("đăng ký kết hôn cần giấy tờ gì", message_id="m1")
    right = talk.send("đăng ký khai sinh cần giấy tờ gì", kind=MessageKind.EDITED, message_id="m1")
    talk.let_answer()
    assert replies_to(wrong) == []
    (answer,) = replies_to(right)
    assert answer.payload["citation"]["code"] == "1.001193"
    assert "thay cho" not in answer.text


@pytest.mark.django_db(transaction=True)
def test_a_correction_while_a_report_is_filled_takes_the_place_of_its_words(talk: Talk) -> None:
    talk.say("rác chất đống ở đầu ngõ 5 phố Huế", message_id="m1")
    talk.say("không có ảnh")
    talk.say("rác chất đống ở đầu ngõ 7 phố Huế", kind=MessageKind.EDITED, message_id="m1")
    form = talk.conversation.state["form"]
    assert form["text"] == "rác chất đống ở đầu ngõ 7 phố Huế"
    assert "ngõ 7" in form["place"]
    assert form["step"] == Step.REVIEW


@pytest.mark.django_db(transaction=True)
def test_a_deleted_message_leaves_an_empty_row_and_the_form_without_it(talk: Talk) -> None:
    kept = talk.send("rác chất đống ở đầu ngõ 5 phố Huế", message_id="m1")
    talk.let_answer()
    deletion = talk.send(kind=MessageKind.DELETED, message_id="m1")
    talk.let_answer()
    kept.refresh_from_db()
    assert (kept.text, kept.redacted, kept.payload["media"]) == ("", "deleted", [])
    assert replies_to(deletion) == []
    assert "ngõ 5" not in str(talk.conversation.state)
    (asked,) = talk.say(kind=MessageKind.STICKER)
    assert asked.payload["detail"]["step"] == Step.TEXT


@pytest.mark.django_db(transaction=True)
def test_a_message_deleted_before_its_answer_is_not_answered(talk: Talk) -> None:
    turn = talk.send("đăng ký khai sinh cần giấy tờ gì", message_id="m1")
    talk.send(kind=MessageKind.DELETED, message_id="m1")
    talk.let_answer()
    assert replies_to(turn) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("in_a_form", [False, True])
def test_the_picture_of_an_identity_paper_is_refused_kindly_and_not_kept(
    talk: Talk, *, in_a_form: bool
) -> None:
    if in_a_form:
        talk.say("rác chất đống ở đầu ngõ 5 phố Huế")
    turn = talk.send("ảnh căn cước của tôi đây", kind=MessageKind.PHOTO, media=(PICTURE,))
    talk.let_answer()
    turn.refresh_from_db()
    (reply,) = replies_to(turn)
    assert "không nhận ảnh giấy tờ tuỳ thân" in reply.text
    assert turn.payload["media"] == []
    assert "photo-1" not in str(talk.conversation.state)
    assert (talk.conversation.state["form"] is not None) is in_a_form


@pytest.mark.django_db(transaction=True)
def test_a_question_under_such_a_picture_is_answered_and_the_picture_still_not_kept(talk: Talk) -> None:
    turn = talk.send(
        "đây là căn cước của tôi, đăng ký khai sinh cho con cần giấy tờ gì",
        kind=MessageKind.PHOTO,
        media=(PICTURE,),
    )
    talk.let_answer()
    turn.refresh_from_db()
    (reply,) = replies_to(turn)
    assert "không được nhận và lưu" in reply.text
    assert reply.payload["citation"]["code"] == "1.001193"
    assert turn.payload["media"] == []


@pytest.mark.django_db(transaction=True)
def test_no_picture_of_an_album_is_kept_where_one_of_its_captions_names_a_paper(talk: Talk) -> None:
    for n, caption in enumerate(("", "CCCD mặt trước với mặt sau", "")):
        medium = MediaReference(reference=f"photo-{n}")
        talk.send(caption, kind=MessageKind.PHOTO, media=(medium,), group="album-1")
    make_due()
    talk.let_answer()
    assert all(turn.payload["media"] == [] for turn in Turn.objects.filter(kind="photo"))
    assert talk.conversation.state["media"] == []


def test_a_correction_of_what_stands_in_no_field_is_filled_in_like_any_message() -> None:
    form = replace(FORM, place="", step=Step.PLACE)
    assert form_changes.correct(form, "gì đó khác", Said(text="ngõ 3")).place == "ngõ 3"


@pytest.mark.django_db(transaction=True)
def test_a_picture_said_afterwards_to_be_a_paper_is_dropped_from_row_state_and_disk(
    talk: Talk, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    talk.say("chào")
    kept = keep_photo(talk.conversation, photograph())
    picture = talk.send(kind=MessageKind.PHOTO, media=(MediaReference(reference=kept.public_id),))
    talk.let_answer()
    (reply,) = talk.say("ảnh căn cước của tôi đấy")
    assert "không nhận ảnh giấy tờ tuỳ thân" in reply.text
    picture.refresh_from_db()
    assert picture.payload["media"] == []
    assert talk.conversation.state["media"] == []
    assert not Attachment.objects.exists()
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


@pytest.mark.django_db(transaction=True)
def test_words_about_a_paper_after_other_words_or_a_scene_with_a_question_drop_nothing(talk: Talk) -> None:
    talk.say("rác chất đống ở đầu ngõ 5 phố Huế", kind=MessageKind.PHOTO, media=(PICTURE,))
    talk.say("ngõ 5 phố Huế")
    turn = talk.send("tôi mất căn cước rồi")
    talk.let_answer()
    turn.refresh_from_db()
    assert "shows_paper" not in turn.payload
    assert Turn.objects.get(kind="photo").payload["media"]


@pytest.mark.django_db(transaction=True)
def test_a_report_laid_aside_loses_a_deleted_message_too(talk: Talk) -> None:
    form = ReportForm(text="rác ở ngõ 5", category="khac")
    remembered = State(draft=Draft(form=form, since=timezone.now()), cancelled=form, media=(PICTURE,))
    after = forget(remembered, "rác ở ngõ 5", frozenset({"photo-1"}))
    assert after.draft is not None
    assert (after.draft.form.text, after.cancelled, after.media) == ("", None, ())


@pytest.mark.django_db(transaction=True)
def test_a_button_that_showed_only_its_number_is_kept_with_its_whole_words(talk: Talk) -> None:
    (answer,) = talk.say("đăng ký khai sinh cần giấy tờ gì")
    offered = answer.payload["choices"][-1]
    turn = talk.send("7", kind=MessageKind.CHOICE, choice=offered["payload"])
    assert turn.text == offered["label"]
