"""Figures of reports: what counts where, and that each number is as long as the list behind it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from benchmarks.report_rows import fill
from casework import tallies
from casework.indicators import FIGURES, INTAKE_RATE, ON_TIME_RATE, QD766_CONTENT, QD766_HANDLED, Figure
from casework.models import Report, ReportRating, ReportStep
from casework.tallies import Period, Tally
from casework.working_times import times_after
from office.models import Unit
from office.working_hours import ZONE, WorkingClock
from tests.casework.people import city, ward

pytestmark = pytest.mark.django_db

State = Report.State
NOW = datetime(2026, 11, 20, 10, tzinfo=ZONE)
BEFORE, AFTER = NOW - timedelta(days=1), NOW + timedelta(days=1)


def report(
    *, filed: datetime = NOW - timedelta(days=9), unit: Unit | None = None, **fields: object
) -> Report:
    made = Report.objects.create(
        code=f"PA-2026-{Report.objects.count():06}",
        secret_hash="-",
        kind=Report.Kind.FIELD,
        category=fields.pop("category", "chieu_sang"),
        text="Đèn tắt",
        unit=unit or city(),
        **fields,
    )
    Report.objects.filter(pk=made.pk).update(created_at=filed)
    return made


def answered(*, on_time: bool = True, **fields: object) -> Report:
    due = NOW - timedelta(days=2) if on_time else NOW - timedelta(days=4)
    return report(state=State.ANSWERED, answered_at=NOW - timedelta(days=3), due_at=due, **fields)


def rate(of: Report, *, satisfied: bool, reason: str = "") -> None:
    step = ReportStep.objects.create(report=of, act=ReportStep.Act.ANSWERED, state=of.state, unit=of.unit)
    ReportRating.objects.create(report=of, step=step, is_satisfied=satisfied, reason=reason)


def tally() -> Tally:
    return tallies.total(tallies.tallies(Report.objects.all(), NOW, by="month").values())


def test_handled_in_time_is_divided_by_all_in_competence_those_not_yet_due_included() -> None:
    answered()
    answered(on_time=False)
    report(state=State.IN_PROGRESS, due_at=AFTER)
    report(state=State.REFUSED)
    assert tally().share(QD766_HANDLED) == pytest.approx(1 / 3)


def test_what_was_merged_or_sent_without_a_name_counts_nowhere_but_is_told() -> None:
    kept = answered()
    report(state=State.MERGED, merged_into=kept)
    answered(is_reference_only=True)
    counted = tally()
    assert (counted.counts["received"], counted.counts["merged"], counted.counts["reference_only"]) == (
        1,
        1,
        1,
    )
    assert counted.share(QD766_HANDLED) == counted.share(QD766_CONTENT) == 1


def test_who_does_not_rate_is_not_subtracted_and_refused_reports_are_among_all() -> None:
    rate(answered(), satisfied=False, reason="not_fixed")
    rate(answered(), satisfied=True)
    answered()
    report(state=State.REFUSED)
    assert tally().share(QD766_CONTENT) == pytest.approx(3 / 4)


def test_a_later_answer_makes_up_for_dissatisfaction_but_not_for_lateness() -> None:
    made_up = answered()
    rate(made_up, satisfied=False, reason="unclear")
    rate(made_up, satisfied=True)
    was_late = answered()
    rate(was_late, satisfied=False, reason="late")
    rate(was_late, satisfied=True)
    assert tally().counts["dissatisfied"] == 1
    assert tally().counts["rated"] == 2


def test_the_on_time_rate_leaves_out_what_is_not_yet_due_and_counts_what_is_overdue() -> None:
    answered()
    report(state=State.WITH_UNIT, due_at=BEFORE)
    report(state=State.WITH_UNIT, due_at=AFTER)
    assert tally().share(ON_TIME_RATE) == pytest.approx(1 / 2)


def test_one_answered_without_a_term_is_never_on_time() -> None:
    report(state=State.ANSWERED, answered_at=NOW)
    assert tally().share(QD766_HANDLED) == 0
    assert tally().share(ON_TIME_RATE) is None


def test_intake_counts_who_still_waits_beyond_its_term() -> None:
    report(state=State.TAKEN_IN, taken_in_at=BEFORE, intake_due=NOW)
    report(state=State.TAKEN_IN, taken_in_at=NOW, intake_due=BEFORE)
    report(state=State.NEW, intake_due=BEFORE)
    report(state=State.NEW, intake_due=AFTER)
    assert tally().share(INTAKE_RATE) == pytest.approx(1 / 3)


def test_of_nothing_there_is_no_share_and_no_mean() -> None:
    assert tally().share(QD766_HANDLED) is None
    assert tally().mean_minutes("handling_minutes") is None


def test_mean_times_are_over_those_that_have_one() -> None:
    answered(first_response_minutes=60, handling_minutes=480)
    answered(first_response_minutes=120)
    answered(on_time=False)
    assert tally().mean_minutes("first_response_minutes") == 90
    assert tally().mean_minutes("handling_minutes") == 480


def test_a_reopened_report_is_open_again_and_its_old_time_does_not_count() -> None:
    report(state=State.IN_PROGRESS, due_at=AFTER, reopenings=1, handling_minutes=300)
    counted = tally()
    assert (counted.counts["open"], counted.counts["reopened"], counted.counts["handled"]) == (1, 1, 0)
    assert counted.mean_minutes("handling_minutes") is None


def test_days_weeks_and_months_are_those_of_ha_noi() -> None:
    report(filed=datetime(2026, 10, 31, 16, 59, tzinfo=UTC))  # Saturday 23:59 in Hà Nội
    report(filed=datetime(2026, 10, 31, 17, 0, tzinfo=UTC))  # Sunday 1 November
    report(filed=datetime(2026, 11, 1, 17, 0, tzinfo=UTC))  # Monday
    october = Period(first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert october.of(Report.objects.all()).count() == 1
    by = {
        span: {
            key: parts.counts["received"]
            for key, parts in tallies.tallies(Report.objects.all(), NOW, by=span).items()
        }
        for span in ("week", "month")
    }
    assert by["week"] == {date(2026, 10, 26): 2, date(2026, 11, 2): 1}
    assert by["month"] == {date(2026, 10, 1): 1, date(2026, 11, 1): 2}


def test_units_and_categories_are_counted_apart() -> None:
    ba_dinh = ward()
    answered(unit=ba_dinh, category="cay_xanh")
    report(category="cay_xanh")
    by_unit = tallies.tallies(Report.objects.all(), NOW, by="unit")
    assert {unit: parts.counts["answered"] for unit, parts in by_unit.items()} == {
        ba_dinh.pk: 1,
        city().pk: 0,
    }
    by_category = tallies.tallies(Report.objects.all(), NOW, by="category")
    assert by_category["cay_xanh"].counts["received"] == 2


@pytest.fixture
def made_up() -> datetime:
    """Some hundred made-up reports in every state."""
    city()
    for number in range(4):
        ward(f"Phường số {number}")
    assert list(fill(900, years=0.4, seed=3, batch=300)) == [300, 600, 900]
    return timezone.now()


def test_every_figure_is_as_long_as_the_list_behind_it(made_up: datetime) -> None:
    counted = tallies.total(tallies.tallies(Report.objects.all(), made_up, by="week").values()).counts
    assert counted == {figure.key: figure.of(Report.objects.all(), made_up).count() for figure in FIGURES}
    assert {key for key, count in counted.items() if not count} <= {"without_term", "intake_overdue"}


@pytest.mark.parametrize("by", ["unit", "category", "week", "month"])
def test_whatever_is_counted_by_all_parts_make_the_whole(made_up: datetime, by: str) -> None:
    parts = tallies.tallies(Report.objects.all(), made_up, by=by)
    assert tallies.total(parts.values()) == tally_at(made_up)


def tally_at(now: datetime) -> Tally:
    return tallies.total(tallies.tallies(Report.objects.all(), now, by="category").values())


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_every_figure_says_what_it_counts(figure: Figure) -> None:
    assert figure.means.endswith(".")
    assert figure.among


CLOCK = WorkingClock()
FRIDAY = datetime(2026, 11, 20, 16, tzinfo=ZONE)


def test_the_first_response_is_counted_in_working_time_and_once() -> None:
    waiting = Report(created_at=FRIDAY)
    monday = FRIDAY + timedelta(days=2, hours=17)  # 9:00
    assert times_after("taken_in", waiting, monday, CLOCK) == {"first_response_minutes": 120}
    assert times_after("refused", waiting, monday, CLOCK) == {"first_response_minutes": 120}
    waiting.first_response_minutes = 120
    assert times_after("refused", waiting, monday, CLOCK) == {}


def test_handling_runs_from_taking_in_to_the_last_answer() -> None:
    taken_in = Report(created_at=FRIDAY - timedelta(days=1), taken_in_at=FRIDAY, handling_minutes=5)
    assert times_after("answered", taken_in, FRIDAY + timedelta(minutes=30), CLOCK) == {
        "handling_minutes": 30
    }


def test_other_acts_keep_no_time() -> None:
    assert times_after("forwarded", Report(created_at=FRIDAY), FRIDAY, CLOCK) == {}
