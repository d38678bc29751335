"""A message that only announces one: "cho em hỏi", "ad ơi cho hỏi chút". The question comes in the next."""

from __future__ import annotations

from nlu.text import fold, syllables

#: Folded syllables of which such a message is made; one of _ASKS is among them.
_OPENING = frozenset(
    """
    a ad admin ah ai anh ay ban bac bot cai can chi chao cho chu chut co cung da dum em gi giup hi hoi ho ha
    ke lam minh mot muon nha nay nhe nho oi phep phien shop ti toi ty tu van viec voi vang xin xiu
    """.split()  # noqa: SIM905
)
_ASKS = frozenset({"hoi"})
LONGEST = 10


def only_opens(text: str) -> bool:
    """True for words that say a question is coming and nothing of it."""
    said = syllables(fold(text))
    return 0 < len(said) <= LONGEST and not _ASKS.isdisjoint(said) and _OPENING.issuperset(said)
