"""Topics: what kind of matter a case is about, and what an official knows best.

A topic is the code of a category of reports or the name of a field of procedures, as Case.topic keeps it.
"""

from __future__ import annotations

from casework.categories import CATEGORY_NAMES

#: As Case.topic holds it.
LONGEST = 64

#: The categories of reports by code, as people read them.
CATEGORIES = CATEGORY_NAMES


def of_field(field: str) -> str:
    """The topic of a field of procedures; "" for none."""
    return field.strip()[:LONGEST]


def name_of(topic: str) -> str:
    """As people read it."""
    return CATEGORIES.get(topic, topic)
