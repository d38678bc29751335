"""The pieces of a reply that takes several messages: none is sent twice by a retry in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.channels import Delivered
from conversations.models import Turn


class SentPieces:
    """What a channel has sent of the replies that did not get through whole."""

    def __init__(self) -> None:
        self._ids: dict[int, list[str]] = {}

    def send_rest(self, turn: Turn, pieces: Sequence[Callable[[], str]]) -> Delivered:
        """Send the pieces of this turn that did not go out before; each gives the far end's id of it.

        Whatever a piece raises goes on to the caller; those before it are remembered.
        """
        sent = self._ids.pop(turn.pk, [])
        try:
            for send in pieces[len(sent) :]:
                sent.append(send())
        except Exception:
            if sent:
                self._ids[turn.pk] = sent
            raise
        return Delivered(external_id=sent[-1], messages=len(sent))
