"""The author of an answered or refused report asks that it be looked at again, and says why."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import decided, form_words, moves
from bot.decided import Decided, Situation
from bot.moves import Phrase
from nlu.text import fold

#: Words up to which what is left says no reason: "đề nghị xem lại giúp em với ạ".
FEWEST_WORDS = 3
_ASKED = re.compile(
    r"^\W*(?:(?:toi|em|minh|chau|con|da|vang|a|thi|cho)\W+)*"
    r"(?:(?:de nghi|yeu cau|xin|muon|can|mong) (?:duoc |co quan |don vi )?)(?:xem|xu ly|giai quyet)"
    r"(?: xet)? lai\b"
)
_AROUND = re.compile(
    r"^(?:\W*\b(?:phan anh|nay|do|giup|ho|voi|cho|toi|em|minh|a|nhe|nha|vi|do la|tai|ly do|la)\b)*\W*"
)
_CODE = re.compile(r"\bPA-\d{4}-\d+\b(?:\W+[A-Z0-9]{8}\b)?", re.IGNORECASE)


def reopen_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (code,):
            return _ask_why(now, code)
    return None


def reopening_asked(now: Situation) -> Decided | None:
    """ "Đề nghị xem lại, đèn vẫn tắt" of the report told of last; or the reason that was asked for."""
    seen, state = now.seen, now.state
    if seen.tapped or not seen.has_words:
        return None
    if state.reopening:
        return _reason_told(now)
    asked = _ASKED.match(fold(seen.text)) if state.form is None else None
    code = seen.report_code or _offered(now) or (state.report if state.asks_report else "")
    if asked is None or not code or len(fold(seen.text)) != len(seen.text):
        return None
    reason = _reason(seen.text[asked.end() :])
    return _reopen(now, code, reason) if reason else _ask_why(now, code)


def _offered(now: Situation) -> str:
    """The report that the buttons in sight are about."""
    verbs = ("reopen:", "satisfied:")
    about = (choice.payload for choice in now.choices if choice.payload.startswith(verbs))
    return next((payload.split(":")[1] for payload in about), "")


def _reason(rest: str) -> str:
    said = _CODE.sub("", rest)
    reason = said[_AROUND.match(fold(said)).end() :].strip()  # type: ignore[union-attr]  # may match nothing
    return reason if len(reason.split()) >= FEWEST_WORDS else ""


def _ask_why(now: Situation, code: str) -> Decided:
    state = replace(now.state, reopening=code, report=code)
    return Decided(move=moves.AskWhyReopen(code=code), state=state)


def _reason_told(now: Situation) -> Decided:
    """ "Thôi" leaves it as it is."""
    words = now.seen.text
    if form_words.cancels(words) or form_words.declines_photo(words):
        return decided.say(replace(now.state, reopening=""), Phrase.NOT_REOPENED)
    return _reopen(now, now.state.reopening, words)


def _reopen(now: Situation, code: str, reason: str) -> Decided:
    state = replace(now.state, reopening="", report=code, asks_report=True)
    return Decided(move=moves.Reopen(code=code, secret=now.seen.report_secret, reason=reason), state=state)
