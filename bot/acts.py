"""What a move changes in the office's rows, inside the outcome's transaction, and what is said about it."""

from __future__ import annotations

from collections.abc import Sequence

from bot import moves, replies, report_replies
from bot.models import Gap
from bot.preparation import Prepared
from bot.understanding import Understanding
from casework import cases, reports
from casework.errors import CaseworkError
from casework.models import Report
from conversations.messages import MessageKind, OutboundMessage
from conversations.models import Conversation, Turn
from nlu.entities import mask_personal
from office.models import Unit


def act(
    move: moves.Move, *, turn: Turn, seen: Understanding, prepared: Prepared
) -> Sequence[OutboundMessage]:
    """Carry out a move's effect; returns the replies that tell of it."""
    conversation = turn.conversation
    match move:
        case moves.FileReport():
            return [_file(move, conversation, prepared)]
        case moves.HandOff():
            return [_hand_off(move, conversation, turn, seen)]
        case moves.LookUp():
            return [_told_state(prepared)]
        case moves.LeaveQueue():
            cases.withdraw(conversation)
            return [replies.queue_left()]
        case moves.Rate(number=number, score=score):
            return [_rate(number, score, conversation)]
        case moves.Forward():
            return _forward(turn)
        case moves.AskAgain(nearest=nearest):
            _note_gap(turn, seen, nearest)
    return []


def _file(move: moves.FileReport, conversation: Conversation, prepared: Prepared) -> OutboundMessage:
    form = move.form
    ward = Unit.objects.filter(code=form.ward).first()
    filed = reports.file_report(
        conversation=conversation,
        kind=form.kind,
        category=form.category,
        text=form.text,
        place=form.place,
        position=form.position,
        ward=ward,
        photos=prepared.photos.attachments,
        urgent=form.urgent,
        secret=prepared.secret,
        named_unit=ward if form.kind == Report.Kind.SERVICE else None,
    )
    return report_replies.filed(filed.report, filed.secret, lost_photos=prepared.photos.lost)


def _told_state(prepared: Prepared) -> OutboundMessage:
    return report_replies.try_later() if prepared.locked else report_replies.report_state(prepared.report)


def _hand_off(
    move: moves.HandOff, conversation: Conversation, turn: Turn, seen: Understanding
) -> OutboundMessage:
    if move.reason == "not_understood":
        _note_gap(turn, seen, ())
    case = cases.open_case(conversation, reason=move.reason, summary=mask_personal(move.summary))
    return replies.handed_over(case, ahead=max(cases.position_in_queue(case) - 1, 0))


def _rate(number: str, score: int, conversation: Conversation) -> OutboundMessage:
    try:
        cases.rate(number, score, conversation)
    except CaseworkError:
        return replies.not_rated()
    return replies.rated()


def _forward(turn: Turn) -> list[OutboundMessage]:
    """Several lines sent at once get one word back, after the last of them."""
    goes_on = turn.conversation.turns.filter(status=Turn.Status.RECEIVED, id__gt=turn.pk).exists()
    return [] if goes_on else [replies.forwarded()]


def _note_gap(turn: Turn, seen: Understanding, nearest: tuple[str, ...]) -> None:
    """Keep the question that found nothing, without personal data; "not this" means the one before."""
    question = _last_typed(turn) if seen.tapped else seen.text
    if question:
        values = {"question": mask_personal(question), "nearest": list(nearest)}
        Gap.objects.get_or_create(turn=turn, defaults=values)


def _last_typed(turn: Turn) -> str:
    said = turn.conversation.turns.filter(direction=Turn.Direction.IN, kind=MessageKind.TEXT, redacted="")
    return said.filter(id__lt=turn.pk).order_by("-id").values_list("text", flat=True).first() or ""
