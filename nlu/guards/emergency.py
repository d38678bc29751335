"""Somebody is in danger now: fire, violence, an accident, illness, a child lost.

Three strengths of words (data/guards/emergency.yml): a plea is an emergency whatever else is said; a fire is
one unless the text says that it is over or asks about what comes after it; any other event also gives way to
a question about a procedure, a rule or a benefit, and to a danger that may come or keeps coming. So does a
danger told in words of one's own (data/guards/dangers.yml).
"""

from __future__ import annotations

from nlu.guards.word_lists import word_lists, word_pairs
from nlu.word_rules import Said


def speaks(said: Said) -> bool:
    """Whether the text calls for help that the assistant cannot give."""
    words = word_lists("emergency")
    said = without_look_alikes(said)
    if words["pleas"].stand_in(said):
        return not words["about_calling"].stand_in(said)
    if words["over"].stand_in(said):
        return words["still"].stand_in(said) and words["cries"].stand_in(said)
    aftermath = words["aftermath"].stand_in(said)
    if words["cries"].stand_in(said) and not aftermath:
        return True
    turned_away = aftermath or words["asking"].stand_in(said) or words["possible"].stand_in(said)
    return not turned_away and (words["events"].stand_in(said) or _in_danger(said))


def _in_danger(said: Said) -> bool:
    """A hazard, and a sign that somebody is in it now (data/guards/dangers.yml)."""
    return any(
        danger["hazard"].stand_in(said) and danger["sign"].stand_in(said)
        for danger in word_pairs("dangers").values()
    )


def without_look_alikes(said: Said) -> Said:
    """What is said, without the words that only look like it."""
    return word_lists("emergency")["harmless"].taken_out_of(said)
