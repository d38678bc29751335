"""The newest rows of a search, looked for in the newest part of a table first.

A word that stands in many rows is found among the newest ones at once; to the few rows with a rare one its
index leads. No single query is good for both: a database reads every row with a common word before it cuts
the newest twenty out of them, or every row of the table for a word that hardly any has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import QuerySet

from office.word_index import Keys

#: Rows of the first part and of the second; the third is all the rest.
PARTS = (4_000, 40_000)


def newest(found: Callable[[Keys], QuerySet], span: Keys, *, most: int) -> list[int]:  # type: ignore[type-arg]
    """The newest keys, so many at most. found: rows with such keys, newest first; span: where they lie."""
    keys: list[int] = []
    for part in parts(span):
        keys += found(part).values_list("pk", flat=True)[: most - len(keys)]
        if len(keys) >= most:
            break
    return keys


def parts(span: Keys) -> Iterator[Keys]:
    """A span with both ends cut into up to three, the newest first; none where there is no key in it."""
    after, last = span.after or 0, span.last or 0
    for rows in (*PARTS, last - after):
        start = max(after, last - rows)
        if last > start:
            yield Keys(after=start, last=last)
        last = start
