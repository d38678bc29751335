"""A live setting that names units by their codes."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from office.errors import WrongSettingValue
from office.models import Unit
from office.setting_kinds import Kind


@dataclass(frozen=True, kw_only=True)
class UnitCodes(Kind[tuple[str, ...]]):
    """Any number of codes of units, none included, typed with commas between.

    A code that no unit has names nobody: whether there is such a unit is asked where the setting is used.
    """

    when_empty: str = "không đơn vị nào"

    def read(self, typed: str) -> tuple[str, ...]:
        codes = [code.strip() for code in typed.split(",") if code.strip()]
        try:
            for code in codes:
                validate_slug(code)
        except ValidationError as problem:
            raise WrongSettingValue("Ghi mã đơn vị như ở trang Đơn vị, cách nhau bằng dấu phẩy.") from problem
        return tuple(sorted(set(codes)))

    def write(self, value: tuple[str, ...]) -> str:
        return ",".join(value)

    def words(self, value: tuple[str, ...]) -> str:
        """By name; a code that no unit has stands as it is. One query."""
        names = dict(Unit.objects.filter(code__in=value).values_list("code", "name"))
        return ", ".join(names.get(code, code) for code in value) or self.when_empty
