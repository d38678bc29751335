"""A JSON object whose fields are taken one by one; what nobody took is told at the end: no loss."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge_base.sources.portal_words import said
from nlu.text import clean

_COUNT = re.compile(r"0|[1-9][0-9]{0,3}")


class Node:
    """One object of a record. A field whose value is of another kind than asked for is not taken."""

    def __init__(self, values: Mapping[str, Any], path: str = "") -> None:
        self._untaken = dict(values)
        self._path = path
        self._below: list[Node] = []

    def text(self, name: str) -> str:
        """The words or the number of the field; "" when it has none or says "Không có thông tin"."""
        value = self._untaken.get(name)
        if value is None or isinstance(value, bool | dict | list):
            return ""
        del self._untaken[name]
        return said(str(value))

    def peek(self, name: str) -> str:
        """The words as they stand, without taking them; "" where the field holds none."""
        value = self._untaken.get(name)
        return value if isinstance(value, str) else ""

    def truth(self, name: str) -> bool | None:
        """True or false where the source says so."""
        value = self._untaken.get(name)
        return bool(self._untaken.pop(name)) if isinstance(value, bool) else None

    def count(self, name: str) -> int | None:
        """A whole number from 0 on, also when it is written in quotation marks."""
        value = self._untaken.get(name)
        if isinstance(value, bool) or not _COUNT.fullmatch(str(value)):
            return None
        return int(str(self._untaken.pop(name)))

    def nodes(self, name: str) -> tuple[Node, ...]:
        """The objects of the field: a list of them, or one."""
        value = self._untaken.get(name)
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, dict) for item in items):
            return ()
        del self._untaken[name]
        nodes = tuple(Node(item, f"{self._path}{name}[{number}].") for number, item in enumerate(items))
        self._below.extend(nodes)
        return nodes

    def names(self, name: str) -> tuple[str, ...]:
        """The names of the field: a text, a list of texts, or objects with a `name`."""
        value = self._untaken.get(name)
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            del self._untaken[name]
            found = [said(item) for item in value]
        elif isinstance(value, str):
            found = [self.text(name)]
        else:
            found = [node.text("name") for node in self.nodes(name)]
        return tuple(filter(None, found))

    def rest(self) -> Iterator[str]:
        """ "path: value" of every value that was not taken, here and below."""
        for name, value in self._untaken.items():
            yield from _leaves(f"{self._path}{name}", value)
        for node in self._below:
            yield from node.rest()


def _leaves(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(f"{path}[{number}]", inner)
    elif isinstance(value, bool):
        yield clean(f"{path}: {'có' if value else 'không'}")
    elif value is not None and clean(str(value)):
        yield clean(f"{path}: {value}")
