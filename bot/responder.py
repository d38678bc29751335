"""One turn from claim to outcome: understand, decide, prepare, and act once in one transaction.

No transaction is open while a model runs. The whole outcome (state, report or case, replies) is committed
together, or dropped together when the conversation changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from bot import moves, phrases, replies, report_replies, state
from bot.acts import act
from bot.channels import Channel
from bot.policy import Decided, Situation, next_move
from bot.preparation import prepare
from bot.state import State
from bot.understanding import Understanding, understand
from conversations import inbox, outbox
from conversations.errors import OutcomeSuperseded
from conversations.inbox import ATTEMPTS, Claim
from conversations.messages import OutboundMessage
from conversations.models import Conversation
from knowledge_base.content import ProcedureContent
from knowledge_base.errors import ReleaseProblem
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
            self._answer(claim)
        except OutcomeSuperseded:
            self._give_way(claim)
        except Exception:
            log.exception("turn_failed", turn=claim.turn.pk, attempt=claim.attempt)
            self._try_later(claim)

    def _answer(self, claim: Claim) -> None:
        if claim.conversation.owner == Conversation.Owner.STAFF:
            raise OutcomeSuperseded
        with pinned_library() as library:
            before = state.from_json(claim.conversation.state)
            seen = understand(
                claim.turn, classifier=self.classifier, library=library, reporting=before.form is not None
            )
            decided = next_move(_situation(claim, before, seen))
            said = _prepare(decided, library, claim)
            release = library.name
        prepared = prepare(decided.move, claim.conversation, self.channels)
        with transaction.atomic():
            inbox.settle(claim, state=state.to_json(decided.state), release=release)
            said = [*said, *act(decided.move, turn=claim.turn, seen=seen, prepared=prepared)]
            for message in said:
                outbox.queue(claim.conversation, message, in_reply_to=claim.turn, release=release)

    def _give_way(self, claim: Claim) -> None:
        if not inbox.leave_to_person(claim):
            inbox.give_back(claim, due_at=timezone.now())

    def _try_later(self, claim: Claim) -> None:
        if claim.attempt < ATTEMPTS:
            delay = FIRST_RETRY * 2 ** (claim.attempt - 1)
            inbox.give_back(claim, due_at=timezone.now() + delay)
            return
        with transaction.atomic():
            if inbox.set_aside(claim, problem="failed on every attempt; see the log"):
                outbox.queue(claim.conversation, replies.failed(), in_reply_to=claim.turn)


def _situation(claim: Claim, before: State, seen: Understanding) -> Situation:
    return Situation(
        in_queue=claim.conversation.owner == Conversation.Owner.QUEUE,
        state=before,
        seen=seen,
    )


def _prepare(decided: Decided, library: Library, claim: Claim) -> list[OutboundMessage]:
    """The replies that need nothing but the library and our own words."""
    reminder = _reminder(decided, claim)
    match decided.move:
        case moves.Answer() as move:
            content = _content(move.code, library)
            if content is None:
                return [replies.ask_again()]
            return [replies.quotation(move, content, reminder=reminder)]
        case moves.Clarify() as move:
            return [replies.which_one(move, _titles(move.codes, library), reminder=reminder)]
        case moves.AskAgain():
            return [replies.ask_again()]
        case moves.FillReport(form=form):
            return [report_replies.form_question(form)]
        case moves.Signpost(kind=kind):
            return [phrases.signpost(kind)]
        case moves.Say(phrase=phrase):
            return [phrases.phrase(phrase)]
    return []


def _reminder(decided: Decided, claim: Claim) -> str:
    if claim.conversation.owner == Conversation.Owner.QUEUE:
        return replies.queue_reminder()
    return replies.form_reminder() if decided.state.form else ""


def _content(code: str, library: Library) -> ProcedureContent | None:
    """None for a code that an old button still names and this release no longer holds."""
    try:
        return library.content(code)
    except ReleaseProblem:
        return None


def _titles(codes: tuple[str, ...], library: Library) -> dict[str, str]:
    contents = {code: _content(code, library) for code in codes}
    return {code: content.title for code, content in contents.items() if content}
