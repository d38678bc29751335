"""entities(): all that a text names, each stretch of it read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain

from nlu.entities.codes import document_numbers, dossier_codes, procedure_codes, report_codes
from nlu.entities.contacts import e_mails, phones
from nlu.entities.dates import days
from nlu.entities.entity import Entity
from nlu.entities.hours import hours
from nlu.entities.identity import bank_accounts, identity_numbers, passports, tax_codes
from nlu.entities.money import sums
from nlu.entities.people import people
from nlu.entities.places import places
from nlu.entities.plates import plates
from nlu.entities.wording import Heard

Reader = Callable[[Heard], Iterable[Entity]]

# What a stretch of text is read as first, it is: a dossier's code holds what looks like a date, an account
# what looks like a telephone. Codes come before numbers of people, those behind a label before bare ones.
_CODES: tuple[Reader, ...] = (report_codes, dossier_codes, procedure_codes, document_numbers, e_mails)
_OF_PEOPLE: tuple[Reader, ...] = (tax_codes, passports, bank_accounts, phones, identity_numbers, plates)


def entities(text: str, *, today: date) -> tuple[Entity, ...]:
    """What the text names, in its order. Spans count in nlu.text.clean(text); days are seen from `today`.

    Of two readings of one stretch the first in the order above stays, of one kind the longer; what is said
    about people may lie over one another. Never raises, whatever the text.
    """
    heard = Heard.of(text)
    numbers = (reader(heard) for reader in (*_CODES, *_OF_PEOPLE, sums))
    found = _without_overlaps(chain(numbers, (days(heard, today), hours(heard), places(heard))))
    about = _longest_of_each_kind(people(heard))
    return tuple(sorted((*found, *about), key=lambda entity: (entity.start, -entity.end)))


def personal_numbers(text: str) -> tuple[Entity, ...]:
    """Codes, contacts and numbers of people only, in their order: what masking looks at."""
    heard = Heard.of(text)
    found = _without_overlaps(reader(heard) for reader in (*_CODES, *_OF_PEOPLE))
    return tuple(sorted(found, key=lambda entity: entity.start))


def about_people(text: str) -> tuple[Entity, ...]:
    """Who is concerned: relatives, foreigners, ages and the like, in their order. Spans as in entities()."""
    return tuple(sorted(_longest_of_each_kind(people(Heard.of(text))), key=lambda entity: entity.start))


def _without_overlaps(readings: Iterable[Iterable[Entity]]) -> list[Entity]:
    kept: list[Entity] = []
    for reading in readings:
        for entity in sorted(reading, key=lambda entity: entity.start - entity.end):
            if not any(entity.overlaps(other) for other in kept):
                kept.append(entity)
    return kept


def _longest_of_each_kind(read: Iterable[Entity]) -> Iterator[Entity]:
    kept: list[Entity] = []
    for entity in sorted(read, key=lambda entity: entity.start - entity.end):
        if not any(entity.kind is other.kind and entity.overlaps(other) for other in kept):
            kept.append(entity)
            yield entity
