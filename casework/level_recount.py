"""When replies are due, counted anew: what a decision moves for who waits now, shown and then done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from casework import practice
from casework.models import Case
from casework.service_levels import Running, ServiceLevels, service_levels
from office import audit
from office.lookups import Change, moment, number
from office.models import Staff
from office.moment_words import moment_words

#: Cases of one look; more are left to the next, which follows at once.
AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class CaseMove:
    """A case whose reply is due at another moment. before: None where none was; fields: the new term."""

    case: Case
    before: datetime | None
    after: datetime
    fields: Running


def moves(levels: ServiceLevels) -> list[CaseMove]:
    """The open cases whose replies are due at another moment by these levels."""
    return list(_moves(levels, _owed()))


def recount(because: str, by: Staff | None) -> int:
    """Write what is due by the levels in force, with a line each; how many moved.

    Inside the caller's transaction, with the decision it follows from. version stays: no official's act is
    based on the end of a term, so none is to be refused for it.
    """
    moved = list(_moves(service_levels(), _owed().select_for_update(of=("self",), no_key=True)))
    for move in moved:
        _WRITTEN.make(case=move.case.pk, **move.fields)
    audit.note_all("case.due_moved", {move.case.number: _told(move, because) for move in moved}, by)
    return len(moved)


def begin_terms() -> int:
    """Give each waiting citizen a term who has none: of a case from before there were levels; how many.

    AT_ONCE at the most. It begins when the citizen began to wait.
    """
    without = practice.of_citizens(Case.objects.exclude(state=Case.State.CLOSED)).filter(due_at=None)
    levels = service_levels()
    return sum(_begin(case, levels) for case in without.exclude(owed_since=None).order_by("id")[:AT_ONCE])


def _begin(case: Case, levels: ServiceLevels) -> int:
    """0 when a reply was quicker."""
    assert case.owed_since is not None  # noqa: S101 -- narrows the type for mypy
    as_read = Case.objects.filter(pk=case.pk, owed_since=case.owed_since, due_at=None)
    return as_read.update(**levels.owed(case, case.owed_since))


#: One statement a case: together in one (bulk_update) they take three times as long.
_WRITTEN = Change(
    lambda: Case.objects.filter(pk=number("case")),
    due_at=moment("due_at"),
    warn_at=moment("warn_at"),
    escalate_at=moment("escalate_at"),
)


def _owed() -> QuerySet[Case]:
    return practice.of_citizens(Case.objects.exclude(state=Case.State.CLOSED).exclude(owed_since=None))


def _moves(levels: ServiceLevels, cases: QuerySet[Case]) -> Iterator[CaseMove]:
    for case in cases.order_by("id"):
        assert case.owed_since is not None  # noqa: S101 -- narrows the type for mypy
        fields = levels.ends(case, case.owed_since, step=case.escalation_step)
        if any(getattr(case, name) != value for name, value in fields.items()):
            yield CaseMove(case=case, before=case.due_at, after=fields["due_at"], fields=fields)


def _told(move: CaseMove, because: str) -> dict[str, str]:
    now = timezone.now()
    before = moment_words(move.before, now=now) if move.before else ""
    return {"before": before, "after": moment_words(move.after, now=now), "because": because[:300]}
