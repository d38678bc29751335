"""Back to what was spoken of before: "quay lại cái khai sinh lúc nãy", "việc lúc nãy"."""

from __future__ import annotations

import re

from bot import decided, moves
from bot.decided import Decided, Situation
from bot.follow_up import ASKING
from bot.searched import which_one
from knowledge_base.variations import variation
from nlu.text import fold, syllables

_BACK = re.compile(r"\b(?:quay lai|tro lai|quay ve|tro ve|ve lai)\b(?! (?:sau|ngay|lam))")
_BEFORE = re.compile(
    r"\b(?:luc nay|ban nay|hoi nay|khi nay|vua nay|vua roi|luc truoc|ban dau|luc dau|truoc do|nay gio)\b"
)
#: Marked words that are written like these without marks: "lúc này", "hồi này" speak of now.
_NOW = re.compile(r"\b(?:lúc|khi|hồi|ban) này\b", re.IGNORECASE)
#: Folded syllables that point at a matter and do not name it.
_POINTING = frozenset("cai viec thu tuc ve noi chuyen hoi muc phan dang vua roi chuyen do ay kia".split())  # noqa: SIM905


def returned(now: Situation) -> Decided | None:
    """The matter that the words name among those spoken of, or the one before; asks where several fit.

    Of variants of one matter the one spoken of last is meant.
    """
    text = now.seen.words
    folded = fold(text)
    recent = tuple(code for code in reversed(now.state.recent) if code in now.titles)
    if not recent or _NOW.search(text) or not (_BACK.search(folded) or _BEFORE.search(folded)):
        return None
    named = _named(folded)
    meant = _titled(now, recent, named) if named else _others(now, recent)
    if not meant:
        return None
    if len({variation(now.titles[code]).matter for code in meant}) > 1:
        return which_one(now, meant)
    return decided.answer(now.state, moves.Answer(code=meant[0], part=now.seen.part))


def _named(folded: str) -> set[str]:
    """What is left when the words of going back, of asking and of pointing are taken out."""
    left = _BEFORE.sub(" ", _BACK.sub(" ", folded))
    return set(syllables(left)) - ASKING - _POINTING


def _titled(now: Situation, recent: tuple[str, ...], named: set[str]) -> tuple[str, ...]:
    return tuple(code for code in recent if named <= set(syllables(fold(now.titles[code]))))


def _others(now: Situation, recent: tuple[str, ...]) -> tuple[str, ...]:
    """Those before the one spoken of; alone, the one spoken of."""
    return tuple(code for code in recent if code != now.state.procedure) or recent
