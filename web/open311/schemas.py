"""The shapes of the answers as JSON Schema, made from their definitions, so that they cannot differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from web.open311 import shapes
from web.open311.shapes import Kind

Schema = dict[str, Any]

_OF_TYPES: Mapping[type, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    NoneType: {"type": "null"},
}


def components() -> dict[str, Schema]:
    """Each shape under its name."""
    return {shape.__name__: _shape(shape) for shape in _shapes()}


def document(kind: Kind) -> Schema:
    """Of an answer in JSON: an array of shapes, or one."""
    one = _reference(kind.shape)
    return {"type": "array", "items": one} if kind.entry else one


def _shapes() -> Iterator[type]:
    for shape in vars(shapes).values():
        if isinstance(shape, type) and is_dataclass(shape) and shape not in {shapes.Kind, shapes.Document}:
            yield shape


def _shape(shape: type) -> Schema:
    hints = get_type_hints(shape, include_extras=True)
    return {
        "type": "object",
        "description": shape.__doc__,
        "properties": {field.name: _annotated(hints[field.name]) for field in fields(shape)},
        "required": [field.name for field in fields(shape)],
        "additionalProperties": False,
    }


def _annotated(hint: Any) -> Schema:
    of, about = get_args(hint)
    return {**_of(of), "description": about}


def _of(hint: Any) -> Schema:
    if get_args(hint) and NoneType in get_args(hint):
        return {"anyOf": [_of(one) for one in get_args(hint)]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of(get_args(hint)[0])}
    if is_dataclass(hint):
        return _reference(hint)
    if issubclass(hint, StrEnum):
        return {"type": "string", "enum": [value.value for value in hint]}
    return dict(_OF_TYPES[hint])


def _reference(shape: Any) -> Schema:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}
