"""What templates say of a report's term, in the words of office.moment_words."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from casework.models import Report
from casework.terms import due_of, terms
from office.moment_words import day_words, due_words, left_words, moment_words
from office.opening_hours import working_clock
from office.working_hours import WorkingClock

register = template.Library()


@register.simple_tag(takes_context=True)
def term_words(context: template.Context, report: Report) -> str:
    """The running term: "hạn 16:30 thứ Sáu 27/11 (còn 6 giờ làm việc)"; "" when none runs."""
    due = due_of(report)
    return due_words(due, now=timezone.now(), clock=_clock(context)) if due else ""


@register.simple_tag(takes_context=True)
def time_left(context: template.Context, due: datetime | None) -> str:
    """ "còn 1 giờ 20 phút làm việc", "quá hạn 35 phút làm việc"; "" without a term."""
    return left_words(due, now=timezone.now(), clock=_clock(context)) if due else ""


@register.simple_tag
def forward_words(report: Report) -> str:
    """By when what belongs to others is passed on, and by what rule; "" before it is taken in."""
    if report.taken_in_at is None:
        return ""
    due = terms().forward_due(report.taken_in_at)
    return f"Thuộc thẩm quyền nơi khác thì chuyển trước {moment_words(due, now=timezone.now())}."


@register.filter
def is_overdue(report: Report) -> bool:
    due = due_of(report)
    return due is not None and due < timezone.now()


@register.filter
def is_due_soon(report: Report) -> bool:
    """Past the point at which its unit is warned, and not overdue."""
    now = timezone.now()
    due = due_of(report)
    return due is not None and report.warn_at is not None and report.warn_at <= now <= due


@register.filter
def is_past(at: datetime) -> bool:
    return at < timezone.now()


@register.filter
def moment(at: datetime) -> str:
    """ "16:30 thứ Sáu 27/11"."""
    return moment_words(at, now=timezone.now())


@register.filter
def weekday_and_date(day: date) -> str:
    """ "thứ Sáu 27/11"."""
    return day_words(day)


def _clock(context: template.Context) -> WorkingClock:
    """One a request, however many reports its page lists."""
    request = context["request"]
    if not hasattr(request, "working_clock"):
        request.working_clock = working_clock()
    clock: WorkingClock = request.working_clock
    return clock
