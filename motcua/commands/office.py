"""`motcua office`: what the office is made of: people are invited, service points come in from a list."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from motcua.problems import TellingGroup
from motcua.setup import migrate
from office import accounts
from office.models import Staff, Unit
from office.service_points import Line, Outcome, import_service_points

_TITLES = {
    Outcome.NEW: "mới",
    Outcome.CHANGED: "đổi",
    Outcome.UNCHANGED: "không đổi",
    Outcome.REFUSED: "bị từ chối",
}
_SHOWN = 20


@click.group(cls=TellingGroup)
def office() -> None:
    """Cơ quan: cán bộ, điểm tiếp nhận hồ sơ."""
    migrate()


@office.command("import-service-points")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Chỉ nói sẽ làm gì, không ghi.")
def import_service_points_(path: Path, *, dry_run: bool) -> None:
    """Nhập điểm tiếp nhận từ tệp CSV có các cột như starter/service_points.csv; không xóa điểm nào.

    Mã thoát 1 khi có dòng bị từ chối, 2 khi không đọc được tệp.
    """
    lines = import_service_points(path, dry_run=dry_run)
    _tell(lines)
    click.echo("Chưa ghi gì." if dry_run else "Đã ghi. Có hiệu lực ngay.")
    sys.exit(1 if any(line.outcome is Outcome.REFUSED for line in lines) else 0)


@office.command("invite")
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in Staff.Role]), required=True, help="Vai trò.")
@click.option("--unit", "unit_codes", multiple=True, help="Mã đơn vị; lặp lại khi thuộc nhiều đơn vị.")
@click.option("--email", default="", help="Thư điện tử.")
def invite(name: str, role: str, unit_codes: tuple[str, ...], email: str) -> None:
    """Mời một cán bộ, tên đăng nhập NAME: in ra liên kết dùng một lần trong 72 giờ.

    Người được mời tự đặt họ tên và mật khẩu. Quản trị viên đầu tiên vào bằng lệnh này.
    """
    made = accounts.invite(
        username=name, email=email, role=Staff.Role(role), units=_units(unit_codes), by=None
    )
    click.echo(f"{settings.PUBLIC_URL}{reverse('desk:set-password', args=[made.words])}")
    if not settings.PUBLIC_URL:
        click.echo(
            "Đặt địa chỉ của bàn làm việc vào trước, ví dụ http://127.0.0.1:8000 (MOTCUA_PUBLIC_URL).",
            err=True,
        )
    until = timezone.localtime(made.link.expires_at)
    click.echo(f"Chép ngay: liên kết không hiện lại, dùng được đến {until:%H:%M %d/%m/%Y}.", err=True)


def _units(codes: Sequence[str]) -> list[Unit]:
    found = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    if unknown := sorted(set(codes) - found.keys()):
        raise click.UsageError(f"Không có đơn vị nào mang mã {', '.join(unknown)}. {_known_codes()}")
    return list(found.values())


def _known_codes() -> str:
    if not Unit.objects.exists():
        return "Máy này chưa có đơn vị nào: chạy `motcua run` một lần trước, hoặc mời quản trị viên đầu tiên."
    some = ", ".join(Unit.objects.order_by("pk").values_list("code", flat=True)[:3])
    return f"Mã đơn vị có ở trang /desk/units/, ví dụ {some}."


def _tell(lines: Sequence[Line]) -> None:
    for outcome, title in _TITLES.items():
        of_it = [line for line in lines if line.outcome is outcome]
        if not of_it:
            continue
        click.echo(f"{title}: {len(of_it)}")
        if outcome is Outcome.UNCHANGED:
            continue
        for line in of_it if outcome is Outcome.REFUSED else of_it[:_SHOWN]:
            details = line.reason or (", ".join(line.changed) if outcome is Outcome.CHANGED else "")
            click.echo(f"  {line.place}  {line.code}  {details}".rstrip(), err=outcome is Outcome.REFUSED)
