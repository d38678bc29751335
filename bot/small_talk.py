"""Greetings, thanks and questions about the assistant: one short line each."""

from __future__ import annotations

from dataclasses import replace

from bot import decided, moves
from bot.decided import Decided, Situation
from bot.moves import Phrase
from knowledge_base.decision import Answerable
from nlu.intents import SURE


def small_talk(now: Situation) -> Decided | None:
    """A greeting, thanks, or a question about the assistant: one short line, and what was spoken of stays."""
    seen = now.seen
    if seen.part and isinstance(seen.decision, Answerable):
        return None
    if seen.is_about("out_of_scope", at_least=SURE):
        return _out_of_scope(now)
    for names, phrase in _PHRASE_OF_INTENT:
        if seen.is_about(names, at_least=SURE):
            return decided.say(replace(now.state, failures=0), _once(now, phrase))
    return None


def _out_of_scope(now: Situation) -> Decided:
    """Said once; whoever is answered so again, or was not understood before, is offered other ways."""
    failures = now.state.failures + 1
    if failures >= moves.FAILURES_BEFORE_HELP:
        return decided.not_understood(now.state, moves.AskAgain(nearest=()))
    return decided.say(replace(now.state, failures=failures), Phrase.OUT_OF_SCOPE)


def _once(now: Situation, phrase: Phrase) -> Phrase:
    """Who greets again in the middle of a conversation knows already who speaks."""
    known = now.heard_before is not None and not now.is_back
    return Phrase.GREETING_AGAIN if known and phrase is Phrase.GREETING else phrase


_PHRASE_OF_INTENT = (
    ("greet", Phrase.GREETING),
    ("goodbye_thanks", Phrase.THANKS),
    ("about_bot", Phrase.ABOUT),
    ("rate_service", Phrase.RATING),
)
