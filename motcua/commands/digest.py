"""`motcua digest`: who is written how much waits, now; or what would be written, to nobody."""

from __future__ import annotations

import click
from django.utils import timezone

from casework import digests
from motcua.setup import migrate


@click.command()
@click.option("--dry-run", is_flag=True, help="Chỉ in thư sẽ gửi, không gửi.")
def digest(*, dry_run: bool) -> None:
    """Gửi thư tóm tắt việc đang chờ cho cán bộ, nếu đang là giờ gửi."""
    migrate()
    now = timezone.now()
    if not digests.is_on():
        click.echo("Chưa có máy chủ thư (MOTCUA_SMTP_URL): không thư nào được gửi.")
    if dry_run:
        for one in digests.due(now):
            click.echo(f"{one.staff.username} <{one.staff.email}>\n{one.subject}\n{one.text}")
        return
    click.echo(f"Đã gửi {digests.send_due(now)} thư.")
