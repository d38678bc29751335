"""What holds in Hà Nội about a part, as spans to stand above or below the national text. Pure."""

from __future__ import annotations

from knowledge_base.answers import Fixed, Span
from knowledge_base.content import PartName, ProcedureContent
from knowledge_base.here import Here
from knowledge_base.local_fees import local_fee_spans
from knowledge_base.local_values import LocalValue, values_about
from knowledge_base.local_words import plain_spans
from knowledge_base.receivers import is_of_the_city
from knowledge_base.where import ASK_WARD, asks_for_ward, counter_spans, takes_at_city_counters


def spans_above(content: ProcedureContent, part: PartName, here: Here) -> tuple[Span, ...]:
    """What is told before the national text: how results come back, and other rules in words."""
    if part in {PartName.FEE, PartName.WHERE}:
        return ()
    return tuple(plain_spans(_holding(content, part, here), here.day))


def spans_below(content: ProcedureContent, part: PartName, here: Here) -> tuple[Span, ...]:
    """What is told after it: the two lines of a fee, the counters."""
    match part:
        case PartName.FEE:
            return local_fee_spans(content, here)
        case PartName.WHERE:
            return _where(content, here)
    return ()


def _where(content: ProcedureContent, here: Here) -> tuple[Span, ...]:
    rules = _holding(content, PartName.WHERE, here) if takes_at_city_counters(content) else ()
    question = (Fixed(text=ASK_WARD),) if asks_for_ward(content, here) else ()
    return (*counter_spans(content, here), *plain_spans(rules, here.day), *question)


def _holding(content: ProcedureContent, part: PartName, here: Here) -> tuple[LocalValue, ...]:
    """Those that hold for the procedure: what is only of the city's own leaves out police, tax and others."""
    ours = is_of_the_city(content)
    about = values_about(here.values, content, part)
    return tuple(value for value in about if ours or not value.city_managed)
