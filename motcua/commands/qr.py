"""`motcua qr`: codes that begin a conversation at a ward or at a procedure."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings

from bot.entrance_ways import ways_to
from knowledge_base.releases import pinned_library
from motcua.environment import EnvironmentProblem
from motcua.problems import TellingGroup
from motcua.setup import migrate
from office import entrances
from office.models import Entrance, Unit
from office.places import Found, find_ward


@click.group(cls=TellingGroup)
def qr() -> None:
    """Mã QR: dán ở quầy của phường, xã hoặc cạnh hướng dẫn thủ tục."""
    migrate()


@qr.command("make")
@click.option("--ward", "ward_name", default="", help="Phường, xã: tên (“phường Láng”) hoặc mã đơn vị.")
@click.option("--procedure", "code", default="", help="Mã thủ tục, ví dụ 1.001193.")
@click.option("--note", default="", help="Ghi chú, chỉ cán bộ đọc được.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Thư mục ghi các tệp SVG.",
)
def make(ward_name: str, code: str, note: str, out: Path | None) -> None:
    """Tạo một mã cho một phường, xã hoặc một thủ tục."""
    if bool(ward_name) == bool(code):
        raise click.UsageError("Ghi --ward hoặc --procedure, một trong hai.")
    _refuse_without_address()
    ward = _ward(ward_name) if ward_name else None
    made = entrances.make(ward=ward, procedure=_procedure(code) if code else "", note=note[:200], by=None)
    _tell(made, out)


@qr.command("list")
def list_() -> None:
    """Các mã còn dùng."""
    for entrance in Entrance.objects.select_related("ward").filter(revoked_at=None):
        leads_to = entrance.ward.name if entrance.ward else entrance.procedure
        click.echo(f"{entrance.key}  {leads_to}  {entrance.note}".rstrip())


@qr.command("show")
@click.argument("key")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="Thư mục ghi SVG."
)
def show(key: str, out: Path | None) -> None:
    """In lại địa chỉ và tệp SVG của một mã."""
    _refuse_without_address()
    entrance = Entrance.objects.filter(key=key, revoked_at=None).first()
    if entrance is None:
        raise click.ClickException("Không có mã nào như vậy đang dùng; xem `motcua qr list`.")
    _tell(entrance, out)


@qr.command("revoke")
@click.argument("key")
def revoke(key: str) -> None:
    """Thu hồi một mã: ai quét chỉ được chào như bình thường."""
    if not entrances.revoke(key, by=None):
        raise click.ClickException("Không có mã nào như vậy đang dùng; xem `motcua qr list`.")
    click.echo("Đã thu hồi.")


def _refuse_without_address() -> None:
    if not settings.PUBLIC_URL and not settings.TELEGRAM_NAME:
        raise EnvironmentProblem(
            "A QR code needs an address that phones can open: set MOTCUA_PUBLIC_URL or MOTCUA_TELEGRAM_NAME."
        )


def _ward(name: str) -> Unit:
    unit = Unit.objects.filter(code=name, kind__in=entrances.WARDS).first()
    if unit:
        return unit
    match find_ward(name):
        case Found(unit=found):
            return found
    raise click.UsageError(f"Không rõ “{name}” là phường, xã nào hiện nay. Ghi tên đầy đủ như “phường Láng”.")


def _procedure(code: str) -> str:
    with pinned_library() as library:
        if code in library.titles():
            return code
    raise click.UsageError(f"Không có thủ tục {code} trong kho đang dùng.")


def _tell(entrance: Entrance, out: Path | None) -> None:
    click.echo(entrance.key)
    for way in ways_to(entrance, site=settings.PUBLIC_URL):
        click.echo(f"  {way.channel}: {way.url}")
        if out:
            out.mkdir(parents=True, exist_ok=True)
            path = out / f"{entrance.key}-{way.channel.lower().replace(' ', '-')}.svg"
            path.write_bytes(way.svg_file())
            click.echo(f"  {path}")
