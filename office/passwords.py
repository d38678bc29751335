"""What a password must be, said plainly."""

from __future__ import annotations

import re
from typing import ClassVar

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from nlu.text import fold
from office.models import Staff


class LongEnough(password_validation.MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        return f"Mật khẩu ngắn quá: cần ít nhất {self.min_length} ký tự. Một câu dài dễ nhớ hơn một từ khó."

    def get_help_text(self) -> str:
        return f"Ít nhất {self.min_length} ký tự; nên là một câu, có khoảng trắng cũng được."


class NotOnesOwn(password_validation.UserAttributeSimilarityValidator):
    """Unlike the person's name, user name and e-mail address."""

    def get_error_message(self) -> str:
        return "Mật khẩu gần giống họ tên, tên đăng nhập hoặc thư điện tử của anh/chị."

    def get_help_text(self) -> str:
        return "Không giống họ tên, tên đăng nhập hay thư điện tử của mình."


class NotCommon(password_validation.CommonPasswordValidator):
    """None of the 20,000 that are tried first."""

    def get_error_message(self) -> str:
        return "Mật khẩu này rất nhiều người dùng nên bị thử đầu tiên. Anh/chị chọn mật khẩu khác."

    def get_help_text(self) -> str:
        return "Không phải mật khẩu nhiều người dùng."


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    """Not a telephone number or a birthday."""

    def get_error_message(self) -> str:
        return "Mật khẩu chỉ có chữ số, như số điện thoại hay ngày sinh, rất dễ đoán. Anh/chị thêm chữ."

    def get_help_text(self) -> str:
        return "Không chỉ gồm chữ số."


class NotTheOffice:
    """Not made of the names of the office: without them enough must remain.

    Names come from the list below and from the person's units.
    """

    NAMES: ClassVar = (
        *("motcua", "hanoi", "thudo", "thanglong", "ubnd", "uyban", "nhandan", "thanhpho", "canbo"),
        *("totiepnhan", "trungtam", "phuong", "congan", "quantri", "hanhchinh", "dichvucong", "matkhau"),
    )

    def __init__(self, min_length: int = 8) -> None:
        self.min_length = min_length

    def validate(self, password: str, user: Staff | None = None) -> None:
        """Raises ValidationError."""
        letters = _letters(password)
        rest = letters
        for name in sorted((*self.NAMES, *_unit_names(user)), key=len, reverse=True):
            rest = rest.replace(name, "")
        if rest != letters and len(rest) < self.min_length:
            raise ValidationError(
                "Mật khẩu ghép từ tên cơ quan (như motcua, hanoi, tên phường): người ngoài dễ đoán.",
                code="password_of_the_office",
            )

    def get_help_text(self) -> str:
        return "Không ghép từ tên cơ quan, tên phường xã."


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _unit_names(user: Staff | None) -> tuple[str, ...]:
    if user is None or user.pk is None:
        return ()
    return tuple(_letters(name) for name in user.units.values_list("name", flat=True))
