"""Counts of reports over a period, by week, month, unit or category: one query, whatever is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, DateField, F, Func, Model, QuerySet, Sum
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from casework.facets import FACETS
from casework.indicators import FIGURES, HANDLED, RESPONDED, Figure, Rate
from casework.models import Report

Row = TypeVar("Row", bound=Model)

#: Kept on the report when it happens, in minutes of working time; and the figure of the reports that have it.
TIMES = {"first_response_minutes": RESPONDED, "handling_minutes": HANDLED}


SPANS = ("week", "month")


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days from the first to the last, both included, Hà Nội time."""

    first: date
    last: date

    def of(self, rows: QuerySet[Row], *, column: str = "created_at") -> QuerySet[Row]:
        """Those filed, or opened, in the period. column: when each was."""
        begin, end = (
            timezone.make_aware(datetime.combine(day, time.min))
            for day in (self.first, self.last + timedelta(days=1))
        )
        return rows.filter(**{f"{column}__gte": begin, f"{column}__lt": end})

    def within(self, other: Period) -> Period:
        return Period(first=max(self.first, other.first), last=min(self.last, other.last))


@dataclass(frozen=True, kw_only=True)
class Tally:
    """counts: by the key of a figure. minutes: of working time altogether, by column of TIMES."""

    counts: Mapping[str, int] = field(default_factory=dict)
    minutes: Mapping[str, int] = field(default_factory=dict)

    def share(self, rate: Rate) -> float | None:
        """Between 0 and 1; None of nothing."""
        whole = self.counts.get(rate.whole.key, 0)
        return self.counts.get(rate.part.key, 0) / whole if whole else None

    def mean_minutes(self, column: str) -> float | None:
        """Of working time; None where it happened to none."""
        of = self.counts.get(TIMES[column].key, 0)
        return self.minutes.get(column, 0) / of if of else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(counts=_sum(self.counts, other.counts), minutes=_sum(self.minutes, other.minutes))


class FirstDay(Func):
    """The first day of the week or month in which a moment falls in Hà Nội, as the database itself counts it.

    On SQLite Django would call Python for every row. Việt Nam has had one offset from UTC since 1975.
    """

    output_field = DateField()
    _SQLITE: ClassVar = {"week": "'weekday 0', '-6 days'", "month": "'start of month'"}

    def __init__(self, span: str, column: str) -> None:
        super().__init__(column)
        self.span = span

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Any:
        ahead = timezone.localtime().utcoffset() or timedelta(0)
        moved = f"'{int(ahead.total_seconds()):+} seconds', {self._SQLITE[self.span]}"
        return self.as_sql(compiler, connection, template=f"date(%(expressions)s, {moved})")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Any:
        local = f"(%(expressions)s) AT TIME ZONE '{timezone.get_default_timezone_name()}'"
        return self.as_sql(compiler, connection, template=f"date_trunc('{self.span}', {local})::date")


def tallies(
    reports: QuerySet[Report], now: datetime, *, by: str, figures: Sequence[Figure] = FIGURES
) -> dict[Any, Tally]:
    """By "unit" (its id), "category", "week" or "month" (its first day). Only what there is any report of."""
    facets = {facet for figure in figures for facet in figure.among}
    cases = {facet: FACETS[facet](now) for facet in sorted(facets)}
    keyed = reports.order_by().annotate(key=FirstDay(by, "created_at") if by in SPANS else F(by), **cases)
    parts = keyed.values("key", *cases).annotate(**_counted(figures))
    return {
        key: _tally(list(of_key), figures)
        for key, of_key in groupby(parts.order_by("key"), itemgetter("key"))
    }


def total(parts: Iterable[Tally]) -> Tally:
    return sum(parts, start=Tally())


def _counted(figures: Iterable[Figure]) -> dict[str, Count | Sum]:
    """What is asked of the database for each combination of cases, under names that no column has."""
    counts = {f"n_{figure.key}": Count("pk", filter=figure.which) for figure in figures if figure.which}
    sums = {f"minutes_{column}": Sum(column) for column, figure in TIMES.items() if figure in figures}
    return {"n": Count("pk"), **counts, **sums}


def _tally(parts: Sequence[Mapping[str, Any]], figures: Iterable[Figure]) -> Tally:
    counts, minutes = {}, {}
    for figure in figures:
        counted = [part for part in parts if all(part[facet] in of for facet, of in figure.among.items())]
        counts[figure.key] = sum(part[f"n_{figure.key}" if figure.which else "n"] for part in counted)
        for column in (column for column, timed in TIMES.items() if timed == figure):
            minutes[column] = sum(part[f"minutes_{column}"] or 0 for part in counted)
    return Tally(counts=counts, minutes=minutes)


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {**one, **other}}
