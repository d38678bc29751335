"""`motcua channels`: how the channels stand; switch one off and on, with a reason that is kept."""

from __future__ import annotations

import getpass
from datetime import datetime

import click
from django.utils import timezone

from bot.channels import overview, switches
from bot.channels.accounts import Standing
from bot.channels.overview import AccountOverview, ChannelOverview, Depth
from motcua.problems import TellingGroup
from motcua.setup import migrate

_CHANNEL = click.Choice(list(switches.CHANNELS))


@click.group(cls=TellingGroup, invoke_without_command=True)
@click.pass_context
def channels(context: click.Context) -> None:
    """Các kênh nhắn tin: đang bật, tắt hay tạm dừng; bao nhiêu tin đang chờ. Tắt và bật."""
    migrate()
    if context.invoked_subcommand is None:
        for channel in overview.channels():
            _tell(channel)


@channels.command()
@click.argument("channel", type=_CHANNEL)
@click.option("--reason", required=True, help="Lý do, được ghi vào sổ theo dõi.")
def off(channel: str, reason: str) -> None:
    """Tắt một kênh: không gửi gì ra, không hỏi tin mới. Tin trả lời được giữ lại chờ."""
    turned = switches.turn_off(channel, reason=reason, by=None, operator=getpass.getuser())
    click.echo(f"Đã tắt {channel}." if turned else f"{channel} đã tắt từ trước. Không có gì thay đổi.")


@channels.command()
@click.argument("channel", type=_CHANNEL)
@click.option("--reason", default="", help="Lý do, được ghi vào sổ theo dõi.")
def on(channel: str, reason: str) -> None:
    """Bật lại một kênh: tin đang chờ được gửi đi."""
    turned = switches.turn_on(channel, reason=reason, by=None, operator=getpass.getuser())
    click.echo(f"Đã bật {channel}." if turned else f"{channel} đang bật. Không có gì thay đổi.")


def _tell(channel: ChannelOverview) -> None:
    allowed = f" · quyết định {channel.decision}" if channel.decision else ""
    if channel.is_off:
        since = f" từ {_moment(channel.changed_at)}" if channel.changed_at else ""
        click.echo(f"{channel.channel}: TẮT{since}, lý do: {channel.reason}{allowed}")
    else:
        click.echo(f"{channel.channel}: {'bật' if channel.accounts else 'chưa dùng'}{allowed}")
    for account in channel.accounts:
        _tell_account(account)


def _tell_account(account: AccountOverview) -> None:
    click.echo(
        f"  {account.account}: {_standing(account)} · chờ gửi {_depth(account.waiting)}"
        f" · giữ {_depth(account.held)} · lỗi {_depth(account.failed)}"
        f" · gửi lần cuối {_moment(account.last_sent)} · nhận lần cuối {_moment(account.last_received)}"
    )


def _standing(account: AccountOverview) -> str:
    match account.standing:
        case Standing.OFF:
            return "tắt"
        case Standing.PAUSED:
            return f"tạm dừng đến {_moment(account.paused_until)} ({account.problem})"
        case Standing.PROBE:
            return f"đang thử lại ({account.problem})"
    return "đang gửi"


def _depth(depth: Depth) -> str:
    return f"{depth.count} (cũ nhất {_moment(depth.oldest)})" if depth.oldest else str(depth.count)


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M:%S %d/%m/%Y}" if at else "chưa có"
