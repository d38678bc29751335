"""The routing rules in force, what a change of them would do to past reports, and the change itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db import transaction

from casework.categories import CATEGORY_NAMES
from casework.errors import NamesNothing, NoUnitInCharge, PointsNowhere, RuleWithoutReason
from casework.models import Report, RoutingRule
from casework.routing import Matter, Route, Rules, route
from nlu.text import clean
from office import audit
from office.models import Staff, Unit
from office.units import all_units, contact_team

#: Past reports a change is tried on: some days of the whole city.
TRIED_ON = 500


@dataclass(frozen=True, kw_only=True)
class Change:
    """A rule as it is to be, or (unit None) to be no more. category "", ward None: every one."""

    category: str
    ward: Unit | None
    unit: Unit | None

    @property
    def key(self) -> tuple[str, str]:
        return self.category, self.ward.code if self.ward else ""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A past report that would have gone elsewhere."""

    report: Report
    before: Unit
    after: Unit


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a change would have done: of `tried` newest reports those moved, and by unit how many more."""

    tried: int
    moved: tuple[Moved, ...]

    @property
    def by_unit(self) -> list[tuple[Unit, int]]:
        """Each unit concerned with the reports it would gain (or lose, below zero), most first."""
        gained: Counter[int] = Counter()
        units: dict[int, Unit] = {}
        for one in self.moved:
            units |= {one.before.pk: one.before, one.after.pk: one.after}
            gained[one.after.pk] += 1
            gained[one.before.pk] -= 1
        return sorted(((units[pk], number) for pk, number in gained.items()), key=lambda pair: -pair[1])


def rules_in_force(units: dict[int, Unit] | None = None) -> Rules:
    """One query, or two: every rule with its unit; `units` as office.units.all_units() gives them."""
    known = all_units() if units is None else units
    rows = RoutingRule.objects.values_list("category", "ward__code", "unit_id")
    return Rules(
        by_matter=MappingProxyType({(category, ward or ""): known[pk] for category, ward, pk in rows})
    )


def route_for(*, kind: str, category: str, ward: Unit | None = None, named_unit: Unit | None = None) -> Route:
    """Where a report goes now. Raises NoUnitInCharge."""
    team, units = contact_team(), all_units()
    matter = Matter(
        kind=kind,
        category=category,
        ward=units[ward.pk] if ward else None,
        named_unit=units[named_unit.pk] if named_unit else None,
    )
    return route(matter, rules_in_force(units), contact_team=units[team.pk])


def trial(changes: Iterable[Change], *, on: int = TRIED_ON) -> Trial:
    """What the changes would have done to the newest `on` reports; nothing is written.

    Compared are the rules of today with those after the change: where somebody forwarded a report to since
    makes no difference.
    """
    team, units = contact_team(), all_units()
    before = rules_in_force(units)
    after = _with(before, changes)
    newest = list(Report.objects.only("code", "kind", "category", "ward", "named_unit").order_by("-id")[:on])
    moved = []
    for report in newest:
        matter = _matter(report, units)
        old, new = (_unit(matter, rules, units[team.pk]) for rules in (before, after))
        if old and new and old.pk != new.pk:
            moved.append(Moved(report=report, before=old, after=new))
    return Trial(tried=len(newest), moved=tuple(moved))


def _matter(report: Report, units: dict[int, Unit]) -> Matter:
    ward, named = report.ward_id, report.named_unit_id
    return Matter(
        kind=report.kind,
        category=report.category,
        ward=units[ward] if ward else None,
        named_unit=units[named] if named else None,
    )


def _unit(matter: Matter, rules: Rules, team: Unit) -> Unit | None:
    try:
        return route(matter, rules, contact_team=team).unit
    except NoUnitInCharge:
        return None


def _with(rules: Rules, changes: Iterable[Change]) -> Rules:
    by_matter = dict(rules.by_matter)
    for change in changes:
        by_matter.pop(change.key, None)
        if change.unit:
            by_matter[change.key] = change.unit
    return Rules(by_matter=MappingProxyType(by_matter))


def cautions(change: Change) -> Sequence[str]:
    """What an official should know before saving; nothing of it forbids to."""
    unit = change.unit
    if unit is None:
        return ()
    told = []
    if unit.is_signpost_only:
        told.append(f"{unit.name} không nhận phản ánh ở đây: người dân sẽ chỉ được chỉ nơi liên hệ.")
    elif not unit.staff.filter(is_active=True).exists():
        told.append(f"{unit.name} chưa có cán bộ nào: phản ánh sẽ nằm đó cho đến khi có người.")
    return told


def check(change: Change, *, reason: str) -> None:
    """Raises NamesNothing, PointsNowhere or RuleWithoutReason when this is no rule that could be saved."""
    if not any(change.key) or (change.category and change.category not in CATEGORY_NAMES):
        raise NamesNothing
    if change.ward and change.ward.kind not in {Unit.Kind.WARD, Unit.Kind.COMMUNE}:
        raise NamesNothing
    if change.unit and change.unit.is_signpost_only and not change.unit.signpost:
        raise PointsNowhere
    if not clean(reason):
        raise RuleWithoutReason


@transaction.atomic
def apply(change: Change, *, reason: str, by: Staff | None) -> None:
    """Save a rule in place of the one for the same matter, or remove it; audited with its reason."""
    check(change, reason=reason)
    same = RoutingRule.objects.filter(category=change.category, ward=change.ward)
    if change.unit is None:
        same.delete()
    else:
        values = {"unit": change.unit, "reason": clean(reason)[:300], "set_by": by}
        RoutingRule.objects.update_or_create(category=change.category, ward=change.ward, defaults=values)
    to = change.unit.code if change.unit else ""
    category, ward = change.key
    audit.note(
        "routing.changed", f"routing:{category or '*'}:{ward or '*'}", by, to=to, reason=clean(reason)[:300]
    )
