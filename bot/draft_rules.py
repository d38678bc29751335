"""Reports laid aside: by a pause, taken up again, dropped; nothing is lost silently."""

from __future__ import annotations

from dataclasses import replace

from bot import choices, decided, draft_words, form_words, moves
from bot.decided import Decided, Situation
from bot.moves import Phrase, Signposted
from bot.report_form import ReportForm, Step
from conversations.messages import MessageKind

#: After these no question of ours is put: what they say must stand alone.
_STANDS_ALONE = frozenset({Signposted.EMERGENCY, Signposted.ACCUSATION, Signposted.STATE_SECRET})

#: Moves that ask something of their own, or hand the conversation to somebody else.
_ASKS = (
    moves.Clarify
    | moves.AskFact
    | moves.AskWard
    | moves.ListNeeds
    | moves.HandOff
    | moves.OfferDraft
    | moves.FillReport
)


def after_a_pause(now: Situation) -> Situation:
    """What was asked before a pause is stale; a report in hand is laid aside unless this goes on with it."""
    if not now.is_back:
        return now
    state = now.state.rested()
    if state.form and not _goes_on(now, state.form):
        state = decided.lay_aside(state, since=now.heard_before or now.at)
    return replace(now, state=state)


def _goes_on(now: Situation, form: ReportForm) -> bool:
    """A button of the form, or just what it waits for; a guarded message leaves everything as it is."""
    seen = now.seen
    if seen.guard or (seen.tapped and seen.tapped.verb == choices.REPORT):
        return True
    match form.step:
        case Step.PLACE:
            return bool(seen.place or seen.position)
        case Step.PHOTO:
            shown = seen.kind is MessageKind.PHOTO or form_words.declines_photo(seen.typed)
            return shown or seen.said.is_a_place
    return False


def draft_taken_up(now: Situation) -> Decided | None:
    """ "Tiếp tục", "khôi phục": the report goes on; "bỏ" after the question drops it."""
    state, draft, text = now.state, now.state.laid_aside, now.seen.typed
    if state.cancelled and draft_words.restores(text):
        return decided.take_up(state, state.cancelled, at=now.at)
    if state.form or draft is None:
        return None
    asked = any(choice.payload == choices.report("drop", "yes") for choice in now.choices) and not now.is_back
    if draft_words.goes_on(text) or (asked and form_words.agrees_to_send(text)):
        return decided.take_up(state, draft, at=now.at)
    if asked and (form_words.cancels(text) or form_words.declines_photo(text)):
        return decided.cancel(state)
    return None


def told_of_drafts(now: Situation, found: Decided) -> Decided:
    """The decision with what there is to say of drafts: an offer to go on, or that one is dropped."""
    found = _forgotten(now, found)
    draft = found.state.draft
    if draft is None:
        return found
    if draft.offered_last and draft is now.state.draft:
        state = replace(found.state, draft=None, cancelled=draft.form)
        return replace(found, state=state, also=(*found.also, moves.TellDropped(form=draft.form)))
    if not (draft.due or _is_a_moment(now, found)):
        return found
    if not _can_be_asked(now, found):
        return replace(found, state=replace(found.state, draft=replace(draft, due=True)))
    last = draft.is_old(now.at, now.drafts_kept)
    state = replace(found.state, draft=replace(draft, due=False, offered_last=last))
    offer = moves.OfferDraft(draft=draft, last=last)
    if _found_nothing(found.move):
        return replace(found, move=offer, state=replace(state, failures=0))
    return replace(found, state=state, also=(*found.also, offer))


def _found_nothing(move: moves.Move) -> bool:
    """True for a move that made little of the words: a question about the draft alone says more."""
    little = {Phrase.EMPTY, Phrase.QUESTION_OUT_OF_DATE, Phrase.GREETING, Phrase.GREETING_AGAIN}
    if isinstance(move, moves.Say):
        return move.phrase in little
    return isinstance(move, moves.AskAgain | moves.OfferHelp)


def _forgotten(now: Situation, found: Decided) -> Decided:
    """A dropped report can be had back with one message; a draft that gave way to a newer one is told of."""
    before, after = now.state.cancelled, found.state.cancelled
    if before is None or after is not before:
        return found
    if now.is_back and found.state.draft and after is not found.state.draft.form:
        return replace(found, also=(*found.also, moves.TellDropped(form=before)))
    return replace(found, state=replace(found.state, cancelled=None))


def _is_a_moment(now: Situation, found: Decided) -> bool:
    """On return, and when another report is done."""
    return now.is_back or (now.state.form is not None and isinstance(found.move, moves.FileReport))


def _can_be_asked(now: Situation, found: Decided) -> bool:
    """Never in the queue, beside a form, a grave signpost or another question: a better moment comes."""
    move = found.move
    leaves = isinstance(move, moves.LeaveQueue)
    if (now.in_queue and not leaves) or found.state.form or isinstance(move, _ASKS):
        return False
    return not (isinstance(move, moves.Signpost) and move.kind in _STANDS_ALONE)
