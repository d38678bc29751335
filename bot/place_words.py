"""The words of a message that name a place: from a house number, an alley or a landmark on."""

from __future__ import annotations

import re

from nlu.text import fold

#: Words that begin a place in Hà Nội's way of giving one, folded. Longest first within an alternative.
BEGINNINGS = (
    r"dau ngo|cuoi ngo|trong ngo|ngo|ngach|hem|so nha|so \d+|nha so|duong|pho|phuong|"
    r"khu do thi|khu tap the|khu dan cu|chung cu|toa nha|toa|"
    r"cho|cau|ho|cong vien|vuon hoa|nga ba|nga tu|nga nam|benh vien|truong|chan cau|"
    r"gan cho|gan|doi dien|canh|ben canh|thon|xa|to dan pho"
)
_PLACE = re.compile(rf"\b(?:{BEGINNINGS})\s+(?=\S)")
#: A place said with certainty has a number or a name after its street or alley; "đường rất bẩn" names none,
#: and a ward alone is too wide to find anything in.
_STREET = re.compile(
    r"\b(?:ngo|ngach|hem|so|so nha|nha so|duong|pho|to dan pho|chung cu|toa nha|khu do thi)\s+(?=\w)"
)
_END = re.compile(
    r"[,.;!?\n]\s+(?!(?:p|q|phuong|xa|quan|huyen|ha noi|ngo|ngach|duong|pho|so|gan|doi dien|to)\b)|$"
)


def place_phrase(text: str) -> str:
    """The phrase of `text` that names a place, in its own words; "" when none is certain."""
    folded = fold(text)
    if len(folded) != len(text) or not _is_certain(text, folded):
        return ""
    beginning = _PLACE.search(folded)
    if beginning is None:
        return ""
    end = _END.search(folded, beginning.end())
    return text[beginning.start() : end.start() if end else None].strip()[:200]


def _is_certain(text: str, folded: str) -> bool:
    after = (text[match.end()] for match in _STREET.finditer(folded))
    return any(letter.isdigit() or letter.isupper() for letter in after)
