"""What an import would do with each record: new, changed, unchanged, held, refused. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from knowledge_base.article import ArticleContent, Content
from knowledge_base.content import Origin
from knowledge_base.meeting import Meeting, meet
from knowledge_base.sources.records import BrokenRecord, Record

HELD = "bản đang dùng do biên tập viên sửa; bản nhập chờ ở dạng nháp"
OTHER_KIND = "mã này đang là của một loại nội dung khác (thủ tục hoặc bài hướng dẫn); đổi mã rồi nhập lại"
CONFLICT = "nguồn đã đổi phần đã được biên tập; bản của nguồn chờ ở dạng nháp để đối chiếu"


class Outcome(StrEnum):
    """What an import does with one record. ALREADY_HELD: an entry whose procedure has content here."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    HELD_AS_DRAFT = "held_as_draft"
    ALREADY_HELD = "already_held"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the report. fields: what differs from the live revision; reason: why refused or held."""

    place: str
    code: str
    title: str
    outcome: Outcome
    fields: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Live:
    """The live revision of a procedure, by its key. is_edited: an editor wrote it."""

    revision: int
    content: Content
    is_edited: bool


@dataclass(frozen=True, kw_only=True)
class Planned:
    """content: to go live; draft: to wait for an editor beside it; beside: the revision that is live now."""

    line: Line
    content: Content | None = None
    beside: int | None = None
    draft: Content | None = None


WITHDRAWN = "thủ tục này đã bãi bỏ; muốn dùng lại thì biên tập viên bấm “Dùng lại bản này” trước khi nhập"


def plan(
    records: Iterable[Record | BrokenRecord],
    live: Mapping[str, Live],
    known: Mapping[str, set[str]],
    withdrawn: Collection[str] = (),
) -> Iterator[Planned]:
    """What to do with each record, in order; a code that comes twice is refused the second time.

    known: by code, the digests of records that already came in beside a revision an editor wrote. withdrawn:
    codes of procedures that have ended, which no import brings back.
    """
    places: dict[str, str] = {}
    for record in records:
        if isinstance(record, BrokenRecord):
            yield _refused(record.place, record.code, record.reason)
        elif record.content.code in places:
            first = places[record.content.code]
            yield _refused(record.place, record.content.code, f"mã này đã có ở {first}")
        elif record.content.code in withdrawn:
            yield _refused(record.place, record.content.code, WITHDRAWN)
        else:
            places[record.content.code] = record.place
            yield _plan_one(record, live.get(record.content.code), known.get(record.content.code, set()))


def _refused(place: str, code: str, reason: str) -> Planned:
    return Planned(line=Line(place=place, code=code, title="", outcome=Outcome.REFUSED, reason=reason))


def _plan_one(record: Record, live: Live | None, known: set[str]) -> Planned:
    def line(outcome: Outcome, **more: Any) -> Line:
        return Line(
            place=record.place, code=record.content.code, title=record.content.title, outcome=outcome, **more
        )

    if live is None:
        return Planned(line=line(Outcome.NEW), content=record.content)
    if record.content.is_catalogue_entry and not live.content.is_catalogue_entry:
        return Planned(line=line(Outcome.ALREADY_HELD))
    if isinstance(record.content, ArticleContent) is not isinstance(live.content, ArticleContent):
        return _refused(record.place, record.content.code, OTHER_KIND)
    is_known = _record(record.content) in known
    met = meet(record.content, live.content)
    if live.is_edited:
        changed = changed_fields(live.content, met.theirs)
        if not changed or is_known:
            return Planned(line=line(Outcome.UNCHANGED))
        return Planned(
            line=line(Outcome.HELD_AS_DRAFT, fields=changed, reason=HELD),
            beside=live.revision,
            draft=met.theirs,
        )
    changed = changed_fields(live.content, met.content)
    return Planned(
        line=line(
            _outcome(met, changed=bool(changed), is_known=is_known),
            fields=changed or changed_fields(live.content, met.theirs) if met.conflicts else changed,
            reason=CONFLICT if met.conflicts and not is_known else "",
        ),
        content=met.content if changed else None,
        beside=live.revision,
        draft=met.theirs if met.conflicts and not is_known else None,
    )


def _outcome(met: Meeting, *, changed: bool, is_known: bool) -> Outcome:
    if met.conflicts and not is_known:
        return Outcome.HELD_AS_DRAFT
    return Outcome.CHANGED if changed else Outcome.UNCHANGED


def changed_fields(old: Content, new: Content) -> tuple[str, ...]:
    """Names of the fields that differ; the day of reading differs at each import and is no change."""
    names = (field.name for field in fields(old) if field.name not in {"provenance", "updated"})
    changed = tuple(name for name in names if getattr(old, name) != getattr(new, name))
    if changed or _origins(old) == _origins(new):
        return changed
    return ("provenance",)


def _origins(content: Content) -> dict[str, Origin]:
    return {part: source.origin for part, source in content.provenance.items()}


def _record(content: Content) -> str:
    return next((source.record for source in content.provenance.values()), "")
