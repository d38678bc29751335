"""One turn from claim to outcome: understand, decide, prepare, and act once in one transaction.

No transaction is open while a model runs. The whole outcome (state, report or case, replies) is committed
together, or dropped together when the conversation changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from bot import case_replies, moves, phrases, replies, report_replies, state
from bot.acts import act
from bot.article_replies import article_quotation
from bot.channels import Channel
from bot.decided import Decided, Situation
from bot.moves import Phrase, Say
from bot.policy import next_move
from bot.preparation import prepare
from bot.state import State
from bot.understanding import Understanding, understand
from conversations import inbox, outbox
from conversations.errors import OutcomeSuperseded
from conversations.inbox import ATTEMPTS, Claim
from conversations.messages import OutboundMessage
from conversations.models import Conversation
from knowledge_base.article import ArticleContent, Content
from knowledge_base.content import PartName
from knowledge_base.errors import ReleaseProblem
from knowledge_base.here import here_and_now
from knowledge_base.library import Library
from knowledge_base.releases import pinned_library
from nlu.intents import IntentClassifier

log = structlog.get_logger(__name__)

#: Wait before the second attempt; each further one waits twice as long.
FIRST_RETRY = timedelta(seconds=2)


@dataclass(frozen=True, kw_only=True)
class Responder:
    """What answering needs, made once at start: the classifier, and the channels that can fetch pictures."""

    classifier: IntentClassifier
    channels: Mapping[str, Channel]

    def respond(self, claim: Claim) -> None:
        """Answer a claimed turn, leave it to the person who took over, or put it back for another attempt."""
        try:
            if claim.attempt > ATTEMPTS:  # whoever had it before never came back to say why
                self._set_aside(claim, problem="its worker died or hung on every attempt")
            else:
                self._answer(claim)
        except OutcomeSuperseded:
            self._give_way(claim)
        except Exception:
            log.exception("turn_failed", turn=claim.turn.pk, attempt=claim.attempt)
            self._try_later(claim)

    def _answer(self, claim: Claim) -> None:
        if claim.conversation.owner == Conversation.Owner.STAFF:
            raise OutcomeSuperseded
        thought = self._think(claim)
        prepared = prepare(thought.decided.move, claim, self.channels)
        with transaction.atomic():
            inbox.settle(
                claim,
                state=state.to_json(thought.decided.state),
                release=thought.release,
                search=thought.seen.trace.to_json() if thought.seen.trace else {},
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
                library=library,
                place_expected=before.form is not None or before.ward_asked,
            )
            decided = _on_this_release(next_move(_situation(claim, before, seen)), before, library)
            replies_ready = tuple(_ready_replies(decided, library, claim, asked=seen.typed))
        return Thought(seen=seen, decided=decided, said=replies_ready, release=library.name)

    def _give_way(self, claim: Claim) -> None:
        if not inbox.leave_to_person(claim):
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
class Thought:
    """What came of reading a turn: what was seen in it and decided, and the replies that need no act.

    release: name of the one it was all read from.
    """

    seen: Understanding
    decided: Decided
    said: tuple[OutboundMessage, ...]
    release: str


def _situation(claim: Claim, before: State, seen: Understanding) -> Situation:
    return Situation(
        in_queue=claim.conversation.owner == Conversation.Owner.QUEUE,
        state=before,
        seen=seen,
    )


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


def _ready_replies(
    decided: Decided, library: Library, claim: Claim, *, asked: str
) -> Iterator[OutboundMessage]:
    """The replies that need nothing but the library and our own words."""
    reminder = _reminder(decided, claim)
    match decided.move:
        case moves.Answer() as move:
            yield _quotation(move, library, asked=asked, ward=decided.state.ward, reminder=reminder)
        case moves.ListPapers(code=code):
            yield _papers_list(code, library, reminder=reminder)
        case moves.Clarify() | moves.AskFact() | moves.ListNeeds() as move:
            titles = {code: library.content(code).title for code in move.codes}
            yield _question_back(move, titles, reminder=reminder)
        case moves.AskAgain():
            yield replies.ask_again()
        case moves.AskWard() as move:
            yield replies.which_ward(move)
        case moves.FillReport(form=form):
            yield report_replies.form_question(form)
        case moves.Signpost(kind=kind):
            yield phrases.signpost(kind)
        case moves.Say(phrase=phrase):
            yield phrases.phrase(phrase)


def _question_back(
    move: moves.Clarify | moves.AskFact | moves.ListNeeds, titles: dict[str, str], *, reminder: str
) -> OutboundMessage:
    match move:
        case moves.AskFact():
            return case_replies.which_case(move, titles, reminder=reminder)
        case moves.ListNeeds():
            return case_replies.needs_of(move, titles, reminder=reminder)
        case moves.Clarify():
            return replies.which_one(move, titles, reminder=reminder)


def _all_said(thought: Thought, acted: Sequence[OutboundMessage]) -> Sequence[OutboundMessage]:
    said = (*thought.said, *acted)
    if not (said and thought.seen.is_cut):
        return said
    return (replies.only_beginning_read(said[0]), *said[1:])


def _reminder(decided: Decided, claim: Claim) -> str:
    if claim.conversation.owner == Conversation.Owner.QUEUE:
        return replies.queue_reminder()
    return replies.form_reminder() if decided.state.form else ""


def _quotation(
    move: moves.Answer, library: Library, *, asked: str, ward: str, reminder: str
) -> OutboundMessage:
    asks_where = move.part is PartName.WHERE
    here = here_and_now(values=library.local_values, ward=ward, asks_where=asks_where)
    content = library.content(move.code)
    if isinstance(content, ArticleContent):
        return article_quotation(
            move, content, asked=asked, titles=library.titles(), here=here, reminder=reminder
        )
    said = replies.quotation(move, content, here=here, reminder=reminder)
    return case_replies.with_additions(said, move, library.titles()) if move.event else said


def _papers_list(code: str, library: Library, *, reminder: str) -> OutboundMessage:
    content = library.content(code)
    if isinstance(content, ArticleContent):
        return phrases.phrase(Phrase.BUTTON_OUT_OF_DATE)
    return replies.papers_list(content, here=here_and_now(asks_where=False), reminder=reminder)


def _content(code: str, library: Library) -> Content | None:
    """None for a code that an old button still names and this release no longer holds."""
    try:
        return library.content(code)
    except ReleaseProblem:
        return None
