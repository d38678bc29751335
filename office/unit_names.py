"""Which office that is no ward a text names: by its name of the list, or by what people say for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.abbreviations import expand
from nlu.text import fold
from office.models import Unit

_WORD_OR_MARK = re.compile(r"[^\W_]+|[^\w\s]")
_CITY = (" thanh pho ha noi", " ha noi")
#: Syllables a name keeps without the city's: of fewer there is one in every ward ("công an"), but no "sở".
_SHORTEST = 5
#: What people say for a part of a name.
_SAID_FOR = {
    "trung tam phuc vu hanh chinh cong": ("phuc vu hanh chinh cong", "trung tam hanh chinh cong"),
    "to tiep nhan trung tam": ("to tiep nhan", "to truc chat", "can bo truc chat", "nhan vien truc chat"),
}
#: Behind a name these say that a ward's own office is meant: "trung tâm hành chính công phường Láng".
_OF_A_WARD = r"(?! (?:phuong|xa|quan|huyen|thi tran|thi xa)(?!\S))"


def unit_named(text: str) -> Unit | None:
    """The department or contact team that `text` names first; None for none. With or without marks.

    Only of those that somebody oversees and is in charge here: everybody is below the highest one, and a
    complaint about it would leave nobody to answer its citizen.
    """
    spoken = _spoken(text)
    found = [(at, unit) for unit in _units() if (at := _place_in(spoken, unit)) is not None]
    return min(found, key=lambda one: one[0])[1] if found else None


def _units() -> Iterator[Unit]:
    kinds = (Unit.Kind.DEPARTMENT, Unit.Kind.CONTACT_TEAM)
    yield from Unit.objects.filter(kind__in=kinds, parent__is_signpost_only=False)


def _spoken(text: str) -> str:
    """Folded, abbreviations written out, each word and mark apart."""
    return " ".join(_WORD_OR_MARK.findall(fold(expand(text))))


def _place_in(spoken: str, unit: Unit) -> int | None:
    """Where the longest spelling of its name that is there begins."""
    for name in sorted(_spellings(_spoken(unit.name)), key=len, reverse=True):
        if found := re.search(rf"(?<!\S){re.escape(name)}(?!\S){_OF_A_WARD}", spoken):
            return found.start()
    return None


def _spellings(name: str) -> set[str]:
    """With and without the city, and each with what people say for a part of it."""
    without = {name.removesuffix(city) for city in _CITY}
    names = {name, *(short for short in without if _is_of_the_city(short))}
    said = {
        one.replace(part, other) for one in names for part, others in _SAID_FOR.items() for other in others
    }
    return names | said


def _is_of_the_city(name: str) -> bool:
    return name.startswith("so ") or len(name.split()) >= _SHORTEST
