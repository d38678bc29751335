"""Which reports the figures are of: a period, a unit, a category, as an address says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from casework import topics, visibility
from casework.categories import CATEGORY_NAMES
from casework.models import Case, Report
from casework.tallies import Period
from office.models import Staff, Unit

#: Of a longer period the figures are shown by month unless weeks are asked for.
LONGEST_BY_WEEK = timedelta(days=190)

LONGEST = timedelta(days=5 * 366)
#: Stands in an address for cases of no known topic.
UNKNOWN_TOPIC = "unknown"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """unit: None for every one the person sees. category: "" for every one."""

    period: Period
    unit: Unit | None = None
    category: str = ""

    def reports_of(self, staff: Staff) -> QuerySet[Report]:
        """The reports that the person sees and that fit."""
        fits = {"unit": self.unit, "category": self.category}
        seen = visibility.reports_for(staff).filter(**{name: value for name, value in fits.items() if value})
        return self.period.of(seen)

    def cases_of(self, staff: Staff) -> QuerySet[Case]:
        """The cases that the person sees and that fit; of them category is the topic."""
        seen = visibility.cases_for(staff)
        if self.unit:
            seen = seen.filter(unit=self.unit)
        if self.category:
            seen = seen.filter(topic="" if self.category == UNKNOWN_TOPIC else self.category)
        return self.period.of(seen, column="opened_at")

    def address(self, **more: str) -> str:
        """The choice as the query of an address, "?" included."""
        days = {"first": self.period.first.isoformat(), "last": self.period.last.isoformat()}
        narrowed = {"unit": self.unit.code if self.unit else "", "category": self.category, **more}
        return f"?{urlencode({**days, **{name: value for name, value in narrowed.items() if value}})}"

    def of_span(self, first: date, span: str) -> Choice:
        """Narrowed to the week or month that begins on this day."""
        week = Period(first=first, last=first + timedelta(days=6))
        return replace(self, period=(week if span == "week" else _month_of(first)).within(self.period))

    @property
    def usual_span(self) -> str:
        is_long = self.period.last - self.period.first > LONGEST_BY_WEEK
        return "month" if is_long else "week"


class ChoiceForm(forms.Form):
    """What is chosen; what is left out or cannot be read is as usual."""

    first = forms.DateField(required=False, label="Từ ngày", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(required=False, label="Đến ngày", widget=forms.DateInput(attrs={"type": "date"}))
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Mọi đơn vị",
        label="Đơn vị",
        to_field_name="code",
    )
    category = forms.ChoiceField(
        required=False, choices=[("", "Mọi loại việc"), *CATEGORY_NAMES.items()], label="Loại việc"
    )

    def __init__(self, data: Any, *, staff: Staff) -> None:
        super().__init__(data)
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)  # noqa: S101 -- narrows the type for mypy
        units.queryset = units_seen_by(staff)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and first > last:
            self.add_error("last", "Ngày cuối phải từ ngày đầu trở đi.")
        elif first and (last or timezone.localdate()) - first > LONGEST:
            self.add_error("first", "Anh/chị chọn một kỳ không quá năm năm.")
        return given

    @property
    def choice(self) -> Choice:
        """What the figures are shown of, also where something was wrong: that is then as usual."""
        self.full_clean()
        given = {name: value for name, value in self.cleaned_data.items() if name not in self.errors}
        usual = usual_period(timezone.localdate())
        last = given.get("last") or max(usual.last, given.get("first") or usual.last)
        period = Period(first=given.get("first") or _months_before(min(usual.last, last), 2), last=last)
        return Choice(period=period, unit=given.get("unit"), category=given.get("category") or "")


class CaseChoiceForm(ChoiceForm):
    """As `ChoiceForm`, of cases: their topics are those that any case has."""

    category = forms.ChoiceField(required=False, label="Chủ đề")

    def __init__(self, data: Any, *, staff: Staff) -> None:
        super().__init__(data, staff=staff)
        there = visibility.cases_for(staff).order_by().exclude(topic="").values_list("topic", flat=True)
        named = sorted((topics.name_of(topic), topic) for topic in there.distinct())
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- narrows the type for mypy
        known = ((topic, name) for name, topic in named)
        field.choices = [("", "Mọi chủ đề"), *known, (UNKNOWN_TOPIC, "Chưa rõ")]


def units_seen_by(staff: Staff) -> QuerySet[Unit]:
    """Whose figures the person may see, as `visibility.reports_for`: own units and those directly below."""
    if staff.role == Staff.Role.ADMINISTRATOR:
        return Unit.objects.all()
    own = Q(pk__in=staff.units.all())
    if staff.role == Staff.Role.SUPERVISOR:
        own |= Q(parent__in=staff.units.all())
    return Unit.objects.filter(own)


def usual_period(today: date) -> Period:
    """This month and the two before it."""
    return Period(first=_months_before(today, 2), last=today)


def periods(today: date) -> tuple[tuple[str, Period], ...]:
    """What is often asked for, by name."""
    this_month, last_month = _months_before(today, 0), _months_before(today, 1)
    quarter = _months_before(today, (today.month - 1) % 3)
    return (
        ("Tháng này", Period(first=this_month, last=today)),
        ("Tháng trước", Period(first=last_month, last=this_month - timedelta(days=1))),
        ("Quý này", Period(first=quarter, last=today)),
        ("3 tháng gần đây", usual_period(today)),
        ("Năm nay", Period(first=date(today.year, 1, 1), last=today)),
        ("12 tháng gần đây", Period(first=_months_before(today, 11), last=today)),
    )


def spans_of(period: Period, span: str) -> list[date]:
    """The first day of every week or month of the period, in order; the first may begin before it."""
    first = period.first - timedelta(days=period.first.weekday() if span == "week" else period.first.day - 1)
    days = []
    while first <= period.last:
        days.append(first)
        first = first + timedelta(days=7) if span == "week" else _month_of(first).last + timedelta(days=1)
    return days


def _months_before(today: date, months: int) -> date:
    number = today.year * 12 + today.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _month_of(first: date) -> Period:
    return Period(first=first, last=_months_before(first, -1) - timedelta(days=1))
