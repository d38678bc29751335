"""The port of a channel: how a reply goes out, how a picture is fetched. A module a service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, runtime_checkable

from conversations.models import Turn


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """The far end took the reply.

    external_id: its own id of the message, "" if it gives none. messages: how many it took for the reply.
    """

    external_id: str = ""
    messages: int = 1


class Concerns(Enum):
    """Whom a problem delays, and whose fault it is.

    MESSAGE: this reply alone; its tries are counted, and after the last it is given up.
    CHAT: whoever is in this chat waits; no fault of the reply, so no try is counted.
    ACCOUNT: every chat of our account waits: the service is not to be reached, refuses our token, or asks
    all of us to wait. Such a problem, however long it lasts, fails no reply.
    """

    MESSAGE = "message"
    CHAT = "chat"
    ACCOUNT = "account"


class DeliveryProblem(Exception):
    """A reply did not go out.

    permanent: trying again cannot help (the citizen blocked us, the text is refused).
    retry_after: seconds the service asks us to wait, None when it says nothing.
    concerns: whom the wait is for.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        concerns: Concerns = Concerns.MESSAGE,
    ) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.retry_after = retry_after
        self.concerns = concerns


class OutOfWindow(DeliveryProblem):
    """The channel lets us write only after the citizen does: the reply is held, not given up."""


class Unreachable(DeliveryProblem):
    """The citizen blocked us: the reply is held until he or she does something there again."""


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


@runtime_checkable
class SendsTemplates(Protocol):
    """A channel on which a paid template reaches the citizen when our own words do not."""

    def deliver_template(self, turn: Turn, *, template_id: str, values: Mapping[str, str]) -> Delivered:
        """Send this turn as a template, a value by the name of each parameter. Raises DeliveryProblem."""
