"""The fields of a YAML file of our own, read with complaints that name file and field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.errors import StarterProblem
from nlu.text import clean


@dataclass(frozen=True, kw_only=True)
class Fields:
    """One mapping of the file. Each method raises StarterProblem that names the file and the field."""

    file: str
    path: str
    values: Any

    def __post_init__(self) -> None:
        if not isinstance(self.values, Mapping):
            raise self.problem("", "phải là các cặp tên: giá trị")

    def problem(self, name: str, wish: str) -> StarterProblem:
        where = ".".join(part for part in (self.path, name) if part) or "cả tệp"
        return StarterProblem(f"{self.file}: trường “{where}” {wish}")

    def only(self, known: set[str]) -> None:
        for name in self.values:
            if name not in known:
                raise self.problem(str(name), "không có trong định dạng, xem docs/developers/content.md")

    def text(self, name: str, *, required: bool = False) -> str:
        value = self.values.get(name)
        if isinstance(value, date):
            value = value.isoformat()
        if value is not None and not isinstance(value, str):
            raise self.problem(name, "phải là chữ, đặt trong dấu nháy")
        cleaned = clean(value or "")
        if required and not cleaned:
            raise self.problem(name, "còn trống")
        return cleaned

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise self.problem(name, "phải là danh sách chữ")
        return tuple(clean(value) for value in values if clean(value))

    def number(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise self.problem(name, "phải là số nguyên không âm hoặc null")
        return value

    def truth(self, name: str) -> bool:
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise self.problem(name, "phải là true hoặc false")
        return value

    def child(self, name: str) -> Fields:
        return Fields(file=self.file, path=self._path(name), values=self.values.get(name))

    def children(self, name: str) -> tuple[Fields, ...]:
        return tuple(
            Fields(file=self.file, path=self._path(f"{name}[{number}]"), values=value)
            for number, value in enumerate(self._list(name))
        )

    def _list(self, name: str) -> list[Any]:
        values = self.values.get(name) or []
        if not isinstance(values, list):
            raise self.problem(name, "phải là danh sách")
        return values

    def _path(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def read_fields(file: Path) -> tuple[Fields, str]:
    """The fields of a whole file, and the SHA-256 of it. Raises StarterProblem when it is no YAML mapping."""
    text = file.read_bytes()
    try:
        plain = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise StarterProblem(f"{file.name}: không đọc được YAML ({problem})") from problem
    return Fields(file=file.name, path="", values=plain), sha256(text).hexdigest()
