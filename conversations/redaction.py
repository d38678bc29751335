"""Leaving out afterwards what must not be kept: the words of a turn, and everything that was read in them.

A turn may be marked unsure: its words wait for the citizen to say whether they are an accusation.
"""

from __future__ import annotations

from conversations.models import Conversation, Turn

_UNSURE = "unsure"


def mark_unsure(turn: Turn) -> None:
    """The words are kept only until the citizen has said what they are."""
    turn.payload = {**turn.payload, _UNSURE: True}
    turn.save(update_fields=["payload"])


def is_unsure(turn: Turn) -> bool:
    return bool(turn.payload.get(_UNSURE))


def unsure_turns(conversation: Conversation) -> list[Turn]:
    """Turns that wait for the citizen's word, oldest first."""
    return list(
        conversation.turns.filter(direction=Turn.Direction.IN, redacted="", payload__unsure=True).order_by(
            "id"
        )
    )


def keep_unsure(conversation: Conversation) -> None:
    """The citizen said that it is feedback: the words stay like any others."""
    for turn in unsure_turns(conversation):
        turn.payload = {key: value for key, value in turn.payload.items() if key != _UNSURE}
        turn.save(update_fields=["payload"])


def redact(turn: Turn, *, kind: str, text: str) -> None:
    """Put `text` in place of the words; drop files, position, what the search saw. kind: the guard's name."""
    turn.text, turn.redacted, turn.search = text, kind, {}
    turn.payload = {**turn.payload, _UNSURE: False, "choice": "", "position": None, "media": []}
    turn.save(update_fields=["text", "redacted", "search", "payload"])
