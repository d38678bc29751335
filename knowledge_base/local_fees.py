"""The city's rule beside a national fee: what holds online and at the counter. Pure.

Chosen by the method, the kind of fee and who sets it, as far as the record says them. Where it does not, the
rule is told for each case and the citizen is told what to ask; a fee of nothing is never worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from knowledge_base.answers import Fixed, Span
from knowledge_base.content import MethodKind, PartName, ProcedureContent
from knowledge_base.fee_kinds import KIND_WORDS, SETTER_WORDS, Charged, FeeKind, FeeSetter, charged
from knowledge_base.here import Here
from knowledge_base.local_values import LocalValue, values_about
from knowledge_base.local_words import day_words, source_lines, told
from knowledge_base.receivers import is_of_the_city, is_settled_above, receiver_of, receivers_named

HEADING = "Tại Hà Nội:"
HEADING_WHEN_THE_CITYS = "Tại Hà Nội, khi nơi giải quyết là cơ quan của Thành phố:"
ASK_WHICH = (
    "Nguồn chưa ghi rõ khoản này là loại nào, do cơ quan nào quy định; anh/chị hỏi cán bộ trước khi nộp tiền."
)
NOT_THE_CITYS = (
    "Hà Nội có quy định riêng về phí, lệ phí ({decision}) cho thủ tục do Thành phố quản lý; thủ tục này do "
    "{who} giải quyết, anh/chị hỏi nơi đó trước khi nộp tiền."
)
_LINES = ((MethodKind.ONLINE, "Trực tuyến"), (MethodKind.COUNTER, "Tại quầy"))


@dataclass(frozen=True, kw_only=True)
class _Holds:
    """What holds for one method: the values, and whether the record tells which of them it is."""

    values: tuple[LocalValue, ...]
    is_certain: bool


def local_fee_spans(content: ProcedureContent, here: Here) -> tuple[Span, ...]:
    """Two lines, "Trực tuyến" and "Tại quầy", with what to ask and the rule's source; () if none holds.

    Nothing is said where the record knows no online filing, or where nothing is paid for it.
    """
    values = values_about(here.values, content, PartName.FEE)
    if not values or not _charged(content, MethodKind.ONLINE):
        return ()
    ours = is_of_the_city(content)
    holding = [value for value in values if ours or not value.city_managed]
    spans = (*_now(content, holding, here.day), *_later(holding, here.day))
    return spans or tuple(_not_ours(content, values, here.day))


def _now(content: ProcedureContent, values: Sequence[LocalValue], day: date) -> Iterator[Span]:
    in_force = [value for value in values if value.is_in_force(day)]
    lines = {kind: _holding(in_force, kind, _charged(content, kind)) for kind, _ in _LINES}
    if not lines[MethodKind.ONLINE].values:
        return
    yield Fixed(text=_heading(content))
    for kind, label in _LINES:
        yield from told(label, lines[kind].values, of=label_of)
    if not all(held.is_certain for held in lines.values()):
        yield Fixed(text=ASK_WHICH, is_missing=True)
    yield from source_lines(value for held in lines.values() for value in held.values)


def _heading(content: ProcedureContent) -> str:
    """Said with a condition where others settle it too, or an agency is named that nothing is known of."""
    is_unknown = bool(content.agencies) and not receivers_named(content) and receiver_of(content) is None
    return HEADING_WHEN_THE_CITYS if is_unknown or is_settled_above(content) else HEADING


def _later(values: Sequence[LocalValue], day: date) -> Iterator[Span]:
    labels = dict(_LINES)
    for value in values:
        if day < value.effective_from:
            method = labels.get(value.method, "mọi cách nộp") if value.method else "mọi cách nộp"
            begin = f"- Từ ngày {day_words(value.effective_from)} thay đổi, {method.lower()}"
            yield from told(begin, (value,), of=label_of, bullet="")
            yield from source_lines((value,))


def _not_ours(content: ProcedureContent, values: Sequence[LocalValue], day: date) -> Iterator[Span]:
    decisions = dict.fromkeys(value.decision for value in values if value.is_in_force(day))
    if decisions:
        receiver = receiver_of(content)
        who = receiver.name if receiver else "cơ quan ghi ở mục Nơi nộp"
        named = "; ".join(decisions)
        yield Fixed(text=NOT_THE_CITYS.format(decision=named, who=who), source=named)


def _holding(values: Sequence[LocalValue], method: MethodKind, fees: Sequence[Charged]) -> _Holds:
    """The narrowest value for each thing a fee may be; certain when it is one, or said to be each of them."""
    found: dict[str, LocalValue] = {}
    is_certain = True
    for fee in fees:
        cases = list(product(fee.kinds, fee.setters))
        held = [_narrowest(values, method, kind, setter) for kind, setter in cases]
        found |= {value.key: value for value in held if value}
        says_each = fee.says_kind and fee.says_setter and None not in held
        is_certain &= says_each or len({value.key if value else "" for value in held}) == 1
    ordered = sorted(found.values(), key=lambda value: (value.narrowness, value.key))
    if all(value.kind is FeeKind.APPRAISAL for value in ordered) and not all(fee.says_kind for fee in fees):
        ordered = []  # an exception alone, of a fee that nobody says is one, tells nothing
    return _Holds(values=tuple(ordered), is_certain=is_certain)


def _narrowest(
    values: Sequence[LocalValue], method: MethodKind, kind: FeeKind, setter: FeeSetter
) -> LocalValue | None:
    covering = [value for value in values if value.covers(method, kind, setter)]
    return max(covering, key=lambda value: (value.narrowness, value.effective_from), default=None)


def label_of(value: LocalValue) -> str:
    """What it is about: "phí, lệ phí do Bộ Tài chính quy định"; "" when it is about whatever is paid."""
    kind = KIND_WORDS[value.kind] if value.kind else "phí, lệ phí"
    if value.setter:
        return f"{kind} do {SETTER_WORDS[value.setter]} quy định"
    return kind if value.kind else ""


def _charged(content: ProcedureContent, kind: MethodKind) -> list[Charged]:
    return [fee for method in content.methods if method.kind is kind for fee in charged(method)]
