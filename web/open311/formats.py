"""A document as JSON or XML: the same names and nesting, by the Spark convention of the specification."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils import timezone

from web.open311.shapes import Document


class Format(StrEnum):
    """As it stands at the end of the address."""

    JSON = "json"
    XML = "xml"


MEDIA_TYPES = {Format.XML: "text/xml", Format.JSON: "application/json"}
#: What no XML 1.0 document may hold (https://www.w3.org/TR/xml/#charsets); DEL and such are allowed.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(document: Document, as_format: Format) -> bytes:
    """UTF-8. A list of entries is an array in JSON, an element of elements in XML."""
    if as_format is Format.JSON:
        plain = [_plain(entry) for entry in document.entries]
        return json.dumps(plain if document.kind.entry else plain[0], ensure_ascii=False).encode()
    xml: bytes = tostring(_root(document), encoding="utf-8", xml_declaration=True)
    return xml


def w3c(moment: datetime) -> str:
    """With the offset of Hà Nội, to the second: https://www.w3.org/TR/NOTE-datetime."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return w3c(value) if isinstance(value, datetime) else value


def _root(document: Document) -> Element:
    root = Element(document.kind.container)
    for entry in document.entries:
        _fill(SubElement(root, document.kind.entry) if document.kind.entry else root, entry)
    return root


def _fill(element: Element, value: Any) -> None:
    if is_dataclass(value):
        for field in fields(value):
            _fill(SubElement(element, field.name), getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            _fill(SubElement(element, element.tag.removesuffix("s")), one)
    elif value is not None:
        element.text = _NO_XML.sub("", _text(value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return w3c(value) if isinstance(value, datetime) else str(value)
