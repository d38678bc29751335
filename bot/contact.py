"""Who sends a report: name and telephone, where they are wanted and where they are left.

Decree 20/2008/NĐ-CP, art. 7 asks for name, address and telephone of whoever reports on rules and on service;
what is asked for here is a setting by kind of report. Left out, the report is passed on for reference only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlu.entities import Kind, personal_numbers
from nlu.guards.named_person import begins_like_a_full_name
from nlu.text import clean, fold

NAME, PHONE = "name", "phone"
#: Syllables of a name; people of minorities have up to seven.
LONGEST_NAME = 7
#: Up to so many, whatever stands beside a number is a name.
LONGEST_SURE_NAME = 3
_MARKS = re.compile(r"[,.;:–/+-]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+)*")
_AROUND = re.compile(
    r"\b(?:da|vang|a|toi la|em la|toi ten la|em ten la|toi ten|em ten|minh la|minh ten|chau la|chau ten"
    r"|con la|ten toi la|ten em la|ten minh la|ten la|ho va ten|ho ten|ten|nguoi gui|la|so dien thoai"
    r"|dien thoai|sdt|so dt|dt|so|lien he|goi|nhe|nha|cua toi|cua em|toi|em|ong|ba|anh|chi)\b(?=\W|$)"
)
#: Of these, those that are also given names.
_TITLES = frozenset({"anh", "ba", "ong", "chi", "em"})
#: Digits of a number that are shown back: enough to know it by, not to call it.
_SHOWN_BEFORE, _SHOWN_AFTER = 3, 3


@dataclass(frozen=True, kw_only=True)
class ToldContact:
    """Who sends it. phone: as it is dialled, "0912345678".

    wanted: the fields that this kind of report asks for. known_phone: told before in the conversation, used
    only after a yes."""

    name: str = ""
    phone: str = ""
    wanted: tuple[str, ...] = ()
    known_phone: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The wanted fields that are not told, in their order."""
        return tuple(field for field in self.wanted if not self._told(field))

    @property
    def is_told(self) -> bool:
        return bool(self.name or self.phone)

    def _told(self, field: str) -> str:
        return {NAME: self.name, PHONE: self.phone}.get(field, "")


def without(contact: ToldContact) -> ToldContact:
    """The contact of somebody who leaves no name."""
    return replace(contact, name="", phone="")


def told(contact: ToldContact, text: str) -> ToldContact:
    """With the name and the number that the text tells; one that tells neither changes nothing.

    "Nguyễn Thị Mai 0912 345 678", "em tên là Mai Anh, sđt 0912345678", either alone.
    """
    number = phone_in(text)
    name = _name_in(text)
    return replace(contact, name=name or contact.name, phone=number or contact.phone)


def is_all_of(text: str) -> bool:
    """True for a number, a name or both, and nothing of a story."""
    if not text or not (phone_in(text) or begins_like_a_full_name(text.strip())):
        return False
    return bool(_name_in(text)) or not _without_what_stands_around(_without_numbers(clean(text)))


def phone_in(text: str) -> str:
    """The first telephone number in the text, as it is dialled; "" for none."""
    found = (entity for entity in personal_numbers(text) if entity.kind is Kind.PHONE)
    return next((entity.value for entity in found), "")


def _name_in(text: str) -> str:
    """What is left beside the number and the words around a name, if it can be one."""
    said = clean(text)
    without_numbers = _without_numbers(said)
    has_number, name = without_numbers != said, _without_what_stands_around(without_numbers)
    if not _LETTERS.fullmatch(name) or len(name.split()) > LONGEST_NAME:
        return ""
    words = name.split()
    is_in_capitals = len(words) > 1 and all(word[0].isupper() for word in words)
    is_brief = has_number and len(words) <= LONGEST_SURE_NAME
    return name if is_brief or is_in_capitals or begins_like_a_full_name(name) else ""


def _without_numbers(said: str) -> str:
    for entity in reversed(personal_numbers(said)):
        if entity.kind is Kind.PHONE:
            said = f"{said[: entity.start]} , {said[entity.end :]}"
    return said


def _without_what_stands_around(said: str) -> str:
    folded = fold(said)
    if len(folded) != len(said):
        return ""
    for around in reversed(list(_AROUND.finditer(folded))):
        if not _may_be_of_a_name(said[around.start() : around.end()], folded, around):
            said = f"{said[: around.start()]} {said[around.end() :]}"
    return " ".join(_MARKS.sub(" ", said).split())


def _may_be_of_a_name(spoken: str, folded: str, around: re.Match[str]) -> bool:
    """ "Hà Thị Anh" keeps its "Anh": in capitals and not at the beginning."""
    is_after_more = folded[: around.start()].strip(" ,.;:")
    return around[0] in _TITLES and spoken[:1].isupper() and bool(is_after_more)


def masked(phone: str) -> str:
    """ "091••••678"."""
    hidden = "•" * max(len(phone) - _SHOWN_BEFORE - _SHOWN_AFTER, 0)
    return f"{phone[:_SHOWN_BEFORE]}{hidden}{phone[-_SHOWN_AFTER:]}" if hidden else phone
