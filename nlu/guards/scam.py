"""Told of: somebody pretends to be an official, or asks in the office's name for a code, money or an app."""

from __future__ import annotations

from nlu.guards.word_lists import word_lists
from nlu.word_rules import Said


def speaks(said: Said) -> bool:
    """Whether the text tells of a fake official or of money or codes already given away."""
    words = word_lists("scam")
    if words["asking"].stand_in(said):
        return False
    pretends = words["pretending"].stand_in(said) and words["officials"].stand_in(said)
    called = words["contacts"].stand_in(said) and words["officials"].stand_in(said)
    return pretends or (called and words["wanted"].stand_in(said)) or words["harmed"].stand_in(said)
