"""An outbound turn as plain text: who speaks, the words, the source; cut to a limit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings

from casework import visibility
from conversations.messages import Author
from conversations.models import Turn

ASSISTANT_LABEL = "🤖 Trợ lý ảo"
OFFICIAL_LABEL = "👤 Cán bộ"

# Where a long text may be cut, best first: between paragraphs, lines, sentences, words.
BORDERS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.;:!?…])\s"), re.compile(r"\s"))


def label(turn: Turn) -> str:
    """Who speaks. No reply leaves without it: a machine never passes for a person."""
    if turn.author != Author.OFFICIAL:
        return ASSISTANT_LABEL
    unit = visibility.speaks_for(turn.staff) if turn.staff else None
    return f"{OFFICIAL_LABEL} – {unit.name}" if unit else OFFICIAL_LABEL


def source_line(citation: dict[str, Any] | None) -> str:
    """The source of what was quoted, on one line; "" when nothing was quoted."""
    if not citation:
        return ""
    facts = (
        f"{citation['title']} (mã {citation['code']})" if citation.get("code") else citation["title"],
        citation.get("decision"),
        f"cập nhật {citation['updated']}" if citation.get("updated") else "",
        citation.get("note"),
        address(citation.get("page", "")) or citation.get("url"),
    )
    return "📄 Nguồn: " + " · ".join(_one_line(fact) for fact in facts if fact)


def address(url: str) -> str:
    """The address as it works outside our site; "" for a page of ours when no public address is set."""
    if not url.startswith("/"):
        return url
    return f"{settings.PUBLIC_URL}{url}" if settings.PUBLIC_URL else ""


def choices_of(turn: Turn) -> list[dict[str, str]]:
    """The buttons of a turn, with addresses that work outside our site; those that would not are left out."""
    whole = [{**choice, "url": address(choice["url"])} for choice in turn.payload.get("choices", [])]
    return [choice for choice in whole if choice["payload"] or choice["url"]]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def whole(turn: Turn, *, links: str = "") -> str:
    """The reply as one text. links: lines for buttons the messenger cannot show as such."""
    body = "\n\n".join(part for part in (turn.text, source_line(turn.payload.get("citation")), links) if part)
    return f"{label(turn)}\n{body}"


def utf16_units(text: str) -> int:
    """Length as Telegram counts it: "👤" is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, *, limit: int, size: Callable[[str], int] = len) -> tuple[str, ...]:
    """The text in pieces of at most `limit`, cut at the best border in the second half of each, else hard.

    Nothing but white space at the cuts is lost, and no piece is blank; a blank text has no pieces.
    """
    return tuple(_cut(text.strip(), limit=limit, size=size))


def _cut(text: str, *, limit: int, size: Callable[[str], int]) -> Iterator[str]:
    while size(text) > limit:
        head = text[: _longest_prefix(text, limit=limit, size=size)]
        end = _best_border(head)
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text:
        yield text


def _longest_prefix(text: str, *, limit: int, size: Callable[[str], int]) -> int:
    """How many characters fit; a character is never parted, whatever `size` counts."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= limit else (low, middle - 1)
    return low


def _best_border(head: str) -> int:
    for border in BORDERS:
        ends = [match.start() for match in border.finditer(head, len(head) // 2)]
        if ends:
            return ends[-1]
    return len(head)
