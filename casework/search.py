"""What is found by words in transcripts, cases, reports and names: what the reader may see, newest first.

A turn is found where a case lets the reader read its transcript; talks with the assistant alone are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from django.db.models import Exists, F, Max, Min, Model, OuterRef, Q, QuerySet, Subquery, Value

from casework import visibility, word_indexes
from casework.models import Case, CaseNote, Report, ReportStep
from casework.newest import newest
from casework.report_life import OPEN
from conversations import word_indexes as conversation_words
from conversations.models import Conversation, Turn
from office.models import Staff, Unit
from office.word_index import EVERY_KEY, Keys, WordIndex, Words
from office.word_indexes import STAFF

Row = TypeVar("Row", bound=Model)

#: Of so many, the rows of all kinds are looked up by their times before any word is.
FEW_DAYS = timedelta(days=92)


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

    @property
    def is_of_few_days(self) -> bool:
        if self.since is None or self.until is None:
            return False
        return self.until - self.since <= FEW_DAYS


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[Row]):
    """Something in which words are looked for.

    words: their index; at: the column of its time; seen: what of it the reader may see and what is asked for
    besides words and times lets through.
    """

    words: WordIndex
    at: str
    seen: Callable[[Search], QuerySet[Row]]

    def found(self, search: Search) -> QuerySet[Row]:
        """Newest first."""
        return self._having(self._asked(search), search.words)

    def page(self, search: Search, *, first: int, count: int, below: int | None = None) -> list[Row]:
        """So many of what is found, from the first (0 for the newest) on. Only these rows are read whole.

        below: only rows of lower keys, to go on where another list ended: nothing repeats, nothing is missed.
        """
        asked, span = self._asked(search), _below(self._span(search), below)
        keys = newest(lambda part: self._having(asked, search.words, part), span, most=first + count)
        return list(self.seen(search).filter(pk__in=keys[first:]).order_by("-id"))

    def _asked(self, search: Search) -> QuerySet[Row]:
        return self.seen(search).filter(**dict(_times(search, self.at)))

    def _having(self, asked: QuerySet[Row], words: Words, keys: Keys = EVERY_KEY) -> QuerySet[Row]:
        return asked.filter(self.words.having(words, keys)).order_by("-id")

    def _span(self, search: Search) -> Keys:
        """Where the rows of a few days lie, else the whole table."""
        rows = self.seen(search).model._default_manager.order_by()
        if not search.is_of_few_days:
            return Keys(last=rows.aggregate(last=Max("pk"))["last"])
        # Adding 0 keeps PostgreSQL from walking along all keys until it meets the days.
        key = F("pk") + 0
        ends = rows.filter(**dict(_times(search, self.at))).aggregate(first=Min(key), last=Max(key))
        return Keys(after=(ends["first"] or 1) - 1, last=ends["last"])


def _below(span: Keys, key: int | None) -> Keys:
    if key is None or span.last is None:
        return span
    return replace(span, last=max(span.after or 0, min(span.last, key - 1)))


def _cases(search: Search, *, by_holder: bool = True) -> QuerySet[Case]:
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


def _turns(search: Search) -> QuerySet[Turn]:
    readable = _cases(search, by_holder=False).filter(conversation=OuterRef("conversation"))
    found = Turn.objects.select_related("conversation", "staff").filter(Exists(readable))
    if search.handled_by:
        found = found.filter(staff=search.handled_by)
    return found.annotate(case_number=_newest_number(readable))


def _notes(search: Search) -> QuerySet[CaseNote]:
    readable = _cases(search, by_holder=False).filter(pk=OuterRef("case"))
    found = CaseNote.objects.select_related("case", "staff").filter(Exists(readable))
    return found.filter(staff=search.handled_by) if search.handled_by else found


def _report_notes(search: Search) -> QuerySet[ReportStep]:
    readable = _reports(search, by_actor=False).filter(pk=OuterRef("report"))
    found = ReportStep.objects.select_related("report", "actor").filter(Exists(readable), actor__isnull=False)
    return found.filter(actor=search.handled_by) if search.handled_by else found


def _citizens(search: Search) -> QuerySet[Conversation]:
    case = _cases(search).filter(conversation=OuterRef("pk"))
    report = _reports(search).filter(conversation=OuterRef("pk"))
    found = Conversation.objects.filter(Exists(case) | Exists(report))
    codes = Subquery(report.order_by("-id").values("code")[:1])
    return found.annotate(case_number=_newest_number(case), report_code=codes)


CASES = Kind(words=word_indexes.CASES, at="opened_at", seen=_cases)
REPORTS = Kind(words=word_indexes.REPORTS, at="created_at", seen=_reports)
#: Each with `case_number`, of the newest case in which the reader may read it.
TURNS = Kind(words=conversation_words.TURNS, at="created_at", seen=_turns)
#: Private notes on cases that the reader may see.
NOTES = Kind(words=word_indexes.CASE_NOTES, at="at", seen=_notes)
#: What officials wrote into the registers of reports.
REPORT_NOTES = Kind(words=word_indexes.REPORT_NOTES, at="at", seen=_report_notes)
#: Conversations by the citizen's name, with `case_number` and `report_code`: one of them, or both.
CITIZENS = Kind(words=conversation_words.CITIZENS, at="created_at", seen=_citizens)


def staff(search: Search) -> QuerySet[Staff]:
    """Colleagues by name, each with `is_overseen`: whether the reader answers for this person's work here.

    Where the search is narrowed by anything but the unit, nobody.
    """
    found = Staff.objects.filter(STAFF.having(search.words), is_active=True).prefetch_related("units")
    found = found.annotate(is_overseen=_is_overseen(search.reader))
    if search.unit:
        found = found.filter(units=search.unit)
    narrowed = (search.channel, search.is_open is not None, search.since, search.until, search.handled_by)
    return found.none() if any(narrowed) else found.order_by("last_name", "first_name", "id")


def page_of_staff(search: Search, *, first: int, count: int, below: None = None) -> list[Staff]:  # noqa: ARG001 -- asked as any other kind
    """As Kind.page, but by name, so that no list goes on below a key."""
    return list(staff(search)[first : first + count])


def _is_overseen(reader: Staff) -> Exists | Value:
    if not reader.may_oversee:
        return Value(False)  # noqa: FBT003 -- of the database
    return Exists(visibility.colleagues_for(reader).filter(pk=OuterRef("pk")))


def _newest_number(readable: QuerySet[Case]) -> Subquery:
    return Subquery(readable.order_by("-id").values("number")[:1])


def _times(search: Search, column: str) -> Iterator[tuple[str, datetime]]:
    if search.since:
        yield f"{column}__gte", search.since
    if search.until:
        yield f"{column}__lt", search.until
