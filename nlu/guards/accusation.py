"""Feedback on service, a question how to complain, or an accusation: as docs/developers/accusations.md says.

Sources: decree 20/2008 art. 1 and 5 (delay, harassment, a wrong rule are feedback, those two are not),
Luật Khiếu nại art. 2 and 8, Luật Tố cáo art. 2, 8 and 22 (secrecy), QĐ 1207/QĐ-UBND (neither is taken in).
"""

from __future__ import annotations

import re

from nlu.guards.findings import GuardKind
from nlu.guards.named_person import names_a_person
from nlu.guards.word_lists import word_lists
from nlu.word_rules import Said

# "… được không ạ", "co … khong": a question, whatever it is about.
_POLITE = "ạ|a|ad|em|anh|chị|chi|vậy|vay|thế|the|nhỉ|bạn|ban"
_ENDS_ASKING = re.compile(rf"(?:không|khong|chưa|chua|nhỉ|nhi)(?: (?:{_POLITE}))*(?: [.!])*(?: \?)*$|\?$")


def judged(said: Said, text: str) -> GuardKind | None:
    """ACCUSATION where it is certain, PERHAPS_ACCUSATION where the citizen has to say, None otherwise."""
    words = word_lists("accusation")
    said = words["harmless"].taken_out_of(said)
    asks = words["asking"].stand_in(said) or _asks_at_its_end(said)
    if _lays_a_crime_to_someone_known(said, text):
        return GuardKind.ACCUSATION
    if asks:
        return None
    if words["explicit"].stand_in(said):
        return _explicit(said)
    if words["disputed"].stand_in(said) and words["decisions"].stand_in(said):
        return GuardKind.ACCUSATION
    return GuardKind.PERHAPS_ACCUSATION if _may_accuse(said, text) else None


def asks_how(said: Said) -> bool:
    """Whether the text asks how to complain, or what becomes of a complaint."""
    words = word_lists("accusation")
    about_it = words["explicit"].stand_in(said) or words["decisions"].stand_in(said)
    return about_it and (words["asking"].stand_in(said) or _asks_at_its_end(said))


def _lays_a_crime_to_someone_known(said: Said, text: str) -> bool:
    words = word_lists("accusation")
    if words["news"].stand_in(said):
        return False
    grave = words["grave"].stand_in(said)
    if grave and words["heads"].stand_in(said):
        return True
    return (grave or words["crimes"].stand_in(said)) and names_a_person(said, text)


def _explicit(said: Said) -> GuardKind:
    """ "Khiếu nại" is also said of a bill or a rude clerk: then, and of a petition sent before, ask."""
    words = word_lists("accusation")
    only_complains = not words["denouncing"].stand_in(said) and not words["decisions"].stand_in(said)
    of_service = words["service"].stand_in(said) or words["pending"].stand_in(said)
    return GuardKind.PERHAPS_ACCUSATION if only_complains and of_service else GuardKind.ACCUSATION


def _may_accuse(said: Said, text: str) -> bool:
    """A crime laid to people unnamed, a demand of money laid to one named, displeasure with a fine."""
    words = word_lists("accusation")
    if words["news"].stand_in(said):
        return False
    crime = words["grave"].stand_in(said) or words["crimes"].stand_in(said)
    if crime and (words["heads"].stand_in(said) or words["accused"].stand_in(said)):
        return True
    if words["hints"].stand_in(said) and names_a_person(said, text):
        return True
    if words["disputed"].stand_in(said) and words["any_decision"].stand_in(said):
        return True
    return words["displeased"].stand_in(said) and words["fines"].stand_in(said)


def _asks_at_its_end(said: Said) -> bool:
    """Not a telling that only ends so: "gửi đơn ba tháng rồi vẫn chưa"."""
    return _ENDS_ASKING.search(" ".join(said.tokens)) is not None
