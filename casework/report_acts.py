"""What officials and authors do with a report: each act once, with its line in the register and its notices.

Every act names the version that its official saw; when the report has changed since, ReportMovedOn is raised
and nothing has happened. All raise NoSuchStep where the report's life does not lead there (report_life).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from casework import follows, notices, refusals, reopening
from casework.categories import CATEGORY_NAMES
from casework.errors import NoSuchStep, NotOffered, NotToWhomItIsAbout, ReasonMissing, UnitTakesNoReports
from casework.models import Report, ReportStep
from casework.register import change, check_unchanged
from casework.report_ratings import choices_to_rate
from casework.routing import Matter
from casework.terms import terms
from conversations.models import Conversation
from nlu import text as texts
from office.models import Staff, Unit
from office.units import all_units, is_or_is_below

Act = ReportStep.Act


@dataclass(frozen=True, kw_only=True)
class Classification:
    """What an official decided a report is. category: "" leaves it as it is."""

    level: str
    category: str = ""

    def __post_init__(self) -> None:
        if self.level not in Report.Level or (self.category and self.category not in CATEGORY_NAMES):
            raise NotOffered


@transaction.atomic
def take_in(report: Report, staff: Staff, *, seen: int) -> None:
    """The office has it. Tells author and followers."""
    _take_in(report, staff, seen=seen)
    follows.tell_all(report, notices.report_taken_in(report))


@transaction.atomic
def classify(report: Report, staff: Staff, *, seen: int, as_: Classification) -> None:
    """Decide how pressing it is and what it is about, which sets its term; told where the term is new."""
    before = report.due_at
    _classify(report, staff, seen=seen, as_=as_)
    if report.due_at and report.due_at != before:
        follows.tell_all(report, notices.report_term(report))


@transaction.atomic
def take_in_and_assign(
    report: Report, staff: Staff, *, seen: int, as_: Classification, to: Unit | None = None
) -> None:
    """Take in, classify and pass on in one step: the lines of all three, and one notice.

    to: None, or the unit in charge, where it stays. Raises as `forward` does.
    """
    first = report.unit
    if to and to != first:
        _check_may_get(to, report)
    _take_in(report, staff, seen=seen)
    _classify(report, staff, seen=report.version, as_=as_)
    if to is None or to == first:
        follows.tell_all(report, notices.report_taken_in(report))
        return
    _forward(report, staff, seen=report.version, to=to)
    follows.tell_all(report, notices.report_taken_in(report, forwarded_by=first))


@transaction.atomic
def forward(report: Report, staff: Staff, *, seen: int, to: Unit, reason: str) -> None:
    """Put it in another unit's charge, for a reason that its author is told.

    Decree 20/2008/NĐ-CP art. 9: to whom it belongs, within 5 working days. Raises ReasonMissing,
    NotToWhomItIsAbout, UnitTakesNoReports.
    """
    why = _said(reason)
    _forward(report, staff, seen=seen, to=to, reason=why)
    follows.tell_author(report, notices.report_forwarded(report, reason=why))
    follows.tell_followers(report, notices.report_forwarded(report))


@transaction.atomic
def start(report: Report, staff: Staff, *, seen: int) -> None:
    """The unit is at it. Told only where nothing was told the same day: it would say the same twice."""
    is_news = not _told_today(report)
    change(report, Act.STARTED, seen=seen, staff=staff)
    if is_news:
        follows.tell_all(report, notices.report_in_progress(report))


@transaction.atomic
def answer(  # noqa: PLR0913 -- what an answer is made of, each by its name
    report: Report, staff: Staff, *, seen: int, outcome: str, words: str, for_followers: bool = False
) -> None:
    """Answer in these words and say what became of the matter (Report.Outcome).

    for_followers: they may read the words, too, which say nothing of the author; else the outcome alone.
    Raises NotOffered, ReasonMissing.
    """
    said = _said(words)
    if outcome not in Report.Outcome:
        raise NotOffered
    values: dict[str, Any] = {"answer": said, "outcome": outcome, "answered_at": timezone.now()}
    change(report, Act.ANSWERED, seen=seen, staff=staff, note=said, **values)
    told = notices.report_answered(
        report, staff, invitation=reopening.invitation(report), choices=choices_to_rate(report)
    )
    follows.tell_author(report, told, staff=staff)
    if for_followers:
        follows.tell_followers(report, notices.report_answered(report, staff), staff=staff)
    else:
        follows.tell_followers(report, notices.report_answered_for_followers(report))


@transaction.atomic
def refuse(  # noqa: PLR0913 -- what a refusal is made of, each by its name
    report: Report, staff: Staff, *, seen: int, reason: str, words: str = "", signpost: Unit | None = None
) -> None:
    """Not taken up, for a reason of the list (refusals.REFUSALS), with where to turn instead.

    Raises NotOffered, or ReasonMissing where that reason asks for words.
    """
    said = refusals.explained(refusals.refusal_of(reason), texts.clean(words), signpost)
    change(report, Act.REFUSED, seen=seen, staff=staff, note=said, answer=said, refusal=reason)
    told = notices.report_refused(report, staff, invitation=reopening.invitation(report))
    follows.tell_author(report, told, staff=staff)
    follows.tell_followers(report, notices.report_refused_for_followers(report))


@transaction.atomic
def reopen(report: Report, *, reason: str, asked_in: Conversation | None = None) -> None:
    """Its author is not content: the unit looks again. report: as `reports.status_for_author` opened it.

    asked_in: the conversation that is being answered anyway; everybody else is told. Raises ReasonMissing,
    ReopenedTooOften, TooLateToReopen.
    """
    why = _said(reason)
    reopening.check(report)
    undone = {"answer": "", "outcome": "", "refusal": "", "answered_at": None}
    term = terms().at_taking_in(report.level, timezone.now())
    values: dict[str, Any] = {**undone, **term, "reopenings": F("reopenings") + 1}
    change(report, Act.REOPENED, seen=report.version, note=why, **values)
    told = notices.report_reopened(report)
    if asked_in != report.conversation:
        follows.tell_author(report, told)
    follows.tell_followers(report, told)


def units_for(report: Report) -> list[Unit]:
    """The units that may get it, by name."""
    others = (unit for unit in all_units().values() if unit.pk != report.unit_id)
    return [unit for unit in others if not unit.is_signpost_only and not _is_about(report, unit)]


def _is_about(report: Report, unit: Unit) -> bool:
    """Whether a report on service is about this unit, or one above it."""
    about = Matter(kind=report.kind, ward=report.ward, named_unit=report.named_unit).complained_of
    return about is not None and is_or_is_below(unit, about)


def _take_in(report: Report, staff: Staff, *, seen: int) -> None:
    now = timezone.now()
    term = terms().at_taking_in(report.level, now)
    change(report, Act.TAKEN_IN, seen=seen, staff=staff, taken_in_at=now, **term)


def _classify(report: Report, staff: Staff, *, seen: int, as_: Classification) -> None:
    category, now = as_.category or report.category, timezone.now()
    note = f"{Report.Level(as_.level).label}, {CATEGORY_NAMES.get(category, category).lower()}"
    values: dict[str, Any] = {"level": as_.level, "category": category, "classified_at": now}
    term = terms().at_taking_in(as_.level, report.term_from or now)
    change(report, Act.CLASSIFIED, seen=seen, staff=staff, note=note, **term, **values)


def _forward(report: Report, staff: Staff, *, seen: int, to: Unit, reason: str = "") -> None:
    check_unchanged(report, seen)
    _check_may_get(to, report)
    note = f"Chuyển đến {to.name}: {reason}" if reason else f"Chuyển đến {to.name}"
    change(report, Act.FORWARDED, seen=seen, staff=staff, note=note, unit=to)


def _check_may_get(to: Unit, report: Report) -> None:
    if _is_about(report, to):
        raise NotToWhomItIsAbout
    if to.is_signpost_only:
        raise UnitTakesNoReports
    if to == report.unit:
        raise NoSuchStep


def _told_today(report: Report) -> bool:
    told = report.steps.filter(act__in=(Act.TAKEN_IN, Act.FORWARDED, Act.REOPENED)).last()
    return told is not None and timezone.localdate(told.at) == timezone.localdate()


def _said(words: str) -> str:
    """Raises ReasonMissing where nothing was said."""
    said = texts.clean(words)
    if not said:
        raise ReasonMissing
    return said
