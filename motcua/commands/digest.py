"""`motcua digest`: who is written how much waits, now; or what would be written, to nobody."""

from __future__ import annotations

from datetime import datetime

import click
from django.utils import timezone

from casework import digests
from casework.digest_times import TIMES, slot_at
from motcua.setup import migrate
from office.opening_hours import working_clock
from office.working_hours import ZONE


@click.command()
@click.option("--dry-run", is_flag=True, help="Chỉ in thư sẽ gửi, không gửi.")
@click.option(
    "--at", type=click.DateTime(["%Y-%m-%d %H:%M"]), help="Với --dry-run: như vào lúc này, giờ Hà Nội."
)
def digest(*, dry_run: bool, at: datetime | None) -> None:
    """Gửi thư tóm tắt việc đang chờ cho cán bộ, nếu đang là giờ gửi."""
    if at and not dry_run:
        raise click.UsageError("--at chỉ dùng cùng --dry-run: thư chỉ gửi theo giờ thật.")
    migrate()
    now = at.replace(tzinfo=ZONE) if at else timezone.now()
    if not digests.is_on():
        click.echo("Chưa có máy chủ thư (MOTCUA_SMTP_URL): không thư nào được gửi.", err=True)
    times = TIMES.current()
    if slot_at(now, times, working_clock()) is None:
        words = TIMES.kind.words(times)
        click.echo(f"{now.astimezone(ZONE):%H:%M %d/%m/%Y} không phải giờ gửi (ngày làm việc: {words}).")
        return
    if dry_run:
        _show(now)
    else:
        click.echo(f"Đã gửi {digests.send_due(now)} thư.")


def _show(now: datetime) -> None:
    letters = list(digests.due(now))
    for one in letters:
        click.echo(f"Gửi: {one.staff.username} <{one.staff.email}>\nTiêu đề: {one.subject}\n\n{one.text}")
    click.echo(f"{len(letters)} thư; chưa gửi thư nào.")
