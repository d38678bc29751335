"""Discovery: which interface is served where, and whom to ask. And tokens, of which none is ever out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from office.hotlines import city_hotline
from web.open311.errors import NotFound
from web.open311.formats import MEDIA_TYPES
from web.open311.shapes import DISCOVERY, Discovery, Document, Endpoint
from web.site import address_of_site

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
#: To be raised when services or their definitions change; clients then read them again.
CHANGESET = "2026-11-22 00:00"


def shown(request: HttpRequest) -> Document:
    line = city_hotline()
    here = Endpoint(
        specification=SPECIFICATION,
        url=f"{address_of_site(request)}/open311/v2",
        changeset=CHANGESET,
        type="test" if settings.DEMONSTRATION else "production",
        formats=tuple(MEDIA_TYPES.values()),
    )
    told = Discovery(
        changeset=CHANGESET,
        contact=f"{line.name}: {line.number}",
        key_service=f"Khoá do quản trị của cơ quan cấp; liên hệ {line.name}: {line.number}.",
        endpoints=(here,),
    )
    return Document(kind=DISCOVERY, entries=(told,))


def token(_request: HttpRequest, token: str) -> Document:  # noqa: ARG001 -- whichever it is
    """Every request gets its number at once, so that no token exists. Raises NotFound."""
    raise NotFound("Không có token này: mã phản ánh được trả ngay khi gửi, ở đây không dùng token.")
