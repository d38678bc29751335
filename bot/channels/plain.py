"""A reply as plain text: who speaks, the source on one line, and pieces that lose nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from textwrap import shorten

from django.conf import settings

from casework import visibility
from conversations.messages import Author, Citation
from conversations.models import Turn
from office.links import safe_url

ASSISTANT_LABEL = "🤖 Trợ lý ảo"
OFFICIAL_LABEL = "👤 Cán bộ"

#: Characters of each fact on the source line; the longest titles of procedures have a thousand.
LONGEST_FACT = 250

# Where a long text may be cut, best first: between paragraphs, lines, sentences, words.
BORDERS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.;:!?…])\s"), re.compile(r"\s"))
#: The number or dot of a list ("1.", "a)", "•"): what it stands before stays with it.
_MARKER = re.compile(r"\s*(?:[-–•*+]|\(?\w{1,4}[.)])\s*")
_ZERO_WIDTH_JOINER = "\u200d"
_EMOJI_MODIFIERS = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_REGIONAL = range(0x1F1E6, 0x1F200)


def label(turn: Turn) -> str:
    """Who speaks. No reply leaves without it: a machine never passes for a person."""
    if turn.author != Author.OFFICIAL:
        return ASSISTANT_LABEL
    unit = visibility.speaks_for(turn.staff) if turn.staff else None
    return f"{OFFICIAL_LABEL} – {unit.name}" if unit else OFFICIAL_LABEL


def source_line(citation: Citation | None) -> str:
    """The source of what was quoted, on one line; "" when nothing was quoted."""
    if not citation:
        return ""
    title = _one_line(citation.title)
    facts = (
        f"{title} (mã {citation.code})" if citation.code else title,
        _one_line(citation.decision),
        f"cập nhật {citation.updated}" if citation.updated else "",
        _one_line(citation.note),
        address(citation.page) or address(citation.url),
    )
    return "📄 Nguồn: " + " · ".join(fact for fact in facts if fact)


def address(url: str) -> str:
    """The address as it works outside our site.

    "" for a page of ours when no public address is set, and for whatever people are not to be sent to.
    """
    safe = safe_url(url)
    if not safe.startswith("/"):
        return safe
    return f"{settings.PUBLIC_URL}{safe}" if settings.PUBLIC_URL else ""


def _one_line(text: str) -> str:
    return shorten(text, LONGEST_FACT, placeholder="…")


def utf16_units(text: str) -> int:
    """Length as Telegram counts it: "👤" is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, *, limit: int, size: Callable[[str], int] = len) -> tuple[str, ...]:
    """The text in pieces of at most `limit`, cut at the best border in the second half of each, else hard.

    Nothing but white space at the cuts is lost, and no piece is blank; a blank text has no pieces. A list
    stays with the line that announces it and an entry with its number, where a border allows; a letter
    with its marks and an emoji of several characters are cut only where they alone exceed the limit.
    """
    return tuple(_cut(text.strip(), limit=limit, size=size))


def _cut(text: str, *, limit: int, size: Callable[[str], int]) -> Iterator[str]:
    while size(text) > limit:
        end = _best_border(text, _longest_prefix(text, limit=limit, size=size))
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text:
        yield text


def _longest_prefix(text: str, *, limit: int, size: Callable[[str], int]) -> int:
    """How many characters fit, whatever `size` counts."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= limit else (low, middle - 1)
    return low


def _best_border(text: str, fits: int) -> int:
    found = [tuple(border.finditer(text, fits // 2, fits + 1)) for border in BORDERS]
    for leads_on in (_announces, _is_marker):
        for matches in found:
            for match in reversed(matches):
                if not leads_on(_last_line(text, match.start())) and not _is_inside(text, match.end()):
                    return match.start()
    return next((end for end in range(fits, fits // 2, -1) if not _is_inside(text, end)), fits)


def _last_line(text: str, end: int) -> str:
    return text[text.rfind("\n", 0, end) + 1 : end]


def _is_marker(line: str) -> bool:
    return _MARKER.fullmatch(line) is not None


def _announces(line: str) -> bool:
    """What follows belongs to it: a number, or the line above a list."""
    return _is_marker(line) or line.rstrip().endswith(":")


def _is_inside(text: str, at: int) -> bool:
    """Whether a cut at `at` would part what a reader sees as one character.

    The rules of Unicode's annex 29 that chat messages meet: marks, joined and coloured emoji, flags.
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isspace():  # a mark on nothing but the white space that a cut takes away
        return False
    if _ZERO_WIDTH_JOINER in {before, after} or unicodedata.category(after).startswith("M"):
        return True
    if ord(after) in _EMOJI_MODIFIERS or ord(after) in _TAGS:
        return True
    return ord(after) in _REGIONAL and _flags_before(text, at) % 2 == 1


def _flags_before(text: str, at: int) -> int:
    start = at
    while start and ord(text[start - 1]) in _REGIONAL:
        start -= 1
    return at - start
