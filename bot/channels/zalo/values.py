"""Reading what others wrote: a value of the kind that is meant, else an empty one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]


def word(value: object) -> str:
    """A text without what no database takes, a number as its digits; "" for anything else."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def nested(outer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = outer.get(name)
    return inner if isinstance(inner, Mapping) else {}


def listed(outer: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    """The objects in this list."""
    inner = outer.get(name)
    return [one for one in inner if isinstance(one, Mapping)] if isinstance(inner, list) else []
