"""Whether this account is the city's own: a question with an official answer."""

from __future__ import annotations

from nlu.guards.word_lists import word_lists
from nlu.word_rules import Said


def asked(said: Said) -> bool:
    """ "Đây có phải tài khoản thật không", "zalo này của ai": about this channel, not about a document."""
    words = word_lists("genuine_account")
    if words["outright"].stand_in(said):
        return True
    return words["channels"].stand_in(said) and words["doubts"].stand_in(said)
