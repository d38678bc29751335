"""Vietnamese words for small numbers, as days, months, sums and places in a list are told by."""

from __future__ import annotations

from nlu.text import fold

#: Folded: "tư" is four as "bốn" is.
NUMBERS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_OF_MONTHS = {**NUMBERS, "muoi mot": 11, "muoi hai": 12}


def number(word: str) -> int:
    """ "9" and "chín" are both 9; up to "mười hai". Raises KeyError for any other word."""
    return int(word) if word.isdecimal() else _OF_MONTHS[fold(word)]
