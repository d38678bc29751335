"""Codes: of a report and its secret, of a dossier, of a procedure, the number of a legal document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard, Wording, digits
from nlu.text import clean

_BETWEEN = r"[\s\-–—_.:/#]{0,3}"
_CODE = re.compile(rf"(?<![^\W_])PA{_BETWEEN}(20\d\d){_BETWEEN}(\d{{6}})(?!\d)", re.IGNORECASE)
# The codes of the national database: 1.001193, also with the tail 1.001193.000.00.00.H26.
_PROCEDURE = re.compile(r"(?<![\w.,-])\d\.\d{6}(?!\d|,\d)(?:\.\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2})?")
_LABELLED_SECRET = re.compile(
    r"(?:mã (?:tra cứu|bí mật|bảo mật|mở)|ma (?:tra cuu|bi mat|bao mat|mo)|mật khẩu|mat khau|secret)"
    r"(?:\s+(?:tra cứu|tra cuu|là|la|của|cua|tôi|toi|phản ánh|phan anh))*\s*[:=]?\s*"
    r"([a-z0-9]{4}[- ]?[a-z0-9]{4}|[a-z0-9]{6,16})(?![^\W_])",
    re.IGNORECASE,
)
_BARE_SECRET = re.compile(r"(?<![^\W_])(?=[A-Z0-9 -]*\d)([A-Z0-9]{4}[- ]?[A-Z0-9]{4})(?![^\W_])")
_ONLY_SECRET = re.compile(r"[A-Z]{8}")

# The number of a dossier is the receiving agency's identifier, the day (yymmdd) and a running number:
# H26.12-251103-0012, 000.00.12.G01-260102-0003, G01.899.108.000-250715-0001.
_AGENCY = r"\d{3}\.\d{2}\.\d{2,3}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,4}"
_DASH = r"\s?[-–—_ ]\s?"
_DOSSIER = re.compile(
    rf"(?<![\w.])(?P<agency>{_AGENCY}){_DASH}(?P<day>\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
    rf"{_DASH}(?P<number>\d{{3,7}})(?![\w])",
    re.IGNORECASE,
)
# A city's own numbering, told by the words before it.
_LABELLED_DOSSIER = Wording.of(
    r"\b(?:(?:mã|số|mã số) (?:hồ sơ|biên nhận|giấy hẹn|phiếu hẹn|giấy tiếp nhận)|hồ sơ (?:có )?(?:mã|số"
    r"|mã số)"
    r"|biên nhận số|giấy hẹn số)"
    r"(?: (?:của|tôi|em|mình|anh|chị|là|số|có))*\s?[:=]?\s*(?P<code>[a-zđ0-9][a-zđ0-9.\-_/]{4,39})(?![\w-])"
)
_FEWEST_DIGITS = 5
#: Digits alone that are something else, however they are called: a mobile number, an identity number.
_NO_DOSSIER = re.compile(r"0[35789]\d{8}|0\d{11}|\d{9}")
_DOCUMENT = re.compile(
    r"(?<![\w/.-])\d{1,5}[a-zđ]?/(?:(?:19|20)\d\d/)?"
    r"(?:QĐ|QD|NĐ|ND|TT|TTLT|NQ|CT|CV|KH|TB|BC|CĐ|UBND|VPCP|HĐND|HDND|QH\d\d?|PL|L|VBHN|BCA|BTP|BTC)"
    r"(?:-[A-ZĐ&]{1,12}\d{0,2})*(?!\w)",
    re.IGNORECASE,
)


def report_code(text: str) -> str | None:
    """The report named in the text, as "PA-2026-000123"; None without one. "pa 2026 000123" will do."""
    return next((entity.value for entity in report_codes(Heard.of(text))), None)


def report_secret(text: str) -> str | None:
    """The secret beside a report's code, behind a label, or alone; upper case, without dash or space.

    It may be something else that looks alike: only comparing it with the stored hash decides.
    """
    said = clean(text)
    rest = _CODE.sub(" ", said).strip()
    found = _LABELLED_SECRET.search(rest)
    if not found and (rest != said or len(rest) <= 12):
        found = _BARE_SECRET.search(rest.upper() if " " not in rest else rest)
    if not found and (rest != said or len(rest) == 8):
        found = _ONLY_SECRET.fullmatch(rest)
    return re.sub(r"[- ]", "", found[found.lastindex or 0]).upper() if found else None


def dossier_code(text: str) -> str | None:
    """The first dossier named in the text, as "H26.12-251103-0012"; None without one.

    Never a report's code, and no phone, identity number or procedure.
    """
    return next((entity.value for entity in dossier_codes(Heard.of(text))), None)


def procedure_code(text: str) -> str | None:
    """The first procedure named by its national code, "1.001193"; None without one. It may not be held."""
    return next((entity.value for entity in procedure_codes(Heard.of(text))), None)


def report_codes(heard: Heard) -> Iterator[Entity]:
    for found in _CODE.finditer(heard.text):
        value = f"PA-{digits(found[1])}-{digits(found[2])}"
        yield heard.entity(Kind.REPORT_CODE, found, value)


def dossier_codes(heard: Heard) -> Iterator[Entity]:
    """Those in the national form, then those behind words that say so."""
    for found in _DOSSIER.finditer(heard.text):
        value = f"{found['agency']}-{found['day']}-{found['number']}".upper()
        yield heard.entity(Kind.DOSSIER_CODE, found, value)
    for found in _LABELLED_DOSSIER.found_in(heard):
        named = heard.text[found.start("code") : found.end("code")].rstrip(".-_/")
        if _may_be_a_dossier(named):
            end = found.start("code") + len(named)
            yield Entity(
                kind=Kind.DOSSIER_CODE, start=found.start("code"), end=end, text=named, value=named.upper()
            )


def _may_be_a_dossier(named: str) -> bool:
    if sum(letter.isdecimal() for letter in named) < _FEWEST_DIGITS or _NO_DOSSIER.fullmatch(named):
        return False
    return not any(other.match(named) for other in (_CODE, _PROCEDURE, _DOCUMENT))


def procedure_codes(heard: Heard) -> Iterator[Entity]:
    for found in _PROCEDURE.finditer(heard.text):
        yield heard.entity(Kind.PROCEDURE_CODE, found, found[0][:8])


def document_numbers(heard: Heard) -> Iterator[Entity]:
    """Numbers of decisions, decrees and circulars: 1207/QĐ-UBND, 118/2025/NĐ-CP."""
    for found in _DOCUMENT.finditer(heard.text):
        yield heard.entity(Kind.DOCUMENT_NUMBER, found, found[0])
