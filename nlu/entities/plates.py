"""Number plates of cars, motorbikes and electric bikes (Thông tư 79/2024/TT-BCA), of whatever colour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard, Wording

# Two digits of the province, the series (letters of the Vietnamese plates: no I, J, O, Q, W), four or five
# digits: 29A-123.45, 29-H1 123.45, 80B 1234, 29-MĐ1 234.56, 29LD-123.45; diplomats': 80-123-NG-45.
_SERIES = r"(?!M[23]\b)(?:MĐ|MD|TĐ|[A-HK-NP-VX-Z]{1,2})\d?"
_NUMBER = r"\d{3}[. ]?\d{1,2}"
_UPPER = re.compile(
    rf"(?<![\w.,/-])(?!1[0-2]?[\s-]?M\b)\d{{2}}[\s-]?{_SERIES}[\s.-]{{0,3}}{_NUMBER}(?![\w/])"
    rf"|(?<![\w.-])\d{{2}}[\s-]\d{{3}}[\s-](?:NG|NN|QT)[\s-]\d{{2}}(?!\w)"
)
# In small letters 15h30, 30m2, 50k and 20p are something else; two letters, or what no unit is, are not.
_LOWER = re.compile(
    r"(?<![\w.,/-])(?:\d{2}-?(?![hkmgdđptl])[a-z]\d?|\d{2}-?[a-z]{2}\d?|(?:2[5-9]|[3-9]\d)-?h\d)"
    r"[\s.-]?\d{3}\.?\d{2}(?![\w/])"
)
_LABELLED = Wording.of(
    r"\b(?:biển (?:số )?(?:kiểm soát )?(?:xe )?|bks|biển xanh|biển vàng|biển trắng|biển đỏ)(?: là| số|:| )*"
    r"(?P<plate>(?:\d{2}[\s-]?[a-zđ]{1,2}\d?|[a-z]{2})[\s.-]{0,3}(?:\d{3}[. ]?\d{1,2}|\d{2}-\d{2}))(?!\w)"
)


def plates(heard: Heard) -> Iterator[Entity]:
    for pattern in (_UPPER, _LOWER):
        for found in pattern.finditer(heard.text):
            yield heard.entity(Kind.PLATE, found, _bare(found[0]))
    for found in _LABELLED.found_in(heard):
        yield heard.entity(Kind.PLATE, found, _bare(found["plate"]), group="plate")


def _bare(plate: str) -> str:
    return re.sub(r"[\s.-]", "", plate).upper()
