"""One turn from claim to outcome: understand, decide, prepare, and act once in one transaction.

No transaction is open while a model runs. The whole outcome (state, report or case, replies) is committed
together, or dropped together when the conversation changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bot import moves, queue_replies, replies, report_replies, state
from bot.acts import act
from bot.channels import Channel
from bot.decided import Decided, Situation
from bot.form_surroundings import completed
from bot.guarded import perhaps_in_danger
from bot.heard import goes_with
from bot.moves import Phrase, Say
from bot.policy import next_move
from bot.preparation import prepare
from bot.reading import understand
from bot.saying import Around, said_by
from bot.signposts import with_calls
from bot.state import State
from bot.stopping import stopped
from bot.understanding import Understanding
from casework import cases
from conversations import inbox, outbox, ownership, transcript
from conversations.bursts import next_waiting
from conversations.errors import OutcomeSuperseded
from conversations.inbox import ATTEMPTS, LOST_ATTEMPTS, Claim
from conversations.messages import OutboundMessage
from conversations.models import Conversation, Turn
from knowledge_base.article import Content
from knowledge_base.errors import ReleaseProblem
from knowledge_base.library import Library
from knowledge_base.releases import pinned_library
from nlu.intents import IntentClassifier
from nlu.report_classifier import ReportClassifier

log = structlog.get_logger(__name__)

#: Wait before the second attempt; each further one waits twice as long.
FIRST_RETRY = timedelta(seconds=2)


@dataclass(frozen=True, kw_only=True)
class Responder:
    """What answering needs, made once at start: the classifiers of intents and of reports, and the channels
    that can fetch pictures."""

    classifier: IntentClassifier
    reports: ReportClassifier
    channels: Mapping[str, Channel]

    def respond(self, claim: Claim) -> None:
        """Answer a claimed turn, leave it to the person who took over, or put it back for another attempt."""
        try:
            if claim.attempt > LOST_ATTEMPTS:
                self._set_aside(claim, problem="its worker died or hung on every attempt")
            else:
                self._answer(claim)
        except OutcomeSuperseded:
            self._give_way(claim)
        except Exception:
            log.exception("turn_failed", turn=claim.turn.pk, attempt=claim.attempt)
            self._try_later(claim)

    def _answer(self, claim: Claim) -> None:
        if claim.conversation.owner in Conversation.PERSONS:
            raise OutcomeSuperseded
        later = next_waiting(claim.turn)
        if later and goes_with(claim.turn, later):
            inbox.join(claim, later)
            return
        thought = self._think(claim)
        prepared = prepare(thought.decided.move, claim, self.channels)
        with transaction.atomic():
            inbox.settle(
                claim,
                state=state.to_json(thought.decided.state),
                release=thought.release,
                search=thought.seen.trace.to_json() if thought.seen.trace else {},
                status=_status_after(thought.decided.move),
            )
            acted = act(thought.decided.move, turn=claim.turn, seen=thought.seen, prepared=prepared)
            for message in _all_said(thought, acted):
                outbox.queue(claim.conversation, message, in_reply_to=claim.turn, release=thought.release)

    def _think(self, claim: Claim) -> Thought:
        """Read and decide, on one release, without changing anything."""
        before = state.from_json(claim.conversation.state)
        with pinned_library() as library:
            seen = understand(
                claim.turn,
                classifier=self.classifier,
                reports=self.reports,
                library=library,
                place_expected=before.form is not None or before.ward_asked,
                spoken_of=before.procedure,
            )
            now = _situation(claim, before, seen, library)
            found = _on_this_release(next_move(now), before, library)
            decided = completed(found, before, conversation=claim.conversation, titles=library.titles())
            said = _said(decided, library, claim, asked=seen.typed)
        warned = perhaps_in_danger(now)
        return Thought(seen=seen, decided=decided, said=said, release=library.name, warned=warned)

    def _give_way(self, claim: Claim) -> None:
        with transaction.atomic():
            ownership.lock(claim.conversation)
            if inbox.leave_to_person(claim):
                cases.citizen_wrote(claim.conversation, at=claim.turn.created_at)
            else:
                inbox.give_back(claim, due_at=timezone.now())

    def _try_later(self, claim: Claim) -> None:
        if claim.attempt >= ATTEMPTS:
            self._set_aside(claim, problem="failed on every attempt; see the log")
            return
        delay = FIRST_RETRY * 2 ** (claim.attempt - 1)
        inbox.give_back(claim, due_at=timezone.now() + delay)

    def _set_aside(self, claim: Claim, *, problem: str) -> None:
        with transaction.atomic():
            if inbox.set_aside(claim, problem=problem):
                outbox.queue(claim.conversation, replies.failed(), in_reply_to=claim.turn)


@dataclass(frozen=True, kw_only=True)
class Said:
    """The replies that need no act: those before what an act tells, and those after it."""

    first: tuple[OutboundMessage, ...]
    last: tuple[OutboundMessage, ...]


@dataclass(frozen=True, kw_only=True)
class Thought:
    """What came of reading a turn: what was seen in it and decided, and the replies that need no act.

    release: name of the one it was all read from. warned: the numbers to call stand before the replies.
    """

    seen: Understanding
    decided: Decided
    said: Said
    release: str
    warned: bool


def _situation(claim: Claim, before: State, seen: Understanding, library: Library) -> Situation:
    offer = transcript.last_offer(claim.conversation)
    heard_before = transcript.heard_before(claim.turn)
    return Situation(
        in_queue=claim.conversation.owner == Conversation.Owner.QUEUE,
        state=before,
        seen=seen,
        at=claim.turn.created_at,
        heard_before=heard_before,
        choices=offer.choices if offer else (),
        asks=offer is not None and offer.asks,
        block=stopped(claim.turn),
        pace=transcript.pace(claim.turn, heard_before=heard_before),
        titles=library.titles(),
        drafts_kept=timedelta(days=settings.DRAFT_DAYS),
    )


def _status_after(move: moves.Move) -> Turn.Status:
    return Turn.Status.PASSED_OVER if isinstance(move, moves.PassOver) else Turn.Status.ANSWERED


def _on_this_release(decided: Decided, before: State, library: Library) -> Decided:
    """An old button may name a procedure that this release no longer holds: say so, and remember nothing."""
    if any(_content(code, library) is None for code in _codes_of(decided.move)):
        return Decided(move=Say(phrase=Phrase.PROCEDURE_GONE), state=before)
    return decided


def _codes_of(move: moves.Move) -> tuple[str, ...]:
    match move:
        case moves.Answer(code=code) | moves.ListPapers(code=code):
            return (code,)
        case moves.Clarify(codes=codes) | moves.AskFact(codes=codes) | moves.ListNeeds(codes=codes):
            return codes
    return ()


def _said(decided: Decided, library: Library, claim: Claim, *, asked: str) -> Said:
    """The replies that need nothing but the library and our own words."""
    around = Around(library=library, ward=decided.state.ward, asked=asked)
    first = said_by(decided.move, replace(around, reminder=_reminder(decided, claim)))
    more = (said_by(move, around) for move in decided.also)
    return Said(first=(first,) if first else (), last=tuple(message for message in more if message))


def _all_said(thought: Thought, acted: Sequence[OutboundMessage]) -> Sequence[OutboundMessage]:
    said = (*thought.said.first, *acted, *thought.said.last)
    if not said:
        return said
    first, notices = said[0], replies.notices(thought.seen)
    first = replies.noticed(first, notices) if notices else first
    return (with_calls(first) if thought.warned else first, *said[1:])


def _reminder(decided: Decided, claim: Claim) -> str:
    if claim.conversation.owner == Conversation.Owner.QUEUE:
        return queue_replies.reminder()
    return report_replies.reminder(decided.state.form) if decided.state.form else ""


def _content(code: str, library: Library) -> Content | None:
    """None for a code that an old button still names and this release no longer holds."""
    try:
        return library.content(code)
    except ReleaseProblem:
        return None
