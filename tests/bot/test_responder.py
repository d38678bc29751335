"""One turn from claim to outcome, on rows and a real release: whole or not at all, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import JSONField, TextField
from django.db.models.fields import CharField
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import starter
from bot import choices
from bot.responder import FIRST_RETRY, Responder
from bot.workers import answer_next
from casework import cases
from casework.models import Case, Report
from conversations import inbox, ownership
from conversations.messages import Author, MediaReference, MessageKind
from conversations.models import Conversation, Turn
from knowledge_base.models import ActiveRelease
from knowledge_base.where import ASK_WARD
from office.models import Staff
from office.places import load_places
from office.service_points import import_service_points
from tests.bot.office import BIRTH, RESIDENCE, RecordingChannel, Talk, make_due, move_of, replies_to
from tests.casework.people import official
from tests.web.browsers import photograph

pytestmark = pytest.mark.django_db(transaction=True)

PROBLEM = "rác chất đống ở đầu ngõ 5 phố Huế"
PHOTO = MediaReference(reference="photo-1")


@dataclass(kw_only=True)
class InterruptingChannel(RecordingChannel):
    """A channel on which something happens once, while a picture is being fetched."""

    happens: Callable[[], object] | None = None

    def fetch(self, reference: str) -> bytes:
        happens, self.happens = self.happens, None
        if happens:
            happens()
        return super().fetch(reference)


@pytest.fixture
def channel() -> InterruptingChannel:
    return InterruptingChannel(pictures={"photo-1": photograph()})


@pytest.fixture
def staff() -> Staff:
    return official()


def ready_to_send(talk: Talk) -> None:
    """A report with one photo, at its review."""
    talk.say(PROBLEM)
    assert "Ảnh: 1" in talk.say(kind=MessageKind.PHOTO, media=(PHOTO,))[0].text


def test_a_question_is_answered_from_the_release_whose_name_is_kept(talk: Talk) -> None:
    turn = talk.send("đăng ký khai sinh cần giấy tờ gì")
    talk.let_answer()
    (reply,) = replies_to(turn)
    turn.refresh_from_db()
    assert (turn.status, turn.release, reply.release) == (Turn.Status.ANSWERED, "small", "small")
    assert reply.payload["citation"]["code"] == BIRTH
    assert reply.author == Author.ASSISTANT


def test_a_follow_up_is_about_what_was_spoken_of(talk: Talk) -> None:
    talk.say("đăng ký khai sinh cần giấy tờ gì")
    (reply,) = talk.say("còn lệ phí thì sao?")
    assert (reply.payload["detail"]["code"], reply.payload["detail"]["part"]) == (BIRTH, "fee")


def test_an_outcome_is_dropped_whole_when_a_person_takes_over_meanwhile(
    talk: Talk, channel: InterruptingChannel, staff: Staff
) -> None:
    ready_to_send(talk)
    before = talk.conversation.state
    channel.happens = lambda: ownership.hand_to_staff(talk.conversation, staff)
    turn = talk.send("gửi đi")
    talk.let_answer()
    turn.refresh_from_db()
    assert turn.status == Turn.Status.LEFT_TO_PERSON
    assert not replies_to(turn)
    assert not Report.objects.exists()
    assert not Case.objects.exists()
    assert talk.conversation.state == before


def test_what_changed_without_a_person_is_read_and_answered_again(
    talk: Talk, channel: InterruptingChannel
) -> None:
    ready_to_send(talk)
    channel.happens = lambda: ownership.hand_to_queue(talk.conversation)
    turn = talk.send("gửi đi")
    talk.let_answer()
    assert [move_of(reply) for reply in replies_to(turn)] == ["report_filed"]
    assert Report.objects.count() == 1


def test_a_turn_already_claimed_when_a_person_took_over_is_left_to_that_person(
    talk: Talk, staff: Staff
) -> None:
    turn = talk.send("xin chào")
    claim = inbox.claim_next(timezone.now())
    assert claim is not None
    ownership.hand_to_staff(claim.conversation, staff)
    talk.responder.respond(claim)
    turn.refresh_from_db()
    assert (turn.status, list(replies_to(turn))) == (Turn.Status.LEFT_TO_PERSON, [])


@pytest.mark.parametrize("is_claimed", [False, True])
def test_a_turn_of_who_is_answered_in_the_messengers_own_app_is_left_to_that_person(
    talk: Talk, *, is_claimed: bool
) -> None:
    turn = talk.send("xin chào")
    claim = inbox.claim_next(timezone.now()) if is_claimed else None
    ownership.hand_to_outside(talk.conversation)
    if claim:
        talk.responder.respond(claim)
    talk.let_answer()
    turn.refresh_from_db()
    assert (turn.status, list(replies_to(turn))) == (Turn.Status.LEFT_TO_PERSON, [])


def test_a_retry_after_a_lost_lease_files_and_replies_once(talk: Talk, channel: InterruptingChannel) -> None:
    def another_worker_is_quicker() -> None:
        over = timezone.now() - timedelta(seconds=1)
        Turn.objects.filter(status=Turn.Status.CLAIMED).update(lease_until=over)
        assert answer_next(talk.responder)

    ready_to_send(talk)
    channel.happens = another_worker_is_quicker
    turn = talk.send("gửi đi")
    talk.let_answer()
    turn.refresh_from_db()
    assert (turn.status, turn.attempt) == (Turn.Status.ANSWERED, 2)
    assert [move_of(reply) for reply in replies_to(turn)] == ["report_filed"]
    assert Report.objects.count() == 1


def test_a_turn_is_held_while_its_pictures_come(talk: Talk, channel: InterruptingChannel) -> None:
    leases = []
    ready_to_send(talk)
    channel.happens = lambda: leases.append(Turn.objects.get(status=Turn.Status.CLAIMED).lease_until)
    talk.say("gửi đi")
    assert leases[0] > timezone.now() + inbox.LEASE


def test_a_failing_turn_is_tried_three_times_with_growing_waits_then_set_aside_with_one_apology(
    talk: Talk,
) -> None:
    release = ActiveRelease.objects.get()
    ActiveRelease.objects.all().delete()
    turn = talk.send("xin chào")
    for wait in (FIRST_RETRY, 2 * FIRST_RETRY):
        begun = timezone.now()
        talk.let_answer()
        turn.refresh_from_db()
        assert turn.status == Turn.Status.RECEIVED
        assert begun + wait <= turn.due_at <= timezone.now() + wait
        make_due()
    talk.let_answer()
    turn.refresh_from_db()
    assert turn.status == Turn.Status.SET_ASIDE
    assert "log" in turn.problem
    assert [move_of(reply) for reply in replies_to(turn)] == ["failed"]
    release.save(force_insert=True)
    assert [move_of(reply) for reply in talk.say("xin chào")] == ["say"]


def die_with(turn: Turn, *, times: int) -> None:
    """As if so many workers had claimed it and were killed."""
    for _ in range(times):
        assert inbox.claim_next(timezone.now()) is not None
        Turn.objects.filter(pk=turn.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_turn_whose_workers_were_killed_more_often_than_an_error_may_happen_is_answered(talk: Talk) -> None:
    turn = talk.send("xin chào")
    die_with(turn, times=inbox.ATTEMPTS + 1)
    talk.let_answer()
    assert [move_of(reply) for reply in replies_to(turn)] == ["say"]


def test_a_turn_that_kills_its_workers_is_set_aside_and_the_conversation_goes_on(talk: Talk) -> None:
    turn = talk.send("xin chào")
    die_with(turn, times=inbox.LOST_ATTEMPTS)
    talk.let_answer()
    turn.refresh_from_db()
    assert turn.status == Turn.Status.SET_ASIDE
    assert [move_of(reply) for reply in replies_to(turn)] == ["failed"]
    assert [move_of(reply) for reply in talk.say("xin chào")] == ["say"]


def test_an_old_button_of_a_procedure_no_longer_held_says_so_and_changes_no_topic(talk: Talk) -> None:
    talk.say("đăng ký khai sinh cần giấy tờ gì")
    (reply,) = talk.tap(choices.part("9.999999", "fee"))
    assert reply.payload["detail"]["phrase"] == "procedure_gone"
    assert talk.conversation.state["procedure"] == BIRTH


@pytest.mark.parametrize(
    "payload",
    ["report:send:yes", "report:photo:none", "report:edit:place", "report:category:x", "rate:HT:9", "part:a"],
)
def test_a_button_that_no_longer_fits_is_told_so(talk: Talk, payload: str) -> None:
    (reply,) = talk.tap(payload, label="Gửi")
    assert reply.payload["detail"]["phrase"] == "button_out_of_date"


def test_a_button_that_does_not_fit_the_form_asks_its_question_again_and_adds_no_words(talk: Talk) -> None:
    talk.say("rác chất đống hôi thối mấy hôm nay rồi")
    form = talk.conversation.state["form"]
    (reply,) = talk.tap("report:send:yes", label="Gửi")
    assert move_of(reply) == "report_form"
    assert talk.conversation.state["form"] == {**form, "asked": 2}
    talk.tap(choices.REPORT, label="Gửi phản ánh")
    assert talk.conversation.state["form"]["text"] == form["text"]


def test_a_tap_is_a_tap_whatever_its_label_says(talk: Talk) -> None:
    (reply,) = talk.tap(choices.procedure(BIRTH), label="Gọi 113 – Công an")
    assert move_of(reply) == "answer"


def test_words_of_an_accusation_are_nowhere_in_the_database(talk: Talk) -> None:
    told = "Tôi tố cáo ông Nguyễn Văn Bảnh ở phòng địa chính nhận hối lộ năm mươi triệu"
    for words in (told, f"{told} qua tài khoản"):
        (reply,) = talk.say(words, media=(PHOTO,), kind=MessageKind.PHOTO, choice=words[:60])
        assert reply.payload["detail"] == {"move": "signpost", "kind": "accusation"}
    assert [turn.redacted for turn in Turn.objects.filter(direction=Turn.Direction.IN)] == ["accusation"] * 2
    for where, value in everything_written():
        assert "Bảnh" not in value, where
        assert "năm mươi triệu" not in value, where
        assert PHOTO.reference not in value, where


def everything_written() -> list[tuple[str, str]]:
    return [
        (f"{model.__name__}.{column.name}", str(value))
        for model in apps.get_models(include_auto_created=True)
        for column in model._meta.concrete_fields
        if isinstance(column, (CharField, TextField, JSONField))
        for value in model._default_manager.values_list(column.name, flat=True)
    ]


def test_the_numbers_of_identity_papers_are_nowhere_and_the_citizen_is_told_once(talk: Talk) -> None:
    (reply,) = talk.say("Tôi tên Lan, cccd 001089012345, làm giấy khai sinh cho con cần gì")
    assert "đã được che" in reply.text
    assert move_of(reply) == "answer"
    (after,) = talk.say("còn lệ phí thì sao")
    assert "đã được che" not in after.text
    assert [where for where, value in everything_written() if "001089012345" in value] == []


def test_the_rest_of_a_very_long_message_is_cut_and_the_citizen_told(talk: Talk) -> None:
    (reply,) = talk.say("làm giấy khai sinh cho con " * 500)
    assert "chỉ đọc phần đầu" in reply.text
    (short,) = talk.say("xin chào")
    assert "chỉ đọc phần đầu" not in short.text


def test_several_lines_to_the_person_waited_for_get_one_word_back(talk: Talk) -> None:
    talk.say("tôi muốn gặp cán bộ")
    turns = [talk.send(words) for words in ("nhà tôi ở ngõ 5", "nhanh giúp tôi", "cảm ơn")]
    talk.let_answer()
    assert [len(replies_to(turn)) for turn in turns] == [0, 0, 1]


def test_the_person_closes_and_the_assistant_speaks_again(talk: Talk, staff: Staff) -> None:
    talk.say("tôi muốn gặp cán bộ")
    case = Case.objects.get()
    assert cases.claim(case, staff)
    turn = talk.send("khai sinh cần giấy tờ gì")
    talk.let_answer()
    turn.refresh_from_db()
    assert turn.status == Turn.Status.LEFT_TO_PERSON
    cases.close(case, staff, "đã trả lời")
    assert move_of(talk.say("đăng ký khai sinh cần giấy tờ gì")[0]) == "answer"


wild = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            *(
                "",
                " ",
                "\x00",
                "👍",
                "<script>alert(1)</script>",
                "2",
                "[1]",
                "không",
                "gửi đi",
                "thôi",
                "huỷ",
            ),
            *("PA-2026-000001", "PA-2026-999999 ACDE3467", "report:send:yes", "part::", "rate:x:5", "back"),
            *(PROBLEM, "ngõ 5", "còn lệ phí thì sao?", "tôi muốn gặp cán bộ", "cháy nhà", "khai sinh"),
            *("Tôi tố cáo ông A nhận hối lộ", "a" * 12_000, "ă" * 300, "̀" * 50),
        ]
    ),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(said=st.lists(st.tuples(wild, st.sampled_from(list(MessageKind))), min_size=1, max_size=6))
def test_whatever_is_sent_gets_exactly_one_set_of_replies_at_the_first_attempt_but_a_deletion(
    responder: Responder, said: list[tuple[str, MessageKind]]
) -> None:
    talk = Talk(responder=responder, chat=uuid4().hex)
    for text, kind in said:
        turn = talk.send(text, kind=kind)
        talk.let_answer()
        turn.refresh_from_db()
        if kind is MessageKind.DELETED:
            assert (turn.status, replies_to(turn)) == (Turn.Status.ANSWERED, [])
            continue
        assert (turn.status, turn.attempt) == (Turn.Status.ANSWERED, 1)
        (reply,) = replies_to(turn)
        assert reply.text.strip()
    assert Conversation.objects.filter(chat=talk.chat).count() == 1


def test_where_to_go_is_answered_with_the_counter_of_the_ward_that_is_named_next(talk: Talk) -> None:
    load_places()
    import_service_points(starter.SERVICE_POINTS)
    (asked,) = talk.say("đăng ký khai sinh nộp ở đâu")
    assert ASK_WARD in asked.text
    (answered,) = talk.say("phường Láng")
    assert "Điểm phục vụ hành chính công phường Láng" in answered.text
    assert answered.payload["detail"]["code"] == BIRTH
    (which,) = talk.say("phường Đại Kim cũ")
    assert len(which.payload["choices"]) > 1
    (chosen,) = talk.tap(which.payload["choices"][0]["payload"])
    assert "Điểm phục vụ hành chính công phường" in chosen.text


def test_a_life_event_is_answered_with_what_is_held_and_a_number_opens_it(talk: Talk) -> None:
    (listed,) = talk.say("vợ em vừa sinh bé, giờ phải lo những gì")
    assert move_of(listed) == "list_needs"
    assert listed.payload["detail"]["codes"] == [BIRTH, RESIDENCE]
    assert "giấy khai sinh" in listed.payload["choices"][0]["about"]
    assert "chưa được duyệt" in listed.text
    (answer,) = talk.say("2")
    assert answer.payload["citation"]["code"] == RESIDENCE


def test_one_procedure_named_with_its_event_comes_with_the_other_needs(talk: Talk) -> None:
    (answer,) = talk.say("mới sinh con, đăng ký khai sinh mất bao lâu")
    assert answer.payload["citation"]["code"] == BIRTH
    assert "Anh/chị có thể cần thêm" in answer.text
    assert choices.procedure(RESIDENCE) in [choice["payload"] for choice in answer.payload["choices"]]
