"""What is found by words in transcripts, cases, reports and names: what the reader may see, newest first.

A turn is found where a case lets the reader read its transcript; talks with the assistant alone are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery, Value

from casework import visibility, word_indexes
from casework.models import Case, CaseNote, Report, ReportStep
from casework.report_life import OPEN
from conversations.models import Conversation, Turn
from conversations.word_indexes import CITIZENS, TURNS
from office.models import Staff, Unit
from office.word_index import Words
from office.word_indexes import STAFF

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for, and by whom. None and "" where anything will do.

    since, until: from the first on, before the second. handled_by: who has the case, wrote the turn or note,
    or did something to the report.
    """

    reader: Staff
    words: Words
    unit: Unit | None = None
    channel: str = ""
    is_open: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    handled_by: Staff | None = None


def cases(search: Search) -> QuerySet[Case]:
    found = _cases(search).filter(word_indexes.CASES.having(search.words))
    return _newest(_within(found, search, "opened_at"))


def _cases(search: Search, *, by_holder: bool = True) -> QuerySet[Case]:
    """Those the reader may see, by all that is told of them but words and times."""
    found = visibility.cases_for(search.reader)
    if search.unit:
        found = found.filter(unit=search.unit)
    if search.channel:
        found = found.filter(conversation__channel=search.channel)
    if search.is_open is not None:
        closed = Q(state=Case.State.CLOSED)
        found = found.filter(~closed if search.is_open else closed)
    if search.handled_by and by_holder:
        found = found.filter(claimed_by=search.handled_by)
    return found


def reports(search: Search) -> QuerySet[Report]:
    found = _reports(search).filter(word_indexes.REPORTS.having(search.words))
    return _newest(_within(found, search, "created_at"))


def _reports(search: Search, *, by_actor: bool = True) -> QuerySet[Report]:
    found = visibility.reports_for(search.reader)
    if search.unit:
        found = found.filter(unit=search.unit)
    if search.channel:
        found = found.filter(conversation__channel=search.channel)
    if search.is_open is not None:
        is_open = Q(state__in=OPEN)
        found = found.filter(is_open if search.is_open else ~is_open)
    if search.handled_by and by_actor:
        acts = ReportStep.objects.filter(report=OuterRef("pk"), actor=search.handled_by)
        found = found.filter(Exists(acts))
    return found


def turns(search: Search) -> QuerySet[Turn]:
    """Each with `case_number`, of the newest case in which the reader may read it."""
    readable = _cases(search, by_holder=False).filter(conversation=OuterRef("conversation"))
    found = Turn.objects.select_related("conversation", "staff").filter(
        TURNS.having(search.words), Exists(readable)
    )
    if search.handled_by:
        found = found.filter(staff=search.handled_by)
    found = found.annotate(case_number=_newest_number(readable))
    return _newest(_within(found, search, "created_at"))


def notes(search: Search) -> QuerySet[CaseNote]:
    """Private notes on cases that the reader may see."""
    readable = _cases(search, by_holder=False).filter(pk=OuterRef("case"))
    found = CaseNote.objects.select_related("case", "staff").filter(
        word_indexes.CASE_NOTES.having(search.words), Exists(readable)
    )
    if search.handled_by:
        found = found.filter(staff=search.handled_by)
    return _newest(_within(found, search, "at"))


def report_notes(search: Search) -> QuerySet[ReportStep]:
    """What officials wrote into the registers of reports."""
    readable = _reports(search, by_actor=False).filter(pk=OuterRef("report"))
    found = ReportStep.objects.select_related("report", "actor").filter(
        word_indexes.REPORT_NOTES.having(search.words), Exists(readable), actor__isnull=False
    )
    if search.handled_by:
        found = found.filter(actor=search.handled_by)
    return _newest(_within(found, search, "at"))


def citizens(search: Search) -> QuerySet[Conversation]:
    """Conversations by the citizen's name, with `case_number` and `report_code`: one of them, or both."""
    case = _cases(search).filter(conversation=OuterRef("pk"))
    report = _reports(search).filter(conversation=OuterRef("pk"))
    found = Conversation.objects.filter(CITIZENS.having(search.words), Exists(case) | Exists(report))
    codes = Subquery(report.order_by("-id").values("code")[:1])
    found = found.annotate(case_number=_newest_number(case), report_code=codes)
    return _newest(_within(found, search, "created_at"))


def staff(search: Search) -> QuerySet[Staff]:
    """Colleagues, each with `is_overseen`: whether the reader answers for what this person does at the desk.

    Where the search is narrowed by anything but the unit, nobody.
    """
    found = Staff.objects.filter(STAFF.having(search.words), is_active=True).prefetch_related("units")
    found = found.annotate(is_overseen=_is_overseen(search.reader))
    if search.unit:
        found = found.filter(units=search.unit)
    narrowed = (search.channel, search.is_open is not None, search.since, search.until, search.handled_by)
    return found.none() if any(narrowed) else found.order_by("last_name", "first_name", "id")


def _is_overseen(reader: Staff) -> Exists | Value:
    if not reader.may_oversee:
        return Value(False)  # noqa: FBT003 -- of the database
    return Exists(visibility.colleagues_for(reader).filter(pk=OuterRef("pk")))


def _newest_number(readable: QuerySet[Case]) -> Subquery:
    return Subquery(readable.order_by("-id").values("number")[:1])


def _within(found: QuerySet[Row], search: Search, column: str) -> QuerySet[Row]:
    return found.filter(**dict(_times(search, column)))


def _times(search: Search, column: str) -> Iterator[tuple[str, datetime]]:
    if search.since:
        yield f"{column}__gte", search.since
    if search.until:
        yield f"{column}__lt", search.until


def _newest(found: QuerySet[Row]) -> QuerySet[Row]:
    return found.order_by("-id")
