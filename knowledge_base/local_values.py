"""Local overrides: values that hold in Hà Nội beside the national text, never in its place.

Frozen and pure. The rows are `knowledge_base.models.LocalOverride`; a release carries the values of its day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge_base.content import MethodKind, Origin, PartName, ProcedureContent, Provenance
from knowledge_base.errors import ContentProblem
from knowledge_base.fee_kinds import FeeKind, FeeSetter

FILE_NAME = "local_values.json"


@dataclass(frozen=True, kw_only=True)
class LocalValue:
    """A rule of Hà Nội about one part.

    procedure, field: what it applies to; both "" for the whole city. levels: only procedures of one of these,
    () for all. city_managed: only procedures that the city's committee manages, not those of police or tax.
    method, kind, setter: None for any. effective_from, effective_to: both days included; None: no end known.
    amount: đồng, else None and `text` gives the rule in words ("0 đồng", "được hỗ trợ toàn bộ").
    read_on: the day the source was read, None when nobody noted it. reviewed_by: "" until an official of the
    office has checked it. note: for colleagues, never shown to citizens.
    """

    key: str
    part: PartName
    text: str
    effective_from: date
    decision: str
    url: str
    procedure: str = ""
    field: str = ""
    levels: tuple[str, ...] = ()
    city_managed: bool = False
    method: MethodKind | None = None
    kind: FeeKind | None = None
    setter: FeeSetter | None = None
    amount: int | None = None
    effective_to: date | None = None
    read_on: date | None = None
    reviewed_by: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """The value as it is shown: 20000 → "20.000 đồng"."""
        if self.amount is None:
            return self.text
        amount = f"{self.amount:,} đồng".replace(",", ".")
        return f"{amount}, {self.text}" if self.text else amount

    @property
    def provenance(self) -> Provenance:
        return Provenance(
            origin=Origin.LOCAL,
            decision=self.decision,
            url=self.url,
            date=self.read_on.isoformat() if self.read_on else "",
            reviewed=bool(self.reviewed_by),
        )

    def is_in_force(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def concerns(self, content: ProcedureContent) -> bool:
        """Whether it applies to this procedure by code, field and level."""
        if self.procedure:
            return self.procedure == content.code
        if self.field and self.field.casefold() != content.field.casefold():
            return False
        return not self.levels or not set(self.levels).isdisjoint(content.levels)

    def covers(self, method: MethodKind, kind: FeeKind, setter: FeeSetter) -> bool:
        """Whether it speaks of this kind of fee, set by this body, when handed in this way.

        A rule on what a body sets is one on fees and charges: the price of a service is neither.
        """
        if kind is FeeKind.OTHER and self.kind is None and self.setter is not None:
            return False
        return self.method in {None, method} and self.kind in {None, kind} and self.setter in {None, setter}

    @property
    def narrowness(self) -> tuple[bool, ...]:
        """Of several that cover one fee the narrowest holds: "phí thẩm định" before "phí do Bộ đặt"."""
        return (
            bool(self.procedure),
            bool(self.field),
            self.kind is not None,
            self.setter is not None,
            self.method is not None,
        )


def values_about(
    values: Iterable[LocalValue], content: ProcedureContent, part: PartName
) -> tuple[LocalValue, ...]:
    """Those that concern this part of the procedure, in force or not, the earliest first."""
    about = (value for value in values if value.part is part and value.concerns(content))
    return tuple(sorted(about, key=lambda value: (value.effective_from, value.key)))


def to_json(value: LocalValue) -> dict[str, Any]:
    """JSON values only; dates in ISO form."""
    return {
        name: item.isoformat() if isinstance(item, date) else list(item) if isinstance(item, tuple) else item
        for name, item in asdict(value).items()
    }


def from_json(plain: Mapping[str, Any]) -> LocalValue:
    """The value written by `to_json`. Raises ContentProblem naming the value that does not fit."""
    try:
        return LocalValue(
            **{
                **plain,
                "part": PartName(plain["part"]),
                "effective_from": date.fromisoformat(plain["effective_from"]),
                "effective_to": _day(plain.get("effective_to")),
                "read_on": _day(plain.get("read_on")),
                "levels": tuple(plain.get("levels", ())),
                "method": MethodKind(plain["method"]) if plain.get("method") else None,
                "kind": FeeKind(plain["kind"]) if plain.get("kind") else None,
                "setter": FeeSetter(plain["setter"]) if plain.get("setter") else None,
            }
        )
    except (KeyError, TypeError, ValueError) as problem:
        key = plain.get("key", "?")
        raise ContentProblem(
            f"The local value {key} does not read ({problem!r}). Correct it in the editor or its file."
        ) from problem


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def write_values(folder: Path, values: Iterable[LocalValue]) -> None:
    """Into the folder of a release: what holds in Hà Nội on its day."""
    plain = [to_json(value) for value in values]
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def read_values(folder: Path) -> tuple[LocalValue, ...]:
    """The values of a release; () for one built before releases carried them. Raises ContentProblem."""
    file = folder / FILE_NAME
    if not file.exists():
        return ()
    return tuple(from_json(plain) for plain in json.loads(file.read_text(encoding="utf-8")))
