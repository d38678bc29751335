"""`motcua calendar`: which days the office works, as the Government decides them each year."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import click

from motcua.problems import TellingGroup
from motcua.setup import migrate
from office.calendar_days import decide_day, working_calendar

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_WORDS = {True: "làm việc", False: "nghỉ"}


@click.group(cls=TellingGroup)
def calendar() -> None:
    """Lịch làm việc: ngày nghỉ, ngày làm bù."""
    migrate()


@calendar.command("list")
@click.argument("year", type=click.IntRange(2000, 2100))
def list_(year: int) -> None:
    """Liệt kê các ngày trong tuần được nghỉ và ngày cuối tuần phải làm trong năm."""
    known = working_calendar()
    day = date(year, 1, 1)
    while day.year == year:
        if known.is_working(day) != (day.weekday() < 5):
            click.echo(f"{day:%d/%m/%Y}\t{_WORDS[known.is_working(day)]}")
        day += timedelta(days=1)


@calendar.command("set")
@click.argument("day", type=_DAY)
@click.argument("what", type=click.Choice(["working", "off"]))
@click.option("--source", required=True, help="Quyết định hoặc thông báo, để người sau kiểm tra được.")
def set_(day: datetime, what: str, source: str) -> None:
    """Ghi một ngày làm việc (working) hoặc nghỉ (off) theo quyết định."""
    decide_day(day.date(), is_working=what == "working", source=source, by=None)
    click.echo(f"{day:%d/%m/%Y}: {_WORDS[what == 'working']} ({source}).")
