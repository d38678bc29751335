"""The city's rules as the editors keep them: taken in, added, changed, ended; told from the next release."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

import starter
from knowledge_base.content import MethodKind, PartName
from knowledge_base.errors import ContentProblem, OverrideChanged, PublishingProblem, StarterProblem
from knowledge_base.fee_kinds import FeeKind, FeeSetter
from knowledge_base.local_values import LocalValue, from_json, to_json
from knowledge_base.models import LocalOverride
from knowledge_base.publishing import rebuild
from office import audit
from office.models import Staff


def local_values() -> tuple[LocalValue, ...]:
    """Every value that the editors keep, also ended ones and those that are to come."""
    return tuple(value_of(row) for row in LocalOverride.objects.all())


def value_of(row: LocalOverride) -> LocalValue:
    """The row as a value."""
    return LocalValue(
        key=row.key,
        part=PartName(row.part),
        text=row.text,
        effective_from=row.effective_from,
        decision=row.decision,
        url=row.url,
        procedure=row.procedure,
        field=row.field,
        levels=tuple(row.levels),
        city_managed=row.city_managed,
        method=MethodKind(row.method) if row.method else None,
        kind=FeeKind(row.kind) if row.kind else None,
        setter=FeeSetter(row.setter) if row.setter else None,
        amount=row.amount,
        effective_to=row.effective_to,
        read_on=row.read_on,
        reviewed_by=row.reviewed_by,
        note=row.note,
    )


def add(value: LocalValue, by: Staff | None, *, then: Callable[[], None] = rebuild) -> None:
    """Keep a new value, and then build and activate a release.

    Raises PublishingProblem when the key is taken; ReleaseProblem when the value was kept but the release
    could not be built: `motcua kb build` tries again.
    """
    with transaction.atomic():
        if LocalOverride.objects.filter(key=value.key).exists():
            raise PublishingProblem(f"There is a local value {value.key} already: change that one.")
        LocalOverride.objects.create(**_columns(value))
        audit.note("local_value.added", f"local-value:{value.key}", by, **_told(value))
    then()


def change(value: LocalValue, by: Staff | None, *, seen: int, then: Callable[[], None] = rebuild) -> None:
    """Replace the value of this key, and then build and activate a release. seen: its number as it was read.

    A rule is ended by its last day; nothing is deleted. Raises OverrideChanged when somebody changed it
    since; ReleaseProblem as `add` does.
    """
    with transaction.atomic():
        rows = LocalOverride.objects.filter(key=value.key, number=seen)
        before = rows.select_for_update().first()
        if before is None:
            raise OverrideChanged
        rows.update(**_columns(value), number=seen + 1)
        _register_change(value_of(before), value, by)
    then()


def _register_change(before: LocalValue, value: LocalValue, by: Staff | None) -> None:
    is_end = value.effective_to and replace(value, effective_to=before.effective_to) == before
    was = {f"was_{name}": text for name, text in _told(before).items()}
    action = "local_value.ended" if is_end else "local_value.changed"
    audit.note(action, f"local-value:{value.key}", by, **_told(value), **was)


def _columns(value: LocalValue) -> dict[str, Any]:
    plain = asdict(value)
    return {**plain, "levels": list(value.levels)} | {
        name: plain[name] or "" for name in ("method", "kind", "setter")
    }


def _told(value: LocalValue) -> dict[str, str]:
    """What the register keeps of a value."""
    kept = ("part", "method", "kind", "setter", "effective_from", "effective_to", "decision", "reviewed_by")
    plain = to_json(value)
    return {"value": value.words, **{name: str(plain[name] or "") for name in kept}}


class Outcome(StrEnum):
    """What an import does with one entry. KEPT: the editors' own value of this key is not replaced."""

    NEW = "new"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry of the report."""

    key: str
    outcome: Outcome


def import_local_values(path: Path = starter.LOCAL_VALUES, *, dry_run: bool = False) -> tuple[Line, ...]:
    """Add the values of the file whose keys are new; a release takes them in. Raises StarterProblem."""
    held = {value.key: value for value in local_values()}
    lines = []
    with transaction.atomic():
        for value in read_file(path):
            lines.append(Line(key=value.key, outcome=_outcome(value, held.get(value.key))))
            if value.key not in held and not dry_run:
                add(value, None, then=_later)
    return tuple(lines)


def _outcome(value: LocalValue, held: LocalValue | None) -> Outcome:
    if held is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if held == value else Outcome.KEPT


def _later() -> None:
    """An import builds one release for all, when its command says so."""


def read_file(path: Path) -> Iterator[LocalValue]:
    """The values of a YAML file (format: the first lines of starter/local_values.yaml)."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise StarterProblem(f"{path.name} không đọc được: {problem}") from problem
    for number, entry in enumerate(entries, start=1):
        yield _entry(entry, place=f"{path.name}, mục {number}")


def _entry(entry: Mapping[str, Any], *, place: str) -> LocalValue:
    try:
        value = from_json(entry)
    except ContentProblem as problem:
        raise StarterProblem(f"{place}: {problem}") from problem
    if not (value.words and value.decision):
        raise StarterProblem(f"{place}: thiếu text hoặc amount, hoặc thiếu decision; bổ sung rồi chạy lại")
    return value
