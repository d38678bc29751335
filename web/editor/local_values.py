"""The rules of Hà Nội: a list with filters; one is added, changed or ended after its answers were seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from knowledge_base import local_overrides
from knowledge_base.errors import OverrideChanged, ReleaseProblem
from knowledge_base.local_fees import label_of
from knowledge_base.local_values import LocalValue
from knowledge_base.models import LocalOverride
from knowledge_base.parts import PART_LABELS
from knowledge_base.quoting import KIND_LABELS
from nlu.text import fold
from office.models import Staff
from web.editor.doors import EditorRequest, editor_page
from web.editor.local_value_forms import LocalValueForm, opened
from web.editor.local_value_previews import Preview, fingerprint, preview
from web.editor.publication import IN_FORCE, NOT_IN_FORCE

PROBLEMS = "Có chỗ chưa đúng, được ghi ngay tại ô. Những gì anh/chị đã nhập vẫn còn nguyên."
CHANGED_MEANWHILE = (
    "Chưa lưu: đồng nghiệp vừa sửa quy định này. Không có gì bị ghi đè; bên dưới là những gì anh/chị nhập. "
    "Anh/chị mở lại quy định để xem bản mới rồi sửa tiếp."
)
STATES = {"now": "Đang áp dụng", "coming": "Sắp áp dụng", "ended": "Đã hết hiệu lực"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One rule as the list shows it. state: a key of STATES."""

    value: LocalValue
    state: str

    @property
    def state_label(self) -> str:
        return STATES[self.state]

    @property
    def part_label(self) -> str:
        return PART_LABELS[self.value.part]

    @property
    def applies_to(self) -> str:
        value = self.value
        whom = value.procedure or value.field or "Toàn thành phố"
        return " · ".join((whom, *value.levels))

    @property
    def about(self) -> str:
        """By which way of handing in, and which fee: "Trực tuyến · phí do Bộ Tài chính quy định"."""
        method = KIND_LABELS[self.value.method] if self.value.method else "Mọi cách nộp"
        return " · ".join(filter(None, (method, label_of(self.value))))

    @property
    def folded(self) -> str:
        value = self.value
        return fold(f"{value.words} {value.decision} {value.procedure} {value.field} {self.part_label}")


def entries(values: Sequence[LocalValue], today: date) -> list[Entry]:
    """The rules with how they stand today."""
    return [Entry(value=value, state=_state(value, today)) for value in values]


def _state(value: LocalValue, today: date) -> str:
    if value.effective_from > today:
        return "coming"
    return "now" if value.is_in_force(today) else "ended"


@editor_page("GET")
def show(request: EditorRequest) -> HttpResponse:
    every = entries(local_overrides.local_values(), timezone.localdate())
    words, state = request.GET.get("q", "").strip()[:200], request.GET.get("show", "all")
    found = [
        entry
        for entry in every
        if all(word in entry.folded for word in fold(words).split())
        and (state in {"all", entry.state} or (state == "unreviewed" and not entry.value.reviewed_by))
    ]
    tabs = [("all", "Tất cả", len(every))]
    tabs += [(key, label, sum(entry.state == key for entry in every)) for key, label in STATES.items()]
    tabs.append(("unreviewed", "Chưa duyệt", sum(not entry.value.reviewed_by for entry in every)))
    context = {
        "room": "editor",
        "place": "local",
        "entries": found,
        "words": words,
        "show": state,
        "tabs": tabs,
    }
    return render(request, "editor/local_values.html", context)


@editor_page("GET", "POST")
def add(request: EditorRequest) -> HttpResponse:
    return _edited(request, None)


@editor_page("GET", "POST")
def edit(request: EditorRequest, key: str) -> HttpResponse:
    row = LocalOverride.objects.filter(key=key).first()
    if row is None:
        raise Http404(key)
    return _edited(request, row)


def _edited(request: EditorRequest, row: LocalOverride | None) -> HttpResponse:
    """GET opens the rule; POST shows the answers it changes, and keeps it once these were seen."""
    before = local_overrides.value_of(row) if row else None
    if request.method == "GET":
        return _page(request, row, opened(before))
    form = LocalValueForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, problem=PROBLEMS, status=422)
    after = _as_typed(form, before, request.user)
    if request.POST.get("confirm") == fingerprint(after):
        return _kept(request, row, form, after)
    return _page(request, row, form, shown=preview(before, after))


def _as_typed(form: LocalValueForm, before: LocalValue | None, by: Staff) -> LocalValue:
    """The value as typed. Only who reviews content may say that it was checked; a change undoes a check."""
    value = form.value(before, reviewer=by.display_name if _may_review(by) else "")
    return value if _may_review(by) or _says_the_same(value, before) else replace(value, reviewed_by="")


def _says_the_same(value: LocalValue, before: LocalValue | None) -> bool:
    """Whether only its last day or the note for colleagues is new."""
    return before is not None and before == replace(value, note=before.note, effective_to=before.effective_to)


def _may_review(staff: Staff) -> bool:
    return staff.role in {Staff.Role.REVIEWER, Staff.Role.ADMINISTRATOR}


def _kept(
    request: EditorRequest, row: LocalOverride | None, form: LocalValueForm, after: LocalValue
) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        if row is None:
            local_overrides.add(after, request.user)
        else:
            local_overrides.change(after, request.user, seen=int(seen) if seen.isdecimal() else 0)
    except OverrideChanged:
        return _page(request, row, form, problem=CHANGED_MEANWHILE, status=409)
    except ReleaseProblem:
        messages.error(request, NOT_IN_FORCE)
    else:
        messages.success(request, IN_FORCE)
    return redirect("editor:local-values")


def _page(  # noqa: PLR0913 -- one page in all its states
    request: EditorRequest,
    row: LocalOverride | None,
    form: LocalValueForm,
    *,
    problem: str = "",
    shown: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "room": "editor",
        "place": "local",
        "row": row,
        "form": form,
        "problem": problem,
        "preview": shown,
        "may_review": _may_review(request.user),
        "seen": request.POST.get("seen") or (row.number if row else ""),
    }
    return render(request, "editor/local_value.html", context, status=status)
