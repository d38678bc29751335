"""Wards and communes: the units of today, the wards people still name, and which one a text means."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

import starter
from office.errors import BrokenPlaceList
from office.models import FormerWard, Unit
from office.place_names import Mention, PlaceName, Reading, district_key, read, standing_in

_KINDS = {"Phường": "phường", "Xã": "xã", "Thị trấn": "thị trấn"}


@dataclass(frozen=True, kw_only=True)
class Found:
    """The text means this unit."""

    unit: Unit


@dataclass(frozen=True, kw_only=True)
class Split:
    """The text means a ward that went to several units, or a name several had: ask, never choose.

    former: the name as it was ("Phường Đại Kim"); candidates: the units of today, by name.
    """

    former: str
    candidates: tuple[Unit, ...]


@transaction.atomic
def load_places(*, units: Path = starter.UNITS, former_wards: Path = starter.FORMER_WARDS) -> int:
    """Bring units and former wards up to the lists, adding what is missing; again changes nothing.

    Returns the number of units in the list. Raises BrokenPlaceList, and then nothing is changed.
    """
    unit_rows, ward_rows = list(_rows(units)), list(_rows(former_wards))
    _save_units(unit_rows, where=units.name)
    _save_former_wards(ward_rows, where=former_wards.name)
    return len(unit_rows)


def find_ward(text: str) -> Found | Split | None:
    """The ward or commune `text` names, by its name of today or before 1 July 2025; None when none.

    With or without diacritics and wherever the tone is put. A district, a street or a landmark is no ward.
    """
    may_stand = standing_in(text)
    names = [*_names_of_today(may_stand), *_former_names(may_stand)]
    reading = read(text, names)
    outcomes = [_outcome(mention, reading) for mention in reading.mentions]
    if not outcomes:
        return None
    return _narrowed(outcomes[0], outcomes[1:])


def _outcome(mention: Mention, reading: Reading) -> Found | Split:
    meant = _meant(mention, reading)
    today = tuple(name.code for name in meant if not name.district)
    former = [name.code for name in meant if name.district]
    units = list(Unit.objects.filter(code__in=today))
    units += Unit.objects.filter(former_wards__code__in=former).distinct()
    candidates = tuple(sorted({unit.pk: unit for unit in units}.values(), key=lambda unit: unit.name))
    if len(candidates) == 1:
        return Found(unit=candidates[0])
    spoken = meant[0]
    return Split(former=f"{spoken.kind.capitalize()} {spoken.name}", candidates=candidates)


def _meant(mention: Mention, reading: Reading) -> Sequence[PlaceName]:
    """Of the places that share a name: those of the kind said, then of the district said, then of today."""
    names = [name for name in mention.names if name.kind == mention.kind] or list(mention.names)
    if mention.is_former:
        names = [name for name in names if name.district] or names
    in_district = [
        name for name in names if name.district and district_key(name.district) in reading.districts
    ]
    if in_district:
        return in_district
    kinds_of_today = {name.kind for name in names if not name.district}
    return [name for name in names if not name.district or name.kind not in kinds_of_today]


def _narrowed(best: Found | Split, others: Iterable[Found | Split]) -> Found | Split:
    """ "Đại Kim cũ, nay là phường Định Công": the second name answers the question of the first."""
    if isinstance(best, Split):
        for other in others:
            if isinstance(other, Found) and other.unit in best.candidates:
                return other
    return best


def _names_of_today(may_stand: Callable[[str], bool]) -> Iterator[PlaceName]:
    kinds = (Unit.Kind.WARD, Unit.Kind.COMMUNE)
    for code, full_name in Unit.objects.filter(kind__in=kinds).values_list("code", "name"):
        if may_stand(full_name):
            yield _place_name(full_name, code=code, district="")


def _former_names(may_stand: Callable[[str], bool]) -> Iterator[PlaceName]:
    for code, full_name, district in FormerWard.objects.values_list("code", "name", "district"):
        if may_stand(full_name) or may_stand(district):
            yield _place_name(full_name, code=code, district=district)


def _place_name(full_name: str, *, code: str, district: str) -> PlaceName:
    prefix = next((prefix for prefix in _KINDS if full_name.startswith(prefix + " ")), "Xã")
    name = full_name.removeprefix(prefix + " ")
    return PlaceName(kind=_KINDS[prefix], name=name, district=district, code=code)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _save_units(rows: list[dict[str, str]], *, where: str) -> None:
    for row in rows:
        if row["kind"] not in Unit.Kind.values:
            known = ", ".join(Unit.Kind.values)
            raise BrokenPlaceList(
                f"{where}: đơn vị {row['code']} có loại {row['kind']}; ghi một trong {known}."
            )
    facts = ("name", "kind", "source")
    listed = [Unit(code=row["code"], **{fact: row[fact] for fact in facts}) for row in rows]
    Unit.objects.bulk_create(listed, update_conflicts=True, unique_fields=["code"], update_fields=facts)
    units = Unit.objects.in_bulk(field_name="code")
    for row in rows:
        units[row["code"]].parent = _listed(units, row["parent"], where=where) if row["parent"] else None
    Unit.objects.bulk_update(units.values(), ["parent"])


def _save_former_wards(rows: list[dict[str, str]], *, where: str) -> None:
    units = Unit.objects.in_bulk(field_name="code")
    facts = ("name", "district")
    wards = {row["code"]: FormerWard(code=row["code"], **{fact: row[fact] for fact in facts}) for row in rows}
    FormerWard.objects.bulk_create(
        wards.values(), update_conflicts=True, unique_fields=["code"], update_fields=facts
    )
    saved = FormerWard.objects.in_bulk(field_name="code")
    went_to = FormerWard.units.through
    went_to.objects.filter(formerward__code__in=wards).delete()
    went_to.objects.bulk_create(
        went_to(formerward=saved[row["code"]], unit=_listed(units, row["unit"], where=where)) for row in rows
    )


def _listed(units: dict[str, Unit], code: str, *, where: str) -> Unit:
    if code not in units:
        raise BrokenPlaceList(
            f"{where} ghi đơn vị {code}, danh sách đơn vị không có. Thêm đơn vị hoặc sửa mã."
        )
    return units[code]
