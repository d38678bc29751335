"""What two contents of an article say differently, section by section, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_base.article import ArticleContent, Section
from knowledge_base.parts import PART_LABELS
from web.editor.differences import SectionDifference, line_difference, written_day, written_source

REVIEWED = "Đã đối chiếu với nguồn"
NOT_REVIEWED = "Chưa đối chiếu với nguồn"


def article_differences(
    before: ArticleContent | None, after: ArticleContent
) -> tuple[SectionDifference, ...]:
    """The head and the sections that differ, by words, source or review. before: None where all is new."""
    headings = _headings(before) if before else {}
    labels = dict.fromkeys([*_headings(after), *headings])
    compared = [
        line_difference(label, headings.get(label, ()), _headings(after).get(label, ())) for label in labels
    ]
    return tuple(difference for difference in compared if difference.lines)


def written_section(section: Section) -> tuple[str, ...]:
    """The text of a section, and how it is found."""
    found = (f"Cách hỏi: {', '.join(section.aliases)}",) if section.aliases else ()
    about = (f"Trả lời về: {PART_LABELS[section.about]}",) if section.about else ()
    return (*(line for line in section.text.splitlines() if line.strip()), *found, *about)


def _headings(content: ArticleContent) -> dict[str, tuple[str, ...]]:
    """What stands under each label, as lines."""
    return {
        "Tên bài": (content.title,),
        "Tên gọi khác": content.aliases,
        "Lời dẫn ngắn": (content.lead.text,) if content.lead else (),
        "Hiệu lực": tuple(_days(content)),
        "Thủ tục liên quan": content.related,
        **{f"Mục “{section.heading}”": _section(content, section) for section in content.sections},
    }


def _section(content: ArticleContent, section: Section) -> tuple[str, ...]:
    source = content.provenance[section.key]
    url = f" – {source.url}" if source.url else ""
    return (
        *written_section(section),
        f"Nguồn: {written_source(source)}{url}",
        REVIEWED if source.reviewed else NOT_REVIEWED,
    )


def _days(content: ArticleContent) -> Iterator[str]:
    if content.valid_from:
        yield f"Từ ngày {written_day(content.valid_from)}"
    if content.valid_to:
        yield f"Đến hết ngày {written_day(content.valid_to)}"
