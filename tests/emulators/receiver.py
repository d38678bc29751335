"""A program at the other end of a webhook: it keeps what comes and answers as it is told to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from emulators.loopback import served, wait_until


@dataclass(frozen=True, kw_only=True)
class Received:
    body: bytes
    headers: Headers

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


@dataclass(kw_only=True)
class Receiver:
    """`answers`: status codes, bodies of JSON or seconds to wait (a float), in order; 200 afterwards."""

    url: str
    received: list[Received] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)

    async def take(self, request: Request) -> Response:
        self.received.append(Received(body=await request.body(), headers=request.headers))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, float):
            await asyncio.sleep(answer)
        if isinstance(answer, dict):
            return JSONResponse(answer)
        return Response(status_code=answer if isinstance(answer, int) else 200)

    def hears(self, count: int) -> list[Received]:
        wait_until(lambda: len(self.received) >= count, what=f"{count} requests to the webhook")
        return self.received


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver(url="")
    app = Starlette(routes=[Route("/hook", receiver.take, methods=["POST"])])
    with served(app, name="receiver") as url:
        receiver.url = f"{url}/hook"
        yield receiver
