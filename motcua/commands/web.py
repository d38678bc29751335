"""`motcua web`: more processes for the pages, beside the one that `motcua run` is."""

from __future__ import annotations

import click
from django.db import connection

from motcua import logs
from motcua.environment import EnvironmentProblem
from motcua.ports import refuse_taken_port
from motcua.server import serve
from motcua.setup import refuse_unprepared


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Cổng lắng nghe."
)
@click.option(
    "--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="Số tiến trình cùng cổng."
)
def web(host: str, port: int, processes: int) -> None:
    """Thêm tiến trình phục vụ các trang, bên cạnh `motcua run` (PostgreSQL)."""
    logs.set_up()
    if connection.vendor == "sqlite":
        raise EnvironmentProblem(
            "motcua web needs PostgreSQL: with a SQLite file `motcua run` serves all pages itself. "
            "Set MOTCUA_DATABASE_URL to a PostgreSQL database, or use `motcua run` alone."
        )
    refuse_taken_port(host, port, command="motcua web")
    refuse_unprepared()
    serve(host, port, processes=processes)
