"""A channel that takes no message: without one Rasa opens its REST channel, which asks for no token."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint


class NoChannel(InputChannel):  # type: ignore[misc]
    """Named in credentials.yml. Texts come to /model/parse only, with the token."""

    @classmethod
    def name(cls) -> str:
        return "none"

    def blueprint(self, on_new_message: Callable[[Any], Awaitable[Any]]) -> Blueprint:  # noqa: ARG002
        return Blueprint("none")
