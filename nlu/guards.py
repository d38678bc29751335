"""What is looked at before anything is stored or searched: emergencies, accusations, state secrets.

Pure rules over the words in data/guards.yml. An accusation's details and a classified text are never kept:
tố cáo and khiếu nại have procedures of their own with secrecy of identity (Luật Tố cáo; QĐ 1207/QĐ-UBND of
28/2/2025 keeps both, and state secrets, out of the feedback system).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from nlu.text import clean
from nlu.word_rules import Said, Words


class GuardKind(StrEnum):
    """Why a message is not handled like others."""

    EMERGENCY = "emergency"
    ACCUSATION = "accusation"
    STATE_SECRET = "state_secret"  # noqa: S105 -- not a password


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a guard saw. keep: the text may be stored; otherwise only redacted_text may."""

    kind: GuardKind
    keep: bool
    redacted_text: str


_REDACTED = {
    GuardKind.ACCUSATION: "[nội dung tố cáo đã được lược bỏ]",
    GuardKind.STATE_SECRET: "[nội dung có dấu hiệu bí mật nhà nước đã được lược bỏ]",
}
# A classification stamped on a line of its own ("MẬT", "TỐI MẬT").
_STAMP = re.compile(r"^\W*(?:TỐI MẬT|TUYỆT MẬT|MẬT)\W*$", re.MULTILINE)
# A person who is named or pointed at: "ông Tám", "anh T", "ba Hoa".
_PERSON = re.compile(
    r"(?<!\w)(?:ông|ong|bà|ba|anh|chị|chi|thằng|lão|mụ|cô|chú|chu)\s+(?:tên\s+|ten\s+)?"
    r"(?!(?:bà|ba|con|chị|chi|em|nội|noi|ngoại|ngoai|tôi|toi|ơi|oi|ạ|a|cho|là|la|có|co|đi|muốn|muon|hỏi|hoi)\b)[^\W\d_]+"
    r"|(?<!\w)(?:ông|ong|bà|anh|chị)\s+a\b"
)


def look(text: str) -> Finding | None:
    """The gravest finding in a text, or None. Life comes first: an emergency keeps its words."""
    said = Said.of(text)
    if _is_emergency(said):
        return Finding(kind=GuardKind.EMERGENCY, keep=True, redacted_text=text)
    for kind, speaks in (
        (GuardKind.STATE_SECRET, _is_state_secret(said, stamped=_STAMP.search(clean(text)) is not None)),
        (GuardKind.ACCUSATION, _is_accusation(said)),
    ):
        if speaks:
            return Finding(kind=kind, keep=False, redacted_text=_REDACTED[kind])
    return None


def _is_emergency(said: Said) -> bool:
    words = _words()["emergency"]
    said = words["harmless"].taken_out_of(said)
    if words["over"].stand_in(said):
        return False
    if words["cries"].stand_in(said):
        return True
    turned_away = words["asking"].stand_in(said) or words["possible"].stand_in(said)
    return words["events"].stand_in(said) and not turned_away


def _is_accusation(said: Said) -> bool:
    """An explicit tố cáo or khiếu nại, a crime laid to someone, a disputed decision; not the question how."""
    words = _words()["accusation"]
    said = words["harmless"].taken_out_of(said)
    accused = words["accused"].stand_in(said) or _PERSON.search(" ".join(said.tokens)) is not None
    crime_laid_to_someone = words["crimes"].stand_in(said) and accused
    if words["asking"].stand_in(said):
        return crime_laid_to_someone and _PERSON.search(" ".join(said.tokens)) is not None
    disputed = words["disputed"].stand_in(said) and words["decisions"].stand_in(said)
    return crime_laid_to_someone or disputed or words["explicit"].stand_in(said)


def _is_state_secret(said: Said, *, stamped: bool) -> bool:
    words = _words()["state_secret"]
    if stamped:
        return True
    only_asked = words["asking"].stand_in(said) and not words["shown"].stand_in(said)
    return words["marked"].stand_in(said) and not only_asked


@cache
def _words() -> dict[str, dict[str, Words]]:
    table = yaml.safe_load(files("nlu").joinpath("data/guards.yml").read_text(encoding="utf-8"))
    return {kind: {name: Words.of(words) for name, words in lists.items()} for kind, lists in table.items()}
