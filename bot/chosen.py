"""A choice among the buttons of the last reply, typed instead of tapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import choices, decided
from bot.choice_words import denies_all, is_number, label_said, part_of_label_said, place_said, stars_said
from bot.decided import Decided, Situation
from bot.moves import Phrase
from bot.searched import which_one
from bot.taps import tapped
from conversations.messages import Choice


def chosen_by_words(now: Situation) -> Decided | None:
    """ "2", "cái thứ hai", "cái có yếu tố nước ngoài", "5 sao": what a button of the last reply says."""
    if now.seen.tapped or not now.seen.has_words:
        return None
    if chosen := choice_said(now):
        return chosen
    return _no_such_number(now) if is_number(now.seen.text) and not now.state.form else None


def choice_said(now: Situation) -> Decided | None:
    """The button of the last reply that the words say, tapped; after a pause the list once more."""
    choice = _rating(now) or _pointed_at(now) or _labelled(now) or _named_in_part(now)
    if choice is None:
        return None
    return _asked_anew(now) if now.is_back else tap(now, choice.payload)


def label_chosen(now: Situation) -> Decided | None:
    """A button's whole label, typed: that and nothing less where numbers and words are mostly answers."""
    choice = _labelled(now) if now.seen.has_words else None
    return tap(now, choice.payload) if choice else None


def _asked_anew(now: Situation) -> Decided:
    """After a pause nobody knows whether the old list is still meant: it is shown once more."""
    listed = [choices.parse(choice.payload) for choice in now.choices]
    codes = tuple(
        each.arguments[0] for each in listed if each and each.verb == "procedure" and each.arguments
    )
    if now.asks and codes:
        return which_one(now, codes)
    return decided.say(now.state, Phrase.QUESTION_OUT_OF_DATE)


def none_chosen(now: Situation) -> Decided | None:
    """ "Không phải mấy cái đó" is the button that says so; said once more, it is not understood again."""
    offers_none = any(choice.payload == choices.NONE for choice in now.choices)
    fits = offers_none or now.state.failures > 0
    return tap(now, choices.NONE) if fits and denies_all(now.seen.text) else None


def tap(now: Situation, payload: str) -> Decided | None:
    """What tapping that button does."""
    return tapped(replace(now, seen=replace(now.seen, tapped=choices.parse(payload))))


def _rating(now: Situation) -> Choice | None:
    """Scores are chosen by what they say: they are offered from the best down."""
    stars = stars_said(now.seen.text)
    scores = [choice for choice in now.choices if choice.payload.startswith("rate:")]
    return next((choice for choice in scores if choice.payload.endswith(f":{stars}")), None)


def _pointed_at(now: Situation) -> Choice | None:
    meant = [choice for choice in now.choices if not _is_a_way_out(choice)]
    return _at(now.choices, place_said(now.seen.text, len(now.choices), last=len(meant)))


def _is_a_way_out(choice: Choice) -> bool:
    """ "Không phải các mục này" and the like stand last and are not the last one meant."""
    payload = choice.payload
    return payload == choices.NONE or payload.startswith("report:cancel") or payload.endswith(":unclear")


def _labelled(now: Situation) -> Choice | None:
    return _at(now.choices, label_said(now.seen.text, [choice.label for choice in now.choices]))


def _named_in_part(now: Situation) -> Choice | None:
    """By a part of its label, only where the reply asked to choose."""
    asked = now.choices if now.asks else ()
    return _at(asked, part_of_label_said(now.seen.text, [choice.label for choice in asked]))


def _at(open_now: Sequence[Choice], place: int | None) -> Choice | None:
    return None if place is None else open_now[place]


def _no_such_number(now: Situation) -> Decided:
    """A number that chooses nothing is no question."""
    if now.state.offered:
        return which_one(now, now.state.offered)
    return decided.say(now.state, Phrase.EMPTY)
