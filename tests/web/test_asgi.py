"""The doors in front of Django."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import httpx
import pytest
from asgiref.sync import sync_to_async

from web.asgi import Receive, Scope, Send, limit_bodies, share_a_thread

threads: set[str] = set()


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the length of what came, counted in Django's way: in the request's own thread."""
    length, more = 0, True
    while more:
        message = await receive()
        length += len(message["body"])
        more = message.get("more_body", False)
    threads.add(await sync_to_async(lambda: threading.current_thread().name)())
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(length).encode()})


async def in_pieces() -> AsyncIterator[bytes]:
    for _ in range(5):
        yield b"x" * 30


def post(content: bytes | AsyncIterator[bytes]) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=limit_bodies(echo, most=100))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.post("/", content=content)

    return asyncio.run(ask())


def test_a_body_within_the_limit_arrives_whole() -> None:
    assert post(b"x" * 100).text == "100"


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_above_the_limit_is_refused_in_vietnamese(announced: bool) -> None:
    response = post(b"x" * 101 if announced else in_pieces())
    assert response.status_code == 413
    assert "8 MB" in response.text


def test_streams_share_one_thread() -> None:
    async def ask() -> None:
        transport = httpx.ASGITransport(app=share_a_thread(echo, "/live"))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            await asyncio.gather(*(client.get("/live") for _ in range(5)))

    threads.clear()
    asyncio.run(ask())
    assert len(threads) == 1
    assert threads.pop().startswith("live")
