"""A supervisor moves several cases on at once: each by itself, wholly or not at all, and told one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casework import assignments_returned, cases, visibility
from casework.errors import (
    AlreadyThere,
    CaseNotYours,
    CaseProblem,
    ComplainsOfThisUnit,
    NobodyAtThatDesk,
    NoReasonGiven,
    NotForThisColleague,
)
from casework.models import Case
from conversations.errors import OwnerChanged
from nlu import text as texts
from office.models import Staff, Unit

GONE = "không còn mở, hoặc anh/chị không còn được xem."
#: What the supervisor reads of a case that was not moved.
PROBLEMS: dict[type[Exception], str] = {
    AlreadyThere: "đã ở đó sẵn rồi.",
    NotForThisColleague: "người này không được xem hồ sơ của đơn vị đó, hoặc bị phản ánh trong đó.",
    ComplainsOfThisUnit: "người dân phản ánh chính đơn vị này.",
    NobodyAtThatDesk: "đơn vị này chưa có cán bộ trực bàn.",
    CaseNotYours: "vừa có người khác chuyển hoặc nhận trước. Không có gì bị thay đổi.",
    OwnerChanged: "vừa có người khác nhận trước. Không có gì bị thay đổi.",
}


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A case as the supervisor saw it. holder: key of who had it then, None for nobody."""

    number: str
    holder: int | None


@dataclass(frozen=True, kw_only=True)
class Destination:
    """To a colleague, to a unit's queue, or, with neither, back to the queue of the unit it is in."""

    colleague: Staff | None = None
    unit: Unit | None = None

    @property
    def words(self) -> str:
        if self.colleague:
            return f"cho {self.colleague.display_name}"
        return f"đến {self.unit.name}" if self.unit else "về hàng chờ"


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What became of one. problem: why it was not moved, "" when it was."""

    number: str
    problem: str = ""


def reassign(chosen: Sequence[Chosen], staff: Staff, to: Destination, *, reason: str) -> list[Moved]:
    """Move each on, in the given order; one that cannot be moved holds up none of the others.

    Raises NoReasonGiven; then nothing has changed.
    """
    if not texts.clean(reason):
        raise NoReasonGiven
    return list(_each(chosen, staff, to, reason))


def _each(chosen: Sequence[Chosen], staff: Staff, to: Destination, reason: str) -> Iterator[Moved]:
    numbers = [one.number for one in chosen]
    seen = {case.number: case for case in visibility.cases_overseen(staff).filter(number__in=numbers)}
    for one in chosen:
        case = seen.get(one.number)
        problem = GONE if case is None else _moved(case, one, staff, to, reason)
        yield Moved(number=one.number, problem=problem)


def _moved(case: Case, seen: Chosen, staff: Staff, to: Destination, reason: str) -> str:
    """ "" once it is moved, else why not."""
    if case.claimed_by_id != seen.holder:
        return _who_was_first(case)
    try:
        _move(case, staff, to, reason)
    except (CaseProblem, OwnerChanged) as problem:
        return PROBLEMS.get(type(problem), str(problem))
    return ""


def _move(case: Case, staff: Staff, to: Destination, reason: str) -> None:
    if to.colleague:
        cases.give_to(case, staff, to.colleague, reason=reason)
    elif to.unit:
        cases.transfer(case, staff, to.unit, reason=reason)
    elif case.claimed_by is None:
        raise AlreadyThere
    else:
        assignments_returned.take_from_holder(case, staff, reason=reason)


def _who_was_first(case: Case) -> str:
    if case.claimed_by is None:
        return "vừa được trả về hàng chờ trước. Không có gì bị thay đổi."
    return f"{case.claimed_by.display_name} vừa nhận trước. Không có gì bị thay đổi."
