"""A person: whoever asks gets one, and what is said while waiting is kept for the official."""

from __future__ import annotations

from bot import decided, moves
from bot.decided import Decided, Situation
from bot.queue_words import asks_for_person, leaves
from bot.searched import is_question, search
from bot.unread import UNREAD
from nlu.intents import SURE


def person_wanted(now: Situation) -> Decided | None:
    """Whoever asks for a person gets one, at any moment, whatever else the message tells."""
    if not (now.seen.is_about("talk_to_staff", at_least=SURE) or asks_for_person(now.seen.typed)):
        return None
    return decided.person_asked_for(now, summary=now.seen.text)


def waiting(now: Situation) -> Decided | None:
    """In the queue who goes back may, a clear question is answered; all else is kept for the official."""
    unread = now.seen.kind in UNREAD and not now.seen.has_words  # nor can the official hear or open it here
    if not now.in_queue or unread:
        return None
    if leaves(now.seen.typed):
        return Decided(move=moves.LeaveQueue(), state=now.state)
    if is_question(now.seen):
        return search(now)
    return Decided(move=moves.Forward(), state=now.state)
