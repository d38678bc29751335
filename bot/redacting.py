"""What may be an accusation waits in its row for the citizen's word, and leaves only the fact if so."""

from __future__ import annotations

from bot import choices
from bot.models import Gap
from bot.moves import AskIfAccusation, Signpost, Signposted, TakeAsFeedback
from conversations import redaction
from conversations.bursts import parts_of
from conversations.models import Turn
from nlu.guards import REDACTED, GuardKind


def keep_or_leave_out(move: Signpost | AskIfAccusation | TakeAsFeedback, turn: Turn) -> None:
    """Do to the rows what was decided about their words, inside the outcome's transaction."""
    match move:
        case AskIfAccusation():
            for part in _words_of(turn):
                redaction.mark_unsure(part)
        case TakeAsFeedback():
            redaction.keep_unsure(turn.conversation)
        case Signpost(kind=Signposted.ACCUSATION):
            _leave_out([*redaction.unsure_turns(turn.conversation), *_words_of(turn)])


def _leave_out(told: list[Turn]) -> None:
    """Redact these turns, and forget the gaps noted from the first of them on."""
    for said in told:
        redaction.redact(said, kind=GuardKind.ACCUSATION, text=REDACTED[GuardKind.ACCUSATION])
    if told:
        first = min(told, key=lambda said: said.pk)
        Gap.objects.filter(turn__conversation=first.conversation_id, turn__gte=first.pk).delete()


def _words_of(turn: Turn) -> list[Turn]:
    """The rows of this message that still hold words; a tapped button holds none."""
    if choices.parse(turn.payload.get("choice") or turn.text):
        return []
    return [part for part in parts_of(turn) if not part.redacted]
