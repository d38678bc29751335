"""Form fields that read what an editor types: clean Vietnamese text, amounts, dates as they are written."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from nlu.text import clean

_GROUPED = re.compile(r"\d{1,3}(?:[., ]\d{3})+|\d+")


class CleanText(forms.CharField):
    """Text as one would retype it: NFC, nothing invisible."""

    def __init__(self, *, required: bool = True, missing: str = "", rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
        kwargs.setdefault("error_messages", {"required": missing})
        super().__init__(required=required, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return clean(str(value)) if value else ""


class Lines(CleanText):
    """One thing a line; empty lines do not count."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=4, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())


class Amount(forms.CharField):
    """An amount of money in đồng: "20000", "20.000", "20 000" and "20.000 đ" are one; None when empty."""

    def __init__(self) -> None:
        super().__init__(
            required=False, max_length=24, widget=forms.TextInput(attrs={"inputmode": "numeric"})
        )

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = re.sub(r"(?:đồng|đ|vnđ|vnd)$", "", clean(str(value or "")).lower()).strip()
        if not text:
            return None
        if not _GROUPED.fullmatch(text):
            raise forms.ValidationError(
                "Số tiền chỉ gồm chữ số, ví dụ 20.000. Nếu mức phí không phải một con số, "
                "để trống ô này và ghi vào ô “Phí ghi bằng chữ”."
            )
        return int(re.sub(r"\D", "", text))


class Count(forms.IntegerField):
    """A whole number from zero up, or nothing."""

    def __init__(self, *, most: int = 999) -> None:
        says = f"Ô này nhận một số nguyên từ 0 đến {most}, hoặc để trống."
        super().__init__(
            required=False,
            min_value=0,
            max_value=most,
            error_messages={"invalid": says, "min_value": says, "max_value": says},
        )


class SourceDate(forms.DateField):
    """A day that has come, typed as 31/12/2026 or picked."""

    def __init__(self) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "required": "Anh/chị ghi ngày ban hành hoặc ngày công bố của văn bản.",
                "invalid": "Ngày chưa đúng. Ví dụ: 31/12/2026.",
            },
        )

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                "Ngày này chưa đến. Văn bản chưa ban hành thì chưa thể làm nguồn; anh/chị kiểm tra lại ngày."
            )
        return day
