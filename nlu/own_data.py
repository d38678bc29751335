"""What a citizen asks about his or her own data here, by its words; with and without diacritics.

A rule, not the classifier: what follows cannot be undone, and look-alikes are everyday matters of an office
("xóa đăng ký thường trú", "gửi dữ liệu đất đai").
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from nlu.word_rules import Said, Words

#: More words than this tell a story in which such a phrase merely stands.
LONGEST = 25


class OwnDataAsked(StrEnum):
    """What is wanted of one's own data: a consent withdrawn, all of it gone, a copy, to know what is kept."""

    WITHDRAW = "withdraw"
    DELETE = "delete"
    EXPORT = "export"
    KEPT = "kept"


def own_data_asked(text: str) -> OwnDataAsked | None:
    """What the text asks of the speaker's own data in this chat, None for every other matter."""
    if len(text.split()) > LONGEST:
        return None
    words = _words()
    said = words["harmless"].taken_out_of(Said.of(text))
    asked = next((kind for kind in OwnDataAsked if words[kind].stand_in(said)), None)
    if asked and words["elsewhere"].stand_in(said) and not words["here"].stand_in(said):
        return None
    return asked


def confirms_deletion(text: str) -> bool:
    """ "Xóa đi", "đồng ý", "ok xóa luôn ạ": a yes that says nothing else."""
    return _says_only("confirms", text)


def half_confirms_deletion(text: str) -> bool:
    """ "Vâng", "ok ạ": perhaps to something else."""
    return _says_only("half_yes", text)


def declines_deletion(text: str) -> bool:
    """ "Thôi", "không xóa nữa", "khoan"."""
    return _says_only("declines", text)


def _says_only(kind: str, text: str) -> bool:
    words = _words()
    return words[kind].are_all_of(Said.of(text), but=[words["polite"]])


@cache
def _words() -> dict[str, Words]:
    table = yaml.safe_load(files("nlu").joinpath("data/own_data.yml").read_text(encoding="utf-8"))
    lists = {**table.pop("asked"), **table}
    return {name: Words.of(words) for name, words in lists.items()}
