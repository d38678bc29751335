"""Insults, threats and harassment with no matter beside them. Anger about a real problem is not abuse:

"rác 3 ngày không dọn, làm ăn như c…" is a report, with its swear word.
"""

from __future__ import annotations

from nlu.asked_part import asked_part
from nlu.categories import names_a_category
from nlu.guards.word_lists import word_lists
from nlu.word_rules import Said

#: Words left when insults and small words are gone, from which on the message is about something.
_WORDS_OF_A_MATTER = 6


def speaks(said: Said) -> bool:
    """Whether the text only insults, threatens or harasses."""
    words = word_lists("abuse")
    said = words["harmless"].taken_out_of(said)
    if words["threats"].stand_in(said) or words["harassment"].stand_in(said):
        return True
    return words["insults"].stand_in(said) and not _is_about_something(said)


def _is_about_something(said: Said) -> bool:
    words = word_lists("abuse")
    rest = said.without(words["insults"], words["small_words"])
    about = " ".join(rest.words)
    told = len(rest.words) >= _WORDS_OF_A_MATTER or names_a_category(about)
    return told or asked_part(about) is not None or words["matters"].stand_in(rest)
