"""`motcua keys`: by which other systems send reports."""

from __future__ import annotations

import click

from motcua.problems import TellingGroup
from motcua.setup import migrate
from office import api_keys
from office.models import ApiKey, Unit


@click.group(cls=TellingGroup)
def keys() -> None:
    """Khoá API: hệ thống khác gửi phản ánh theo chuẩn Open311."""
    migrate()


@keys.command("make")
@click.argument("name")
@click.option("--unit", "unit_code", default="", help="Mã đơn vị quản lý hệ thống.")
def make(name: str, unit_code: str) -> None:
    """Tạo một khoá cho hệ thống NAME, in ra một lần duy nhất."""
    made = api_keys.make(name=name, unit=_unit(unit_code), by=None)
    click.echo(made.words)
    click.echo(f"Khoá số {made.key.pk} của {made.key.name}. Chép ngay: khoá không hiện lại.", err=True)


@keys.command("list")
def list_() -> None:
    """Các khoá còn dùng: số, mấy ký tự đầu, lần dùng cuối, tên."""
    for key in ApiKey.objects.filter(revoked_at=None):
        used = f"{key.last_used_at:%Y-%m-%d}" if key.last_used_at else "chưa dùng"
        click.echo(f"{key.pk}  {key.start}…  {used}  {key.name}")


@keys.command("revoke")
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """Thu hồi khoá số NUMBER: từ nay không gửi phản ánh bằng khoá này được."""
    if not api_keys.revoke(number, by=None):
        raise click.ClickException("Không có khoá nào số này đang dùng; xem `motcua keys list`.")
    click.echo("Đã thu hồi.")


def _unit(code: str) -> Unit | None:
    unit = Unit.objects.filter(code=code).first() if code else None
    if code and unit is None:
        raise click.UsageError(f"Không có đơn vị nào mang mã {code}.")
    return unit
