"""Our own pages that an answer leads to, as paths of this site; web/public/urls.py serves them."""

from __future__ import annotations

from urllib.parse import quote


def procedure(code: str) -> str:
    """The page of one procedure."""
    return f"/thu-tuc/{quote(code, safe='')}"


def article(slug: str) -> str:
    """The page of one article."""
    return f"/bai-viet/{quote(slug, safe='')}"


def papers(code: str) -> str:
    """Its papers, for printing."""
    return f"{procedure(code)}/giay-to"
