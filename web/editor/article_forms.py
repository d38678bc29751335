"""An article as a form: what it is called, its sections as rows, each with the source it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.formsets import formset_factory
from django.http import QueryDict
from django.utils import timezone

from knowledge_base.article import ARTICLE_CODE, ArticleContent, Section
from knowledge_base.content import Lead, Origin, PartName, Provenance
from knowledge_base.flags import flags_of_texts
from knowledge_base.number_guard import numbers
from knowledge_base.parts import PART_LABELS
from nlu.text import fold, syllables
from web.editor.fields import CleanText, Lines
from web.editor.local_value_forms import Day
from web.editor.rows import RowSet

FIELD = "Hướng dẫn chung"
LEVELS = ("Cấp tỉnh", "Cấp xã")
AUDIENCE = ("Công dân Việt Nam",)
#: A button's payload names code and section within 64 bytes.
LONGEST_SLUG, LONGEST_KEY = 28, 20
_CODE = re.compile(r"\d\.\d{6}")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


class SlugForm(forms.Form):
    """The address of a new article."""

    slug = forms.RegexField(
        regex=r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
        max_length=LONGEST_SLUG,
        error_messages={
            "required": "Anh/chị đặt địa chỉ ngắn cho bài, ví dụ: gio-lam-viec.",
            "invalid": "Địa chỉ chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ: gio-lam-viec.",
            "max_length": f"Địa chỉ dài nhất {LONGEST_SLUG} ký tự.",
        },
    )


class HeadForm(forms.Form):
    """All of an article but its sections."""

    title = CleanText(max_length=120, missing="Anh/chị ghi tên bài.")
    aliases = Lines(required=False, max_length=4000)
    lead = CleanText(required=False, max_length=300, rows=2)
    valid_from = Day(required=False)
    valid_to = Day(required=False)
    related = Lines(required=False, max_length=1000)
    note = CleanText(required=False, max_length=300)

    def clean_lead(self) -> str:
        lead: str = self.cleaned_data["lead"]
        if numbers(lead):
            raise forms.ValidationError(
                "Lời dẫn không có con số, vì không có nguồn đi cùng. Anh/chị đưa con số vào một mục."
            )
        return lead

    def clean_related(self) -> tuple[str, ...]:
        codes: tuple[str, ...] = self.cleaned_data["related"]
        wrong = [code for code in codes if not _CODE.fullmatch(code)]
        if wrong:
            raise forms.ValidationError(
                f"“{wrong[0]}” không phải mã thủ tục. Mỗi dòng một mã, ví dụ 1.001193."
            )
        return codes

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Ngày cuối không thể trước ngày đầu.")
        return given


class SectionRow(forms.Form):
    """One section, with the source of what it says."""

    key = forms.SlugField(required=False, max_length=LONGEST_KEY, widget=forms.HiddenInput)
    heading = CleanText(max_length=60, missing="Anh/chị ghi tên mục, hoặc đánh dấu bỏ mục này.")
    text = CleanText(max_length=6000, rows=5, missing="Anh/chị ghi nội dung, hoặc đánh dấu bỏ mục này.")
    aliases = Lines(required=False, max_length=2000)
    about = forms.ChoiceField(
        required=False,
        choices=[("", "Không riêng phần nào"), *((part.value, label) for part, label in PART_LABELS.items())],
    )
    decision = CleanText(max_length=200, missing="Anh/chị ghi nguồn: văn bản, quyết định hoặc trang nào.")
    url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Đường dẫn chưa đúng. Ví dụ: https://vanban.chinhphu.vn/…"},
    )
    date = CleanText(max_length=10, missing="Anh/chị ghi ngày đọc hoặc ban hành nguồn, ví dụ 2026-01-31.")
    reviewed = forms.BooleanField(required=False)

    def clean_date(self) -> str:
        day: str = self.cleaned_data["date"]
        if not _DATE.fullmatch(day) or not _is_past(day):
            raise forms.ValidationError("Ngày dạng 2026-01-31 (hoặc 2026-01), không ở tương lai.")
        return day

    @property
    def section(self) -> Section:
        fields = self.cleaned_data
        return Section(
            key=fields["key"],
            heading=fields["heading"],
            text=fields["text"],
            aliases=fields["aliases"],
            about=PartName(fields["about"]) if fields["about"] else None,
        )

    def provenance(self, before: ArticleContent | None) -> Provenance:
        """The source as typed; who wrote it stays as it was while nothing of the section changed."""
        fields = self.cleaned_data
        source = Provenance(
            origin=Origin.EDITOR,
            **{name: fields[name] for name in ("decision", "url", "date", "reviewed")},
        )
        held = before.provenance.get(fields["key"]) if before else None
        if before is None or held is None or before.section(fields["key"]) != self.section:
            return source
        told = replace(source, origin=held.origin, record=held.record)
        return told if replace(told, reviewed=held.reviewed) == held else source


SectionRows = cast(
    type[RowSet],
    formset_factory(
        SectionRow, formset=RowSet, extra=0, can_delete=True, max_num=20, absolute_max=20, validate_max=True
    ),
)


class ArticleForm:
    """The whole article: its head and its sections. content: what is edited, None for a new one."""

    def __init__(self, content: ArticleContent | None, data: QueryDict | None = None) -> None:
        self.content = content
        self.head = HeadForm(data, initial=_head(content) if content else None)
        rows = _rows(content) if content else [{}]
        self.rows = SectionRows(data, prefix="sections", initial=rows)
        for form in self.rows.forms:
            form.empty_permitted = False

    def is_valid(self) -> bool:
        """Valid rows, at least one of them kept."""
        return all([self.head.is_valid(), self.rows.is_valid()]) and bool(self.rows.kept)

    def result(self, code: str) -> ArticleContent:
        """The content with what was typed; the form must be valid."""
        fields, before = self.head.cleaned_data, self.content
        kept = self.rows.kept
        sections = tuple(_keyed(row.section for row in kept))
        sources = {section.key: row.provenance(before) for section, row in zip(sections, kept, strict=True)}
        return ArticleContent(
            code=code,
            title=fields["title"],
            field=before.field if before else FIELD,
            levels=before.levels if before else LEVELS,
            audience=before.audience if before else AUDIENCE,
            aliases=fields["aliases"],
            lead=_lead(fields["lead"], before),
            sections=sections,
            links=before.links if before else (),
            related=fields["related"],
            valid_from=_iso(fields["valid_from"]),
            valid_to=_iso(fields["valid_to"]),
            updated=max(source.date for source in sources.values()),
            provenance=sources,
            flags=flags_of_texts(word for section in sections for word in (section.heading, section.text)),
        )


def code_of(slug: str) -> str:
    return f"{ARTICLE_CODE}{slug}"


def with_section_added(data: QueryDict) -> QueryDict:
    """What was typed, with one more empty section."""
    longer = data.copy()
    longer["sections-TOTAL_FORMS"] = str(int(longer.get("sections-TOTAL_FORMS") or 0) + 1)
    return longer


def _head(content: ArticleContent) -> dict[str, Any]:
    return {
        "title": content.title,
        "aliases": "\n".join(content.aliases),
        "lead": content.lead.text if content.lead else "",
        "valid_from": content.valid_from or None,
        "valid_to": content.valid_to or None,
        "related": "\n".join(content.related),
    }


def _rows(content: ArticleContent) -> list[dict[str, Any]]:
    return [_row(section, content.provenance[section.key]) for section in content.sections]


def _row(section: Section, source: Provenance) -> dict[str, Any]:
    return {
        "key": section.key,
        "heading": section.heading,
        "text": section.text,
        "aliases": "\n".join(section.aliases),
        "about": section.about.value if section.about else "",
        "decision": source.decision,
        "url": source.url,
        "date": source.date,
        "reviewed": source.reviewed,
    }


def _keyed(sections: Iterable[Section]) -> Sequence[Section]:
    """A new section gets a key of its heading; a key that is taken gets a number."""
    keyed: list[Section] = []
    for section in sections:
        taken = {other.key for other in keyed}
        wanted = section.key or "-".join(syllables(fold(section.heading)))[:LONGEST_KEY].strip("-") or "muc"
        names = (wanted, *(f"{wanted[: LONGEST_KEY - 3]}-{number}" for number in range(2, 30)))
        keyed.append(replace(section, key=next(name for name in names if name not in taken)))
    return keyed


def _lead(text: str, before: ArticleContent | None) -> Lead | None:
    if before and before.lead and before.lead.text == text:
        return before.lead
    today = timezone.localdate().isoformat()
    ours = Provenance(origin=Origin.EDITOR, decision="", url="", date=today, reviewed=True)
    return Lead(text=text, provenance=ours) if text else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _is_past(day: str) -> bool:
    """Whether the day or month has begun; a day that no calendar has has not."""
    try:
        return date.fromisoformat(day if len(day) > len("2026-01") else f"{day}-01") <= timezone.localdate()
    except ValueError:
        return False
