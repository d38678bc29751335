"""Articles: one YAML file an article, sections with the source of each. Format: docs/developers/content.md.

Everything in them is unreviewed until an editor of the office approves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge_base.article import ARTICLE_CODE, ArticleContent, Link, Section
from knowledge_base.content import Lead, Origin, PartName, Provenance
from knowledge_base.errors import StarterProblem
from knowledge_base.flags import flags_of_texts
from knowledge_base.number_guard import numbers
from knowledge_base.sources.fields import Fields, read_fields
from knowledge_base.sources.records import BrokenRecord, Record
from office.links import safe_url

_KNOWN = {
    "article", "title", "aliases", "field", "levels", "audience", "lead", "sections", "links", "related",
    "valid_from", "valid_to",
}  # fmt: skip
_SECTION = {"key", "heading", "text", "aliases", "about", "source"}
_SOURCE = {"decision", "url", "date"}
# A button's payload is "full:CODE:KEY" within 64 bytes.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_SLUG, _LONGEST_KEY = 28, 20
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH_OR_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


def holds_article(path: Path) -> bool:
    """Whether the YAML file is an article: it names one by `article:` at the beginning of a line."""
    with path.open("rb") as file:
        return any(line.startswith(b"article:") for line in file)


def read(path: Path) -> Iterator[Record | BrokenRecord]:
    """The article of the file, or why it is refused, naming the field to correct."""
    try:
        content = read_file(path)
    except StarterProblem as problem:
        yield BrokenRecord(place=path.name, code="", reason=str(problem))
    else:
        yield Record(place=path.name, content=content)


def read_file(file: Path) -> ArticleContent:
    """The content of one file. Raises StarterProblem that names the file and the field to correct."""
    fields, record = read_fields(file)
    return _content(fields, record=record)


def _content(fields: Fields, *, record: str) -> ArticleContent:
    fields.only(_KNOWN)
    read = [(_section(child), _source(child, record=record)) for child in fields.children("sections")]
    if not read:
        raise fields.problem("sections", "còn trống: mỗi bài có ít nhất một mục")
    sections = tuple(section for section, _ in read)
    provenance = {section.key: source for section, source in read}
    if len(provenance) < len(sections):
        raise fields.problem("sections", "có hai mục cùng key")
    valid_from, valid_to = _days(fields)
    return ArticleContent(
        code=f"{ARTICLE_CODE}{_slug(fields, 'article', longest=_LONGEST_SLUG)}",
        title=fields.text("title", required=True),
        field=fields.text("field", required=True),
        levels=fields.texts("levels"),
        audience=fields.texts("audience"),
        aliases=fields.texts("aliases"),
        lead=_lead(fields, read[0][1]),
        sections=sections,
        links=tuple(_link(link) for link in fields.children("links")),
        related=fields.texts("related"),
        valid_from=valid_from,
        valid_to=valid_to,
        updated=max(source.date for source in provenance.values()),
        provenance=provenance,
        flags=flags_of_texts(word for section in sections for word in (section.heading, section.text)),
    )


def _section(fields: Fields) -> Section:
    fields.only(_SECTION)
    about = fields.text("about")
    if about and about not in set(PartName):
        raise fields.problem("about", f"phải là một trong: {', '.join(PartName)}")
    return Section(
        key=_slug(fields, "key", longest=_LONGEST_KEY),
        heading=fields.text("heading", required=True),
        text=fields.text("text", required=True),
        aliases=fields.texts("aliases"),
        about=PartName(about) if about else None,
    )


def _source(fields: Fields, *, record: str) -> Provenance:
    if not fields.values.get("source"):
        raise fields.problem("source", "còn thiếu: mỗi mục phải nêu decision và date của nguồn (url khi có)")
    source = fields.child("source")
    source.only(_SOURCE)
    return Provenance(
        origin=Origin.STARTER,
        decision=source.text("decision", required=True),
        url=source.text("url"),
        date=_read_on(source),
        reviewed=False,
        record=record,
    )


def _lead(fields: Fields, source: Provenance) -> Lead | None:
    text = fields.text("lead")
    if numbers(text):
        raise fields.problem("lead", "là câu của mình nên không có con số; con số đặt ở một mục có nguồn")
    return Lead(text=text, provenance=source) if text else None


def _link(fields: Fields) -> Link:
    fields.only({"label", "url"})
    url = fields.text("url", required=True)
    if not (url.startswith("https://") and safe_url(url)):
        raise fields.problem("url", "phải là địa chỉ https thuộc gov.vn")
    return Link(label=fields.text("label", required=True), url=url)


def _days(fields: Fields) -> tuple[str, str]:
    first, last = _day(fields, "valid_from"), _day(fields, "valid_to")
    if last and first > last:
        raise fields.problem("valid_to", "phải sau valid_from")
    return first, last


def _day(fields: Fields, name: str) -> str:
    day = fields.text(name)
    if day and not _DAY.fullmatch(day):
        raise fields.problem(name, "phải là ngày dạng 2026-01-31")
    return day


def _read_on(fields: Fields) -> str:
    day = fields.text("date", required=True)
    if not _MONTH_OR_DAY.fullmatch(day):
        raise fields.problem("date", "phải là ngày dạng 2026-01-31, hoặc 2026-01 khi không rõ ngày")
    return day


def _slug(fields: Fields, name: str, *, longest: int) -> str:
    slug = fields.text(name, required=True)
    if not _SLUG.fullmatch(slug) or len(slug) > longest:
        raise fields.problem(name, f"phải là chữ thường không dấu, số và gạch nối, không quá {longest} ký tự")
    return slug
