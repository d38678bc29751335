"""What an official may do with a case now: whom it may go to, when it may wake, who else is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from django.utils import timezone

from casework import cases, drafts, viewings, visibility
from casework.cases.claiming import free_to_take_over
from casework.models import Case, Draft, Viewing
from office.models import Staff
from office.moment_words import moment_words
from office.opening_hours import working_clock
from web.desk.choices import Choice


@dataclass(frozen=True, kw_only=True)
class OfferedActs:
    """Read by the page where it needs them: each is a query of its own.

    open: the act that was refused and is shown open, "" for none; problem: why; typed: what its form held.
    """

    case: Case
    staff: Staff
    now: datetime = field(default_factory=timezone.now)
    open: str = ""
    problem: str = ""
    typed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def may_take_over(self) -> bool:
        return free_to_take_over(self.case, self.staff)

    def may_pass_on(self) -> bool:
        """The holder, and who oversees."""
        is_open = self.case.state != Case.State.CLOSED
        return is_open and (self.case.claimed_by_id == self.staff.pk or self.staff.may_oversee)

    def is_unsent(self) -> bool:
        """Closing was refused for words that this person has not sent."""
        return self.open == "close" and drafts.of(self.case, self.staff) is not None

    def problem_apart(self) -> str:
        """Why the act was refused, where its form is not there any more to say it."""
        holder_only = self.open in {"snooze", "merge"} and self.case.claimed_by_id == self.staff.pk
        in_form = self.open == "close" or holder_only
        passed_on = self.open in {"transfer", "send-back"} and self.may_pass_on()
        return "" if in_form or passed_on else self.problem

    def units(self) -> list[Choice]:
        others = visibility.units_to_pass_on_to(self.case)
        return [Choice(value=f"unit:{one.code}", label=one.name) for one in others]

    def colleagues(self) -> list[Choice]:
        return [self._colleague(one) for one in visibility.colleagues_on(self.case)]

    def _colleague(self, one: Staff) -> Choice:
        me = " (tôi)" if one == self.staff else ""
        return Choice(value=f"staff:{one.pk}", label=f"{one.display_name}{me}")

    def viewers(self) -> list[tuple[Viewing, bool]]:
        """Who else has it open, and whether that person is writing."""
        others = viewings.of_others(self.case, self.staff, now=self.now)
        return [(viewing, viewing.is_writing(self.now)) for viewing in others]

    def drafts(self) -> list[Draft]:
        return drafts.begun_beside(self.case, self.staff)

    def namesakes(self) -> list[Case]:
        return cases.namesakes(self.case, self.staff)

    def wake_times(self) -> list[Choice]:
        clock, now = working_clock(), self.now
        soon = (now + timedelta(hours=1), now + timedelta(hours=3))
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        later = (clock.next_open(midnight + timedelta(days=days)) for days in (1, 7))
        return [_at(at, now) for at in sorted({*soon, *later})]


def _at(at: datetime, now: datetime) -> Choice:
    """value: ISO 8601."""
    return Choice(value=at.isoformat(timespec="minutes"), label=moment_words(at, now=now))
