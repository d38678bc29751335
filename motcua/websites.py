"""How the operator writes which websites may show the chat: as Content-Security-Policy takes them."""

from __future__ import annotations

import re

#: A website, or with * all of them below a domain of two names or more: `https://*.vn` would be everyone.
_WEBSITES = re.compile(r"https://(?:\*\.(?=.+\.))?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?")
#: By http only on this machine: elsewhere everyone between could change the page around the chat.
_HERE = re.compile(r"http://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?")


def origins_in(given: str) -> tuple[str, ...]:
    """The entries of a list with commas or spaces, in small letters."""
    return tuple(given.lower().replace(",", " ").split())


def is_origin(entry: str) -> bool:
    return bool(_WEBSITES.fullmatch(entry) or _HERE.fullmatch(entry))
