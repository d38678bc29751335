"""What the author of a report thinks of its answer: by two buttons, a reason, and words if wanted."""

from __future__ import annotations

from dataclasses import replace

from bot import form_words, moves
from bot.decided import Decided, Situation
from bot.state import State
from casework.models import ReportRating
from nlu.text import fold, syllables

#: What the buttons say besides a reason.
YES, NO, MORE, ENOUGH = "yes", "no", "more", "enough"
_SAID = frozenset({YES, NO, MORE, ENOUGH, *ReportRating.Reason.values})
#: After these the next words are the author's own.
_OPENS_WORDS = frozenset({MORE, ReportRating.Reason.OTHER.value})
#: Words that say as much as the two buttons, folded, where these are in sight.
_IN_WORDS = {
    "hai long": YES,
    "rat hai long": YES,
    "da hai long": YES,
    "khong hai long": NO,
    "ko hai long": NO,
    "chua hai long": NO,
    "chang hai long": NO,
    "chua hai long lam": NO,
}
_AROUND = frozenset({"da", "vang", "a", "toi", "em", "minh", "chau", "nhe", "thi", "la", "voi", "ket", "qua"})


def satisfied_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    """One of the buttons below an answer, or below the question why not."""
    match arguments:
        case (code, said) if said in _SAID:
            return _said(now.state, code, said)
    return None


def answer_rated(now: Situation) -> Decided | None:
    """The words that were asked for after a reason; or the two buttons' words, typed."""
    if now.seen.tapped or not now.seen.has_words:
        return None
    return _commented(now) if now.state.commenting else _in_words(now)


def _commented(now: Situation) -> Decided:
    """ "Thôi" adds none."""
    code, words = now.state.commenting, now.seen.text
    if form_words.cancels(words) or form_words.declines_photo(words):
        return _said(now.state, code, ENOUGH)
    after = replace(now.state, commenting="")
    return Decided(move=moves.CommentOnAnswer(code=code, words=words), state=after)


def _in_words(now: Situation) -> Decided | None:
    """ "Chưa hài lòng" where the two buttons are in sight."""
    words = (word for word in syllables(fold(now.seen.text)) if word not in _AROUND)
    said = _IN_WORDS.get(" ".join(words))
    if said is None:
        return None
    offered = (choice.payload for choice in now.choices)
    code = next((payload.split(":")[1] for payload in offered if payload.startswith("satisfied:")), "")
    return _said(now.state, code, said) if code else None


def _said(state: State, code: str, said: str) -> Decided:
    opened = code if said in _OPENS_WORDS else ""
    return Decided(move=moves.RateAnswer(code=code, said=said), state=replace(state, commenting=opened))


def asked_once(move: moves.Move, after: State) -> State:
    """The state with questions for words closed: only the message right after one answers it."""
    comments = after.commenting if isinstance(move, moves.RateAnswer) else ""
    reopens = after.reopening if isinstance(move, moves.AskWhyReopen) else ""
    return replace(after, commenting=comments, reopening=reopens)
