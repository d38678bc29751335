"""Why the assistant answered so: what it understood, found and quoted, from the release of that day."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from casework.models import Case
from conversations.models import Turn
from knowledge_base.answering import full_part
from knowledge_base.article import ArticleContent, Content
from knowledge_base.errors import ReleaseProblem
from knowledge_base.models import Release
from knowledge_base.parts import PART_LABELS, present_parts
from knowledge_base.releases import kept_library
from knowledge_base.tracing import Trace, TracedHit
from web.desk.cases import case_of
from web.desk.doors import DeskRequest, desk_page
from web.desk.fragments import is_refresh

OUTCOMES = {"Answerable": "Trả lời", "Ambiguous": "Hỏi lại cho rõ", "NotFound": "Chưa biết, không trả lời"}
SHOWN = 5
_LABELS = {part.value: label for part, label in PART_LABELS.items()}


@dataclass(frozen=True, kw_only=True)
class Reason:
    """asked: the citizen's turn. trace: None when it was answered without a search. release: its name, "" for
    none. code, part: what was quoted, "" where nothing was. hits: the best SHOWN.
    """

    asked: Turn
    trace: Trace | None
    release: str
    code: str
    part: str

    @property
    def outcome(self) -> str:
        return OUTCOMES.get(self.trace.outcome, self.trace.outcome) if self.trace else ""

    @property
    def percent(self) -> int:
        return round(100 * self.trace.probability) if self.trace else 0

    @property
    def hits(self) -> tuple[TracedHit, ...]:
        return self.trace.hits[:SHOWN] if self.trace else ()

    @property
    def part_label(self) -> str:
        return _LABELS.get(self.part, self.part)


@desk_page("GET")
def why(request: DeskRequest, number: str, turn_id: int) -> HttpResponse:
    """The reason of one reply of the assistant, as a page or as the part below the reply."""
    case = case_of(request, number)
    context = {"room": "queue", "case": case, "reason": _reason(case, turn_id)}
    return render(request, "desk/_why.html" if is_refresh(request) else "desk/why.html", context)


def _reason(case: Case, turn_id: int) -> Reason:
    replies = case.conversation.turns.select_related("in_reply_to")
    reply = get_object_or_404(replies, pk=turn_id, in_reply_to__isnull=False)
    asked, detail = reply.in_reply_to, reply.payload.get("detail", {})
    assert asked is not None  # noqa: S101 -- asked for above
    return Reason(
        asked=asked,
        trace=Trace.from_json(asked.search) if asked.search else None,
        release=reply.release or asked.release,
        code=detail.get("code") or "",
        part=detail.get("part") or detail.get("section") or "",
    )


@desk_page("GET")
def past_source(request: DeskRequest, release: str, code: str) -> HttpResponse:
    """A procedure or article as a release has it, which may not be in force any more."""
    row = get_object_or_404(Release, name=release)
    context = {"room": "queue", "release": row, "code": code, "marked": request.GET.get("part", "")}
    try:
        with kept_library(row) as library:
            if code not in library.titles():
                raise Http404
            content = library.content(code)
    except ReleaseProblem:
        return render(request, "desk/past_source.html", context | {"is_gone": True}, status=410)
    parts = _parts(content)
    return render(request, "desk/past_source.html", context | {"content": content, "parts": parts})


def _parts(content: Content) -> list[tuple[str, str, str]]:
    """Key, label and words of each."""
    if isinstance(content, ArticleContent):
        return [(section.key, section.heading, section.text) for section in content.sections]
    return [(part.value, PART_LABELS[part], full_part(content, part).text) for part in present_parts(content)]
