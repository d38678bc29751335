"""Attempts to give the assistant orders ("bỏ qua hướng dẫn trước đó"), and the real question beside them.

The assistant quotes and follows no orders from a message, so nothing is at stake but plain words; a question
that stands beside the trick is answered.
"""

from __future__ import annotations

import re

from nlu.asked_part import asked_part
from nlu.categories import names_a_category
from nlu.guards.word_lists import word_lists, word_pairs
from nlu.text import clean
from nlu.word_rules import Said

_CLAUSE = re.compile(r"[^.!?;:,\n]+(?:[.!?;:,]+(?=\s|$)|[.!?;:,\n]|$)", re.MULTILINE)
# What belongs to programs and models, not to a sentence.
_MARKUP = re.compile(
    r"<\s*/?\s*(?:script|iframe|img|svg|system|admin)\b|<\|[a-z_]+\|>|\[/?(?:INST|SYSTEM)\]|#{2,}\s*(?:system|instruction)"
    r"|\{\{.*?\}\}|\$\{.*?\}|javascript:|(?:'|\")\s*;?\s*(?:drop|delete|or)\s+|\bunion\s+select\b|\bdrop\s+table\b"
    r"|^\s*(?:system|assistant)\s*:",
    re.IGNORECASE | re.MULTILINE,
)


def speaks(said: Said, text: str) -> bool:
    """Whether the text gives orders to the machine and asks nothing real beside them."""
    return _orders_stand_in(said, text) and not without_instructions(text)


def without_instructions(text: str) -> str:
    """The real question of a text with its orders left out; "" where nothing real is left.

    A text without orders comes back as it is.
    """
    if not _has_orders(text):
        return text
    clauses = [found.group().strip() for found in _CLAUSE.finditer(clean(text))]
    real = [clause for clause in clauses if not _has_orders(clause) and not _is_an_order(clause)]
    rest = " ".join(real).strip(" ,;:")
    return rest if _asks_something(rest) else ""


def _has_orders(text: str) -> bool:
    return _orders_stand_in(Said.of(text), text)


def _orders_stand_in(said: Said, text: str) -> bool:
    if word_lists("injection")["orders"].stand_in(said) or _MARKUP.search(text) is not None:
        return True
    orders = word_pairs("orders").values()
    return any(order["do"].stand_in(said) and order["what"].stand_in(said) for order in orders)


def _is_an_order(clause: str) -> bool:
    return word_lists("injection")["wanted_words"].stand_in(Said.of(clause))


def _asks_something(text: str) -> bool:
    said = Said.of(text)
    matter = word_lists("abuse")["matters"].stand_in(said) or names_a_category(text)
    return bool(text) and (matter or asked_part(text) is not None)
