"""Our own pages that an answer leads to, as paths of this site; web/public/urls.py serves them."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings

from bot.channels.webchat import WebChat

#: What is kept of a citizen, and what he or she can do about it.
OWN_DATA = "/du-lieu-cua-toi"


def procedure(code: str) -> str:
    """The page of one procedure."""
    return f"/thu-tuc/{quote(code, safe='')}"


def article(slug: str) -> str:
    """The page of one article."""
    return f"/bai-viet/{quote(slug, safe='')}"


def papers(code: str) -> str:
    """Its papers, for printing."""
    return f"{procedure(code)}/giay-to"


def report(code: str) -> str:
    """The page of a published report."""
    return f"/phan-anh/{quote(code, safe='')}"


def own_data_copy(token: str) -> str:
    """Where a copy of one's data is fetched, once."""
    return f"{OWN_DATA}/ban-sao/{quote(token, safe='')}"


def open_from(channel: str) -> bool:
    """Whether a page of ours can be opened from this channel: elsewhere it needs a public address."""
    return channel == WebChat.name or bool(settings.PUBLIC_URL)
