"""Django as the server calls it, and what only an ASGI application can do before it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SENTENCE = "Nội dung gửi lên lớn quá. Anh/chị gửi ảnh tối đa 8 MB."


class OneThread(ASGIHandler):
    """Django, with each request on one thread from the first middleware to the view and back.

    As it comes, every middleware that could also wait is carried to that thread and back by itself: some
    twenty times a page, and with many pages at once each time waits for its turn.
    """

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 -- Django's signature
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


def living(application: Application, life: Callable[[], AbstractContextManager[None]]) -> Application:
    """The application, with `life` entered when the server starts and left when it ends (ASGI lifespan)."""

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await application(scope, receive, send)
            return
        await receive()
        with life():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    return door


def share_a_thread(application: Application, *paths: str) -> Application:
    """The application, with the synchronous part of these paths on one thread for all of them.

    Django gives each request a thread of its own and keeps it until the response has ended: a stream would
    hold one for minutes, idle.
    """
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in paths:
            await application(scope, receive, send)
            return
        async with ThreadSensitiveContext(executor=thread):
            await application(scope, receive, send)

    return door


class _TooLarge(Exception):
    """More came than was allowed."""


def limit_bodies(application: Application, *, most: int, below: str = "/") -> Application:
    """The application, where any body of more than `most` bytes, sent to a path below, gets a 413.

    Django would first write all of it to disk, whatever its length.
    """

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(below):
            await application(scope, receive, send)
        elif _announced(scope) > most:
            await _refuse(send)
        else:
            try:
                await application(scope, _counted(receive, most), send)
            except _TooLarge:
                await _refuse(send)

    return door


def _announced(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


def _counted(receive: Receive, most: int) -> Receive:
    """`receive`, until more than `most` bytes came: a chunked body announces no length."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise _TooLarge
        return message

    return counted


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": SENTENCE.encode()})
