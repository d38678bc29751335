"""The portal's table of methods, its cells glued together: kind, time, fees with notes, description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.content import Fee, Method, MethodKind, TimeLimit, TimeUnit
from knowledge_base.sources.portal_words import NOTHING
from nlu.text import clean

HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"

_KINDS = {
    "Trực tuyến": MethodKind.ONLINE,
    "Trực tiếp": MethodKind.COUNTER,
    "Dịch vụ bưu chính": MethodKind.POST,
}
UNITS = {
    "Ngày làm việc": TimeUnit.WORKING_DAY,
    "Ngày": TimeUnit.DAY,
    "Giờ làm việc": TimeUnit.WORKING_HOUR,
    "Giờ": TimeUnit.HOUR,
    "Tháng": TimeUnit.MONTH,
}
_KIND = "(?P<kind>" + "|".join(_KINDS) + ")"
_UNIT = "|".join(UNITS)
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_MONEY = rf"(?P<number>{_NUMBER}) (?P<currency>Việt Nam Đồng|VNĐ|VND|[A-Z]{{3}})"
_FEE = re.compile(rf"(?:Miễn phí|{NOTHING}|{_MONEY})")
_FEE_AHEAD = _FEE.pattern.replace("?P<number>", "?:").replace("?P<currency>", "?:")
_TIME = rf"(?P<time>\d+(?:\.\d+)? (?:{_UNIT})|{NOTHING}|\d+(?=Miễn phí|{NOTHING}))"
# Tax procedures print a sentence in the time cell; read only where no row of the usual form is found.
_SENTENCE_ROW = re.compile(rf"{_KIND}(?P<time>[A-ZĐÀ-Ỹ][^\n]{{0,160}}?)(?={_FEE_AHEAD})(?P<glued>(?!))?")
# A row begins where a kind, a time and a fee follow one another without a space: prose never does that.
_ROW = re.compile(rf"{_KIND}(?:{_TIME}(?={_FEE_AHEAD})|(?P<glued>{_MONEY}))")

# Below this the portal lost the thousands ("20 VNĐ" beside the note "20.000 đồng/tờ khai").
_LEAST_PLAUSIBLE_AMOUNT = 1_000


@dataclass(frozen=True, kw_only=True)
class MethodTable:
    """The rows of one table. unread: what stands before the first row; flags: what stays unclear."""

    methods: tuple[Method, ...]
    unread: str
    flags: frozenset[str]


def read_methods(cell: str) -> MethodTable:
    """The rows of `cach_thuc_thuc_hien`. No word is dropped: what is no row is returned as `unread`."""
    body = cell.strip().removeprefix(HEADER)
    starts = list(_ROW.finditer(body)) or list(_SENTENCE_ROW.finditer(body))
    ends = [match.start() for match in starts[1:]] + [len(body)]
    flags: set[str] = set()
    methods = tuple(
        _row(match, body[match.end() : end], flags) for match, end in zip(starts, ends, strict=False)
    )
    unread = clean(body[: starts[0].start()] if starts else body)
    if unread:
        flags.add("methods_unread")
    return MethodTable(methods=methods, unread=unread, flags=frozenset(flags))


def _row(match: re.Match[str], rest: str, flags: set[str]) -> Method:
    kind = _KINDS[match["kind"]]
    if match["glued"]:
        time, fee_text, amount = _unglue(match, flags)
        fee, note = _with_note(fee_text, amount, rest, flags)
        return Method(kind=kind, time=time, fees=(fee,), note=note)
    fees, note = _fees(rest, flags)
    return Method(kind=kind, time=_time(match["time"]), fees=fees, note=note)


def _time(cell: str) -> TimeLimit:
    if cell == NOTHING:
        return TimeLimit(text="")
    number, _, unit = cell.partition(" ")
    return time_limit(number, unit)


def time_limit(number: str, unit: str) -> TimeLimit:
    """A number and the portal's name of its unit; "1.5 Ngày" has no whole value: its text alone speaks."""
    text = clean(f"{number} {unit}")
    if unit not in UNITS or not number.isdecimal():
        return TimeLimit(text=text)
    return TimeLimit(text=text, value=int(number), unit=UNITS[unit])


def _unglue(match: re.Match[str], flags: set[str]) -> tuple[TimeLimit, str, int | None]:
    """Time without a unit glued to an amount: "120,000 VNĐ" can only be 1 and 20,000."""
    number, currency = match["number"], match["currency"]
    splits = [
        (number[:cut], number[cut:])
        for cut in range(1, min(4, len(number)))
        if number[:cut].isdecimal() and re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", number[cut:])
    ]
    if len(splits) == 1:
        time, amount = splits[0]
        return TimeLimit(text=time), f"{amount} {currency}", amount_in_dong(amount, currency, flags)
    flags |= {"time_glued_to_fee", "fee_amount_doubtful"}
    return TimeLimit(text=""), f"{number} {currency}", None


def _fees(rest: str, flags: set[str]) -> tuple[tuple[Fee, ...], str]:
    fees: list[Fee] = []
    match = _FEE.match(rest)
    while match:
        # A second "Miễn phí" begins the description; a second amount is a second fee.
        if fees and not match["number"]:
            break
        amount = amount_in_dong(match["number"], match["currency"], flags) if match["number"] else None
        text = "" if match[0] == NOTHING else match[0]
        fee, rest = _with_note(text, amount, rest[match.end() :], flags)
        if fee.text or fee.note:
            fees.append(fee)
        match = _FEE.match(rest)
    return tuple(fees), clean(rest)


def _with_note(text: str, amount: int | None, rest: str, flags: set[str]) -> tuple[Fee, str]:
    note, rest = _bracketed(rest, flags)
    return Fee(text=clean(text), amount=amount, note=clean(note)), rest


def amount_in_dong(number: str, currency: str, flags: set[str]) -> int | None:
    """Whole đồng, or None when the currency is foreign or the thousands are lost."""
    if currency.lower() not in {"việt nam đồng", "vnđ", "vnd", "đồng"}:
        return None
    amount = number.replace(",", "")
    if not amount.isdecimal() or int(amount) < _LEAST_PLAUSIBLE_AMOUNT:
        flags.add("fee_amount_doubtful")
        return None
    return int(amount)


def _bracketed(text: str, flags: set[str]) -> tuple[str, str]:
    """The note in brackets at the head of the text, and what follows it."""
    if not text.startswith("("):
        return "", text
    for end in _closing_positions(text):
        return text[1:end], text[end + 1 :]
    flags.add("fee_note_unbalanced")
    return text[1:], ""


def _closing_positions(text: str) -> Iterator[int]:
    depth = 0
    for position, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            yield position
            return
