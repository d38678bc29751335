"""A file of the national public-service portal: records as its pages or as its interface give them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge_base.sources.json_objects import JsonObject, read_objects
from knowledge_base.sources.portal_flat import read_flat
from knowledge_base.sources.portal_native import read_native
from knowledge_base.sources.records import BrokenRecord, Record, date_in_name


def read(path: Path, *, read_on: str = "") -> Iterator[Record | BrokenRecord]:
    """Each record of the file in order, or why it cannot be imported, with its place.

    read_on: ISO date on which the portal was read; from the file's name ("portal-2026-07") when not given.
    """
    read_on = read_on or date_in_name(path)
    for item in read_objects(path, _is_record):
        yield item if isinstance(item, BrokenRecord) else _record(item, read_on=read_on)


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) and ("ma_thu_tuc" in value or {"code", "name"} <= value.keys())


def _record(item: JsonObject, *, read_on: str) -> Record | BrokenRecord:
    is_flat = any(name in item.values for name in ("ma_thu_tuc", "ten_thu_tuc"))
    reader = read_flat if is_flat else read_native
    try:
        return reader(item.values, place=item.place, read_on=read_on, record=item.digest)
    except RecursionError:
        return BrokenRecord(place=item.place, code="", reason="JSON lồng nhau quá sâu")
