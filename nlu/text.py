"""Vietnamese text as characters: cleaned, folded, cut into syllables. Safe on whatever a citizen sends."""

from __future__ import annotations

import re
import unicodedata

_MARKED = frozenset("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ")
_LINE_BREAK = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_SPACE_AT_BREAK = re.compile(r" ?\n ?")
_MANY_BREAKS = re.compile(r"\n{3,}")
_SYLLABLE = re.compile(r"[^\W_]+")


class _WithoutMarks(dict[int, int | None]):
    """For str.translate: no combining mark, everything else as it is. Filled as letters are met."""

    def __missing__(self, letter: int) -> int | None:
        return self.setdefault(letter, None if unicodedata.category(chr(letter)) == "Mn" else letter)


_WITHOUT_MARKS = _WithoutMarks()


def clean(text: str) -> str:
    """The text as one would retype it: NFC, no NUL, control, zero-width or surrogate characters.

    Runs of spaces become one, line breaks stay (at most one empty line in a row), ends are stripped.
    """
    text = _SPACES.sub(" ", _LINE_BREAK.sub("\n", text))
    if not text.replace("\n", "").isprintable():
        text = "".join(char for char in text if _is_visible(char))
    text = unicodedata.normalize("NFC", text)
    # Removing an invisible character may have brought two spaces together.
    text = _SPACE_AT_BREAK.sub("\n", _SPACES.sub(" ", text))
    return _MANY_BREAKS.sub("\n\n", text).strip()


def _is_visible(char: str) -> bool:
    return char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def fold(text: str) -> str:
    """Lower case without marks, đ as d: "Đăng ký" and its NFD form both become "dang ky"."""
    bare = unicodedata.normalize("NFD", text).translate(_WITHOUT_MARKS)
    return unicodedata.normalize("NFC", bare.lower().replace("đ", "d"))


def has_diacritics(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark (or is đ)."""
    return not _MARKED.isdisjoint(unicodedata.normalize("NFC", text).lower())


def syllables(text: str) -> list[str]:
    """The runs of letters and digits, lower case, NFC, marks kept: "Phí, 20.000đ" → phí 20 000đ."""
    return _SYLLABLE.findall(unicodedata.normalize("NFC", text).lower())
