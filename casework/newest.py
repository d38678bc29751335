"""The newest rows of a search, looked for in the newest part of a table first.

A word that stands in many rows is found among the newest ones at once; to the few rows with a rare one its
index leads. No single query is good for both: a database reads every row with a common word before it cuts
the newest twenty out of them, or every row of the table for a word that hardly any has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import QuerySet

from office.word_index import Keys

#: Keys in the newest part; the other is all the rest.
NEWEST_PART = 10_000


def newest(found: Callable[[Keys], QuerySet], span: Keys, *, most: int) -> list[int]:  # type: ignore[type-arg]
    """The newest keys, so many at most. found: rows with such keys, newest first; span: where they lie."""
    keys: list[int] = []
    for part in parts(span):
        keys += found(part).values_list("pk", flat=True)[: most - len(keys)]
        if len(keys) >= most:
            break
    return keys


def parts(span: Keys) -> Iterator[Keys]:
    """Newest first; none where the span has no last key."""
    after, last = span.after or 0, span.last or 0
    middle = max(after, last - NEWEST_PART)
    for part in (Keys(after=middle, last=last), Keys(after=after, last=middle)):
        if part.after != part.last:
            yield part
