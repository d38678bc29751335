"""Sensitive words spelt so as to slip through, written plainly: "t.ố c.á.o", "tốcáo", "kh1ếu n@i"."""

from __future__ import annotations

import re
from functools import cache, partial

from nlu.text import fold, has_diacritics
from nlu.word_rules import tone_placed

#: Phrases whose disguised spellings are undone. Only these: of other words a strange spelling is only a slip.
DISGUISED = (
    *("tố cáo", "khiếu nại", "tố giác", "hối lộ", "tham nhũng", "tham ô", "tự tử", "tự sát"),
    *("tối mật", "tuyệt mật"),
)
_LOOKS_LIKE = {"a": "4@", "e": "3", "i": "1!|", "o": "0", "t": "7", "g": "9", "s": "5$"}
_FORMS = {
    "a": "aàáảãạăằắẳẵặâầấẩẫậ",
    "e": "eèéẻẽẹêềếểễệ",
    "i": "iìíỉĩị",
    "o": "oòóỏõọôồốổỗộơờớởỡợ",
    "u": "uùúủũụưừứửữự",
    "y": "yỳýỷỹỵ",
    "d": "dđ",
}
_SIGNS = frozenset("".join(_LOOKS_LIKE.values()))
# A full stop between two bare words ends a sentence: "cái cây to. Cao quá".
_CUT = re.compile(r"[\W_]*\s[\W_]*|,")
_BETWEEN = r"[\W_]{0,3}?"


def undisguised(text: str) -> str:
    """The text with those phrases written plainly wherever they were disguised; all else as it was."""
    for phrase, spelt in _spellings():
        text = spelt.sub(partial(_plain, phrase), text)
    return text


def _plain(phrase: str, match: re.Match[str]) -> str:
    """An ordinary spelling stays: with its marks it is read anyhow, without them it may be other words."""
    found = match.group()
    said = tone_placed(found.lower())
    letters = [letter for letter in said if letter.isalnum() or letter in _SIGNS]
    meant = [letter for letter in phrase if letter != " "]
    if not all(_may_be(letter, target) for letter, target in zip(letters, meant, strict=True)):
        return found
    is_marked = said != fold(said)
    if not is_marked and " ".join(_CUT.split(said)) == fold(phrase):
        return found
    return f" {phrase if has_diacritics(match.string) else fold(phrase)} "


def _may_be(letter: str, target: str) -> bool:
    """With its own mark, bare, or a sign that looks like it; "tôi mất" is no way to spell "tối mật"."""
    return letter in {target, fold(target)} or letter in _LOOKS_LIKE.get(fold(target), "")


@cache
def _spellings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((phrase, _spelling(phrase)) for phrase in DISGUISED)


def _spelling(phrase: str) -> re.Pattern[str]:
    letters = [_any_form(letter) for letter in fold(phrase) if letter != " "]
    return re.compile(rf"(?<!\w){_BETWEEN.join(letters)}(?!\w)", re.IGNORECASE)


def _any_form(letter: str) -> str:
    return f"[{re.escape(_FORMS.get(letter, letter) + _LOOKS_LIKE.get(letter, ''))}]"
