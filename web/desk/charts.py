"""Columns over time as inline SVG: where every rectangle and word stands. Pure; the template only draws.

A chart is a picture of the table below it: whoever cannot see it reads the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, TOP, FLOOR = 240, 28, 200
LEFT, RIGHT = 46, 8
NARROWEST_COLUMN, WIDEST_COLUMN = 46, 120
USUAL_WIDTH = 720
LINES = 4


@dataclass(frozen=True, kw_only=True)
class Part:
    """key: which pattern it is drawn in. name: as the key of the chart says it."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """values: of each part, from the floor up; None where nothing is known. says: what stands above."""

    label: str
    values: Sequence[float | None]
    says: str


@dataclass(frozen=True, kw_only=True)
class Box:
    x: int
    y: int
    width: int
    height: int
    key: str


@dataclass(frozen=True, kw_only=True)
class Word:
    x: int
    y: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Caption:
    """key: names the chart on its page. title, tells: what whoever cannot see it is told."""

    key: str
    title: str
    tells: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Ready to draw, in the units of its own view box."""

    caption: Caption
    parts: Sequence[Part]
    width: int
    height: int
    boxes: Sequence[Box]
    above: Sequence[Word]
    below: Sequence[Word]
    lines: Sequence[Word]
    right: int

    @property
    def is_wide(self) -> bool:
        return self.width > USUAL_WIDTH


def columns(
    caption: Caption, *, parts: Sequence[Part], of: Sequence[Column], top: float | None = None
) -> Chart:
    """A chart of these columns. top: what the uppermost line stands for, else just above the highest."""
    highest = top or _round_up(max((_height_of(column) for column in of), default=0))
    slot = min(WIDEST_COLUMN, max(NARROWEST_COLUMN, (USUAL_WIDTH - LEFT - RIGHT) // max(1, len(of))))
    width = max(USUAL_WIDTH, LEFT + slot * len(of) + RIGHT)
    return Chart(
        caption=caption,
        parts=parts,
        width=width,
        height=HEIGHT,
        boxes=[box for n, column in enumerate(of) for box in _boxes(column, parts, n * slot, slot, highest)],
        above=[_above(column, n * slot + slot // 2, highest) for n, column in enumerate(of)],
        below=[Word(x=LEFT + n * slot + slot // 2, y=FLOOR + 20, text=c.label) for n, c in enumerate(of)],
        lines=[_line(number, highest) for number in range(LINES + 1)],
        right=width - RIGHT,
    )


def _boxes(column: Column, parts: Sequence[Part], x: int, slot: int, highest: float) -> list[Box]:
    boxes, below = [], 0.0
    for part, value in zip(parts, column.values, strict=True):
        foot, head = _y(below, highest), _y(below + (value or 0), highest)
        below += value or 0
        if foot > head:
            margin = slot // 6
            boxes.append(
                Box(x=LEFT + x + margin, y=head, width=slot - 2 * margin, height=foot - head, key=part.key)
            )
    return boxes


def _above(column: Column, x: int, highest: float) -> Word:
    return Word(x=LEFT + x, y=_y(_height_of(column), highest) - 6, text=column.says)


def _line(number: int, highest: float) -> Word:
    value = highest * number / LINES
    return Word(x=LEFT - 6, y=_y(value, highest), text=f"{value:g}".replace(".", ","))


def _height_of(column: Column) -> float:
    return sum(value or 0 for value in column.values)


def _y(value: float, highest: float) -> int:
    return round(FLOOR - (FLOOR - TOP) * value / highest)


def _round_up(value: float) -> float:
    """The next 4, 8, 20, 40, 80, 200 …: a quarter of it is a whole number. At least 4."""
    step = 4.0
    while step < value:
        step *= 2.5 if f"{step:e}".startswith("8") else 2
    return step
