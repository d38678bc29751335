"""What the tables of these tests compare: the values read of one kind, seen from a Sunday."""

from __future__ import annotations

from datetime import date

from nlu.entities import Entity, Kind, entities

#: A Sunday; the week of it is 16 to 22 November 2026.
TODAY = date(2026, 11, 22)


def read(text: str, *kinds: Kind) -> list[Entity]:
    return [entity for entity in entities(text, today=TODAY) if entity.kind in kinds]


def values(text: str, *kinds: Kind) -> list[str]:
    return [entity.value for entity in read(text, *kinds)]
