"""An answered report is rated in two taps or in words; nothing that comes next is taken for a comment."""

from __future__ import annotations

import pytest

from casework.models import Report, ReportRating
from tests.bot.office import BIRTH, Talk
from tests.casework import lives
from tests.casework.people import official

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered(talk: Talk) -> Report:
    """A report filed here and answered; the buttons to rate lie below the answer."""
    talk.say("rác chất đống ở đầu ngõ 5 phố Huế")
    talk.say("không có ảnh")
    talk.say("gửi đi")
    return lives.answered(Report.objects.get(), official(), "Đã dọn.")


def test_satisfied_takes_one_tap(talk: Talk, answered: Report) -> None:
    (thanks,) = talk.tap(f"satisfied:{answered.code}:yes")
    assert "Cảm ơn" in thanks.text
    assert ReportRating.objects.get().is_satisfied


def test_not_satisfied_takes_two_and_words_only_when_wanted(talk: Talk, answered: Report) -> None:
    (asked,) = talk.tap(f"satisfied:{answered.code}:no")
    assert [choice["label"] for choice in asked.payload["choices"]][:2] == ["Chậm", "Chưa khắc phục"]
    (kept,) = talk.tap(f"satisfied:{answered.code}:not_fixed")
    assert "chưa khắc phục" in kept.text
    (answer,) = talk.say("làm khai sinh cần giấy tờ gì")
    assert answer.payload["citation"]["code"] == BIRTH
    rating = ReportRating.objects.get()
    assert (rating.is_satisfied, rating.reason, rating.comment) == (False, "not_fixed", "")


def test_another_reason_is_told_in_words(talk: Talk, answered: Report) -> None:
    talk.tap(f"satisfied:{answered.code}:no")
    talk.tap(f"satisfied:{answered.code}:other")
    talk.say("rác lại đầy sau một hôm")
    rating = ReportRating.objects.get()
    assert (rating.reason, rating.comment) == ("other", "rác lại đầy sau một hôm")


def test_only_the_message_right_after_the_question_is_a_comment(talk: Talk, answered: Report) -> None:
    talk.tap(f"satisfied:{answered.code}:no")
    talk.tap(f"satisfied:{answered.code}:late")
    talk.tap(f"satisfied:{answered.code}:more")
    talk.tap("help")
    talk.say("tôi muốn làm khai sinh")
    assert ReportRating.objects.get().comment == ""


def test_the_buttons_may_be_typed(talk: Talk, answered: Report) -> None:
    (asked,) = talk.say("không hài lòng")
    assert "Vì sao" in asked.text
    talk.say("1")
    assert ReportRating.objects.get().reason == "late"


def test_what_was_rated_or_is_somebody_else_s_is_told_so(talk: Talk, answered: Report) -> None:
    talk.tap(f"satisfied:{answered.code}:yes")
    (again,) = talk.tap(f"satisfied:{answered.code}:no")
    assert "đã được đánh giá" in again.text
    stranger = Talk(responder=talk.responder, chat="stranger")
    (refused,) = stranger.tap(f"satisfied:{answered.code}:no")
    assert refused.text == again.text
    assert ReportRating.objects.get().is_satisfied
