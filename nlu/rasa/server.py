"""Asks a Rasa server what a text wants, over HTTP, within a deadline that holds for the whole answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import anyio
import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

from nlu.errors import RasaUnavailable
from nlu.intents import INTENTS, Intent

#: Seconds an answer may take, the connection included; a message never waits longer for Rasa than this.
ANSWER_WITHIN = 0.3


@dataclass(frozen=True, kw_only=True)
class RasaServer:
    """A Rasa server that has our model; threads may share it.

    portal: into the event loop that waits for answers, so that a deadline cuts off even a dripping one.
    """

    client: httpx.AsyncClient
    portal: BlockingPortal
    token: str
    within: float = ANSWER_WITHIN
    name: str = "rasa"

    def classify(self, text: str) -> Intent:
        """The likeliest intent of a text that says something. Raises RasaUnavailable."""
        return self.ranking(text)[0]

    def ranking(self, text: str) -> tuple[Intent, ...]:
        """All intents, likeliest first; confidences sum to 1. Raises RasaUnavailable after `within`."""
        return _ranking(self.parse(text))

    def parse(self, text: str) -> Any:
        """What /model/parse answers, as JSON: intent_ranking, entities. Raises RasaUnavailable."""
        return self.portal.call(self._parse, text)

    async def _parse(self, text: str) -> Any:
        try:
            with anyio.fail_after(self.within):
                response = await self.client.post(
                    "model/parse", params={"token": self.token}, json={"text": text}
                )
        except TimeoutError as problem:
            raise RasaUnavailable(f"no answer within {self.within * 1000:.0f} ms") from problem
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise RasaUnavailable(f"cannot be asked ({type(problem).__name__})") from problem
        return _body(response)


@contextmanager
def open_server(url: str, *, token: str, within: float = ANSWER_WITHIN) -> Iterator[RasaServer]:
    """The Rasa server at `url` ("http://127.0.0.1:5005"), for the length of the block. Asks nothing yet."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(_client(url)) as client:
        yield RasaServer(client=client, portal=portal, token=token, within=within)


@asynccontextmanager
async def _client(url: str) -> AsyncIterator[httpx.AsyncClient]:
    # No time-outs of its own: the deadline covers connecting, sending and reading together. trust_env: what
    # citizens write must not pass a proxy that the environment happens to name.
    async with httpx.AsyncClient(base_url=url, timeout=None, trust_env=False) as client:  # noqa: S113
        yield client


def _body(response: httpx.Response) -> Any:
    if response.status_code in {401, 403}:
        raise RasaUnavailable(f"HTTP {response.status_code}: set MOTCUA_RASA_TOKEN to the server's token")
    if response.status_code != 200:
        raise RasaUnavailable(f"HTTP {response.status_code}")
    try:
        return response.json()
    except ValueError as problem:  # UnicodeDecodeError is one
        raise RasaUnavailable("answered something that is not JSON") from problem


def _ranking(body: Any) -> tuple[Intent, ...]:
    """Rasa's ranking without its nlu_fallback, which is no intent: the policy decides what is unsure."""
    try:
        found = {each["name"]: float(each["confidence"]) for each in body["intent_ranking"]}
        chances = {name: found[name] for name in INTENTS}
    except (KeyError, TypeError, ValueError) as problem:
        raise RasaUnavailable("answered other intents than ours: run `make rasa` again") from problem
    if not (all(0 <= chance <= 1 for chance in chances.values()) and abs(sum(chances.values()) - 1) < 0.01):
        raise RasaUnavailable("answered confidences that are no probabilities")
    ranked = sorted(chances.items(), key=lambda item: -item[1])
    return tuple(Intent(name=name, confidence=chance) for name, chance in ranked)
