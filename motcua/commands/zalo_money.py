"""`motcua zalo budget` and `motcua zalo template`: what billed messages may cost, and the paid notices."""

from __future__ import annotations

import click
from django.utils import timezone

from bot import paid_templates, spending
from bot.channels.zalo.updates import CHANNEL
from bot.paid_templates import Purpose
from bot.reach_words import dong
from conversations.held import held_turns
from conversations.models import Turn

_AMOUNT = click.IntRange(0, 2_000_000_000)


@click.command("budget")
@click.option("--cap", type=_AMOUNT, help="Hạn mức mới cho mỗi tháng, đồng; 0: không gửi gì phải trả tiền.")
@click.option("--reply-price", type=_AMOUNT, help="Giá một tin tư vấn sau 48 giờ, đồng, theo hợp đồng.")
@click.option("--because", default="", help="Quyết định hoặc lý do; được ghi vào sổ.")
def budget_(*, cap: int | None, reply_price: int | None, because: str) -> None:
    """Xem tháng này đã chi bao nhiêu cho tin trả phí; đặt hạn mức và giá."""
    if cap is not None or reply_price is not None:
        _decide(cap, reply_price, because)
    _tell_month()
    _tell_templates()


def _decide(cap: int | None, reply_price: int | None, because: str) -> None:
    known = spending.budget_of(CHANNEL)
    spending.decide(
        CHANNEL,
        dong_a_month=known.dong_a_month if cap is None else cap,
        dong_a_reply=known.dong_a_reply if reply_price is None else reply_price,
        because=_reason(because),
    )


@click.command("template")
@click.argument("purpose", type=click.Choice([purpose.value for purpose in Purpose]))
@click.argument("template_id", required=False, default="")
@click.option("--price", type=click.IntRange(1, 1_000_000), help="Giá một tin mẫu, đồng, theo hợp đồng.")
@click.option("--off", is_flag=True, help="Thôi dùng mẫu này.")
@click.option("--because", default="", help="Quyết định hoặc lý do; được ghi vào sổ.")
def template_(purpose: str, template_id: str, *, price: int | None, off: bool, because: str) -> None:
    """Dùng mẫu ZBS TEMPLATE_ID để báo tiến độ phản ánh (progress) hay có trả lời (answer); --off để thôi."""
    wanted = Purpose(purpose)
    if off:
        if not paid_templates.remove(CHANNEL, wanted, because=_reason(because)):
            click.echo("Chưa có mẫu nào để thôi dùng.")
    elif not template_id.isdecimal() or price is None:
        raise click.UsageError("cần số của mẫu mà Zalo đã duyệt và --price, hoặc --off")
    else:
        paid_templates.enter(CHANNEL, wanted, template_id=template_id, dong=price, because=_reason(because))
    _tell_templates()


def _reason(because: str) -> str:
    if not because.strip():
        raise click.UsageError("cần --because: quyết định hoặc lý do, để người sau kiểm tra được")
    return because.strip()


def _tell_month() -> None:
    now = timezone.now()
    month = spending.books(CHANNEL, at=now)
    click.echo(f"Tháng {month.begins:%m/%Y}")
    click.echo(f"Hạn mức:     {dong(month.cap)}{'' if month.cap else ' (không gửi gì phải trả tiền)'}")
    click.echo(f"Đã chi:      {dong(month.total)}, còn {dong(month.left)}")
    for spent in month.spent:
        click.echo(f"  {spent.kind.label}: {spent.messages} tin, {dong(spent.dong)}")
    click.echo(f"Giá một tin tư vấn sau 48 giờ: {dong(spending.budget_of(CHANNEL).dong_a_reply)}")
    waiting = held_turns(Turn.objects.filter(channel=CHANNEL)).count()
    click.echo(f"Chờ người dân nhắn lại: {waiting} tin")


def _tell_templates() -> None:
    for purpose in Purpose:
        template = paid_templates.template_of(CHANNEL, purpose)
        used = f"{template.template_id}, {dong(template.dong)} mỗi tin" if template else "không dùng"
        click.echo(f"Mẫu báo “{purpose.label.lower()}” ({purpose.value}): {used}")
