"""`motcua run`: everything in one process: web, workers, delivery, polling."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from types import FrameType

import click
import uvicorn
from django.conf import settings

from bot.channels import Channel
from bot.channels.telegram import TelegramChannel, TelegramNotAllowed, poll, telegram_channel
from bot.channels.webchat import WebChat
from motcua import logs
from motcua.assistant import open_assistant
from motcua.environment import EnvironmentProblem
from motcua.setup import prepare
from office.demo import DemoAccount
from web.live import end_streams

#: Seconds open requests may still take after the signal to stop.
GRACE = 3


class Server(uvicorn.Server):
    """uvicorn, which would otherwise wait for live streams that never end by themselves."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        end_streams()
        super().handle_exit(sig, frame)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Cổng lắng nghe."
)
def run(host: str, port: int) -> None:
    """Khởi động tất cả: chat, bàn cán bộ, biên tập, trợ lý."""
    logs.set_up()
    try:
        _refuse_taken_port(host, port)
        accounts = prepare()
        telegram = telegram_channel()
    except TelegramNotAllowed as problem:
        raise EnvironmentProblem(str(problem)) from problem
    channels: list[Channel] = [WebChat(), *([telegram] if telegram else [])]
    with (
        closing(telegram) if telegram else nullcontext(),
        open_assistant(settings.MOTCUA_HOME, channels=channels) as assistant,
        _polling(telegram, assistant.stop),
    ):
        _say_what_to_open(f"http://{host}:{port}", accounts)
        Server(_configuration(host, port)).run()


def _configuration(host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        "motcua.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=GRACE,
    )


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise EnvironmentProblem(
                f"Cannot listen on {host}:{port} ({problem.strerror}). "
                f"End what uses that port, or choose another: motcua run --port {port + 1}"
            ) from problem


@contextmanager
def _polling(telegram: TelegramChannel | None, stop: threading.Event) -> Iterator[None]:
    if telegram is None:
        yield
        return
    thread = threading.Thread(target=poll, args=(telegram, stop), name="telegram-polling", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()


def _say_what_to_open(base: str, accounts: Sequence[DemoAccount]) -> None:
    click.echo("Một Cửa đang chạy.")
    for page, address in (("Chat", "/"), ("Bàn cán bộ", "/desk/"), ("Biên tập", "/editor/")):
        click.echo(f"  {page:<12} {base}{address}")
    if accounts:
        click.echo("Tài khoản dùng thử (chỉ in một lần, hãy ghi lại):")
        for account in accounts:
            click.echo(f"  {account.role:<14} {account.username:<16} {account.password}")
    click.echo("Ctrl-C để dừng.")
