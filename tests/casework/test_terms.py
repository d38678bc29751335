"""The terms of a report: which limit runs, since when, and when its unit is warned."""

from __future__ import annotations

from datetime import datetime

import pytest

from casework import reports
from casework.models import Report
from casework.terms import Limit, due_of, terms
from office import live_settings
from office.working_hours import ZONE
from tests.casework.people import citizen

Level = Report.Level

pytestmark = pytest.mark.django_db


def at(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def test_a_report_is_to_be_taken_in_within_eight_working_hours() -> None:
    assert terms().at_filing(at("2026-11-27 16:00")) == {
        "term": "8h",
        "term_from": at("2026-11-27 16:00"),
        "intake_due": at("2026-11-30 16:00"),
        "warn_at": at("2026-11-30 14:00"),  # six of eight hours
    }


@pytest.mark.parametrize(
    ("level", "term", "due"),
    [
        (Level.URGENT, "4h", "2026-11-30 11:00"),
        (Level.NORMAL, "7d", "2026-12-08 17:00"),
        (Level.COMPLEX, "14d", "2026-12-17 17:00"),
    ],
)
def test_the_level_sets_the_term_from_taking_in(level, term, due) -> None:
    fields = terms().at_taking_in(level, at("2026-11-27 16:00"))
    assert (fields["term"], fields["due_at"]) == (term, at(due))
    assert fields["term_from"] < fields["warn_at"] < fields["due_at"]


def test_what_belongs_to_others_is_passed_on_within_five_working_days() -> None:
    assert terms().forward_due(at("2026-11-27 16:00")) == at("2026-12-04 17:00")


def test_the_office_sets_the_figures() -> None:
    live_settings.put("terms.normal_days", "10", source="QĐ 1", by=None)
    live_settings.put("terms.warn_at", "50", source="QĐ 1", by=None)
    fields = terms().at_taking_in(Level.NORMAL, at("2026-11-30 17:00"))
    assert fields["due_at"] == at("2026-12-14 17:00")
    assert fields["warn_at"] == at("2026-12-07 17:00")


def test_a_filed_report_has_its_term() -> None:
    report = reports.file_report(
        conversation=citizen(), kind=Report.Kind.FIELD, category="road", text="Ổ gà"
    ).report
    assert report.term == "8h"
    assert report.term_from < report.warn_at < report.intake_due
    assert due_of(report) == report.intake_due


def test_the_term_that_runs_goes_by_the_state() -> None:
    report = Report(intake_due=at("2026-11-27 16:00"), due_at=at("2026-12-08 17:00"))
    report.state = Report.State.IN_PROGRESS
    assert due_of(report) == report.due_at
    report.state = Report.State.ANSWERED
    assert due_of(report) is None


@pytest.mark.parametrize("limit", [Limit(amount=8), Limit(amount=14, in_days=True)])
def test_a_limit_is_read_from_its_code(limit) -> None:
    assert Limit.of_code(limit.code) == limit
