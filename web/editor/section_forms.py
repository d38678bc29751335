"""One form a section: opened from the live content or from what was typed, read back as typed fields.

Every form offers `is_valid()`, `content_fields()` (the replaced fields of ProcedureContent) and `template`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Protocol

from django import forms
from django.http import QueryDict
from django.utils import timezone

from knowledge_base.content import (
    DocumentGroup,
    Lead,
    Method,
    MethodKind,
    Origin,
    ProcedureContent,
    Provenance,
)
from web.editor.corrections import Source
from web.editor.fields import CleanText, Lines, SourceDate
from web.editor.rows import (
    EVERYONE,
    ONLY_WHEN,
    UNSORTED,
    DocumentRows,
    FeeRows,
    GroupRows,
    LegalBasisRows,
    MethodRows,
    RowSet,
)
from web.editor.sections import Section

INNER_ROWS = {"methods": "fees", "groups": "documents"}


class SectionForm(Protocol):
    """What the editing page needs of a section's form."""

    template: str

    def is_valid(self) -> bool: ...

    def content_fields(self) -> dict[str, Any]: ...


class SourceForm(forms.Form):
    """The document a correction rests on, and why it is made."""

    decision = CleanText(
        max_length=120,
        missing="Anh/chị ghi số quyết định hoặc số văn bản làm căn cứ, ví dụ 77/2025/NQ-HĐND.",
    )
    date = SourceDate()
    url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Đường dẫn chưa đúng. Ví dụ: https://vanban.chinhphu.vn/…"},
    )
    note = CleanText(required=False, max_length=300)

    @property
    def source(self) -> Source:
        fields = self.cleaned_data
        return Source(decision=fields["decision"], date=fields["date"], url=fields["url"])


class NoteForm(forms.Form):
    """Why our own words are changed; they rest on no document."""

    note = CleanText(required=False, max_length=300)
    source = None


class TextForm(forms.Form):
    """A section that is one text."""

    template = "editor/_text.html"
    text = CleanText(required=False, max_length=60_000, rows=14)

    def __init__(self, content: ProcedureContent, data: QueryDict | None, *, name: str) -> None:
        super().__init__(data, initial={"text": getattr(content, name)})
        self.name = name

    def content_fields(self) -> dict[str, Any]:
        return {self.name: self.cleaned_data["text"]}


class LeadForm(forms.Form):
    """A sentence or two of our own, in plain words, without figures."""

    template = "editor/_lead.html"
    text = CleanText(required=False, max_length=400, rows=3)

    def __init__(self, content: ProcedureContent, data: QueryDict | None) -> None:
        super().__init__(data, initial={"text": content.lead.text if content.lead else ""})

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if re.search(r"\d", text):
            raise forms.ValidationError(
                "Lời dẫn không nêu con số: phí, thời hạn, số bản luôn được trích từ phần có nguồn. "
                "Anh/chị viết lại câu này không có chữ số."
            )
        return text

    def content_fields(self) -> dict[str, Any]:
        text = self.cleaned_data["text"]
        today = timezone.localdate().isoformat()
        ours = Provenance(origin=Origin.EDITOR, decision="", url="", date=today, reviewed=True)
        return {"lead": Lead(text=text, provenance=ours) if text else None}


class WhereForm(forms.Form):
    """Where the dossier is handed in, and the agencies in charge."""

    template = "editor/_where.html"
    receiving_address = CleanText(required=False, max_length=8000, rows=3)
    agencies = Lines(required=False, max_length=8000)

    def __init__(self, content: ProcedureContent, data: QueryDict | None) -> None:
        initial = {"receiving_address": content.receiving_address, "agencies": "\n".join(content.agencies)}
        super().__init__(data, initial=initial)

    def content_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("receiving_address", "agencies")}


class FormNamesForm(forms.Form):
    """The names of the forms to fill in, one a line."""

    template = "editor/_forms.html"
    forms = Lines(required=False, max_length=20_000)

    def __init__(self, content: ProcedureContent, data: QueryDict | None) -> None:
        super().__init__(data, initial={"forms": "\n".join(content.forms)})

    def content_fields(self) -> dict[str, Any]:
        return {"forms": self.cleaned_data["forms"]}


class LegalBasisForm:
    """The legal texts, one a row."""

    template = "editor/_legal_basis.html"

    def __init__(self, content: ProcedureContent, data: QueryDict | None) -> None:
        self.rows = LegalBasisRows(data, prefix="laws", initial=[asdict(law) for law in content.legal_basis])

    def is_valid(self) -> bool:
        return self.rows.is_valid()

    def content_fields(self) -> dict[str, Any]:
        return {"legal_basis": tuple(row.law for row in self.rows.kept)}


class RowsWithin:
    """Rows that carry rows: ways of handing in with their fees, lists with their papers."""

    def __init__(
        self,
        *,
        prefix: str,
        outer: type[RowSet],
        inner: type[RowSet],
        initial: Sequence[tuple[dict[str, Any], list[dict[str, Any]]]],
        data: QueryDict | None,
    ) -> None:
        self.outer = outer(data, prefix=prefix, initial=[fields for fields, _ in initial])
        insides = [rows for _, rows in initial]
        self.pairs: list[tuple[Any, RowSet]] = []
        for index, form in enumerate(self.outer.forms):
            form.empty_permitted = False
            known = insides[index] if index < len(insides) else []
            self.pairs.append(
                (form, inner(data, prefix=f"{form.prefix}-{INNER_ROWS[prefix]}", initial=known))
            )

    def is_valid(self) -> bool:
        checked = [
            self.outer.is_valid(),
            *(rows.is_valid() for form, rows in self.pairs if not self.outer.is_struck(form)),
        ]
        return all(checked)

    @property
    def kept(self) -> list[tuple[Any, list[Any]]]:
        return [(form, rows.kept) for form, rows in self.pairs if not self.outer.is_struck(form)]


class MethodsForm:
    """The ways to hand in, each with its time limit and its fees."""

    template = "editor/_methods.html"

    def __init__(self, content: ProcedureContent, data: QueryDict | None) -> None:
        initial = [(_method_row(method), [asdict(fee) for fee in method.fees]) for method in content.methods]
        self.rows = RowsWithin(prefix="methods", outer=MethodRows, inner=FeeRows, initial=initial, data=data)

    def is_valid(self) -> bool:
        return self.rows.is_valid()

    def content_fields(self) -> dict[str, Any]:
        return {
            "methods": tuple(
                Method(
                    kind=MethodKind(form.cleaned_data["kind"]),
                    time=form.time,
                    fees=tuple(row.fee for row in fees),
                    note=form.cleaned_data["note"],
                )
                for form, fees in self.rows.kept
            )
        }


class DocumentsForm:
    """The lists of papers, each with its papers."""

    template = "editor/_documents.html"

    def __init__(self, content: ProcedureContent, data: QueryDict | None) -> None:
        initial = [
            (
                {"heading": group.heading, "condition": group.condition, "edited": group.is_sorted},
                [{**asdict(paper), "who": _who(paper.condition, group=group)} for paper in group.documents],
            )
            for group in content.documents
        ]
        self.rows = RowsWithin(
            prefix="groups", outer=GroupRows, inner=DocumentRows, initial=initial, data=data
        )

    def is_valid(self) -> bool:
        checked = [self.rows.is_valid(), *(self._sorted(form, rows) for form, rows in self.rows.pairs)]
        return all(checked)

    def _sorted(self, form: Any, rows: RowSet) -> bool:
        """A list said to be sorted holds no paper that is not."""
        if not getattr(form, "cleaned_data", {}).get("edited") or not rows.is_valid():
            return True
        unsorted = [row for row in rows.kept if row.cleaned_data["who"] == UNSORTED]
        for row in unsorted:
            row.add_error("who", "Anh/chị chọn: ai cũng phải nộp, hay chỉ khi…")
        return not unsorted

    def content_fields(self) -> dict[str, Any]:
        return {
            "documents": tuple(
                DocumentGroup(
                    heading=form.cleaned_data["heading"],
                    condition=form.cleaned_data["condition"],
                    edited=form.cleaned_data["edited"],
                    documents=tuple(row.document for row in papers),
                )
                for form, papers in self.rows.kept
                if papers
            )
        }


def open_section(section: Section, content: ProcedureContent, data: QueryDict | None = None) -> SectionForm:
    """The form of a section; with data, bound to what was typed."""
    match section:
        case Section.LEAD:
            return LeadForm(content, data)
        case Section.DOCUMENTS:
            return DocumentsForm(content, data)
        case Section.METHODS:
            return MethodsForm(content, data)
        case Section.WHERE:
            return WhereForm(content, data)
        case Section.FORMS:
            return FormNamesForm(content, data)
        case Section.LEGAL_BASIS:
            return LegalBasisForm(content, data)
        case Section.STEPS | Section.CONDITIONS | Section.RESULT:
            return TextForm(content, data, name=section.value)


def open_source(
    section: Section, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None
) -> SourceForm | NoteForm:
    """The form of the source; the lead is our own and needs none."""
    form = NoteForm if section is Section.LEAD else SourceForm
    return form(data, prefix="source", initial=initial)


def with_row_added(data: QueryDict, prefix: str) -> QueryDict:
    """What was typed, with one more empty row under the prefix ("methods", "methods-0-fees", "laws")."""
    longer = data.copy()
    total = int(longer.get(f"{prefix}-TOTAL_FORMS") or 0)
    longer[f"{prefix}-TOTAL_FORMS"] = str(total + 1)
    if prefix in INNER_ROWS:
        longer[f"{prefix}-{total}-{INNER_ROWS[prefix]}-TOTAL_FORMS"] = "1"
        longer[f"{prefix}-{total}-{INNER_ROWS[prefix]}-INITIAL_FORMS"] = "0"
    return longer


def _method_row(method: Method) -> dict[str, Any]:
    return {"kind": method.kind.value, "note": method.note, **asdict(method.time)}


def _who(condition: str, *, group: DocumentGroup) -> str:
    if condition:
        return ONLY_WHEN
    return EVERYONE if group.is_sorted else UNSORTED
