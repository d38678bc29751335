"""One revision: what it says differently, what the chat would answer; publish it or use it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from knowledge_base.answering import answer
from knowledge_base.answers import Spoken
from knowledge_base.content import PartName, ProcedureContent
from knowledge_base.content_json import procedure_from_json
from knowledge_base.flags import FLAG_LABELS
from knowledge_base.here import here_and_now
from knowledge_base.local_overrides import local_values
from knowledge_base.models import Revision
from knowledge_base.parts import PART_LABELS, present_parts
from web.editor.differences import SectionDifference, differences, written_day
from web.editor.doors import EditorRequest, editor_page
from web.editor.procedures import shown_revision
from web.editor.publication import live_before, put_in_use, revision_of, use_again
from web.editor.sections import MEANINGS, changed_parts, changed_sections


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """A question, by its button or heading, and the answer the chat would give."""

    question: str
    answer: Spoken

    @property
    def updated(self) -> str:
        return written_day(self.answer.updated)


def bubbles(content: ProcedureContent, parts: tuple[PartName, ...]) -> list[Bubble]:
    """The answers on the changed parts, then the overview."""
    present = present_parts(content)
    here = here_and_now(values=local_values())
    asked = [
        Bubble(question=PART_LABELS[part], answer=answer(content, part, here))
        for part in parts
        if part in present
    ]
    return [*asked, Bubble(question=content.title, answer=answer(content, None, here))]


@editor_page("GET")
def show(request: EditorRequest, code: str, number: int) -> HttpResponse:
    revision, live = revision_of(code, number), shown_revision(code)
    before, after = _compared(revision, live)
    changed = changed_parts(before, after)
    context = {
        "room": "editor",
        "revision": revision,
        "live": live,
        "tomorrow": timezone.localdate() + timedelta(days=1),
        "content": procedure_from_json(live.content),
        "differences": differences(before, after),
        "overtaken": _overtaken(revision, live),
        "bubbles": bubbles(procedure_from_json(revision.content), changed),
        "new_flags": [FLAG_LABELS.get(flag, flag) for flag in after.flags if flag not in before.flags],
        "sections": [(section, MEANINGS[section].label) for section in changed_sections(before, after)],
    }
    return render(request, "editor/revision.html", context)


@editor_page("POST")
def publish(request: EditorRequest, code: str, number: int) -> HttpResponse:
    preview = reverse("editor:revision", args=[code, number])
    content = reverse("editor:procedure", args=[code])
    return put_in_use(request, revision_of(code, number), preview=preview, content=content)


@editor_page("POST")
def bring_back(request: EditorRequest, code: str, number: int) -> HttpResponse:
    return use_again(request, revision_of(code, number), content=reverse("editor:procedure", args=[code]))


def _compared(revision: Revision, live: Revision) -> tuple[ProcedureContent, ProcedureContent]:
    """The live content and this one; for the live one itself, the one it replaced and it."""
    if revision != live:
        return procedure_from_json(live.content), procedure_from_json(revision.content)
    earlier = live_before(live)
    return procedure_from_json((earlier or live).content), procedure_from_json(live.content)


def _overtaken(revision: Revision, live: Revision) -> dict[str, tuple[SectionDifference, ...]] | None:
    """For a draft begun from a revision that is no longer live: what each side changed since."""
    begun = revision.based_on
    if revision.status != Revision.Status.DRAFT or begun is None or begun == live:
        return None
    base = procedure_from_json(begun.content)
    return {
        "theirs": differences(base, procedure_from_json(live.content)),
        "yours": differences(base, procedure_from_json(revision.content)),
    }
