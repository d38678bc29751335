"""`motcua reports export` and `import`: spreadsheets for the city's other systems."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click
from django.db.models import QuerySet
from django.utils import timezone

from casework import day_sheet, day_sheet_reading
from casework.day_sheet_reading import Outcome
from casework.models import Report
from motcua.setup import migrate

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_TITLES = {
    Outcome.NEW: "phản ánh mới",
    Outcome.ENTERED: "ghi số ở hệ thống khác",
    Outcome.UNCHANGED: "không có gì mới",
    Outcome.REFUSED: "bị từ chối",
}


@click.command("export")
@click.option("--day", type=_DAY, required=True, help="Ngày gửi, giờ Hà Nội: 2026-11-22.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Tệp .xlsx.")
def export(day: datetime, out: Path) -> None:
    """Ghi mọi phản ánh gửi trong một ngày ra bảng tính, có cả liên hệ của người gửi; việc này vào sổ."""
    migrate()
    with out.open("wb") as file:
        number = day_sheet.write_day(file, day.date(), _all(), by=None)
    click.echo(f"{number} phản ánh: {out}")


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Chỉ nói sẽ làm gì, không ghi.")
def import_(path: Path, *, dry_run: bool) -> None:
    """Nhập bảng tính đã điền số ở hệ thống khác; dòng không có mã là phản ánh mới. Nhập lại được.

    Mã thoát 1 khi có dòng bị từ chối, 2 khi không đọc được tệp.
    """
    migrate()
    rows, now = day_sheet_reading.read_rows(path), timezone.now()
    if dry_run:
        lines = day_sheet_reading.dry_run(rows, _all(), now=now)
    else:
        lines = day_sheet_reading.take_in(rows, _all(), by=None, now=now)
    for line in lines:
        told = f"dòng {line.row}  {line.code or '–'}  {_TITLES[line.outcome]}"
        refused = line.outcome is Outcome.REFUSED
        click.echo(f"{told}: {line.reason}" if line.reason else told, err=refused)
    click.echo("Chưa ghi gì." if dry_run else "Đã ghi.")
    sys.exit(1 if any(line.outcome is Outcome.REFUSED for line in lines) else 0)


def _all() -> QuerySet[Report]:
    return Report.objects.select_related("unit", "ward")
