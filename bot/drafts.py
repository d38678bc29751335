"""A draft: a report laid aside while its author was away, and how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.report_form import ReportForm

#: Away for as long as this, one may have forgotten what was asked.
PAUSE = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A report laid aside. since: when its author last wrote on it, aware.

    due: there was no fit moment yet to ask about it. offered_last: it has lain for too long, and was offered
    for the last time.
    """

    form: ReportForm
    since: datetime
    due: bool = False
    offered_last: bool = False

    def is_old(self, at: datetime, kept: timedelta) -> bool:
        return at - self.since > kept


def holds_something(form: ReportForm) -> bool:
    """False for a form that nobody told anything: nothing is lost with it."""
    return bool(form.text or form.place or form.media or form.position)


def afresh(form: ReportForm) -> ReportForm:
    """The form taken up again: it asks as if for the first time."""
    return replace(form, asked=1)
