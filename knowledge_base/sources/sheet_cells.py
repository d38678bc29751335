"""Cells of a spreadsheet of procedures, a line a thing: ways of handing in, times, fees, papers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from knowledge_base.content import Document, DocumentGroup, Fee, Method, MethodKind, TimeLimit
from knowledge_base.errors import ImportProblem
from knowledge_base.sources.portal_methods import UNITS, MethodTable, amount_in_dong
from nlu.text import fold

EVERYONE = "Ai cũng phải nộp"

_KIND_NAMES = {
    "truc tuyen": MethodKind.ONLINE,
    "truc tiep": MethodKind.COUNTER,
    "tai quay": MethodKind.COUNTER,
    "dich vu buu chinh": MethodKind.POST,
    "qua buu chinh": MethodKind.POST,
    "buu chinh": MethodKind.POST,
}
_KIND = re.compile(
    r"[-+*•\s]*(?P<kind>trực tuyến|trực tiếp|tại quầy|dịch vụ bưu chính|qua bưu chính|bưu chính)\s*"
    r"(?::|[-–](?=\s))?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_IN_PROSE = re.compile(r"(?P<kind>trực tuyến|trực tiếp|bưu chính)", re.IGNORECASE)
_TIME = re.compile(rf"0*(?P<value>\d{{1,4}}) (?P<unit>{'|'.join(UNITS)})", re.IGNORECASE)
_UNITS = {name.lower(): unit for name, unit in UNITS.items()}
_FEE = re.compile(r"(?P<text>.*?)\s*\(ghi chú: (?P<note>.*)\)", re.IGNORECASE | re.DOTALL)
_AMOUNT = re.compile(
    r"(?P<number>\d{1,3}(?:[.,]\d{3})+|\d+) ?(?:đồng|đ|vnđ|vnd|việt nam đồng)", re.IGNORECASE
)
_BARE_NUMBER = re.compile(r"\d[\d.,]*")
_DETAILS = re.compile(
    r"(?P<text>.*\S)\s*\((?:0*(?P<originals>\d{1,3}) bản chính)?(?:[,;] ?|(?=\d|mẫu|\)))?"
    r"(?:0*(?P<copies>\d{1,3}) bản sao)?(?:[,;] ?|(?=mẫu|\)))?(?:mẫu: (?P<form>[^()]+))?\)",
    re.IGNORECASE | re.DOTALL,
)
_ONLY_WHEN = re.compile(r"[-+*•\s]*(?P<condition>Chỉ khi [^:]+): (?P<text>.+)", re.IGNORECASE)


class NoKind(ImportProblem):
    """A row gives a time or a fee without saying how the dossier is handed in; the text is Vietnamese."""


NO_KIND = (
    "có thời hạn hoặc phí mà cột Cách thức thực hiện không nêu cách nộp: "
    "ghi Trực tiếp, Trực tuyến hoặc Dịch vụ bưu chính, mỗi cách một dòng"
)


def read_methods(cell: str, *, time: str, fees: Mapping[str, str]) -> MethodTable:
    """The ways of handing in. fees: cells by kind of fee. A time or fee without a kind before it is for all.

    Raises NoKind: for which way of handing in a time or a fee holds is never guessed.
    """
    notes = dict(_by_kind(cell))
    unread = notes.pop(None, "")
    times, flags = dict(_by_kind(time)), set[str]()
    charged = {name: dict(_by_kind(words)) for name, words in fees.items() if words}
    kinds = {*notes, *times, *(kind for by_kind in charged.values() for kind in by_kind)} - {None}
    if not kinds:
        # "Nộp trực tiếp hoặc trực tuyến tại …": the whole text is the note of each.
        is_certain = "khong" not in fold(unread)
        kinds = {_KIND_NAMES[fold(found["kind"])] for found in _IN_PROSE.finditer(unread) if is_certain}
        notes, unread = dict.fromkeys(kinds, unread), "" if kinds else unread
    if not kinds and (times or charged):
        raise NoKind(NO_KIND)
    methods = tuple(
        Method(
            kind=kind,
            time=read_time(_for(times, kind)),
            fees=tuple(_fees(charged, kind, flags)),
            note=notes.get(kind, ""),
        )
        for kind in MethodKind
        if kind in kinds
    )
    if unread:
        flags.add("methods_unread")
    return MethodTable(methods=methods, unread=unread, flags=frozenset(flags))


def read_time(words: str) -> TimeLimit:
    """Typed where the whole text is a number and a unit; "7 - 10 ngày" has its words only."""
    found = _TIME.fullmatch(words)
    if found is None:
        return TimeLimit(text=words)
    return TimeLimit(text=words, value=int(found["value"]), unit=_UNITS[found["unit"].lower()])


def read_papers(cell: str) -> tuple[DocumentGroup, ...]:
    """A paper a line; a line that ends with a colon heads a list, "Ai cũng phải nộp:" a sorted one."""
    groups: list[DocumentGroup] = []
    for line in filter(None, (line.strip() for line in cell.splitlines())):
        if line.endswith(":"):
            heading = line.rstrip(": ")
            groups.append(DocumentGroup(heading=heading, documents=(), edited=_is_sorted(heading)))
            continue
        if not groups:
            groups.append(DocumentGroup(heading="", documents=(), edited=False))
        groups[-1] = replace(groups[-1], documents=(*groups[-1].documents, _paper(line)))
    return tuple(groups)


def _by_kind(cell: str) -> Iterator[tuple[MethodKind | None, str]]:
    """The lines of a cell under the way of handing in they begin with, those without one under None."""
    lines: dict[MethodKind | None, list[str]] = {}
    current: MethodKind | None = None
    for line in filter(None, (line.strip() for line in cell.splitlines())):
        found = _KIND.fullmatch(line)
        if found:
            current = _KIND_NAMES[fold(found["kind"])]
        lines.setdefault(current, []).append(found["rest"] if found else line)
    for kind, words in lines.items():
        yield kind, "\n".join(filter(None, words))


def _for(by_kind: Mapping[MethodKind | None, str], kind: MethodKind) -> str:
    """What is said of this way of handing in, after what is said of all."""
    return "\n".join(filter(None, (by_kind.get(None, ""), by_kind.get(kind, ""))))


def _fees(
    charged: Mapping[str, Mapping[MethodKind | None, str]], kind: MethodKind, flags: set[str]
) -> Iterator[Fee]:
    for name, by_kind in charged.items():
        for line in _for(by_kind, kind).splitlines():
            yield _fee(line, name, flags)


def _fee(line: str, name: str, flags: set[str]) -> Fee:
    noted = _FEE.fullmatch(line)
    text, note = (noted["text"], noted["note"]) if noted else (line, "")
    found = _AMOUNT.fullmatch(text)
    if found is None:
        if _BARE_NUMBER.fullmatch(text):
            flags.add("fee_amount_doubtful")
        return Fee(text=text, note=note, kind=name)
    number = found["number"].replace(".", "").replace(",", "")
    return Fee(text=text, amount=amount_in_dong(number, "VND", flags), note=note, kind=name)


def _is_sorted(heading: str) -> bool:
    return fold(heading).startswith((fold(EVERYONE), "chi khi"))


def _paper(line: str) -> Document:
    conditional = _ONLY_WHEN.fullmatch(line)
    condition, text = (conditional["condition"], conditional["text"]) if conditional else ("", line)
    details = _DETAILS.fullmatch(text)
    if details is None or not (details["originals"] or details["copies"] or details["form"]):
        return Document(text=text, condition=condition)
    return Document(
        text=details["text"],
        condition=condition,
        originals=int(details["originals"]) if details["originals"] else None,
        copies=int(details["copies"]) if details["copies"] else None,
        form=(details["form"] or "").strip(),
    )
