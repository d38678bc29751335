"""`motcua calendar`: which days the office works, as the Government decides them each year."""

from __future__ import annotations

from datetime import datetime

import click

from casework import term_recount
from motcua.problems import TellingGroup
from motcua.setup import migrate
from office.calendar_days import lines_of
from office.opening_hours import Decision, read_hours, write_hours

_DAY = click.DateTime(formats=["%Y-%m-%d"])
#: No term was moved.
NOTHING = "không có gì đổi"
_WORDS = {True: "làm việc", False: "nghỉ"}


@click.group(cls=TellingGroup)
def calendar() -> None:
    """Lịch làm việc: ngày nghỉ, ngày làm bù."""
    migrate()


@calendar.command("list")
@click.argument("year", type=click.IntRange(2000, 2100))
def list_(year: int) -> None:
    """Liệt kê các ngày trong tuần được nghỉ và ngày cuối tuần phải làm trong năm."""
    for line in lines_of(year):
        hours = f" {line.hours}" if line.hours else ""
        click.echo(f"{line.day:%d/%m/%Y}\t{_WORDS[line.is_working]}{hours}\t{line.why}")


@calendar.command("set")
@click.argument("day", type=_DAY)
@click.argument("what", type=click.Choice(["working", "off"]))
@click.option("--hours", default="", help="Giờ làm việc ngày ấy, ví dụ 08:00-12:00; bỏ: như mọi ngày.")
@click.option("--source", required=True, help="Quyết định hoặc thông báo, để người sau kiểm tra được.")
def set_(day: datetime, what: str, hours: str, source: str) -> None:
    """Ghi một ngày làm việc (working) hoặc nghỉ (off) theo quyết định; hạn của phản ánh được tính lại."""
    is_working = what == "working"
    written = write_hours(read_hours(hours)) if hours and is_working else ""
    decided = Decision(first=day.date(), last=day.date(), is_working=is_working, hours=written, source=source)
    moved = term_recount.decide(decided, by=None)
    click.echo(f"{day:%d/%m/%Y}: {_WORDS[is_working]} {written}".rstrip() + f" ({source}).")
    click.echo(f"Hạn được tính lại: {moved.words or NOTHING}.")


@calendar.command("take-back")
@click.argument("day", type=_DAY)
def take_back(day: datetime) -> None:
    """Bỏ quyết định đã ghi về một ngày; hạn của phản ánh được tính lại."""
    moved = term_recount.take_back(day.date(), by=None)
    click.echo(f"{day:%d/%m/%Y}: không còn quyết định riêng.")
    click.echo(f"Hạn được tính lại: {moved.words or NOTHING}.")
