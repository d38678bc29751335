"""The fields of POST /requests, but for the attributes of a service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import nh3
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from nlu.text import clean
from office.models import Unit

#: The specification: "free form text limited to 4,000 characters".
LONGEST_DESCRIPTION = 4000
LONGEST_URL = 400
NO_PLACE = "Thiếu nơi xảy ra: gửi lat và long, hoặc address_string, hoặc address_id."
BOTH_OR_NONE = "lat và long phải gửi cả hai."
NO_MARKUP = "chỉ là chữ, không có HTML hay mã."


class RequestForm(forms.Form):
    """What the specification lets a client send; what is left out and what is empty are the same."""

    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    long = forms.FloatField(required=False, min_value=-180, max_value=180)
    address_string = forms.CharField(required=False, max_length=300)
    address_id = forms.ModelChoiceField(
        queryset=Unit.objects.filter(kind__in=(Unit.Kind.WARD, Unit.Kind.COMMUNE)),
        to_field_name="code",
        required=False,
        error_messages={"invalid_choice": "không có phường, xã nào mang mã này; bỏ trống cũng được."},
    )
    email = forms.EmailField(required=False, max_length=120)
    device_id = forms.CharField(required=False, max_length=200)
    account_id = forms.CharField(required=False, max_length=200)
    first_name = forms.CharField(required=False, max_length=60)
    last_name = forms.CharField(required=False, max_length=60)
    phone = forms.CharField(required=False, max_length=40)
    description = forms.CharField(required=False, max_length=LONGEST_DESCRIPTION)
    media_url = forms.URLField(required=False, max_length=LONGEST_URL, assume_scheme="https")

    def clean_description(self) -> str:
        said = clean(self.cleaned_data["description"])
        if nh3.is_html(said):
            raise ValidationError(NO_MARKUP)
        return said

    def clean_address_string(self) -> str:
        return clean(self.cleaned_data["address_string"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        if (given["lat"] is None) != (given["long"] is None):
            raise ValidationError(BOTH_OR_NONE)
        if given["lat"] is None and not (given["address_string"] or given["address_id"]):
            raise ValidationError(NO_PLACE)
        return given

    def problems(self) -> Iterator[str]:
        """Everything that is wrong, each with the argument it is about; nothing when it may be used."""
        for name, told in self.errors.items():
            for problem in told:
                yield str(problem) if name == NON_FIELD_ERRORS else f"{name}: {problem}"

    def said(self, name: str) -> str:
        return str(self.cleaned_data[name])
