"""Where the papers are handed in, beside what the record says: counters, and what is not known. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge_base.answers import Fixed, Quoted, Span
from knowledge_base.content import Origin, PartName, ProcedureContent, Provenance
from knowledge_base.here import Here
from knowledge_base.receivers import (
    COMMITTEE,
    WARD_LEVEL,
    Receiver,
    is_settled_above,
    receiver_of,
    receivers_named,
)
from office.counters import Counter, CounterKind
from office.links import safe_url

ASK_WARD = "Anh/chị nhắn tên phường, xã đang ở, tôi chỉ điểm nhận hồ sơ ở đó."
SEVERAL_RECEIVERS = "Nguồn ghi nhiều cơ quan cùng nhận, anh/chị hỏi trước khi đi nộp."
NO_COUNTER = "Chưa có địa chỉ {who}{call}."
NO_ADDRESS_YET = "chưa có địa chỉ{call}"
CALL = ", anh/chị gọi {hotline} để hỏi"
MOST = 3

_CITY_KINDS = (CounterKind.WARD, CounterKind.CENTRE_BRANCH)
_OWN_KINDS = (CounterKind.POLICE, CounterKind.LAND, CounterKind.TAX, CounterKind.SOCIAL_INSURANCE)


def counter_spans(content: ProcedureContent, here: Here) -> tuple[Span, ...]:
    """The counters of whoever takes the papers, for the ward that was named, and what to ask or to dial."""
    receiver = receiver_of(content)
    if receiver is None and len(receivers_named(content)) > 1:
        return (Fixed(text=SEVERAL_RECEIVERS, is_missing=True),)
    if takes_at_city_counters(content):
        return tuple(_at_the_city(content, here))
    if receiver is None:
        return (_not_known("nơi nhận", here),)
    if receiver.kind in _OWN_KINDS:
        return (*_said_here(content, receiver), *_at_their_own(content, receiver, here))
    return tuple(_lines(_serving(content, here, (CounterKind.OTHER,)), here))


def takes_at_city_counters(content: ProcedureContent) -> bool:
    """Whether the one-stop counters take the papers: the committee settles it, or no one else is named."""
    receiver = receiver_of(content)
    return receiver == COMMITTEE or (
        receiver is None and not content.agencies and not is_settled_above(content)
    )


def _said_here(content: ProcedureContent, receiver: Receiver) -> Iterator[Span]:
    """Who takes them, where the record has no part that would say it."""
    if not (content.agencies or content.receiving_address):
        yield Fixed(text=receiver.sentence)


def _at_the_city(content: ProcedureContent, here: Here) -> Iterator[Span]:
    counters = _serving(content, here, _CITY_KINDS)
    of_wards = [counter for counter in counters if counter.unit]
    yield from _lines([counter for counter in of_wards if counter.unit == here.ward], here)
    yield from _lines([counter for counter in counters if not counter.unit], here)


def asks_for_ward(content: ProcedureContent, here: Here) -> bool:
    """Whether a ward's counter could be told if the citizen named the ward."""
    if here.ward or not takes_at_city_counters(content):
        return False
    return any(counter.unit for counter in _serving(content, here, _CITY_KINDS))


def _at_their_own(content: ProcedureContent, receiver: Receiver, here: Here) -> Iterator[Span]:
    """The ward's own only for what is settled in wards; else those of the whole city."""
    counters = _serving(content, here, (receiver.kind,))
    is_local = WARD_LEVEL in content.levels
    near = [counter for counter in counters if is_local and counter.unit and counter.unit == here.ward]
    shown = near or [counter for counter in counters if not counter.unit]
    yield from _lines(shown, here)
    if not shown and is_local and counters and not here.ward:
        yield Fixed(text=ASK_WARD)
    elif not shown:
        of_ward = f" ở {here.ward_name}" if is_local and here.ward_name else ""
        yield _not_known(receiver.name + of_ward, here)


def _not_known(who: str, here: Here) -> Fixed:
    return Fixed(text=NO_COUNTER.format(who=who, call=_call(here)), source=here.hotline, is_missing=True)


def _serving(content: ProcedureContent, here: Here, kinds: Sequence[CounterKind]) -> list[Counter]:
    return [
        counter
        for counter in here.counters
        if counter.kind in kinds and counter.is_open_on(here.day) and counter.serves(content.field)
    ]


def _lines(counters: Sequence[Counter], here: Here) -> Iterator[Span]:
    for counter in counters[:MOST]:
        yield Quoted(
            text=f"- {_words(counter, here)}",
            part=PartName.WHERE,
            provenance=provenance_of(counter),
            local=(counter.name, *_facts(counter), here.hotline),
        )


def provenance_of(counter: Counter) -> Provenance:
    """A counter's facts as a source: what says so, and the day it was checked."""
    return Provenance(
        origin=Origin.LOCAL,
        decision=counter.source,
        url="",
        date=counter.checked_on.isoformat() if counter.checked_on else "",
        reviewed=counter.checked_on is not None,
    )


def _words(counter: Counter, here: Here) -> str:
    call = "" if counter.phone else _call(here)
    facts = _facts(counter) if counter.address else (NO_ADDRESS_YET.format(call=call), *_facts(counter))
    state = "" if counter.checked_on else " (chưa kiểm tra)"
    return f"{counter.name}: {'; '.join(facts)}{state}."


def _facts(counter: Counter) -> tuple[str, ...]:
    booking = " ".join(filter(None, (counter.booking, safe_url(counter.booking_url))))
    facts = (
        counter.address,
        counter.hours and f"giờ làm việc: {counter.hours}",
        counter.phone and f"điện thoại: {counter.phone}",
        booking and f"đặt lịch: {booking}",
    )
    return tuple(fact for fact in facts if fact)


def _call(here: Here) -> str:
    return CALL.format(hotline=here.hotline) if here.hotline else ""
