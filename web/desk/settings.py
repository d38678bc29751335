"""The live settings on the desk: what each is, its value and source, and the form that sets it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from casework import term_recount
from casework.term_recount import Moves
from office import live_settings
from office.errors import NoSuchSetting, SettingMovedOn, SettingProblem
from office.models import AuditEntry
from web.desk.doors import DeskRequest, administrators_page

#: Of the reports and of the cases whose terms move, so many are shown; all are counted.
SHOWN = 20
#: Lines of the register below the settings.
ACTS_SHOWN = 20


@administrators_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    return _page(request)


@administrators_page("POST")
def put(request: DeskRequest, name: str) -> HttpResponse:
    source, seen = request.POST.get("source", ""), request.POST.get("seen", "")
    try:
        moves = term_recount.moves_by_setting(name, _typed(request))
        if moves.count and source.strip() and not request.POST.get("saved"):
            return _page(request, **_trial(request, name, moves))
        stands, moved = term_recount.put_setting(
            name, _typed(request), source=source, by=request.user, seen=seen
        )
    except NoSuchSetting as problem:
        messages.error(request, str(problem))
        return redirect("desk:settings")
    except SettingProblem as problem:
        status = 409 if isinstance(problem, SettingMovedOn) else 422
        tried = {"typed": _typed(request), "source": source}
        return _page(request, status=status, problem=str(problem), problem_with=name, tried=tried)
    terms = f" Hạn của {moved.words} đã được tính lại." if moved else ""
    messages.success(request, f"Đã lưu: {stands.setting.title} – {stands.words}. Có hiệu lực ngay.{terms}")
    return redirect("desk:settings")


def _trial(request: DeskRequest, name: str, moves: Moves) -> dict[str, Any]:
    """What the page shows before a setting is saved that moves what is due."""
    setting, typed = live_settings.named(name), _typed(request)
    trial = {
        "stands": live_settings.standing(setting),
        "typed": typed,
        "words": setting.kind.words(setting.kind.read(typed)),
        "source": request.POST["source"],
        "seen": request.POST.get("seen", ""),
    }
    shown = {"moves": moves.reports[:SHOWN], "case_moves": moves.cases[:SHOWN], "moved": moves.count}
    return {"trial": trial, **shown}


def _typed(request: DeskRequest) -> str:
    return ",".join(request.POST.getlist("value"))


def _page(request: DeskRequest, *, status: int = 200, **more: object) -> HttpResponse:
    grouped = groupby(live_settings.standings(), key=lambda stands: stands.setting.group)
    acts = AuditEntry.objects.filter(action="setting.put").select_related("actor")
    context = {
        "room": "settings",
        "groups": [(group, list(standings)) for group, standings in grouped],
        "acts": [(act, act.subject.partition(":")[2]) for act in acts.order_by("-id")[:ACTS_SHOWN]],
        "longest_source": live_settings.LONGEST_SOURCE,
        **more,
    }
    return render(request, "desk/settings.html", context, status=status)
