"""What authors think of answers: once an answer, only theirs, in the register."""

from __future__ import annotations

import pytest

from casework import report_ratings, reports
from casework.errors import AlreadyRated, NotYourReport
from casework.models import Report, ReportRating
from conversations.models import Conversation
from tests.casework import lives
from tests.casework.people import citizen, official

pytestmark = pytest.mark.django_db

Reason = ReportRating.Reason


def answered(author: Conversation) -> Report:
    filed = reports.file_report(
        conversation=author, kind="field", category="chieu_sang", text="đèn hỏng ngõ 5"
    ).report
    staff = official()
    return lives.answered(filed, staff, "Đã thay bóng.")


def test_a_rating_is_kept_with_the_answer_it_is_of_and_stands_in_the_register() -> None:
    author = citizen()
    report = answered(author)
    rating = report_ratings.rate(report.code, author, is_satisfied=False)
    report_ratings.explain(report.code, author, Reason.LATE)
    report_ratings.comment(report.code, author, "hai tuần mới xong")
    rating.refresh_from_db()
    assert (rating.is_satisfied, rating.reason, rating.comment) == (False, "late", "hai tuần mới xong")
    assert (rating.step.act, rating.step.report) == ("answered", report)
    lines = report.steps.filter(by_citizen=True).values_list("act", "note")
    assert list(lines)[1:] == [
        ("rated", "Chưa hài lòng"),
        ("noted", "Lý do chưa hài lòng: Chậm"),
        ("noted", "Viết thêm ý kiến về trả lời"),
    ]


def test_one_answer_is_rated_once() -> None:
    author = citizen()
    report = answered(author)
    assert report_ratings.is_unrated(report)
    report_ratings.rate(report.code, author, is_satisfied=True)
    assert not report_ratings.is_unrated(report)
    with pytest.raises(AlreadyRated):
        report_ratings.rate(report.code, author, is_satisfied=False)
    with pytest.raises(AlreadyRated):
        report_ratings.explain(report.code, author, Reason.UNCLEAR)
    assert ReportRating.objects.get().is_satisfied


def test_a_reason_is_told_once() -> None:
    author = citizen()
    report = answered(author)
    report_ratings.rate(report.code, author, is_satisfied=False)
    report_ratings.explain(report.code, author, Reason.LATE)
    with pytest.raises(AlreadyRated):
        report_ratings.explain(report.code, author, Reason.OTHER)
    assert ReportRating.objects.get().reason == "late"


def test_nobody_else_rates_and_nothing_without_an_answer_is_rated() -> None:
    author = citizen()
    report = answered(author)
    with pytest.raises(NotYourReport):
        report_ratings.rate(report.code, citizen("Anh Nam"), is_satisfied=True)
    fresh = reports.file_report(conversation=author, kind="field", category="khac", text="x").report
    assert not report_ratings.is_unrated(fresh)
    with pytest.raises(NotYourReport):
        report_ratings.rate(fresh.code, author, is_satisfied=True)
    assert not ReportRating.objects.exists()
