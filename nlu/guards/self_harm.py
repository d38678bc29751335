"""Someone wants to die: the writer, or somebody the writer tells of.

Hyperbole ("chờ muốn chết") and complaints ("sống không nổi với cái mùi này") are not meant.
"""

from __future__ import annotations

from typing import Literal

from nlu.categories import names_a_category
from nlu.guards.word_lists import word_lists
from nlu.word_rules import Said

#: Words before the wish in which the one who wishes is named.
_BEFORE = 5


def who_is_in_danger(said: Said) -> Literal["writer", "another", ""]:
    """ "writer" for "em không muốn sống nữa", "another" for "bạn em đòi nhảy cầu", "" for neither."""
    words = word_lists("self_harm")
    said = without_look_alikes(said)
    if words["asking"].stand_in(said):
        return ""
    certain = next(words["certain"].spans_in(said), None)
    soft = None if certain else next(words["soft"].spans_in(said), None)
    if not certain and not (soft and _is_about_nothing_else(said)):
        return ""
    start, end = certain or soft or (0, 0)
    teller = said.cut(max(0, start - _BEFORE), end)
    return "another" if words["another"].stand_in(teller) else "writer"


def _is_about_nothing_else(said: Said) -> bool:
    return not names_a_category(" ".join(said.tokens))


def without_look_alikes(said: Said) -> Said:
    """What is said, without the words that only look like it."""
    return word_lists("self_harm")["harmless"].taken_out_of(said)
