"""One way of handing in as the portal's interface gives it: typed where number and unit are known."""

from __future__ import annotations

import re

from knowledge_base.content import Fee, Method, MethodKind, TimeLimit, TimeUnit
from knowledge_base.sources.nodes import Node
from knowledge_base.sources.portal_methods import UNITS, amount_in_dong, time_limit

_KINDS = {"ONLINE": MethodKind.ONLINE, "DIRECT": MethodKind.COUNTER, "POSTAL": MethodKind.POST}
_UNIT_NAMES = {unit.name: name for name, unit in UNITS.items()}
_WHOLE = re.compile(r"(?P<whole>\d{1,12})(?:\.0+)?")


def read_method(node: Node, flags: set[str]) -> Method | None:
    """The method, or None when its kind is unknown: then its fields stay untaken, to be kept as they are."""
    kind = node.peek("submissionMethod")
    if kind not in _KINDS:
        flags.add("methods_unread")
        return None
    node.text("submissionMethod")
    fees = (_fee(fee, flags) for fee in node.nodes("fees"))
    return Method(
        kind=_KINDS[kind],
        time=_time(node.text("processingTime"), node.text("processingTimeUnit"), flags),
        fees=tuple(fee for fee in fees if fee != Fee(text="")),
        note=node.text("description"),
    )


def _time(number: str, unit: str, flags: set[str]) -> TimeLimit:
    """Typed for a whole number and a unit we know; else the words of the source, and nothing is counted."""
    if unit and unit not in TimeUnit.__members__:
        flags.add("time_unit_unknown")
    if not number or unit not in TimeUnit.__members__:
        return TimeLimit(text=" ".join(filter(None, (number, unit))))
    whole = _WHOLE.fullmatch(number)
    return time_limit(whole["whole"] if whole else number, _UNIT_NAMES[unit])


def _fee(node: Node, flags: set[str]) -> Fee:
    """As the portal's pages print it: "20,000 VNĐ"; they show 0 as "Miễn phí" and never as an amount."""
    value, currency = node.text("value"), node.text("currencyName")
    kind, note = node.text("type"), node.text("description")
    whole = _WHOLE.fullmatch(value)
    if whole and int(whole["whole"]) == 0:
        return Fee(text="Miễn phí", note=note, kind=kind)
    if not whole:
        if value:
            flags.add("fee_amount_doubtful")
        return Fee(text=" ".join(filter(None, (value, currency))), note=note, kind=kind)
    number = f"{int(whole['whole']):,}"
    if not currency:
        flags.add("fee_amount_doubtful")
        return Fee(text=number, note=note, kind=kind)
    amount = amount_in_dong(number, currency, flags)
    return Fee(text=f"{number} {currency}", amount=amount, note=note, kind=kind)
