"""`motcua routing`: the rules of which unit takes a report, as a table out and in, tried before they hold."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from django.db import transaction

from casework import routing_rules
from casework.errors import RuleProblem
from casework.models import RoutingRule
from casework.routing_rules import Change, Trial
from motcua.problems import TellingGroup
from motcua.setup import migrate
from office.models import Unit

COLUMNS = ("category", "ward", "unit", "reason")


@click.group(cls=TellingGroup)
def routing() -> None:
    """Quy tắc chuyển phản ánh: loại việc và nơi → đơn vị nhận."""
    migrate()


@routing.command("export")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def export(path: Path) -> None:
    """Ghi các quy tắc ra tệp CSV: loại việc, mã phường xã, mã đơn vị, lý do; ô trống là mọi loại, mọi nơi."""
    rows = RoutingRule.objects.values_list("category", "ward__code", "unit__code", "reason")
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(COLUMNS)
        table.writerows((category, ward or "", unit, reason) for category, ward, unit, reason in rows)
    click.echo(f"{path}: {len(rows)} quy tắc.")


@routing.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Chỉ thử trên phản ánh đã có, không lưu.")
def import_(path: Path, *, dry_run: bool) -> None:
    """Thêm và sửa quy tắc theo tệp CSV; quy tắc không có trong tệp thì giữ nguyên.

    Có một dòng sai thì không lưu dòng nào. Mã thoát 1.
    """
    changes, wrong = [], []
    for place, row in _rows(path):
        try:
            change = _change(row)
            routing_rules.check(change, reason=row["reason"] or "")
            changes.append((change, row["reason"]))
        except (RuleProblem, ValueError) as problem:
            wrong.append(f"{place}: {problem}")
    for line in wrong:
        click.echo(line, err=True)
    if wrong:
        sys.exit(1)
    _tell(routing_rules.trial([change for change, _ in changes]))
    if not dry_run:
        with transaction.atomic():
            for change, reason in changes:
                routing_rules.apply(change, reason=reason, by=None)
        click.echo(f"Đã lưu {len(changes)} quy tắc.")


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = sorted(set(COLUMNS) - set(reader.fieldnames or ()))
        if missing:
            raise click.ClickException(f"{path.name} thiếu cột {', '.join(missing)}.")
        yield from ((f"dòng {reader.line_num}", row) for row in reader)


def _change(row: dict[str, str]) -> Change:
    ward = _unit(row["ward"]) if row["ward"] else None
    return Change(category=row["category"], ward=ward, unit=_unit(row["unit"]))


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise ValueError(f"không có đơn vị mang mã {code!r}; xem cột “code” của starter/units.csv.")
    return unit


def _tell(tried: Trial) -> None:
    click.echo(f"Thử trên {tried.tried} phản ánh mới nhất: {len(tried.moved)} sẽ đi nơi khác.")
    for unit, number in tried.by_unit:
        click.echo(f"  {number:+} {unit.name}")
