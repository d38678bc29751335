"""A deleted message is forgotten: its row is emptied, and the report being filled loses what it gave."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from bot import state
from bot.form_changes import without
from bot.models import Gap
from bot.state import State
from conversations import taken_back
from conversations.models import Conversation, Turn


def take_back(deletion: Turn) -> None:
    """Forget the message that `deletion` names, inside the caller's transaction."""
    for turn in taken_back.take_back(deletion):
        Gap.objects.filter(turn=turn).delete()
        taken_back.change_state(deletion.conversation, partial(_without, turn.text, _references(turn)))


def forget_pictures(conversation: Conversation, references: frozenset[str]) -> None:
    """Forget these pictures, inside the caller's transaction."""
    if references:
        taken_back.change_state(conversation, partial(_without, "", references))


def _without(text: str, references: frozenset[str], plain: dict[str, Any]) -> dict[str, Any]:
    return state.to_json(forget(state.from_json(plain), text, references))


def forget(remembered: State, text: str, references: frozenset[str]) -> State:
    """What is remembered without these words and these pictures; a dropped report cannot be had back."""
    form, draft = remembered.form, remembered.draft
    return replace(
        remembered,
        form=without(form, text, references) if form else None,
        place="" if text and remembered.place in text else remembered.place,
        unsure=remembered.unsure.replace(text, "").strip() if text else remembered.unsure,
        draft=replace(draft, form=without(draft.form, text, references)) if draft else None,
        cancelled=None,
        media=tuple(medium for medium in remembered.media if medium.reference not in references),
    )


def _references(turn: Turn) -> frozenset[str]:
    return frozenset(medium["reference"] for medium in turn.payload.get("media", ()))
