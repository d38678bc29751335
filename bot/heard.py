"""What one message says, with those that are answered together with it; read from their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.bursts import earlier_version, is_correction_of, is_same_album, parts_of
from conversations.messages import MediaReference, MessageKind
from conversations.models import Turn
from conversations.taken_back import DELETED
from nlu.openings import only_opens


@dataclass(frozen=True, kw_only=True)
class Heard:
    """The words and the files of a message and its parts.

    redacted: the guard that left out something, "" for none. replaces: the words a corrected message had
    before, and what was said to them is no longer true; "" where nothing was.
    shows_paper: it came with the picture of an identity paper, which was not kept.
    """

    text: str
    media: tuple[MediaReference, ...] = ()
    redacted: str = ""
    replaces: str = ""
    shows_paper: bool = False


def goes_with(turn: Turn, later: Turn) -> bool:
    """Whether the answer to `later` answers this one, too."""
    opens = turn.kind == MessageKind.TEXT and only_opens(turn.text)
    return opens or is_same_album(turn, later) or is_correction_of(turn, later)


def heard(turn: Turn) -> Heard:
    parts = parts_of(turn)
    kept = [part for part in parts if not _is_replaced(part, parts) and part.redacted != DELETED]
    return Heard(
        text="\n".join(_words(kept)),
        media=tuple(MediaReference(**medium) for part in kept for medium in part.payload.get("media", ())),
        redacted=next((part.redacted for part in kept if part.redacted), ""),
        replaces=_replaced(turn, parts),
        shows_paper=any(part.payload.get("shows_paper") for part in kept),
    )


def _words(parts: Sequence[Turn]) -> list[str]:
    """All that was said, without an opening before it."""
    said = [part.text.strip() for part in parts if part.text.strip()]
    return [text for text in said if not only_opens(text)] or said


def _is_replaced(part: Turn, parts: Sequence[Turn]) -> bool:
    return any(part.pk < later.pk and is_correction_of(part, later) for later in parts)


def _replaced(turn: Turn, parts: Sequence[Turn]) -> str:
    if turn.kind != MessageKind.EDITED:
        return ""
    before = earlier_version(turn)
    return before.text if before and before not in parts else ""
