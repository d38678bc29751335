"""The product served in this process over the test's database file, who listens to it, and waiting for what
happens in it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from django.conf import settings
from django.test import Client

from motcua.asgi import application
from office.models import Staff
from web.live import end_streams


@contextmanager
def served(*, port: int = 0) -> Iterator[str]:
    """The address of a real server, ended with the block. port: 0 for any that is free."""
    server = uvicorn.Server(
        uvicorn.Config(
            application, port=port, log_level="warning", lifespan="off", timeout_graceful_shutdown=1
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    end_streams()
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()


def until(condition: Callable[[], object], *, seconds: float = 10) -> None:
    """Wait for a condition; fail when it does not come in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def browser_of(staff: Staff, address: str, *, patience: float = 20) -> httpx.Client:
    """Signed in, over connections of its own."""
    client = Client()
    client.force_login(staff)
    session = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    return httpx.Client(base_url=address, cookies=session, timeout=patience)


def words(stream: httpx.Response) -> Iterator[str]:
    """The events of a stream, as their lines."""
    return (line for line in stream.iter_lines() if line.startswith("event: "))
