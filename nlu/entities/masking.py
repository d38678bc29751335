"""Masking: personal data replaced by what it was, everything else left as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from nlu.entities.entity import Entity, Kind
from nlu.entities.names import names_of_people
from nlu.entities.reading import personal_numbers
from nlu.entities.wording import Heard
from nlu.text import clean

#: Numbers that identify a person before the state or a bank. Nobody needs them in a chat.
_DOCUMENTS = {
    Kind.IDENTITY_NUMBER: "[số giấy tờ]",
    Kind.PASSPORT: "[số hộ chiếu]",
    Kind.BANK_ACCOUNT: "[số tài khoản]",
}
_PERSONAL: Mapping[Kind, str] = {
    **_DOCUMENTS,
    Kind.PHONE: "[số điện thoại]",
    Kind.E_MAIL: "[e-mail]",
    Kind.TAX_CODE: "[mã số thuế]",
    Kind.PLATE: "[biển số xe]",
}
_PUBLIC: Mapping[Kind, str] = {**_PERSONAL, Kind.PERSON_NAME: "[tên người]"}


def mask_personal(text: str) -> str:
    """The cleaned text without phones, identity numbers, passports, accounts, tax codes, e-mails and plates.

    For what is kept longer than the conversation or seen by more people: summaries, gaps.
    """
    return _masked(text, _PERSONAL)


def mask_for_public(text: str) -> str:
    """The cleaned text as a public page shows it: as mask_personal, and without names of people."""
    return _without(clean(text), hidden_from_public(text))


def hidden_from_public(text: str) -> tuple[Entity, ...]:
    """What of the cleaned text no public page may show, in its order: numbers of people, and their names."""
    numbers = [entity for entity in personal_numbers(text) if entity.kind in _PUBLIC]
    names = [
        name
        for name in names_of_people(Heard.of(text))
        if not any(name.overlaps(number) for number in numbers)
    ]
    return tuple(sorted([*numbers, *names], key=lambda entity: entity.start))


def mask_documents(text: str) -> str:
    """The cleaned text without numbers of identity papers, passports and bank accounts; a telephone stays.

    For what a citizen wrote, before it is kept: nobody needs these, and someone may want to be called back.
    """
    return _masked(text, _DOCUMENTS)


def is_without_documents(text: str) -> bool:
    """Whether something was masked in this text by mask_documents."""
    return any(mask in text for mask in _DOCUMENTS.values())


# The mask with the word that named the number: "cccd [số giấy tờ]" asks for no căn cước.
_MASK_WITH_ITS_LABEL = re.compile(
    r"(?:(?<!\w)(?:(?:số|so|mã|ma) )?"
    r"(?:cccd|cc|cmnd|cmt|căn cước(?: công dân)?|can cuoc(?: cong dan)?|chứng minh|chung minh"
    r"|định danh|dinh danh|hộ chiếu|ho chieu|passport|stk|tài khoản|tai khoan)(?!\w)[^\[\n.?!]{0,16})?"
    rf"(?:{'|'.join(re.escape(mask) for mask in _DOCUMENTS.values())})",
    re.IGNORECASE,
)


def without_masked(text: str) -> str:
    """What a text says besides the numbers that mask_documents masked; the text where that is nothing."""
    rest = re.sub(r" {2,}", " ", _MASK_WITH_ITS_LABEL.sub(" ", text)).strip(" ,;")
    return rest if any(letter.isalnum() for letter in rest) else text


def _masked(text: str, masks: Mapping[Kind, str]) -> str:
    said = clean(text)
    return _without(said, [entity for entity in personal_numbers(said) if entity.kind in masks])


def _without(said: str, hidden: Sequence[Entity]) -> str:
    for entity in reversed(hidden):
        said = said[: entity.start] + _PUBLIC[entity.kind] + said[entity.end :]
    return said
