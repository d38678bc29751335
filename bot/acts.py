"""What a move changes in the office's rows, inside the outcome's transaction, and what is said about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from bot import filed_replies, moves, queue_replies
from bot.answer_rating_acts import keep_opinion
from bot.dossier_replies import told
from bot.filing import filed_or_joined
from bot.hand_over_acts import hand_over
from bot.models import Gap
from bot.own_data_acts import carry_out
from bot.preparation import Prepared
from bot.redacting import keep_or_leave_out
from bot.reopening_acts import reopened
from bot.stopping import stop_or_appeal
from bot.term_words import term_told
from bot.understanding import Understanding
from casework import cases
from casework.errors import CaseworkError
from conversations import redaction
from conversations.messages import MessageKind, OutboundMessage
from conversations.models import Conversation, Turn
from nlu.entities import mask_personal
from office.opening_hours import working_clock


def act(
    move: moves.Move, *, turn: Turn, seen: Understanding, prepared: Prepared
) -> Sequence[OutboundMessage]:
    """Carry out a move's effect; returns the replies that tell of it."""
    conversation = turn.conversation
    match move:
        case _ if isinstance(move, Guarded):
            return _guarded(move, turn)
        case moves.FileReport() | moves.JoinReport():
            return [filed_or_joined(move, conversation, prepared)]
        case moves.HandOff():
            return [hand_over(move, conversation, topic=prepared.topic, subject=prepared.subject)]
        case moves.LookUp() | moves.LookUpDossier() | moves.Reopen():
            return [_told_how_far(move, turn, prepared)]
        case moves.LeaveQueue():
            cases.withdraw(conversation)
            return [queue_replies.left()]
        case moves.Rate() | moves.RateAnswer() | moves.CommentOnAnswer():
            return [_rated(move, conversation)]
        case moves.OwnData(act=wanted):
            return carry_out(wanted, conversation)
        case moves.Forward():
            return _forward(turn)
        case moves.AskAgain(nearest=nearest) | moves.OfferHelp(nearest=nearest):
            _note_gap(turn, seen, nearest)
    return []


Guarded = moves.CoolDown | moves.TakeAppeal | moves.Signpost | moves.AskIfAccusation | moves.TakeAsFeedback


def _guarded(move: Guarded, turn: Turn) -> Sequence[OutboundMessage]:
    """What a guard or a block led to: rows redacted or marked, an appeal kept, a pause begun."""
    if isinstance(move, moves.CoolDown | moves.TakeAppeal):
        return stop_or_appeal(move, turn)
    keep_or_leave_out(move, turn)
    return []


def _told_how_far(
    move: moves.LookUp | moves.LookUpDossier | moves.Reopen, turn: Turn, prepared: Prepared
) -> OutboundMessage:
    """Of a report or of a dossier; the proof of a dossier's owner was needed once and is not kept."""
    if isinstance(move, moves.LookUpDossier) and move.proof:
        Turn.objects.filter(pk=turn.pk).update(text=turn.text.replace(move.proof, "[số xác nhận]"))
    if prepared.dossier:
        return told(prepared.dossier, today=timezone.localdate())
    if prepared.locked:
        return filed_replies.try_later()
    if isinstance(move, moves.Reopen):
        return reopened(move, prepared.report, turn.conversation)
    again = isinstance(move, moves.LookUp) and move.again
    report = prepared.report
    term = term_told(report, now=timezone.now(), clock=working_clock()) if report else ""
    return filed_replies.report_state(report, prepared.standing, code=move.code, term=term, again=again)


def _rated(
    move: moves.Rate | moves.RateAnswer | moves.CommentOnAnswer, conversation: Conversation
) -> OutboundMessage:
    if not isinstance(move, moves.Rate):
        return keep_opinion(move, conversation)
    try:
        cases.rate(move.number, move.score, conversation)
    except CaseworkError:
        return queue_replies.not_rated()
    return queue_replies.rated()


def _forward(turn: Turn) -> list[OutboundMessage]:
    """Several lines sent at once get one word back, after the last of them."""
    goes_on = turn.conversation.turns.filter(status=Turn.Status.RECEIVED, id__gt=turn.pk).exists()
    return [] if goes_on else [queue_replies.forwarded()]


def _note_gap(turn: Turn, seen: Understanding, nearest: tuple[str, ...]) -> None:
    """Keep the question that found nothing, without personal data; "not this" means the one before."""
    question = _last_typed(turn) if seen.tapped else seen.text
    if question:
        Gap.objects.create(turn=turn, question=mask_personal(question), nearest=list(nearest))


def _last_typed(turn: Turn) -> str:
    said = turn.conversation.turns.filter(direction=Turn.Direction.IN, kind=MessageKind.TEXT, redacted="")
    last = said.filter(id__lt=turn.pk).order_by("-id").first()
    return last.text if last and not redaction.is_unsure(last) else ""
