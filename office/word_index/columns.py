"""Whose words an index holds, and how they stand in the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Columns:
    """texts: as they are. numbers: of telephones, also without what stands between the digits. documents:
    JSON, of which the values are read."""

    texts: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.texts, *self.numbers, *self.documents)

    def parts(
        self, row: str, *, digits: Callable[[str], str], values: Callable[[str], str]
    ) -> tuple[str, ...]:
        """SQL of what is read of a row. row: "", "new." or "old."; digits, values: of a column, as SQL."""
        texts = (f'{row}"{name}"' for name in (*self.texts, *self.numbers))
        numbers = (digits(f'{row}"{name}"') for name in self.numbers)
        return (*texts, *numbers, *(values(f'{row}"{name}"') for name in self.documents))
