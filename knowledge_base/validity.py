"""What is said of the days on which a content holds: that it will change, or what has taken its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from knowledge_base.answers import Answer, Fixed
from knowledge_base.article import Content
from knowledge_base.content import ProcedureContent, Validity

SET_BY_EDITOR = "ngày hiệu lực do biên tập viên ghi"


def is_over(content: Content, day: date) -> bool:
    """Whether the procedure was withdrawn by that day, whatever release is still being read."""
    return bool(content.validity and content.validity.until and _day(content.validity.until) < day)


def notices(content: Content, day: date) -> Iterator[Fixed]:
    """What a citizen must know beside the content in force: a change or an end that comes."""
    validity = content.validity
    if validity and validity.changes_on:
        yield change_notice(validity, day)
    if validity and validity.until:
        yield Fixed(text=_end(validity), source=validity.decision or SET_BY_EDITOR)


def withdrawn(content: ProcedureContent) -> Answer:
    """The answer about a procedure that is over: since when and what replaces it; nothing of its content."""
    validity = content.validity or Validity()
    spans = [Fixed(text=_end(validity), source=validity.decision or SET_BY_EDITOR)]
    if not validity.replaced_by:
        spans.append(Fixed(text="Kho chưa ghi thủ tục thay thế, anh/chị gặp cán bộ để được chỉ dẫn."))
    return Answer(
        code=content.code,
        title=content.title,
        decision=validity.decision or content.decision,
        url=content.url,
        updated=content.updated,
        part=None,
        spans=tuple(spans),
        other_parts=(),
        complete=False,
        reviewed=True,
        replaced_by=validity.replaced_by,
    )


def written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def change_notice(validity: Validity, day: date) -> Fixed:
    """That other words take the place of these on a day that is set (validity.changes_on)."""
    begins = _day(validity.changes_on)
    if begins <= day:
        sentence = (
            f"Từ ngày {written(begins)} nội dung này đã thay đổi, nội dung mới đang được đưa lên; "
            "anh/chị hỏi cán bộ trước khi làm."
        )
        return Fixed(text=sentence, source=SET_BY_EDITOR, is_missing=True)
    return Fixed(
        text=f"Từ ngày {written(begins)} thay đổi: nội dung hiện nay có hiệu lực đến hết ngày "
        f"{written(begins - timedelta(days=1))}.",
        source=SET_BY_EDITOR,
    )


def _end(validity: Validity) -> str:
    first_day = _day(validity.until) + timedelta(days=1)
    decision = f" theo {validity.decision}" if validity.decision else ""
    instead = f", thay bằng thủ tục “{validity.replaced_by_title}”" if validity.replaced_by_title else ""
    return f"Thủ tục này bãi bỏ từ ngày {written(first_day)}{decision}{instead}."


def _day(iso: str) -> date:
    return date.fromisoformat(iso)
