"""One case: its transcript, and what the official can do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from casework import (
    appointments,
    around_case,
    assignments_returned,
    blocks,
    case_notes,
    cases,
    data_requests,
    drafts,
    labels,
    mentions,
    promises,
    reply_templates,
    unsaved_notes,
    visibility,
)
from casework.appointment_settings import VIDEO_LINK
from casework.looks import keep_look, looked_until
from casework.models import Block, Case
from conversations.transcript import last_written
from office import audit
from office.models import Staff
from web.desk.case_gone import CaseGone
from web.desk.choices import Choice
from web.desk.composing import composing_from
from web.desk.doors import DeskRequest, desk_page
from web.desk.fragments import is_refresh, written_anew
from web.desk.offered_acts import OfferedActs
from web.desk.reach import prospect
from web.desk.transcript import first_new, transcript


@desk_page("GET")
def show(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    since = _number(request, "new") if is_refresh(request) else looked_until(case, request.user)
    context = context_of(request, case, since=since)
    mentions.see(case, request.user)
    assignments_returned.note_opened(case, request.user)
    keep_look(case, request.user, turn=max((line.turn_id for line in context["lines"]), default=0))
    if is_refresh(request):
        return _refreshed(request, {**context, "swap": True})
    return render(request, "desk/case.html", context)


def _refreshed(request: DeskRequest, context: dict[str, Any]) -> HttpResponse:
    """The turns are written only when one is new or changed: most times none is, and they are many."""
    case, beside = context["case"], render_to_string("desk/_case_beside.html", context, request)
    shown = (context["lines"], context["first_new"], context["is_mine"], case.conversation.erased_at)

    def write() -> str:
        return f"{render_to_string('desk/_turns.html', context, request)}{beside}"

    return written_anew(request, f"{beside}{shown!r}", write)


@desk_page("GET")
def earlier(request: DeskRequest, number: str) -> HttpResponse:
    """The turns before ?before=, as a page or as the part that is put above those already shown."""
    case = case_of(request, number)
    shown = transcript(case, before=_number(request, "before"))
    context = {"room": "queue", "case": case, "lines": shown.lines, "transcript": shown}
    page = "desk/_earlier.html" if is_refresh(request) else "desk/earlier.html"
    return render(request, page, context)


@desk_page("GET")
def photo(request: DeskRequest, number: str, public_id: str) -> FileResponse:
    """A picture of the conversation, to whoever may see the case."""
    pictures = case_of(request, number).conversation.attachments
    attachment = get_object_or_404(pictures, public_id=public_id, media_type="image/jpeg")
    response = FileResponse(attachment.file.open("rb"), content_type=attachment.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _number(request: DeskRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() else 0


def case_of(request: DeskRequest, number: str) -> Case:
    """Raises CaseGone, a 404, where this person sees no case of this number (any more)."""
    case = visibility.case_seen(request.user, number)
    if case is None:
        raise CaseGone
    return case


def context_of(request: DeskRequest, case: Case, *, since: int = 0, **more: Any) -> dict[str, Any]:
    """What the page shows; what stands only in parts of it is looked up where it is shown."""
    shown = transcript(case, first=_number(request, "first"))
    sent = last_written(case.conversation, request.user)
    return {
        "last_sent": sent.pk if sent else 0,
        "room": "queue",
        "case": case,
        "is_mine": case.is_held and case.claimed_by_id == request.user.pk,
        "position": cases.position_in_queue(case),
        "promise": promises.open_promise(case),
        "merged_cases": cases.merged_into(case),
        "lines": shown.lines,
        "transcript": shown,
        "since": since,
        "first_new": first_new(shown.lines, since=since),
        "note_length": case_notes.NOTE_LENGTH,
        "register": audit.lines_on(case.number),
        "outcomes": cases.OUTCOMES,
        "block_reasons": Block.Reason.choices,
        "block_days": blocks.DAYS,
        "block_days_at_first": blocks.DAYS_AT_FIRST,
        "reply_length": cases.REPLY_LENGTH,
        "offered": OfferedActs(case=case, staff=request.user),
        "prospect": None if case.state == Case.State.CLOSED else prospect(case.conversation, timezone.now()),
        **_looked_up_where_shown(case, request.user),
        **more,
    }


def _looked_up_where_shown(case: Case, staff: Staff) -> dict[str, Any]:
    """Each is asked for once, by the part of the page that shows it; a part by itself, and a refresh, ask for
    their own only.
    """
    asked: dict[str, Callable[[], Any]] = {
        "was_given": lambda: assignments_returned.assignment_of(case, staff) is not None,
        "labels": lambda: labels.on(case),
        "labels_offered": lambda: labels.offered_for(case),
        "reports": lambda: around_case.reports(case, staff),
        "other_cases": lambda: around_case.other_cases(case, staff),
        "appointment": lambda: appointments.latest(case),
        "counters": lambda: _counters(case),
        "video_link": VIDEO_LINK.current,
        "dossiers": lambda: around_case.dossiers(case),
        "data_requests": lambda: data_requests.unmet_in(case.conversation),
        "blocked_until": lambda: _blocked_until(case),
        "reply_templates": lambda: reply_templates.offered(case, staff),
        "note": lambda: unsaved_notes.of(case, staff),
        "composing": lambda: composing_from(drafts.of(case, staff), case),
    }
    return {name: SimpleLazyObject(ask) for name, ask in asked.items()}


def _counters(case: Case) -> list[Choice]:
    found = appointments.counters_for(case).values_list("code", "name")
    return [Choice(value=code, label=name) for code, name in found]


def _blocked_until(case: Case) -> datetime | None:
    """Until when a person has stopped the answers; the machine's own pauses take minutes."""
    held = blocks.block_of(case.conversation, at=timezone.now())
    return held.until if held and held.by_id else None


def why_not(case: Case, request: DeskRequest) -> str:
    """Who was first, said to who acted second."""
    if case.state == Case.State.CLOSED:
        return f"Hồ sơ {case.number} vừa được đóng: {case.outcome}."
    if case.claimed_by is None:
        return f"Hồ sơ {case.number} đã trở lại hàng chờ của {case.unit.name}. Không có gì bị thay đổi."
    if case.claimed_by == request.user:
        return f"Anh/chị đã nhận hồ sơ {case.number} từ trước."
    name = case.claimed_by.display_name
    return f"{name} đã nhận hồ sơ {case.number} trước anh/chị. Không có gì bị thay đổi."


def shown_again(request: DeskRequest, number: str, *, status: int, **more: Any) -> HttpResponse:
    """The page as it is now, with all that was typed kept and the reason beside it."""
    case, typed = case_of(request, number), request.POST.dict()
    offered = OfferedActs(case=case, staff=request.user, typed=typed)
    context = context_of(request, case, **{"offered": offered, "appointment_typed": typed, **more})
    return render(request, "desk/case.html", context, status=status)
