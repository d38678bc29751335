"""`motcua settings`: figures and choices of the office while it works, each with its source."""

from __future__ import annotations

import getpass

import click

from casework import term_recount
from motcua.problems import TellingGroup
from motcua.setup import migrate
from office import live_settings


@click.group(cls=TellingGroup)
def settings() -> None:
    """Cài đặt đổi được khi đang chạy: thời hạn, giờ làm việc, lựa chọn. Cũng ở trang /desk/settings/."""
    migrate()


@settings.command("list")
def list_() -> None:
    """Liệt kê: tên, giá trị, nguồn."""
    for stands in live_settings.standings():
        undecided = " · cần quyết định" if stands.is_undecided else ""
        click.echo(f"{stands.setting.name} = {stands.typed}")
        click.echo(f"  {stands.setting.title}: {stands.words}{undecided}")
        click.echo(f"  Nguồn: {stands.source}")


@settings.command("set")
@click.argument("name")
@click.argument("value")
@click.option("--source", required=True, help="Quyết định, hoặc ai quyết định và vì sao; vào sổ theo dõi.")
def set_(name: str, value: str, source: str) -> None:
    """Đặt một giá trị, có hiệu lực ngay."""
    operator = getpass.getuser()
    stands, moved = term_recount.put_setting(name, value, source=source, by=None, operator=operator)
    click.echo(f"{stands.setting.title}: {stands.words}.")
    if moved:
        click.echo(f"Hạn được tính lại: {moved.words}.")
