"""Where our own pages are."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address_of_site(request: HttpRequest) -> str:
    """Where citizens open the pages, without a slash at its end: as the operator says, else as asked here."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
