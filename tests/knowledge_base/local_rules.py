"""The city's rules and a day to read them on, for the tests of this room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import starter
from knowledge_base.content import PartName
from knowledge_base.here import Here
from knowledge_base.local_overrides import read_file
from knowledge_base.local_values import LocalValue
from office.counters import Counter, CounterKind

TODAY = date(2026, 3, 2)
STARTER_VALUES = tuple(read_file(starter.LOCAL_VALUES))
HOTLINE = "024.1022"


def value(**changes: Any) -> LocalValue:
    """A rule of the city about the fee, in force and unchecked."""
    plain = LocalValue(
        key="a-rule",
        part=PartName.FEE,
        text="0 đồng",
        effective_from=date(2026, 1, 1),
        decision="Nghị quyết 9/2026/NQ-HĐND",
        url="https://hanoi.gov.vn/nq-9",
    )
    return replace(plain, **changes)


def counter(**changes: Any) -> Counter:
    plain = Counter(kind=CounterKind.WARD, name="Điểm phục vụ phường Láng", unit="00199", source="nhandan.vn")
    return replace(plain, **changes)


def here(*values: LocalValue, **changes: Any) -> Here:
    """Today with these rules; with those of the starter content when none is given."""
    return replace(Here(day=TODAY, values=values or STARTER_VALUES, hotline=HOTLINE), **changes)
