"""No sequence of messages ends in silence, an exception, a stuck form or a lost draft."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot import choices
from bot.dialogues.play import Heard, PlayedChannel, Player
from bot.dialogues.script import Line
from bot.drafts import holds_something
from bot.moves import Phrase, Signposted
from bot.report_form import ReportForm, Step
from bot.responder import Responder
from bot.state import State, from_json
from casework.models import Case
from conversations.messages import LONGEST_PAYLOAD, MessageKind
from conversations.models import Conversation, Turn
from office.places import load_places

PLAUSIBLE = st.sampled_from(
    [
        *("chào em", "cảm ơn nhé", "?", "ok", "1", "2", "9", "cái đầu tiên", "không phải cái nào", "👍"),
        *(
            "làm khai sinh cho con cần giấy gì",
            "còn lệ phí",
            "bao lâu",
            "nộp ở đâu",
            "khai sinh",
            "thường trú",
        ),
        *("à không, kết hôn cơ", "chồng tôi người Hàn", "tôi ở phường Hoàn Kiếm", "vợ mới sinh cần làm gì"),
        *("tôi muốn phản ánh", "đèn đường hỏng ở số 5 phố Huế", "rác thối um ngõ 15", "cán bộ quát mắng dân"),
        *("không có ảnh", "gửi", "gửi đi", "khoan đã", "sửa nơi", "sửa địa điểm thành số 7", "đổi loại"),
        *("rác ở phường Đại Kim cũ", "phường Định Công", "không rõ", "Nguyễn Thị Mai 0912345678", "không"),
        *("đề nghị xem lại, vẫn chưa xong", "chưa hài lòng"),
        *("thôi bỏ đi", "huỷ", "quay lại", "tiếp tục", "lấy lại phản ánh", "đang báo gì nhỉ", "xem lại"),
        *("phản ánh của tôi đến đâu rồi", "PA-2026-000001", "hồ sơ của tôi xong chưa", "5 sao nhé"),
        *("gặp cán bộ", "thôi không chờ nữa", "có ai không", "bạn là ai", "mai mưa không", "asdf qwer"),
        *(
            "cháy nhà cứu với",
            "tôi tố cáo ông A ăn hối lộ",
            "tôi không muốn sống nữa",
            "đồ ngu",
            "mật tài liệu",
        ),
        *("gửi dữ liệu của tôi", "lưu gì về tôi", "0912345678", "H26.12.33-260703-0091"),
    ]
)
WILD = st.text(max_size=60)
CAPTIONS = st.one_of(st.just(""), PLAUSIBLE)
UNREAD = st.sampled_from(
    [
        *(MessageKind.VOICE, MessageKind.VIDEO, MessageKind.FILE, MessageKind.STICKER),
        *(MessageKind.CONTACT, MessageKind.EDITED, MessageKind.OTHER),
    ]
)
PAUSES = st.sampled_from([timedelta(minutes=5), timedelta(hours=3), timedelta(days=1), timedelta(days=40)])
#: What answers each question of the form, so that a report can always be sent.
ANSWERS = {
    Step.TEXT: Line(text="đèn đường hỏng"),
    Step.CATEGORY: Line(text="chiếu sáng"),
    Step.PLACE: Line(text="số 5 phố Huế"),
    Step.WARD: Line(text="không rõ"),
    Step.SIMILAR: Line(text="không, gửi riêng"),
    Step.CONTACT: Line(text="không"),
    Step.PHOTO: Line(text="không có ảnh"),
    Step.REVIEW: Line(text=choices.report("send", "yes")),
}
#: One answer for each step, and as many again for what is asked twice.
ANSWERS_AT_MOST = 2 * len(ANSWERS)


class Citizen(RuleBasedStateMachine):
    """One citizen who does whatever citizens do, and an official who sometimes takes over."""

    responder: Responder

    @initialize()
    def arrive(self) -> None:
        self.player = Player(responder=self.responder)
        self.buttons: list[str] = []

    @rule(text=st.one_of(PLAUSIBLE, PLAUSIBLE, WILD))
    def write(self, text: str) -> None:
        self.hear(Line(text=text))

    @rule(data=st.data())
    @precondition(lambda self: self.buttons)
    def tap(self, data: st.DataObject) -> None:
        """A button of any age."""
        self.hear(Line(text=data.draw(st.sampled_from(self.buttons))))

    @rule(text=CAPTIONS, count=st.integers(1, 4))
    def send_photos(self, text: str, count: int) -> None:
        self.hear(Line(kind=MessageKind.PHOTO, text=text, count=count))

    @rule(
        latitude=st.one_of(st.floats(-90, 90), st.floats(20.95, 21.1)),
        longitude=st.one_of(st.floats(-180, 180), st.floats(105.7, 105.9)),
    )
    def share_position(self, latitude: float, longitude: float) -> None:
        self.hear(Line(kind=MessageKind.POSITION, at=(latitude, longitude)))

    @rule(kind=UNREAD, text=CAPTIONS)
    def send_something_else(self, kind: MessageKind, text: str) -> None:
        self.hear(Line(kind=kind, text=text))

    @rule(pause=PAUSES)
    def stay_away(self, pause: timedelta) -> None:
        self.player.play(Line(pause=pause))

    @rule()
    def restart(self) -> None:
        """The process ends and another begins, perhaps of a version that remembers other things."""
        self.player.responder = replace(self.responder)
        if conversation := self.conversation():
            conversation.state = {**conversation.state, "of_another_version": 1}
            conversation.save(update_fields=["state"])

    @rule(does=st.sampled_from(["nhận", "trả lời", "xong"]))
    @precondition(lambda self: self.case() is not None)
    def official(self, does: str) -> None:
        case = self.case()
        assert case
        if (case.state == Case.State.QUEUED) is (does == "nhận"):
            self.player.play(Line(official=does, text="Chào anh/chị, tôi xem rồi ạ."))

    def hear(self, line: Line) -> None:
        before = self.state()
        heard = self.player.play(line)
        if heard.turn is None:
            self.check_erased(heard)
        else:
            self.check_answered(heard)
            self.check_nothing_lost(before, heard)
        self.remember_buttons(heard)

    def check_answered(self, heard: Heard) -> None:
        assert heard.turn
        if heard.turn.status == Turn.Status.LEFT_TO_PERSON:
            assert not heard.replies
            return
        assert heard.turn.status == Turn.Status.ANSWERED, heard.turn.problem
        assert heard.replies, "silence"
        for reply in heard.replies:
            assert reply.text.strip()
            for choice in reply.payload["choices"]:
                assert choice["label"].strip()
                assert choice["url"] or choices.parse(choice["payload"])
                assert len(choice["payload"].encode()) <= LONGEST_PAYLOAD

    def check_erased(self, heard: Heard) -> None:
        """Everything is gone, on the citizen's own word: what is left says so and nothing else."""
        assert [detail.get("act") for detail in heard.details] == ["erased"]
        conversation = self.conversation()
        assert conversation
        assert not conversation.state

    def check_nothing_lost(self, before: State, heard: Heard) -> None:
        """A report and its photos leave only when it is sent, or the citizen is told that it is dropped.

        An accusation takes the photos before it along: nothing of it is kept.
        """
        told = {detail.get("phrase") or detail.get("kind") or detail.get("move") for detail in heard.details}
        if heard.filed or told & {Phrase.REPORT_CANCELLED, "draft_dropped", Signposted.ACCUSATION}:
            return
        after = self.state()
        asks_for_photos = after.form is not None and after.form.step is Step.PHOTO
        assert asks_for_photos or photos(before) <= photos(after)
        assert any(map(holds_something, reports(after))) or not any(map(holds_something, reports(before)))

    def remember_buttons(self, heard: Heard) -> None:
        for reply in heard.replies:
            self.buttons += [choice["payload"] for choice in reply.payload["choices"] if choice["payload"]]

    def conversation(self) -> Conversation | None:
        return Conversation.objects.filter(chat=self.player.chat).first()

    def case(self) -> Case | None:
        return Case.objects.filter(conversation__chat=self.player.chat).exclude(state="closed").first()

    def state(self) -> State:
        conversation = self.conversation()
        return from_json(conversation.state) if conversation else State()

    def form(self) -> ReportForm | None:
        return self.state().form

    def teardown(self) -> None:
        """Whatever was said before, a report begun can be sent, and another be begun and dropped."""
        if not hasattr(self, "player"):
            return
        self.come_back()
        self.send_report()
        self.hear(Line(text=choices.REPORT))
        if self.form() is None:  # a report laid aside is asked about before another begins
            self.hear(Line(text=choices.report("drop", "yes")))
            self.hear(Line(text=choices.REPORT))
        assert self.form() is not None
        self.hear(Line(text=choices.report("cancel", "yes")))
        assert self.form() is None

    def come_back(self) -> None:
        """Out of the queue, or from the official, to the assistant."""
        case = self.case()
        if case and case.state == Case.State.CLAIMED:
            self.player.play(Line(official="xong"))
        elif case:
            self.hear(Line(text=choices.BACK))
        conversation = self.conversation()
        assert conversation is None or conversation.owner == Conversation.Owner.BOT

    def send_report(self) -> None:
        for _ in range(ANSWERS_AT_MOST):
            form = self.form()
            if form is None:
                return
            self.hear(ANSWERS[form.step])
        raise AssertionError(f"a stuck form: {self.form()}")


def reports(state: State) -> tuple[ReportForm, ...]:
    """In hand and laid aside."""
    return tuple(form for form in (state.form, state.laid_aside) if form)


def photos(state: State) -> set[str]:
    """What was sent for a report, or before it was clear what for."""
    media = [*state.media, *(medium for form in reports(state) for medium in form.media)]
    return {medium.reference for medium in media}


@pytest.fixture
def machine(responder: Responder) -> Callable[[], Citizen]:
    load_places()
    Citizen.responder = replace(responder, channels={PlayedChannel.name: PlayedChannel()})
    return Citizen


def test_every_sequence_of_messages_is_answered_and_no_draft_is_lost(machine: Callable[[], Citizen]) -> None:
    run_state_machine_as_test(
        machine, settings=settings(max_examples=8, stateful_step_count=25, derandomize=True, deadline=None)
    )


@pytest.mark.heavy
def test_many_more_sequences_are_answered(machine: Callable[[], Citizen]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=int(os.environ.get("MOTCUA_TEST_SEQUENCES", "40")),
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
