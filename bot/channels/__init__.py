"""The port of a channel: how a reply goes out, how a picture is fetched. A module a service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from conversations.models import Turn


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """The far end took the reply; external_id is its own id of the message, "" if it gives none."""

    external_id: str = ""


class DeliveryProblem(Exception):
    """A reply did not go out.

    permanent: trying again cannot help (the citizen blocked us, the text is refused).
    retry_after: seconds the service asks us to wait, None when it says nothing.
    """

    def __init__(self, reason: str, *, permanent: bool = False, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.retry_after = retry_after


class Channel(Protocol):
    """A messenger account of ours."""

    @property
    def name(self) -> str:
        """The channel's word in rows and topics: webchat, telegram, terminal."""

    @property
    def account(self) -> str:
        """Which of our accounts on it."""

    def deliver(self, turn: Turn) -> Delivered:
        """Send one outbound turn, label first. Raises DeliveryProblem."""

    def fetch(self, reference: str) -> bytes:
        """The bytes of a picture by the channel's own reference. Raises DeliveryProblem."""
