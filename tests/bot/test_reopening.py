"""An author asks to look again, by words or a button, and learns what came of it; nobody else can."""

from __future__ import annotations

import pytest

from casework import report_acts
from casework.models import Report, ReportStep
from casework.report_acts import Classification
from office import live_settings
from tests.bot.office import Talk
from tests.casework.people import official

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered(talk: Talk) -> Report:
    talk.say("rác chất đống ở đầu ngõ 5 phố Huế")
    talk.say("không có ảnh")
    talk.say("gửi đi")
    report, staff = Report.objects.get(), official()
    normal = Classification(level="normal")
    report_acts.take_in_and_assign(report, staff, seen=report.version, as_=normal)
    report_acts.answer(report, staff, seen=report.version, outcome="fixed", words="Đã dọn.")
    return Report.objects.get()


def test_the_words_with_a_reason_reopen_it_at_once(talk: Talk, answered: Report) -> None:
    (told,) = talk.say("đề nghị xem lại, rác vẫn còn nguyên ở đó")
    answered.refresh_from_db()
    assert (answered.state, answered.reopenings) == ("in_progress", 1)
    assert answered.code in told.text
    assert answered.steps.last().note == "rác vẫn còn nguyên ở đó"  # type: ignore[union-attr]


def test_the_button_after_a_rating_asks_why_and_takes_the_next_words(talk: Talk, answered: Report) -> None:
    talk.tap(f"satisfied:{answered.code}:no")
    (kept,) = talk.tap(f"satisfied:{answered.code}:not_fixed")
    assert f"reopen:{answered.code}" in [choice["payload"] for choice in kept.payload["choices"]]
    (asked,) = talk.tap(f"reopen:{answered.code}")
    assert "chưa thoả đáng" in asked.text
    talk.say("mới dọn được một nửa")
    answered.refresh_from_db()
    assert answered.state == "in_progress"
    assert ReportStep.objects.get(act="reopened").note == "mới dọn được một nửa"


def test_who_thinks_better_of_it_leaves_it_as_it_is(talk: Talk, answered: Report) -> None:
    talk.tap(f"reopen:{answered.code}")
    (told,) = talk.say("thôi")
    assert "giữ nguyên" in told.text
    answered.refresh_from_db()
    assert answered.state == "answered"


def test_a_stranger_learns_nothing_and_reopens_nothing(talk: Talk, answered: Report) -> None:
    stranger = Talk(responder=talk.responder, chat="stranger")
    stranger.tap(f"reopen:{answered.code}")
    (told,) = stranger.say("rác vẫn còn nguyên")
    stranger.tap("reopen:PA-2026-999999")
    (made_up,) = stranger.say("rác vẫn còn nguyên")
    assert told.text == made_up.text
    answered.refresh_from_db()
    assert answered.state == "answered"


def test_one_too_often_is_told_with_what_can_still_be_done(talk: Talk, answered: Report) -> None:
    live_settings.put("reopening.times", "0", source="thử", by=None)
    (told,) = talk.say("đề nghị xem lại, rác vẫn còn nguyên ở đó")
    assert "đủ số lần" in told.text
    answered.refresh_from_db()
    assert answered.state == "answered"


def test_the_state_of_an_answered_report_tells_its_outcome_and_offers_to_rate(
    talk: Talk, answered: Report
) -> None:
    (state,) = talk.say(answered.code)
    assert "Kết quả: đã khắc phục." in state.text
    assert "Trả lời: Đã dọn." in state.text
    offered = [choice["payload"] for choice in state.payload["choices"]]
    assert offered[:3] == [
        f"satisfied:{answered.code}:yes",
        f"satisfied:{answered.code}:no",
        f"reopen:{answered.code}",
    ]


def test_a_kien_nghi_that_begins_alike_is_no_reopening(talk: Talk) -> None:
    talk.say("đề nghị xem lại quy định nộp bản sao công chứng khi làm khai sinh, rườm rà quá")
    assert not ReportStep.objects.filter(act="reopened").exists()
    assert talk.conversation.state["reopening"] == ""
