"""`motcua data`: what is kept of citizens, let go by age."""

from __future__ import annotations

import click
from django.utils import timezone

from casework.retention import end_on_shared_machines, prune
from conversations.retention import KeepFor
from motcua.problems import TellingGroup
from motcua.retention import empty_journal
from motcua.setup import migrate


@click.group(cls=TellingGroup)
def data() -> None:
    """Dữ liệu của người dân: xoá theo thời hạn lưu."""
    migrate()


@data.command("prune")
@click.option("--dry-run", is_flag=True, help="Chỉ đếm, không xoá.")
def prune_(*, dry_run: bool) -> None:
    """Xoá những gì quá thời hạn lưu: trò chuyện, ảnh, dòng báo, đường liên lạc. `motcua run` tự làm."""
    now = timezone.now()
    if not dry_run:
        end_on_shared_machines(now)
    pruned = prune(now, KeepFor.by_settings(), dry_run=dry_run)
    if not dry_run:
        empty_journal()
    click.echo(f"Cuộc trò chuyện: {pruned.transcripts}")
    click.echo(f"Ảnh không kèm phản ánh: {pruned.photos}")
    click.echo(f"Dòng báo đã lược bỏ: {pruned.redacted}")
    click.echo(f"Tệp không còn chủ: {pruned.files}")
    click.echo(f"Đường liên lạc của việc đã xong: {pruned.addresses}")
    click.echo("Chưa xoá gì." if dry_run else "Đã xoá.")
