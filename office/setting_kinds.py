"""What a live setting may be: read from what a person types, written back the same way, told in words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from office.errors import WrongSettingValue

T = TypeVar("T")


class Kind(ABC, Generic[T]):
    """The values of a setting."""

    takes_several: ClassVar[bool] = False
    #: How a page asks for it (the type of an HTML input).
    asked_as: ClassVar[str] = "text"

    @abstractmethod
    def read(self, typed: str) -> T:
        """The value. Raises WrongSettingValue, which says what to type."""

    @abstractmethod
    def write(self, value: T) -> str:
        """As it is typed and kept: `read` gives the value back."""

    def words(self, value: T) -> str:
        """As a person reads it."""
        return self.write(value)

    def options(self) -> Mapping[str, str]:
        """Key and words of each value that can be chosen; none where it is typed."""
        return {}


@dataclass(frozen=True, kw_only=True)
class WholeNumber(Kind[int]):
    """From lowest to highest, both included. unit: "giờ làm việc", said after the number."""

    lowest: int
    highest: int
    unit: str

    asked_as: ClassVar[str] = "number"

    def read(self, typed: str) -> int:
        number = int(typed) if typed.strip().isdecimal() else None
        if number is None or not self.lowest <= number <= self.highest:
            raise WrongSettingValue(f"Ghi một số nguyên từ {self.lowest} đến {self.highest} ({self.unit}).")
        return number

    def write(self, value: int) -> str:
        return str(value)

    def words(self, value: int) -> str:
        return f"{value} {self.unit}"


@dataclass(frozen=True, kw_only=True)
class YesNo(Kind[bool]):
    """yes, no: how each is said."""

    yes: str = "Có"
    no: str = "Không"

    def options(self) -> Mapping[str, str]:
        return {"yes": self.yes, "no": self.no}

    def read(self, typed: str) -> bool:
        if typed not in self.options():
            raise WrongSettingValue(f"Chọn “{self.yes}” (yes) hoặc “{self.no}” (no).")
        return typed == "yes"

    def write(self, value: bool) -> str:  # noqa: FBT001 -- the value itself
        return "yes" if value else "no"

    def words(self, value: bool) -> str:  # noqa: FBT001 -- the value itself
        return self.options()[self.write(value)]


@dataclass(frozen=True, kw_only=True)
class OneOf(Kind[str]):
    """A key of choices."""

    choices: Mapping[str, str]

    def read(self, typed: str) -> str:
        if typed not in self.choices:
            raise WrongSettingValue(f"Chọn một trong: {_listed(self.choices)}.")
        return typed

    def write(self, value: str) -> str:
        return value

    def words(self, value: str) -> str:
        return self.choices[value]

    def options(self) -> Mapping[str, str]:
        return self.choices


@dataclass(frozen=True, kw_only=True)
class SomeOf(Kind[tuple[str, ...]]):
    """Any number of the keys of choices, none included, in their order; typed with commas between."""

    choices: Mapping[str, str]

    takes_several: ClassVar[bool] = True

    def read(self, typed: str) -> tuple[str, ...]:
        named = {key.strip() for key in typed.split(",")} - {""}
        if not named <= self.choices.keys():
            raise WrongSettingValue(f"Chọn trong: {_listed(self.choices)}; cách nhau bằng dấu phẩy.")
        return tuple(key for key in self.choices if key in named)

    def write(self, value: tuple[str, ...]) -> str:
        return ",".join(value)

    def words(self, value: tuple[str, ...]) -> str:
        return ", ".join(self.choices[key] for key in value) or "không có"

    def options(self) -> Mapping[str, str]:
        return self.choices


@dataclass(frozen=True, kw_only=True)
class Words(Kind[str]):
    """A line of text, "" included. starts_with: how all but "" must begin, one of these; () for any way."""

    longest: int = 300
    starts_with: tuple[str, ...] = ()
    when_empty: str = "không có"

    def read(self, typed: str) -> str:
        text = typed.strip()
        if len(text) > self.longest:
            raise WrongSettingValue(f"Ghi ngắn hơn: nhiều nhất {self.longest} chữ.")
        if text and self.starts_with and not text.startswith(self.starts_with):
            raise WrongSettingValue(f"Phải bắt đầu bằng {' hoặc '.join(self.starts_with)}.")
        return text

    def write(self, value: str) -> str:
        return value

    def words(self, value: str) -> str:
        return value or self.when_empty


def _listed(choices: Mapping[str, str]) -> str:
    return ", ".join(f"{key} ({words})" for key, words in choices.items())
