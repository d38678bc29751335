"""Messages without words, or with too few under a picture: each gets a fitting answer."""

from __future__ import annotations

from dataclasses import replace

from bot import choices, decided, form_filling, moves
from bot.decided import Decided, Situation
from bot.follow_up import is_asking
from bot.moves import Phrase
from bot.searched import is_question
from bot.unread import UNREAD
from bot.ward_choices import near
from conversations.messages import MessageKind
from knowledge_base.decision import Answerable, NotFound
from nlu.openings import only_opens


def paper_shown(now: Situation) -> Decided | None:
    """The picture of an identity paper was not kept; a question under it is answered all the same."""
    if not now.seen.shows_paper or is_question(now.seen):
        return None
    return decided.say(now.state, Phrase.IDENTITY_PAPER)


def number_given(now: Situation) -> Decided | None:
    """A telephone number that an official had asked for, given on the channel's own card: no words of a form.

    In the queue it is the official who reads it.
    """
    if now.in_queue or now.seen.kind is not MessageKind.CONTACT or not now.seen.text:
        return None
    return decided.say(now.state, Phrase.CONTACT_GIVEN)


def only_opened(now: Situation) -> Decided | None:
    """ "Cho em hỏi" and nothing after it: go on. In the queue it is the official who reads it."""
    if now.in_queue or not only_opens(now.seen.text):
        return None
    return decided.say(now.state, Phrase.GO_ON)


def no_words(now: Situation) -> Decided | None:
    """A photo, a position, a sticker, an emoji: each gets a fitting answer, and nothing of it is lost.

    The name of a shared place ("UBND phường Láng") is no question.
    """
    seen = now.seen
    match seen.kind:
        case MessageKind.POSITION:
            return _position_kept(now)
        case _ if seen.has_words:
            return None
        case MessageKind.PHOTO:
            return _photo_kept(now)
        case kind:
            otherwise = Phrase.STICKER if seen.text else Phrase.EMPTY
            return decided.say(now.state, _PHRASE_OF_KIND.get(kind, otherwise))


_PHRASE_OF_KIND = {
    **UNREAD,
    MessageKind.STICKER: Phrase.STICKER,
    MessageKind.EDITED: Phrase.EDITED,
}


def photo_explained_too_little(now: Situation) -> Decided | None:
    """ "Chỗ này đây" under a photo: the photo is kept until it is told what it shows."""
    if now.seen.kind is not MessageKind.PHOTO or isinstance(now.seen.decision, Answerable):
        return None
    return _photo_kept(now)


def told_what_it_shows(now: Situation) -> Decided | None:
    """After "Ảnh chụp việc gì?" what fits no procedure and asks nothing is the problem: a report begins.

    The last reply must still offer one: a picture sent before other matters is not meant any more.
    """
    state, seen = now.state, now.seen
    asked = bool(state.media or state.position) and not now.is_back
    offered = any(choice.payload == choices.REPORT for choice in now.choices)
    if not (asked and offered and isinstance(seen.decision, NotFound)) or is_asking(seen.text):
        return None
    return decided.fill(state, form_filling.start(decided.with_what_came_before(state, seen.said)))


def passed_on(now: Situation) -> Decided | None:
    """Somebody else's words, passed on: no report begins with them; what they ask is answered."""
    if not now.seen.forwarded or is_question(now.seen):
        return None
    return decided.say(now.state, Phrase.FORWARDED)


def _photo_kept(now: Situation) -> Decided:
    """That papers are not wanted is said with the first photo, not with each."""
    state = now.state
    phrase = Phrase.PHOTO_AGAIN if state.told_no_papers else Phrase.PHOTO_FIRST
    return decided.say(replace(state, media=state.media + now.seen.media, told_no_papers=True), phrase)


def _position_kept(now: Situation) -> Decided:
    """Where to go is decided by the ward: it is asked which of those near. Else a report may begin here."""
    state, position = now.state, now.seen.position
    if now.seen.position_elsewhere:
        return decided.say(state, Phrase.POSITION_ELSEWHERE)
    around = near(position)
    if state.ward_asked and around:
        codes, names = (tuple(ward.code for ward in around), tuple(ward.name for ward in around))
        return Decided(move=moves.AskWard(former="", codes=codes, names=names), state=state)
    phrase = Phrase.POSITION_NO_WARD if state.ward_asked else Phrase.POSITION_FIRST
    return decided.say(replace(state, position=position), phrase)
