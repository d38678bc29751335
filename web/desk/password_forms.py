"""The forms by which a password is set: the rules stand beside them, in office.passwords."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from office.models import Staff

DIFFERENT = "Hai lần nhập mật khẩu mới khác nhau."
EMPTY = {"required": "Anh/chị điền ô này."}
WRONG_OLD = "Mật khẩu hiện nay chưa đúng."


class NewPasswordForm(forms.Form):
    """A new password, typed twice, by the rules. The names a form asks for count as the person's own."""

    password = forms.CharField(strip=False, max_length=200, error_messages=EMPTY)
    again = forms.CharField(strip=False, max_length=200, error_messages=EMPTY)

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        new, again = given.get("password", ""), given.get("again", "")
        if new and again and new != again:
            self.add_error("again", DIFFERENT)
        for name in {"last_name", "first_name"} & given.keys():
            setattr(self.staff, name, given[name])
        if new:
            self._judge(new)
        return given

    def _judge(self, password: str) -> None:
        try:
            password_validation.validate_password(password, self.staff)
        except forms.ValidationError as problem:
            self.add_error("password", problem)


class InvitedForm(NewPasswordForm):
    """What an invited person says of himself."""

    last_name = forms.CharField(max_length=150, error_messages=EMPTY)
    first_name = forms.CharField(max_length=150, error_messages=EMPTY)


class OwnPasswordForm(NewPasswordForm):
    """As NewPasswordForm, for who is signed in and knows the old one."""

    old = forms.CharField(strip=False, max_length=200, error_messages=EMPTY)

    def clean_old(self) -> str:
        old = str(self.cleaned_data["old"])
        if not self.staff.check_password(old):
            raise forms.ValidationError(WRONG_OLD)
        return old
