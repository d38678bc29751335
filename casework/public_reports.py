"""What everyone may read of reports: the published ones, listed, opened, and counted on a map.

Reads publications as they were approved; of the report itself only its state, dates, unit and steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from casework.models import Publication, Report, ReportStep
from casework.report_life import ANSWER_OWED
from nlu import text as texts

State = Report.State
Act = ReportStep.Act

A_PAGE = 20
LONGEST_SEARCH = 100
#: Acts that everyone may know of; never their notes, which are written to the author or to colleagues.
PUBLIC_ACTS = (
    *(Act.FILED, Act.TAKEN_IN, Act.CLASSIFIED, Act.FORWARDED, Act.STARTED, Act.ANSWERED),
    *(Act.REFUSED, Act.MERGED, Act.REOPENED),
)

OPEN_ONES, ANSWERED_ONES, OVERDUE_ONES = "open", "answered", "overdue"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for. words: in any order, with or without marks; ward: a unit's code;
    standing: one of OPEN_ONES, ANSWERED_ONES, OVERDUE_ONES; "" stands for every one."""

    words: str = ""
    category: str = ""
    ward: str = ""
    standing: str = ""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page of publications, the newest first. next_page: the key to ask for the next by, 0 for none."""

    publications: tuple[Publication, ...]
    next_page: int


@dataclass(frozen=True, kw_only=True)
class PublicStep:
    """One step everyone may know of."""

    at: datetime
    name: str
    unit: str


def published() -> QuerySet[Publication]:
    """Everything that is shown now."""
    return Publication.objects.filter(withdrawn_at=None)


def wanted(looked_for: Wanted, now: datetime) -> QuerySet[Publication]:
    """The published reports that are looked for, in no order."""
    found = published()
    for word in texts.fold(looked_for.words[:LONGEST_SEARCH]).split():
        found = found.filter(search__contains=word)
    if looked_for.category:
        found = found.filter(category=looked_for.category)
    if looked_for.ward:
        found = found.filter(ward__code=looked_for.ward)
    return found.filter(_stands(looked_for.standing, now))


def _stands(standing: str, now: datetime) -> Q:
    return {
        OPEN_ONES: Q(report__state__in=ANSWER_OWED),
        ANSWERED_ONES: Q(report__state=State.ANSWERED),
        OVERDUE_ONES: Q(report__state__in=ANSWER_OWED, report__due_at__lt=now),
    }.get(standing, Q())


def listed(looked_for: Wanted, now: datetime, *, before: int = 0) -> Listed:
    """A page of what is looked for. before: the key that the page before gave, 0 for the first page."""
    found = wanted(looked_for, now).select_related("report__unit", "ward").order_by("-id")
    if before:
        found = found.filter(id__lt=before)
    publications = list(found[: A_PAGE + 1])
    more = len(publications) > A_PAGE
    return Listed(
        publications=tuple(publications[:A_PAGE]), next_page=publications[A_PAGE - 1].pk if more else 0
    )


def opened(code: str) -> Publication | None:
    """What is shown under this code; None alike for one that is not shown and one that does not exist."""
    found = published().select_related("report__unit", "report__merged_into", "ward")
    return found.filter(report__code=code).first()


def steps_of(publication: Publication) -> Iterator[PublicStep]:
    """What was done and when, the oldest first."""
    done = publication.report.steps.filter(act__in=PUBLIC_ACTS).select_related("unit")
    for step in done.order_by("id"):
        unit = step.unit.name if step.unit and step.act == Act.FORWARDED else ""
        yield PublicStep(at=step.at, name=step.get_act_display(), unit=unit)


def merged_into(publication: Publication) -> str:
    """The code of the published report that this one became part of; "" without one."""
    other = publication.report.merged_into
    return other.code if other and published().filter(report=other).exists() else ""


def followers(publication: Publication) -> int:
    """How many others said that they meet the same."""
    return publication.report.follows.count()


def is_overdue(report: Report, now: datetime) -> bool:
    """Whether the office still owes an answer whose term is over."""
    return report.state in ANSWER_OWED and report.due_at is not None and report.due_at < now


def was_answered_late(report: Report) -> bool:
    if report.state != State.ANSWERED or report.due_at is None or report.answered_at is None:
        return False
    return report.answered_at > report.due_at
