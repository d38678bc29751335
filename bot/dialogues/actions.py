"""What a reply does, in the nine words of the shared sets; our own moves are finer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.moves import Phrase
from bot.report_form import Step

#: The first names the reply. Asking which one, or for a field of a form, is asking back whatever it serves.
_OF_MOVE = {
    "answer": ("answer",),
    "papers": ("answer",),
    "signpost": ("signpost",),
    "clarify": ("clarify",),
    "ask_fact": ("clarify",),
    "ask_ward": ("clarify",),
    "ask_purpose": ("clarify", "refuse"),
    "list_needs": ("answer", "clarify"),
    "refuse": ("refuse",),
    "handoff": ("handoff",),
    "forward": ("handoff",),
    "report_form": ("report_form", "clarify"),
    "report_filed": ("report_filed",),
    "offer_draft": ("clarify",),
    "draft_dropped": ("smalltalk",),
    "report_joined": ("status", "report_filed"),
    "status": ("status",),
    "smalltalk": ("smalltalk",),
    "own_data": ("smalltalk", "clarify"),
}
_REVIEW = ("report_form",)
_STATUS_UNKNOWN = ("status", "clarify")
#: A sentence of ours is small talk, but for these.
_OF_PHRASE = {
    Phrase.OUT_OF_SCOPE.value: ("refuse",),
    Phrase.INJECTION.value: ("refuse",),
    Phrase.ABUSE.value: ("refuse", "smalltalk"),
    Phrase.PHOTO_FIRST.value: ("clarify",),
    Phrase.POSITION_FIRST.value: ("clarify",),
    Phrase.EMPTY.value: ("clarify",),
    Phrase.QUESTION_OUT_OF_DATE.value: ("clarify",),
    Phrase.VOICE.value: ("clarify",),
    Phrase.FILE.value: ("clarify",),
    Phrase.EDITED.value: ("clarify",),
    Phrase.BUTTON_OUT_OF_DATE.value: ("clarify",),
    Phrase.PROCEDURE_GONE.value: ("refuse",),
}


def actions_of(detail: Mapping[str, Any]) -> tuple[str, ...]:
    """The actions that a reply with this trace is, its name first: our own move where there is no word."""
    match detail:
        case {"move": "say"}:
            return _OF_PHRASE.get(str(detail.get("phrase", "")), ("smalltalk",))
        case {"move": "report_form", "step": Step.REVIEW.value}:
            return _REVIEW
        case {"move": "status", "found": False}:
            return _STATUS_UNKNOWN
        case {"move": move}:
            return _OF_MOVE.get(move, (str(move),))
    return ("nothing",)
