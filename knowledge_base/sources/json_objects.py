"""The objects of a JSON file, however wrapped: one, a list, a list in an envelope, one a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from knowledge_base.sources.records import BrokenRecord

_DEEPEST_ENVELOPE = 4


@dataclass(frozen=True, kw_only=True)
class JsonObject:
    """One object. place: file and line or item; digest: SHA-256 of its canonical JSON."""

    place: str
    values: dict[str, Any]

    @property
    def digest(self) -> str:
        plain = json.dumps(self.values, ensure_ascii=False, sort_keys=True, default=str)
        return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def read_objects(path: Path, is_record: Callable[[Any], bool]) -> Iterator[JsonObject | BrokenRecord]:
    """Each object that may be a record, in order, or what is no JSON, with its place.

    is_record: whether an object is one and no envelope. Numbers with a fraction are Decimals.
    """
    if _is_one_value(path):
        yield from _unwrapped(_value(path.read_bytes(), place=path.name, what="tệp"), is_record)
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                value = _value(line, place=f"{path.name}, dòng {number}", what="dòng")
                yield from _unwrapped(value, is_record)


def _is_one_value(path: Path) -> bool:
    """Whether the whole file is one JSON value over several lines, not one value a line."""
    with path.open("rb") as file:
        first = [line for line in islice(file, 50) if line.strip()]
    if len(first) < 2:
        return False
    try:
        json.loads(first[0])
    except (ValueError, RecursionError):
        return path.suffix != ".jsonl" or first[0].strip() in {b"{", b"["}
    return False


def _value(text: bytes, *, place: str, what: str) -> tuple[str, Any] | BrokenRecord:
    def broken(reason: str) -> BrokenRecord:
        return BrokenRecord(place=place, code="", reason=reason)

    try:
        return place, json.loads(text.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        return broken(f"{what} không phải UTF-8")
    except ValueError as problem:
        return broken(f"{what} không phải JSON ({problem})")
    except RecursionError:
        return broken("JSON lồng nhau quá sâu")


def _unwrapped(
    read: tuple[str, Any] | BrokenRecord, is_record: Callable[[Any], bool]
) -> Iterator[JsonObject | BrokenRecord]:
    if isinstance(read, BrokenRecord):
        yield read
        return
    place, value = read
    items = _items(value, is_record, depth=0)
    for number, item in enumerate(items, start=1):
        here = f"{place}, mục {number}" if len(items) > 1 else place
        if isinstance(item, dict):
            yield JsonObject(place=here, values=item)
        else:
            yield BrokenRecord(place=here, code="", reason="không phải một đối tượng JSON")


def _items(value: Any, is_record: Callable[[Any], bool], *, depth: int) -> list[Any]:
    """The list an envelope holds, else the value itself: what is no record is named, never passed over."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or is_record(value) or depth == _DEEPEST_ENVELOPE:
        return [value]
    for inner in value.values():
        items = _items(inner, is_record, depth=depth + 1) if isinstance(inner, list | dict) else []
        if any(is_record(item) for item in items):
            return items
    return [value]
