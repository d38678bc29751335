"""The supervisor's board: who waits longest, who has how much, what is overdue; cases moved on in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casework.board import Board, board, listed, reports_late
from casework.board_numbers import LISTS, LONGEST, SHOWN
from casework.errors import NoReasonGiven
from casework.reassigning import Chosen, Destination, reassign
from casework.unit_loads import named_like
from office.models import Staff, Unit
from web.desk.doors import DeskRequest, overseers_page
from web.desk.fragments import is_refresh, refreshed

NO_REASON = "Anh/chị ghi lý do: người nhận và người đang giữ hồ sơ đều đọc được."
NO_CHOICE = "Anh/chị chọn ít nhất một hồ sơ."
NO_PLACE = "Anh/chị chọn nơi chuyển đến."
TO_QUEUE = "queue"
#: The one list of reports: they are opened, not moved here.
REPORTS = "reports"
REPORTS_NAME = "Phản ánh quá hạn"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The list on the page. name, value: how its address says it; title, empty: what people read."""

    name: str
    value: str
    title: str
    which: Q
    empty: str
    limit: int = SHOWN

    @property
    def is_of_reports(self) -> bool:
        return (self.name, self.value) == ("show", REPORTS)

    @property
    def address(self) -> str:
        return f"?{urlencode({self.name: self.value})}"


@overseers_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    """`?show=` a list, `?person=` a username or `?unit=` a code; `?find=` words of a unit's name.

    `?case=` what is ticked, and `?idle=` whether units where nobody waits are unfolded, when refreshed.
    """
    context = _context(request, _shown(request))
    if is_refresh(request):
        return refreshed(request, "desk/_board.html", {**context, "swap": True})
    return render(request, "desk/board.html", context)


@overseers_page("POST")
def move(request: DeskRequest) -> HttpResponse:
    """Move what is ticked to a colleague, a unit or back to the queue; told case by case."""
    shown, chosen = _shown(request), _chosen(request)
    to, reason = _destination(request), request.POST.get("reason", "")
    problem = NO_CHOICE if not chosen else NO_PLACE if to is None else ""
    if to is None or problem:
        return _again(request, shown, problem)
    try:
        moved = reassign(chosen, request.user, to, reason=reason)
    except NoReasonGiven:
        return _again(request, shown, NO_REASON)
    done = [one.number for one in moved if not one.problem]
    if done:
        messages.success(request, f"Đã chuyển {len(done)} hồ sơ {to.words}: {', '.join(done)}.")
    for one in moved:
        if one.problem:
            messages.warning(request, f"{one.number}: {one.problem}")
    return redirect(f"{reverse('desk:board')}{shown.address}")


def _shown(request: DeskRequest) -> Shown:
    asked = request.POST if request.method == "POST" else request.GET
    now = timezone.now()
    if username := asked.get("person", ""):
        return _of_person(username)
    if code := asked.get("unit", ""):
        return _of_unit(code)
    if asked.get("show") == REPORTS:
        return _OF_REPORTS
    one = LISTS.get(asked.get("show", ""), LONGEST)
    return Shown(
        name="show", value=one.key, title=one.name, which=one.which(now), empty=one.empty, limit=one.limit
    )


_OF_REPORTS = Shown(
    name="show",
    value=REPORTS,
    title=REPORTS_NAME,
    which=Q(pk__in=()),
    empty="Không phản ánh nào quá hạn.",
)


def _of_person(username: str) -> Shown:
    person = Staff.objects.filter(username=username).first()
    return Shown(
        name="person",
        value=username,
        title=f"Hồ sơ của {person.display_name if person else username}",
        which=Q(claimed_by__username=username),
        empty="Người này không giữ hồ sơ nào.",
    )


def _of_unit(code: str) -> Shown:
    unit = Unit.objects.filter(code=code).first()
    return Shown(
        name="unit",
        value=code,
        title=f"Hồ sơ ở {unit.name if unit else code}",
        which=Q(unit__code=code),
        empty="Đơn vị này không có hồ sơ nào đang mở.",
    )


def _context(request: DeskRequest, shown: Shown, **more: Any) -> dict[str, Any]:
    now: datetime = timezone.now()
    seen = board(request.user, now)
    asked = request.POST if request.method == "POST" else request.GET
    return {
        "room": "board",
        "board": seen,
        "now": now,
        "shown": shown,
        "cases": list(listed(request.user, shown.which, limit=shown.limit)),
        "reports": list(reports_late(request.user, now)[: shown.limit]) if shown.is_of_reports else [],
        "ticked": {value.partition(":")[0] for value in asked.getlist("case")},
        "lists": _tabs(seen, shown),
        "places": _places(),
        **_units(seen, asked.get("find", ""), with_idle="idle" in asked),
        **more,
    }


def _units(seen: Board, find: str, *, with_idle: bool) -> dict[str, Any]:
    """find: words of a name; with_idle: those where nobody waits are shown, too."""
    named = named_like(seen.units, find)
    busy = [load for load in named if load.has_work]
    return {
        "find": find,
        "found": len(named),
        "busy": busy,
        "idle": [load for load in named if not load.has_work],
        "with_idle": with_idle or bool(find.strip()),
    }


def _tabs(seen: Board, shown: Shown) -> list[tuple[str, str, int, bool]]:
    """Address, name and length of each list, and whether it is the one shown."""
    lengths = [(key, one.name, seen.whole.of(key)) for key, one in LISTS.items()]
    return [
        (f"?show={key}", name, length, shown.value == key and shown.name == "show")
        for key, name, length in (*lengths, (REPORTS, REPORTS_NAME, seen.reports_late))
    ]


def _places() -> list[Unit]:
    """Units to which a case may be moved: where somebody works at the desk."""
    working = Staff.objects.filter(is_active=True, role__in=Staff.DESK_ROLES)
    return list(Unit.objects.filter(staff__in=working).distinct().order_by("name"))


def _chosen(request: DeskRequest) -> list[Chosen]:
    """What was ticked, each with the holder that the page showed."""
    pairs = (value.partition(":") for value in request.POST.getlist("case"))
    return [
        Chosen(number=number, holder=int(holder) if holder.isdecimal() else None)
        for number, _, holder in pairs
    ]


def _destination(request: DeskRequest) -> Destination | None:
    """Where to, of what the board offers; None when nothing (any more) is named."""
    kind, _, key = request.POST.get("to", "").partition(":")
    if kind == TO_QUEUE:
        return Destination()
    if kind == "person":
        people = {load.staff.username: load.staff for load in board(request.user, timezone.now()).people}
        return Destination(colleague=people[key]) if key in people else None
    unit = Unit.objects.filter(code=key).first() if kind == "unit" else None
    return Destination(unit=unit) if unit else None


def _again(request: DeskRequest, shown: Shown, problem: str) -> HttpResponse:
    """The page as it is now, with what was ticked and typed kept and the reason beside it."""
    typed = {"to": request.POST.get("to", ""), "reason": request.POST.get("reason", "")}
    return render(request, "desk/board.html", _context(request, shown, problem=problem, **typed), status=422)
