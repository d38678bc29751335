"""Replies that run late: the holder is warned before, then one after the other is told; once a term each.

Holder, supervisors of the unit, supervisors above: the next after a share of the limit (levels.step). Where
nobody is to be told of a step the next one follows at once. The holder stays in charge throughout. Several
processes may look at the same time: each step is claimed by a conditional UPDATE, so that one of them acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from casework import desk_notices, practice, visibility
from casework.models import Case
from casework.overseeing import supervisors_of, units_above
from casework.owed import due_soon, owed
from casework.service_levels import ServiceLevels, service_levels
from conversations.changes import DESK, publish
from office import audit
from office.models import Staff, Unit
from office.moment_words import left_words

#: Cases of one look; more are left to the next, which follows at once.
AT_ONCE = 200

Step = Case.Step


@dataclass(frozen=True, kw_only=True)
class Told:
    """Who is told next. unit: whose supervisors, None for the holder or where nobody is left to be told."""

    step: Case.Step
    unit: Unit | None = None
    people: Sequence[Staff] = field(default=())


def warn(now: datetime) -> int:
    """Tell the holder of each case whose reply is nearly due; how many, AT_ONCE at the most.

    Of one that nobody has the mark in its unit's queue is the warning (Case.warn_at).
    """
    levels = service_levels()
    return sum(_warn(case, now, levels) for case in _looked_at(_to_warn(now)))


def escalate(now: datetime) -> int:
    """Tell of each case whose reply is late who is next in the chain; how many, as above."""
    levels = service_levels()
    return sum(_escalate(case, now, levels) for case in _looked_at(_to_escalate(now)))


def next_told(case: Case) -> Told:
    """Who is to be told next that a reply is late; the last step without people when nobody is left.

    Never a person of the office of which this citizen complained, or of one below it.
    """
    return next(_later(case), Told(step=Step.ABOVE))


def _later(case: Case) -> Iterator[Told]:
    if case.escalation_step < Step.HOLDER and case.claimed_by:
        yield Told(step=Step.HOLDER, people=(case.claimed_by,))
    if case.escalation_step < Step.SUPERVISORS and (people := _supervisors(case.unit, case)):
        yield Told(step=Step.SUPERVISORS, unit=case.unit, people=people)
    for unit in units_above(case.unit):
        if people := _supervisors(unit, case):
            yield Told(step=Step.ABOVE, unit=unit, people=people)


def _supervisors(unit: Unit, case: Case) -> list[Staff]:
    """Those of a unit who may read this case; none where its citizen complained of the unit."""
    if not visibility.may_go_to(case, unit):
        return []
    return [staff for staff in supervisors_of(unit) if not visibility.is_barred(staff, case)]


def _to_warn(now: datetime) -> Q:
    return due_soon(now) & Q(warned_at=None)


def _to_escalate(now: datetime) -> Q:
    return owed() & Q(escalate_at__lte=now)


def _looked_at(which: Q) -> QuerySet[Case]:
    cases = Case.objects.filter(which).select_related("unit__parent", "claimed_by")
    return practice.of_citizens(cases).order_by("due_at", "id")[:AT_ONCE]


@transaction.atomic
def _warn(case: Case, now: datetime, levels: ServiceLevels) -> bool:
    """False when it is no longer to be warned of, or another process has just done it."""
    if not _as_read(case).filter(_to_warn(now)).update(warned_at=now):
        return False
    audit.note("case.warned", case.number, None, to=case.claimed_by.username if case.claimed_by else None)
    if case.claimed_by and case.due_at:
        left = left_words(case.due_at, now=now, clock=levels.clock)
        desk_notices.tell(case.claimed_by, f"Hồ sơ {case.number}: người dân đang chờ trả lời, {left}.")
    publish(DESK)
    return True


@transaction.atomic
def _escalate(case: Case, now: datetime, levels: ServiceLevels) -> bool:
    """As `_warn`."""
    told = next_told(case)
    if not _as_read(case).filter(_to_escalate(now)).update(**_step(case, told, now, levels)):
        return False
    audit.note("case.escalated", case.number, None, step=told.step, to=told.unit.code if told.unit else None)
    for person in told.people:
        desk_notices.tell(person, _words(case, told, now, levels))
    publish(DESK)
    return True


def _as_read(case: Case) -> QuerySet[Case]:
    """The case while it is with the same person, in the same unit and term: who just got it is not late."""
    same = {"claimed_by": case.claimed_by, "unit": case.unit, "owed_since": case.owed_since}
    return Case.objects.filter(pk=case.pk, escalation_step=case.escalation_step, **same)


def _step(case: Case, told: Told, now: datetime, levels: ServiceLevels) -> dict[str, Any]:
    """The fields of the case once these were told."""
    assert case.owed_since is not None  # noqa: S101 -- narrows the type for mypy
    following = levels.told_at(levels.limit(case), case.owed_since, step=told.step + 1)
    to_units = {"escalated_to": told.unit, "escalated_at": now} if told.unit else {}
    return {"escalation_step": told.step, "escalate_at": following, **to_units}


def _words(case: Case, told: Told, now: datetime, levels: ServiceLevels) -> str:
    left = left_words(case.due_at, now=now, clock=levels.clock) if case.due_at else ""
    who = f" ({case.claimed_by.display_name} phụ trách)" if case.claimed_by else " (chưa ai nhận)"
    return f"Hồ sơ {case.number}: trả lời {left}{who if told.unit else ''}. Người dân vẫn đang chờ."
