"""`motcua zalo`: the Official Account's tokens and what it may cost; whether Zalo knows us."""

from __future__ import annotations

from datetime import datetime

import click
from django.utils import timezone

from bot.channels.zalo import ZaloAccount, ZaloClient, ZaloError, tokens, zalo_account
from bot.models import ZaloToken
from motcua.commands.zalo_money import budget_, template_
from motcua.environment import EnvironmentProblem
from motcua.problems import TellingGroup
from motcua.setup import migrate
from motcua.zalo import with_token


@click.group(cls=TellingGroup)
def zalo() -> None:
    """Kênh Zalo: mã truy cập của Official Account, kiểm tra kết nối, tin trả phí."""
    migrate()


zalo.add_command(budget_)
zalo.add_command(template_)


@zalo.command("token")
@click.option(
    "--new", is_flag=True, help="Nhập refresh token mới (không hiện khi gõ) và đổi lấy cặp mã ngay."
)
def token_(*, new: bool) -> None:
    """Xem mã truy cập còn hạn đến bao giờ; --new để nhập mã mới. Không bao giờ in cả mã."""
    account = _account()
    if new:
        entered = click.prompt("Refresh token", hide_input=True).strip()
        tokens.enter(account, entered)
        _refresh(account)
    row = tokens.row_of(with_token(account))
    if row:
        _tell(row)


@zalo.command("check")
def check_() -> None:
    """Hỏi Zalo tên của Official Account: mã truy cập và đường truyền có dùng được không."""
    client = ZaloClient(with_token(_account()))
    try:
        info = client.account_info()
    except ZaloError as problem:
        raise EnvironmentProblem(str(problem)) from problem
    finally:
        client.close()
    click.echo(f"Zalo nhận ra: {info.get('name', '(không tên)')}")


def _account() -> ZaloAccount:
    account = zalo_account()
    if account is None:
        raise EnvironmentProblem(
            "Zalo is off: set MOTCUA_ZALO_OA_ID and the others of docs/operators/zalo.md."
        )
    return account


def _refresh(account: ZaloAccount) -> None:
    try:
        tokens.refresh(account, instead_of="")
    except ZaloError as problem:
        raise EnvironmentProblem(f"{problem} Hãy lấy refresh token mới và nhập lại.") from problem


def _tell(row: ZaloToken) -> None:
    until = _moment(tokens.refresh_until(row))
    click.echo(f"Official Account:   {row.account}")
    click.echo(f"Mã truy cập:        {_ending(row.access_token)}, dùng được đến {_moment(row.access_until)}")
    click.echo(f"Mã làm mới:         {_ending(row.refresh_token)}, dùng được đến {until}")
    if row.problem:
        click.echo(f"Lần đổi mã gần nhất hỏng: {row.problem}")


def _ending(token: str) -> str:
    """Enough to compare with what the administrator has, too little to use."""
    if not token:
        return "chưa có"
    return f"…{token[-4:]}" if len(token) > 20 else "…"


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M, %d/%m/%Y}" if at else "chưa rõ"
