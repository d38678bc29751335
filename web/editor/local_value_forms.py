"""The form of one rule of Hà Nội, read back as a typed value."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django import forms

from knowledge_base.content import MethodKind, PartName
from knowledge_base.fee_kinds import KIND_WORDS, SETTER_WORDS, FeeKind, FeeSetter
from knowledge_base.local_values import LocalValue
from knowledge_base.models import Procedure
from knowledge_base.parts import PART_LABELS
from knowledge_base.quoting import KIND_LABELS
from web.editor.fields import Amount, CleanText, SourceDate

LEVELS = ("Cấp bộ", "Cấp tỉnh", "Cấp xã")
ANY = ("", "Mọi trường hợp")


class Day(forms.DateField):
    """A day, past or to come, typed as 31/12/2026 or picked."""

    def __init__(self, *, required: bool = True, missing: str = "") -> None:
        super().__init__(
            required=required,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"required": missing, "invalid": "Ngày chưa đúng. Ví dụ: 31/12/2026."},
        )


class PastDay(SourceDate):
    """A day that has come, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.required = False


class LocalValueForm(forms.Form):
    """What it applies to, what it says, from when to when, and where that is written."""

    part = forms.ChoiceField(choices=[(part.value, PART_LABELS[part]) for part in PartName])
    procedure = CleanText(required=False, max_length=32)
    field = CleanText(required=False, max_length=200)
    levels = forms.MultipleChoiceField(
        required=False,
        choices=[(level, level) for level in LEVELS],
        widget=forms.CheckboxSelectMultiple,
    )
    city_managed = forms.BooleanField(required=False)
    method = forms.ChoiceField(
        required=False, choices=[ANY, *((kind.value, KIND_LABELS[kind]) for kind in MethodKind)]
    )
    kind = forms.ChoiceField(
        required=False, choices=[ANY, *((kind.value, KIND_WORDS[kind]) for kind in FeeKind)]
    )
    setter = forms.ChoiceField(
        required=False, choices=[ANY, *((setter.value, SETTER_WORDS[setter]) for setter in FeeSetter)]
    )
    amount = Amount()
    text = CleanText(required=False, max_length=600, rows=3)
    effective_from = Day(missing="Anh/chị ghi ngày bắt đầu áp dụng.")
    effective_to = Day(required=False)
    decision = CleanText(max_length=200, missing="Anh/chị ghi số văn bản làm căn cứ, ví dụ 77/2025/NQ-HĐND.")
    url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Đường dẫn chưa đúng. Ví dụ: https://vanban.hanoi.gov.vn/…"},
    )
    read_on = PastDay()
    reviewed = forms.BooleanField(required=False)
    note = CleanText(required=False, max_length=600, rows=2)

    def clean_procedure(self) -> str:
        code: str = self.cleaned_data["procedure"]
        if code and not Procedure.objects.filter(code=code).exists():
            raise forms.ValidationError("Kho không có thủ tục mang mã này. Anh/chị kiểm tra lại mã.")
        return code

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if fields.get("amount") is None and not fields.get("text"):
            self.add_error("text", "Anh/chị ghi số tiền hoặc ghi quy định bằng chữ.")
        begin, end = fields.get("effective_from"), fields.get("effective_to")
        if begin and end and end < begin:
            self.add_error("effective_to", "Ngày hết hiệu lực không thể trước ngày bắt đầu.")
        return fields

    def value(self, before: LocalValue | None, *, reviewer: str) -> LocalValue:
        """The value as typed. reviewer: who says to have checked it, kept only where the box is ticked."""
        fields = self.cleaned_data
        return LocalValue(
            key=before.key if before else f"{fields['part']}-{token_hex(4)}",
            **{name: fields[name] for name in _PLAIN},
            part=PartName(fields["part"]),
            levels=tuple(fields["levels"]),
            method=MethodKind(fields["method"]) if fields["method"] else None,
            kind=FeeKind(fields["kind"]) if fields["kind"] else None,
            setter=FeeSetter(fields["setter"]) if fields["setter"] else None,
            reviewed_by=_reviewed_by(before, reviewer) if fields["reviewed"] else "",
        )


_PLAIN = (
    "procedure", "field", "city_managed", "amount", "text", "effective_from", "effective_to", "decision",
    "url", "read_on", "note",
)  # fmt: skip


def _reviewed_by(before: LocalValue | None, reviewer: str) -> str:
    return reviewer or (before.reviewed_by if before else "")


def opened(value: LocalValue | None) -> LocalValueForm:
    """The form as a page opens it; empty for a new rule."""
    if value is None:
        return LocalValueForm(
            initial={"part": PartName.FEE.value, "levels": ["Cấp tỉnh", "Cấp xã"], "city_managed": True}
        )
    initial = {name: getattr(value, name) for name in _PLAIN}
    initial |= {name: getattr(value, name) or "" for name in ("method", "kind", "setter")}
    return LocalValueForm(
        initial={
            **initial,
            "part": value.part.value,
            "levels": list(value.levels),
            "reviewed": bool(value.reviewed_by),
        }
    )
