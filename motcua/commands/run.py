"""`motcua run`: everything in one process: web, workers, delivery, updates of messengers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext

import click
from django.conf import settings

from bot import intake
from bot.channels import Channel, switches
from bot.channels.practice import PracticeChannel
from bot.channels.telegram import (
    TelegramChannel,
    TelegramNotAllowed,
    Webhook,
    receive_updates,
    telegram_channel,
    telegram_webhook,
)
from bot.channels.webchat import WebChat
from motcua import logs
from motcua.alone import taking_up_what_was_left
from motcua.assistant import open_assistant
from motcua.environment import EnvironmentProblem
from motcua.ports import refuse_taken_port
from motcua.server import serve
from motcua.setup import prepare
from motcua.zalo import keeping_token_fresh, zalo_channel
from office.connections import give_back
from office.demo import DemoAccount


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Cổng lắng nghe."
)
def run(host: str, port: int) -> None:
    """Khởi động tất cả: chat, bàn cán bộ, biên tập, trợ lý."""
    logs.set_up()
    try:
        refuse_taken_port(host, port, command="motcua run")
        accounts = prepare()
        telegram, webhook = telegram_channel(), telegram_webhook()
        zalo = zalo_channel()
    except TelegramNotAllowed as problem:
        raise EnvironmentProblem(str(problem)) from problem
    if telegram:
        switches.note_decision(telegram.name, settings.TELEGRAM_DECISION.strip())
    channels: list[Channel] = [
        WebChat(),
        PracticeChannel(receive=intake.receive),
        *(one for one in (zalo, telegram) if one),
    ]
    with (
        closing(telegram) if telegram else nullcontext(),
        closing(zalo) if zalo else nullcontext(),
        taking_up_what_was_left(settings.MOTCUA_HOME),
        open_assistant(settings.MOTCUA_HOME, channels=channels) as assistant,
        _receiving(telegram, webhook, assistant.stop),
        keeping_token_fresh(assistant.stop),
    ):
        give_back()  # this thread asks nothing any more
        _say_what_to_open(f"http://{host}:{port}", accounts)
        serve(host, port)


@contextmanager
def _receiving(
    telegram: TelegramChannel | None, webhook: Webhook | None, stop: threading.Event
) -> Iterator[None]:
    if telegram is None:
        yield
        return
    thread = threading.Thread(
        target=receive_updates,
        args=(telegram, stop),
        kwargs={"webhook": webhook},
        name="telegram-updates",
        daemon=True,
    )
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
