"""Spreadsheets of procedures and official lists, as the importers read them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from knowledge_base.errors import ImportProblem
from office import sheets
from office.errors import BrokenSheet
from office.sheets import Headings, Sheet, text_of


def read_sheet(path: Path, headings: Headings, *, required: Iterable[str]) -> Sheet:
    """As office.sheets reads it, codes with their zeros. Raises ImportProblem, which names the file."""
    try:
        return sheets.read_sheet(path, headings, required=required, readings={"code": _code})
    except BrokenSheet as problem:
        raise ImportProblem(f"{path.name}: {problem}") from problem


def _code(cell: object) -> str:
    """A code that became a number gets back the zeros that Excel took (2.00023 → 2.000230)."""
    return f"{cell:.6f}" if isinstance(cell, float) else text_of(cell)
