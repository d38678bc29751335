"""Why a past turn was answered as it was: its release, what was recorded, and the same search once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.heard import heard
from conversations.models import Conversation, Turn
from knowledge_base.decision import expected_costs
from knowledge_base.errors import ReleaseProblem
from knowledge_base.manifest import calibration_of
from knowledge_base.models import Release
from knowledge_base.releases import kept_library
from knowledge_base.tracing import Trace


class NoSuchTurn(Exception):
    """Neither the number of a turn nor the public id of a conversation that asked anything."""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A citizen's turn and what became of it.

    release: None when none was read. trace: what was recorded; None when nothing was searched for (a button,
    a guarded message) or the turn is older than the records. costs: the expected cost of each outcome.
    again: the same search on the same release; None with the reason in `not_again`.
    """

    turn: Turn
    release: Release | None
    trace: Trace | None
    costs: Mapping[str, float]
    again: Trace | None
    not_again: str
    replies: tuple[Turn, ...]

    @property
    def differences(self) -> tuple[str, ...]:
        """What the search gives otherwise now, by name (knowledge_base.tracing.Trace.differences)."""
        return self.trace.differences(self.again) if self.trace and self.again else ()


def find_turn(reference: str) -> Turn:
    """The citizen's turn of this number or, of a reply, the one it answers; by the public id of a
    conversation its last one that was searched for. Raises NoSuchTurn.
    """
    turn = Turn.objects.filter(pk=reference).first() if reference.isdecimal() else _last_of(reference)
    if turn and turn.direction == Turn.Direction.OUT:
        turn = turn.in_reply_to
    if turn is None:
        raise NoSuchTurn(reference)
    return turn


def explain(turn: Turn) -> Explanation:
    """The explanation of a citizen's turn. Opens its release, which takes a second, when it is still kept."""
    release = Release.objects.filter(name=turn.release).first() if turn.release else None
    trace = Trace.from_json(turn.search) if turn.search else None
    again, not_again = _again(turn, release) if trace else (None, "")
    return Explanation(
        turn=turn,
        release=release,
        trace=trace,
        costs=_costs(trace, release),
        again=again,
        not_again=not_again,
        replies=tuple(turn.replies.order_by("id")),
    )


def _last_of(public_id: str) -> Turn | None:
    conversation = Conversation.objects.filter(public_id=public_id).first()
    if conversation is None:
        return None
    asked = conversation.turns.filter(direction=Turn.Direction.IN).exclude(search={})
    return asked.order_by("-id").first()


def _costs(trace: Trace | None, release: Release | None) -> Mapping[str, float]:
    """The weights are in the row of the release, so they are known even when its folder is gone."""
    if not (trace and trace.signs and release):
        return {}
    return expected_costs(trace.signs, calibration_of(release.manifest["calibration"]))


def _again(turn: Turn, release: Release | None) -> tuple[Trace | None, str]:
    if release is None:
        return None, f"Không còn biết bản phát hành {turn.release}."
    try:
        with kept_library(release) as library:
            return Trace.of(library.search(heard(turn).text)), ""
    except ReleaseProblem as problem:
        return None, str(problem)
