"""The typed rows of a procedure as small forms: a fee, a way to hand in, a paper, a list of papers, a law."""

from __future__ import annotations

import re
from typing import Any, ClassVar, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from knowledge_base.content import (
    Document,
    Fee,
    LegalBasis,
    TimeLimit,
    TimeUnit,
)
from knowledge_base.flags import time_lost_its_unit
from knowledge_base.quoting import KIND_LABELS, UNIT_LABELS, dong
from web.editor.fields import Amount, CleanText, Count

FREE = re.compile(r"miễn phí|không thu|không phải nộp", re.IGNORECASE)
CONDITION = re.compile(r"(?:chỉ |khi |nếu |(?:trong )?trường hợp |đối với |với )", re.IGNORECASE)
EVERYONE, ONLY_WHEN, UNSORTED = "everyone", "only_when", ""


class RowSet(BaseFormSet):  # type: ignore[type-arg]  # generic only for the type checker
    """Rows that can be added and struck out; `kept` are those that stay, in order."""

    default_error_messages: ClassVar = {
        **BaseFormSet.default_error_messages,
        "missing_management_form": "Biểu mẫu gửi lên bị thiếu. Anh/chị mở lại trang này rồi nhập lại.",
        "too_many_forms": "Danh sách dài quá %(num)s dòng. Anh/chị bỏ bớt dòng trống.",
    }

    @property
    def kept(self) -> list[Any]:
        """Valid rows neither struck out nor left blank (a blank added row has no cleaned data)."""
        return [form for form in self.forms if form.cleaned_data and not form.cleaned_data["DELETE"]]

    def is_struck(self, form: forms.Form) -> bool:
        """Whether "Bỏ…" is ticked; its fields may then be wrong."""
        return self.is_bound and bool(self._should_delete_form(form))  # type: ignore[attr-defined]


class FeeRow(forms.Form):
    """One fee: in words, as an amount, with its note."""

    amount = Amount()
    text = CleanText(required=False, max_length=500)
    kind = CleanText(required=False, max_length=60)
    note = CleanText(required=False, max_length=4000, rows=2)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        amount, text = fields.get("amount"), fields.get("text", "")
        if amount is None and not text and not fields.get("note") and "amount" not in self.errors:
            self.add_error("amount", "Anh/chị ghi số tiền, ghi phí bằng chữ, hoặc đánh dấu bỏ khoản phí này.")
        if amount is not None and text and not _says(text, amount):
            self.add_error(
                "text",
                f"Phần chữ ghi “{text}”, khác với số tiền {written_amount(amount)}. "
                "Anh/chị sửa một trong hai, hoặc để trống phần chữ.",
            )
        return fields

    @property
    def fee(self) -> Fee:
        fields = self.cleaned_data
        return Fee(
            text=fields["text"] or ("" if fields["amount"] is None else written_amount(fields["amount"])),
            amount=fields["amount"],
            note=fields["note"],
            kind=fields["kind"],
        )


class MethodRow(forms.Form):
    """One way to hand in the dossier, with its time limit; its fees are rows of their own."""

    kind = forms.ChoiceField(
        choices=[("", "Chọn cách nộp"), *((kind.value, label) for kind, label in KIND_LABELS.items())],
        error_messages={
            "required": "Anh/chị chọn cách nộp: trực tuyến, trực tiếp hay bưu chính.",
            "invalid_choice": "Cách nộp này không có. Anh/chị chọn lại trong danh sách.",
        },
    )
    value = Count()
    unit = forms.ChoiceField(
        required=False,
        choices=[("", "Đơn vị"), *((unit.value, label) for unit, label in UNIT_LABELS.items())],
        error_messages={"invalid_choice": "Đơn vị này không có. Anh/chị chọn lại trong danh sách."},
    )
    text = CleanText(required=False, max_length=1000)
    note = CleanText(required=False, max_length=8000, rows=2)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        value, unit, text = fields.get("value"), fields.get("unit"), fields.get("text", "")
        if value is not None and not unit:
            self.add_error("unit", "Anh/chị chọn đơn vị: ngày làm việc, ngày, giờ…")
        if unit and value is None and "value" not in self.errors:
            self.add_error("value", "Anh/chị ghi con số đi với đơn vị, hoặc bỏ chọn đơn vị.")
        if value is not None and text and not _says(text, value):
            self.add_error(
                "text",
                f"Phần chữ ghi “{text}”, khác với con số {value}. "
                "Anh/chị sửa một trong hai, hoặc để trống phần chữ.",
            )
        return fields

    @property
    def time(self) -> TimeLimit:
        value, unit = self.cleaned_data["value"], self.cleaned_data["unit"]
        if value is None:
            return TimeLimit(text=self.cleaned_data["text"])
        unit = TimeUnit(unit)
        text = self.cleaned_data["text"]
        says_it = text and not time_lost_its_unit(text)
        return TimeLimit(text=text if says_it else f"{value} {UNIT_LABELS[unit]}", value=value, unit=unit)


class DocumentRow(forms.Form):
    """One paper: for everyone or only when something holds, in so many originals and copies."""

    text = CleanText(max_length=8000, rows=2, missing="Anh/chị ghi tên giấy tờ, hoặc đánh dấu bỏ dòng này.")
    who = forms.ChoiceField(
        required=False,
        choices=[(UNSORTED, "Chưa phân loại"), (EVERYONE, "Ai cũng phải nộp"), (ONLY_WHEN, "Chỉ khi…")],
        error_messages={"invalid_choice": "Anh/chị chọn lại: ai cũng phải nộp, hay chỉ khi…"},
    )
    condition = CleanText(required=False, max_length=1000)
    originals = Count()
    copies = Count()
    form = CleanText(required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        who, condition = fields.get("who"), fields.get("condition", "")
        if who == ONLY_WHEN and not condition:
            self.add_error("condition", "Anh/chị ghi rõ chỉ khi nào phải nộp giấy tờ này.")
        if who != ONLY_WHEN and condition:
            self.add_error("who", "Có điều kiện thì chọn “Chỉ khi…”; ai cũng phải nộp thì xoá điều kiện.")
        return fields

    @property
    def document(self) -> Document:
        names = ("text", "originals", "copies", "form")
        condition = only_when(self.cleaned_data["condition"])
        return Document(condition=condition, **{name: self.cleaned_data[name] for name in names})


class GroupRow(forms.Form):
    """The heading of a list of papers, and whether a person sorted the list."""

    heading = CleanText(required=False, max_length=1000)
    condition = CleanText(required=False, max_length=300)
    edited = forms.BooleanField(required=False)


class LegalBasisRow(forms.Form):
    """A legal text by title and number."""

    title = CleanText(max_length=1000, missing="Anh/chị ghi tên văn bản, hoặc đánh dấu bỏ dòng này.")
    number = CleanText(required=False, max_length=100)

    @property
    def law(self) -> LegalBasis:
        return LegalBasis(title=self.cleaned_data["title"], number=self.cleaned_data["number"])


def only_when(condition: str) -> str:
    """The condition as it reads in an answer: "nhờ người khác" becomes "chỉ khi nhờ người khác"."""
    return condition if not condition or CONDITION.match(condition) else f"chỉ khi {condition}"


def written_amount(amount: int) -> str:
    """ "20.000 đồng"; nothing to pay is "Miễn phí"."""
    return dong(amount) if amount else "Miễn phí"


def _says(text: str, number: int) -> bool:
    """Whether the words name the number: "03 ngày" names 3, "20,000 đồng" 20000, "Miễn phí" 0."""
    if number == 0 and FREE.search(text):
        return True
    return number in {int(re.sub(r"\D", "", found)) for found in re.findall(r"\d+(?:[., ]\d{3})*", text)}


def _rows(form: type[forms.Form], *, most: int) -> type[RowSet]:
    rows: Any = formset_factory(
        form, formset=RowSet, extra=0, can_delete=True, max_num=most, absolute_max=most, validate_max=True
    )
    return cast(type[RowSet], rows)


# The longest published lists hold 94 papers, 20 laws, 13 ways of handing in (national portal, July 2026).
FeeRows = _rows(FeeRow, most=20)
DocumentRows = _rows(DocumentRow, most=120)
MethodRows = _rows(MethodRow, most=30)
GroupRows = _rows(GroupRow, most=30)
LegalBasisRows = _rows(LegalBasisRow, most=60)
