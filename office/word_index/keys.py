"""A stretch of the keys of a table: in how much of it words are looked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Keys:
    """after: none of them, nor any before it; last: the last one. None for no end."""

    after: int | None = None
    last: int | None = None

    def limit(self, column: str) -> tuple[str, list[int]]:
        """SQL that holds this column to them, to be put behind another condition; "" for all keys."""
        ends = ((f" AND {column} > %s", self.after), (f" AND {column} <= %s", self.last))
        given = [(sql, key) for sql, key in ends if key is not None]
        return "".join(sql for sql, _ in given), [key for _, key in given]


EVERY_KEY = Keys()
