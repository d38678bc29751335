"""By which addresses an entrance is come in by, one a channel that knows links; and their QR codes."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import segno
from django.conf import settings

from office.models import Entrance

#: Level "quartile": a quarter of a code may be scratched or stained, as on a counter it will be.
ERROR_CORRECTION = "q"
#: Modules of white around a code; scanners need four (ISO/IEC 18004).
QUIET_ZONE = 4


@dataclass(frozen=True, kw_only=True)
class Way:
    """A channel, as citizens call it, and the address that begins there."""

    channel: str
    url: str

    def svg(self) -> str:
        """The QR code as an <svg> element that fills the width it is given."""
        code = segno.make_qr(self.url, error=ERROR_CORRECTION)
        return str(code.svg_inline(border=QUIET_ZONE, omitsize=True))

    def svg_file(self) -> bytes:
        """The QR code as an SVG document, for a printer's shop."""
        target = BytesIO()
        code = segno.make_qr(self.url, error=ERROR_CORRECTION)
        code.save(target, kind="svg", border=QUIET_ZONE, scale=10)
        return target.getvalue()


def ways_to(entrance: Entrance, *, site: str) -> tuple[Way, ...]:
    """site: where citizens open our pages, without a slash at its end; "" leaves the web chat out."""
    web = (Way(channel="Trang web", url=f"{site}/?q={entrance.key}"),) if site else ()
    name = settings.TELEGRAM_NAME
    telegram = (Way(channel="Telegram", url=f"https://t.me/{name}?start={entrance.key}"),) if name else ()
    return (*web, *telegram)
