"""Which addresses a citizen may be sent to: the state's own domains, and our own pages."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: Names under gov.vn are given to state bodies only.
ALLOWED_DOMAINS = ("gov.vn",)
#: A call button: a short number (114) or one with digits alone.
PHONE = re.compile(r"tel:\+?\d{3,15}")


def safe_url(url: str) -> str:
    """The address when it may be shown as a link, "" otherwise.

    http(s) to an allowed domain or one below it, without a user part; a path of this site; a phone number.
    """
    if any(letter <= " " or letter == "\\" for letter in url):
        return ""
    if PHONE.fullmatch(url):
        return url
    if url.startswith("/") and not url.startswith("//"):
        return url
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or port not in {None, 80, 443}:
        return ""
    return url if any(host == domain or host.endswith(f".{domain}") for domain in ALLOWED_DOMAINS) else ""
