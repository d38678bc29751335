"""Figures of all reports as open data: by month of filing, ward and category, without cells of one or two.

Reports that were not published are counted, too: the figures are those of the office, not of what it chose to
show. A cell of fewer than three reports could point at one neighbour: it is added to the month's row without
ward and category (docs/decisions/0012-public-reports.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import reduce
from typing import Any, cast

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from casework.categories import CATEGORY_NAMES
from casework.facets import Opinion, Standing, opinion, standing
from casework.models import Report

#: The fewest reports of a row with a ward and a category.
FEWEST = 3
#: Seconds for which a month's figures are kept: what was answered since shows within the hour.
KEPT = 3_600


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One row. month: "2026-10", of filing. ward, category and their codes: "" in the row of small cells.

    Each report is open, answered, refused, merged or reference_only. overdue: of the open ones, those whose
    term is over. answered_on_time, answered_late: of those with a term. rated: by their authors;
    satisfied: of them, by the last rating and with none for lateness.
    """

    month: str
    ward_code: str
    ward: str
    category_code: str
    category: str
    reports: int
    open: int
    overdue: int
    answered: int
    answered_on_time: int
    answered_late: int
    refused: int
    merged: int
    reference_only: int
    rated: int
    satisfied: int


COUNTED = tuple(field.name for field in fields(Figures) if field.type == "int")


def all_months(now: datetime) -> list[Figures]:
    """Every row from the first report on, the oldest month first."""
    return [row for month in _months(now) for row in of_month(month, now)]


def of_month(month: date, now: datetime) -> list[Figures]:
    """The rows of a month, by ward and category; as they were at most an hour ago."""
    key = f"report-figures:{month:%Y-%m}"
    rows: list[Figures] | None = cache.get(key)
    if rows is None:
        rows = _without_small_cells(_counted(month, now))
        cache.set(key, rows, KEPT)
    return rows


def _months(now: datetime) -> Iterator[date]:
    first = Report.objects.order_by("created_at").values_list("created_at", flat=True).first()
    month = timezone.localdate(first).replace(day=1) if first else timezone.localdate(now)
    while month <= timezone.localdate(now):
        yield month
        month = _next(month)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _begins(month: date) -> datetime:
    return timezone.make_aware(datetime(month.year, month.month, 1))  # noqa: DTZ001 -- made aware at once


def _counted(month: date, now: datetime) -> list[Figures]:
    cells = _filed_in(month, now).values("ward__code", "ward__name", "category")
    counted = cells.annotate(**_counts()).order_by("ward__name", "category")
    rows = cast("Iterable[dict[str, Any]]", counted)
    return [
        Figures(
            month=f"{month:%Y-%m}",
            ward_code=row["ward__code"] or "",
            ward=row["ward__name"] or "",
            category_code=row["category"],
            category=CATEGORY_NAMES.get(row["category"], row["category"]),
            **{name: row[f"n_{name}"] for name in COUNTED},
        )
        for row in rows
    ]


def _filed_in(month: date, now: datetime) -> QuerySet[Report]:
    filed = Report.objects.filter(created_at__gte=_begins(month), created_at__lt=_begins(_next(month)))
    return filed.annotate(standing=standing(now), opinion=opinion(now))


def _counts() -> dict[str, Count]:
    """By the same cases as the office's own figures (casework.facets)."""
    among = {
        "open": (Standing.WAITING, Standing.OVERDUE),
        "overdue": (Standing.OVERDUE,),
        "answered": (Standing.ON_TIME, Standing.LATE, Standing.WITHOUT_TERM),
        "answered_on_time": (Standing.ON_TIME,),
        "answered_late": (Standing.LATE,),
        "refused": (Standing.REFUSED,),
        "merged": (Standing.MERGED,),
        "reference_only": (Standing.REFERENCE_ONLY,),
    }
    asked = {
        "reports": Q(),
        **{name: Q(standing__in=cases) for name, cases in among.items()},
        "rated": Q(opinion__in=(Opinion.SATISFIED, Opinion.DISSATISFIED)),
        "satisfied": Q(opinion=Opinion.SATISFIED),
    }
    return {f"n_{name}": Count("id", filter=condition) for name, condition in asked.items()}


def _without_small_cells(rows: list[Figures]) -> list[Figures]:
    small = [row for row in rows if row.reports < FEWEST]
    large = [row for row in rows if row.reports >= FEWEST]
    return [*large, reduce(_together, small[1:], _nowhere(small[0]))] if small else large


def _nowhere(row: Figures) -> Figures:
    counted = {name: getattr(row, name) for name in COUNTED}
    return Figures(month=row.month, ward_code="", ward="", category_code="", category="", **counted)


def _together(one: Figures, other: Figures) -> Figures:
    summed = {name: getattr(one, name) + getattr(other, name) for name in COUNTED}
    return Figures(month=one.month, ward_code="", ward="", category_code="", category="", **summed)
