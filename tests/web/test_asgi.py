"""The doors in front of Django."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from web.asgi import OneThread, Receive, Scope, Send, limit_bodies, share_a_thread

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


def noting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that notes its thread, on the way in and on the way out."""

    def note(request: HttpRequest) -> HttpResponse:
        threads.add(threading.current_thread().name)
        response = get_response(request)
        threads.add(threading.current_thread().name)
        return response

    return note


def noted(_request: HttpRequest) -> HttpResponse:
    threads.add(threading.current_thread().name)
    return HttpResponse("noted")


urlpatterns = [path("noted", noted)]


@override_settings(
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        f"{__name__}.noting",
        "django.middleware.locale.LocaleMiddleware",  # one that could also wait
        f"{__name__}.noting",
    ],
)
def test_a_request_stays_on_one_thread_that_is_not_the_servers() -> None:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=OneThread())
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get("/noted")

    threads.clear()
    assert asyncio.run(ask()).text == "noted"
    assert len(threads) == 1
    assert threading.current_thread().name not in threads


def test_streams_share_one_thread() -> None:
    async def ask() -> None:
        transport = httpx.ASGITransport(app=share_a_thread(echo, "/live"))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            await asyncio.gather(*(client.get("/live") for _ in range(5)))

    threads.clear()
    asyncio.run(ask())
    assert len(threads) == 1
    assert threads.pop().startswith("live")
