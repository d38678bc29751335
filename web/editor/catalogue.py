"""The list of procedures in use: found without diacritics, or by what an editor must look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from knowledge_base.article import ARTICLE_CODE
from knowledge_base.effective_dates import withdrawn_revisions
from knowledge_base.flags import FLAG_LABELS, sharing_a_title
from knowledge_base.models import Revision
from nlu.text import fold
from web.editor.doors import EditorRequest, editor_page

A_PAGE = 50
TABS = (
    ("all", "Tất cả"),
    ("flagged", "Cần xem lại"),
    ("drafts", "Có bản nháp"),
    ("known", "Chỉ có trong danh mục"),
    ("withdrawn", "Đã bãi bỏ"),
)
ORIGIN_LABELS: dict[str, str] = dict(Revision._meta.get_field("origin").flatchoices)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One live procedure as the list shows it."""

    code: str
    title: str
    field: str
    flags: tuple[str, ...]
    number: int
    origin: str
    published_at: datetime | None
    draft_waits: bool
    is_held: bool = True
    is_withdrawn: bool = False

    @property
    def flag_labels(self) -> list[str]:
        return [FLAG_LABELS.get(flag, flag) for flag in self.flags]

    @property
    def origin_label(self) -> str:
        return ORIGIN_LABELS.get(self.origin, self.origin)

    @property
    def folded(self) -> str:
        return fold(f"{self.code} {self.title} {self.field}")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an editor looks for. flag: one flag, or "" for any.

    show: "all", "flagged", "drafts", "known" (entries of the catalogue) or "withdrawn".
    """

    words: str = ""
    show: str = "all"
    flag: str = ""


def found(entries: Sequence[Entry], wanted: Wanted) -> list[Entry]:
    """The entries that hold every word, with or without marks; a title that begins so comes first."""
    query = fold(wanted.words).strip()
    words = query.split()
    kept = [
        entry for entry in entries if _fits(entry, wanted) and all(word in entry.folded for word in words)
    ]
    return sorted(kept, key=lambda entry: (_distance(entry, query), fold(entry.title)))


def _fits(entry: Entry, wanted: Wanted) -> bool:
    """Whether it belongs under the tab; what was withdrawn stands under its own and nowhere else."""
    if entry.is_withdrawn or wanted.show == "withdrawn":
        return entry.is_withdrawn and wanted.show == "withdrawn"
    match wanted.show:
        case "flagged":
            return wanted.flag in entry.flags if wanted.flag else bool(entry.flags)
        case "drafts":
            return entry.draft_waits
        case "known":
            return not entry.is_held
    return True


def _distance(entry: Entry, query: str) -> int:
    """0 for the code itself, 1 for words as they stand in the title, 2 for words here and there."""
    if entry.code == query:
        return 0
    return 1 if query in fold(entry.title) else 2


def live_entries() -> list[Entry]:
    """Every procedure in use and every one that was withdrawn; the long contents stay in the database."""
    ended = [revision.pk for revision in withdrawn_revisions()]
    drafts = set(Revision.objects.filter(status=Revision.Status.DRAFT).values_list("procedure_id", flat=True))
    revisions = Revision.objects.exclude(procedure__code__startswith=ARTICLE_CODE)
    rows = revisions.filter(Q(status=Revision.Status.LIVE) | Q(pk__in=ended)).values_list(
        "status", "procedure_id", "procedure__code", "number", "origin", "published_at",
        "content__title", "content__field", "content__flags", "content__signpost",
    )  # fmt: skip
    shared = sharing_a_title({code: title for _, _, code, _, _, _, title, *_, post in rows if not post})
    return [
        Entry(
            code=code, title=title, field=field, number=number, origin=origin,
            flags=(*(flags or ()), *(("title_shared",) if code in shared else ())),
            published_at=published_at, draft_waits=procedure in drafts, is_held=not signpost,
            is_withdrawn=status == Revision.Status.WITHDRAWN,
        )
        for status, procedure, code, number, origin, published_at, title, field, flags, signpost in rows
    ]  # fmt: skip


@editor_page("GET")
def show(request: EditorRequest) -> HttpResponse:
    entries = live_entries()
    wanted = Wanted(
        words=request.GET.get("q", "").strip()[:200],
        show=request.GET.get("show", "all"),
        flag=request.GET.get("flag", ""),
    )
    counts = Counter(flag for entry in entries for flag in entry.flags)
    context = {
        "room": "editor",
        "wanted": wanted,
        "page": Paginator(found(entries, wanted), A_PAGE).get_page(request.GET.get("page")),
        "tabs": [(key, name, sum(_fits(entry, Wanted(show=key)) for entry in entries)) for key, name in TABS],
        "flags": [(flag, FLAG_LABELS.get(flag, flag), number) for flag, number in counts.most_common()],
    }
    return render(request, "editor/catalogue.html", context)
