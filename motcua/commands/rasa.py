"""`motcua rasa`: the Rasa server that can read intents: its data, its model, the server itself."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_urlsafe
from time import perf_counter

import click
from django.conf import settings

from motcua import rasa_lookups
from motcua.environment import ROOT
from motcua.ports import refuse_taken_port
from motcua.problems import TellingGroup
from nlu.rasa.project import FOLDER, RasaProject

_ENVIRONMENT = click.option(
    "--environment",
    type=click.Path(path_type=Path),
    default=ROOT / ".venv-rasa",
    help="Thư mục môi trường Python riêng của Rasa (`make rasa-install` tạo .venv-rasa).",
)


@click.group(cls=TellingGroup)
def rasa() -> None:
    """Máy chủ Rasa làm bộ phân loại thứ hai: dữ liệu, huấn luyện, chạy."""


@rasa.command()
def lookups() -> None:
    """Viết lại bảng tra và từ đồng nghĩa của Rasa từ các danh sách mà sản phẩm đang dùng."""
    for name, content in rasa_lookups.files().items():
        (FOLDER / "data" / name).write_text(content, encoding="utf-8")
        click.echo(f"{name}: {content.count(chr(10))} dòng")


@rasa.command()
@_ENVIRONMENT
def train(environment: Path) -> None:
    """Kiểm tra dữ liệu rồi huấn luyện mô hình Rasa (đã có mô hình của dữ liệu này thì dùng lại)."""
    start = perf_counter()
    model = _trained(_project(environment))
    click.echo(f"{model}: sẵn sàng sau {perf_counter() - start:.0f} giây.")


@rasa.command()
@click.option("--port", type=click.IntRange(1, 65535), default=5005, show_default=True)
@_ENVIRONMENT
def serve(port: int, environment: Path) -> None:
    """Chạy máy chủ Rasa trên máy này, sau khi kiểm tra và huấn luyện nếu cần. Ctrl-C để dừng."""
    project = _project(environment)
    refuse_taken_port("127.0.0.1", port, command="motcua rasa serve")
    _trained(project)
    token_file = project.home / "token"
    process = project.server(port=port, token=_token(token_file))
    click.echo(f"Rasa sẽ nghe ở http://127.0.0.1:{port}. Đặt hai biến này cho `motcua run`:")
    shown = "(đã đặt)" if settings.RASA_TOKEN else f"$(cat {token_file})"
    click.echo(f"  MOTCUA_RASA_URL=http://127.0.0.1:{port} MOTCUA_RASA_TOKEN={shown}")
    os.chdir(process.folder)
    os.execve(process.arguments[0], process.arguments, process.environment)  # noqa: S606 -- our own arguments


def _trained(project: RasaProject) -> Path:
    """The model of today's data, which is checked before it is learnt."""
    if not project.model.exists():
        click.echo("Đang kiểm tra dữ liệu …")
        project.validate()
        click.echo("Đang huấn luyện …")
    return project.train()


def _project(environment: Path) -> RasaProject:
    return RasaProject(python=environment / "bin" / "python", home=settings.MOTCUA_HOME / "rasa")


def _token(file: Path) -> str:
    """What the operator set, else one of our own, in a file that only this user can read."""
    if settings.RASA_TOKEN:
        return str(settings.RASA_TOKEN)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(token_urlsafe(24))
    return file.read_text().strip()
