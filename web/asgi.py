"""What stands between the server and Django: two things that only an ASGI application can do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SENTENCE = "Nội dung gửi lên lớn quá. Anh/chị gửi ảnh tối đa 8 MB."


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
