"""What is looked at before anything is stored or searched: danger, despair, secrets, accusations, abuse.

Pure rules over the words in data/guards/. An accusation's details and a classified text are never kept:
tố cáo and khiếu nại have procedures of their own with secrecy of identity (Luật Tố cáo; QĐ 1207/QĐ-UBND of
28/2/2025 keeps both, and state secrets, out of the feedback system). What is feedback and what an accusation
is specified row by row in docs/developers/accusations.md, which the tests read.
"""

from __future__ import annotations

from nlu.guards import abuse, accusation, emergency, genuine_account, injection, scam, self_harm, state_secret
from nlu.guards.disguise import undisguised
from nlu.guards.findings import REDACTED, Finding, GuardKind, kept, left_out
from nlu.guards.injection import without_instructions
from nlu.guards.named_person import names_a_person
from nlu.text import clean
from nlu.word_rules import NOTHING, Said

__all__ = [
    "REDACTED",
    "Finding",
    "GuardKind",
    "asks_how_to_complain",
    "look",
    "without_instructions",
    "without_look_alikes",
]


def look(text: str) -> Finding | None:
    """The gravest finding in a text, or None. Life comes first: an emergency keeps its words."""
    if text in REDACTED.values():
        return None
    said = Said.of(undisguised(clean(text)))
    kind = _gravest(said, text)
    match kind:
        case None:
            return None
        case GuardKind.SELF_HARM | GuardKind.STATE_SECRET | GuardKind.ACCUSATION:
            return left_out(kind)
        case GuardKind.SCAM if names_a_person(said, text):
            return left_out(kind)
    return kept(kind, text)


def asks_how_to_complain(text: str) -> bool:
    """Whether the text asks how to complain or denounce: a question about a procedure, to be answered."""
    return accusation.asks_how(Said.of(undisguised(clean(text))))


def without_look_alikes(text: str) -> str:
    """The text without what only looks like danger or despair ("phòng cháy", "nóng muốn chết").

    A text that holds nothing of it comes back as it is.
    """
    said = Said.of(clean(text))
    left = self_harm.without_look_alikes(emergency.without_look_alikes(said))
    return text if left == said else " ".join(token for token in left.tokens if token != NOTHING)


def _gravest(said: Said, text: str) -> GuardKind | None:
    harm = self_harm.who_is_in_danger(said)
    if emergency.speaks(said) or harm == "another":
        return GuardKind.EMERGENCY
    if harm == "writer":
        return GuardKind.SELF_HARM
    if state_secret.speaks(said, text):
        return GuardKind.STATE_SECRET
    if scam.speaks(said):
        return GuardKind.SCAM
    return accusation.judged(said, text) or _manner(said, text)


def _manner(said: Said, text: str) -> GuardKind | None:
    """What is not about a matter at all: who is speaking here, tricks, insults."""
    if genuine_account.asked(said):
        return GuardKind.GENUINE_ACCOUNT
    if injection.speaks(said, text):
        return GuardKind.INJECTION
    return GuardKind.ABUSE if abuse.speaks(said) else None
