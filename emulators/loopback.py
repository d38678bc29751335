"""An emulator on a loopback port, in a thread or as a program; and waiting for what it brings about."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from uvicorn.protocols.http.h11_impl import H11Protocol


class Connection(H11Protocol):
    """A connection its application can cut: the transport lies in the state of each request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


def cut_off(request: Request) -> None:
    """Close the connection of this request at once, whatever has been answered so far."""
    transport: asyncio.Transport = request.scope["state"]["transport"]
    transport.abort()


@contextmanager
def served(application: Starlette, *, name: str) -> Iterator[str]:
    """The address of the application, which answers for the length of the block."""
    port = free_port()
    server = uvicorn.Server(_config(application, port))
    thread = threading.Thread(target=server.run, name=f"{name}-emulator", daemon=True)
    thread.start()
    wait_until(lambda: server.started, what=f"the start of the {name} emulator")
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=5)


def serve(application: Starlette, *, port: int) -> None:
    """Answer on 127.0.0.1 until the program is stopped."""
    uvicorn.Server(_config(application, port)).run()


def _config(application: Starlette, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        application, port=port, log_level="error", timeout_graceful_shutdown=1, http=Connection
    )


def wait_until(holds: Callable[[], bool], *, within: float = 20.0, what: str = "the condition") -> None:
    """Look again and again until `holds()`. Raises TimeoutError naming what was waited for."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {within:g} seconds")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
