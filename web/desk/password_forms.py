"""The forms by which a password is set: the rules stand beside them, in office.passwords."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from office.models import Staff

DIFFERENT = "Hai lần nhập mật khẩu mới khác nhau."
WRONG_OLD = "Mật khẩu hiện nay chưa đúng."


class NewPasswordForm(forms.Form):
    """A new password, typed twice, by the rules. The names a form asks for count as the person's own."""

    password = forms.CharField(strip=False, max_length=200)
    again = forms.CharField(strip=False, max_length=200)

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        if given["password"] != given["again"]:
            self.add_error("again", DIFFERENT)
        for name in {"last_name", "first_name"} & given.keys():
            setattr(self.staff, name, given[name])
        try:
            password_validation.validate_password(given["password"], self.staff)
        except forms.ValidationError as problem:
            self.add_error("password", problem)
        return given


class InvitedForm(NewPasswordForm):
    """What an invited person says of himself."""

    last_name = forms.CharField(max_length=150)
    first_name = forms.CharField(max_length=150)


class OwnPasswordForm(NewPasswordForm):
    """As NewPasswordForm, for who is signed in and knows the old one."""

    old = forms.CharField(strip=False, max_length=200)

    def clean_old(self) -> str:
        old = str(self.cleaned_data["old"])
        if not self.staff.check_password(old):
            raise forms.ValidationError(WRONG_OLD)
        return old
