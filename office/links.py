"""Which addresses a citizen may be sent to: the state's own domains, and our own pages."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings

#: Names under gov.vn are given to state bodies only.
ALLOWED_DOMAINS = ("gov.vn",)
#: A call button: a short number (114) or one with digits alone.
PHONE = re.compile(r"tel:\+?\d{3,15}")

# An address in running words: with its scheme, or a name that ends as domains do.
_ADDRESS = re.compile(
    r"(?i)(?:https?://|www\.)[^\s<>\"“”]+"
    r"|(?<![@\w./-])(?:[a-z0-9-]+\.)+(?:vn|com|net|org|info|me|ly|io|gl|app|link|page|site|online|top|xyz|shop)"
    r"(?![\w.@-]*\w)(?:/[^\s<>\"“”]*)?"
)


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


def strange_links(text: str) -> tuple[str, ...]:
    """The addresses in somebody's words that lead neither to the state's domains nor to our own pages."""
    found = (match.group().rstrip(".,;:!?)]}…") for match in _ADDRESS.finditer(text))
    return tuple(dict.fromkeys(link for link in found if not _is_known(link)))


def _is_known(link: str) -> bool:
    url = link if "://" in link else f"https://{link}"
    own = settings.PUBLIC_URL
    return bool(safe_url(url)) or (bool(own) and (url == own or url.startswith(f"{own}/")))
