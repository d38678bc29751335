"""Messages that are answered as one: the pictures of an album, a question after its opening, a correction.

Each keeps a row of its own. One that goes with the next is answered by that one's answer.
"""

from __future__ import annotations

from django.db.models import QuerySet

from conversations.models import Turn
from conversations.transcript import said_before
from office.lookups import Lookup, number

IN = Turn.Direction.IN


def next_waiting(turn: Turn) -> Turn | None:
    """The citizen's next message, if it waits already."""
    return _NEXT_WAITING.first(conversation=turn.conversation_id, after=turn.pk)


def _next_waiting() -> QuerySet[Turn]:
    waiting = Turn.objects.filter(
        conversation=number("conversation"),
        direction=IN,
        status=Turn.Status.RECEIVED,
        id__gt=number("after"),
    )
    return waiting.order_by("id")[:1]


_NEXT_WAITING = Lookup(_next_waiting)


def parts_of(turn: Turn) -> tuple[Turn, ...]:
    """The messages that this one answers for, in the order in which they came; the last is itself."""
    earlier = (part for joined in _JOINED.all(answered_with=turn.pk) for part in parts_of(joined))
    return (*earlier, turn)


_JOINED = Lookup(lambda: Turn.objects.filter(answered_with=number("answered_with")).order_by("id"))


def is_same_album(turn: Turn, later: Turn) -> bool:
    group = turn.payload.get("group")
    return bool(group) and group == later.payload.get("group")


def is_version_of(turn: Turn, later: Turn) -> bool:
    """Whether both are the same message of the channel's, before and after it was corrected."""
    return bool(turn.external_id) and turn.external_id == later.external_id


def is_correction_of(turn: Turn, later: Turn) -> bool:
    return later.kind == "edited" and is_version_of(turn, later)


def earlier_version(turn: Turn) -> Turn | None:
    """The message that a corrected one was before; None when it is not known here."""
    return earlier_versions(turn).last()


def earlier_versions(turn: Turn) -> QuerySet[Turn]:
    """The rows of the message that a corrected or deleted one was before, oldest first."""
    return said_before(turn).filter(external_id=turn.external_id).exclude(external_id="").order_by("id")
