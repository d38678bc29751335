"""A little HTTP server in Rasa's place, for how a server can be: right, slow, dripping, broken."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from nlu.intents import INTENTS

TOKEN = "of-the-test"
Behaviour = Callable[["RasaLike", socket.socket], None]


@dataclass(kw_only=True)
class RasaLike:
    """`behave` answers each request; `asked` holds the requests as they came."""

    url: str
    behave: Behaviour
    asked: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


def ranking(best: str = "greet", confidence: float = 0.9) -> dict[str, Any]:
    """What Rasa answers for a text: every intent, the fallback among them."""
    rest = (1 - confidence) / (len(INTENTS) - 1)
    ranked = [{"name": name, "confidence": confidence if name == best else rest} for name in INTENTS]
    return {"intent_ranking": [{"name": "nlu_fallback", "confidence": 0.4}, *ranked], "entities": []}


def answer(body: bytes, *, status: str = "200 OK") -> Behaviour:
    def behave(_: RasaLike, connection: socket.socket) -> None:
        connection.sendall(_head(status, len(body)) + body)

    return behave


def answer_json(body: Any, *, status: str = "200 OK") -> Behaviour:
    return answer(json.dumps(body).encode(), status=status)


def hang(server: RasaLike, _: socket.socket) -> None:
    server.over.wait(20)


def drip(server: RasaLike, connection: socket.socket) -> None:
    """A right answer, a byte every 50 ms: each wait is short, all of them are not."""
    body = json.dumps(ranking()).encode()
    for byte in _head("200 OK", len(body)) + body:
        if server.over.wait(0.05):
            return
        connection.sendall(bytes([byte]))


def hang_up(_: RasaLike, __: socket.socket) -> None:
    """Close without a word."""


def speak_no_http(_: RasaLike, connection: socket.socket) -> None:
    connection.sendall(b"\x00\xff" * 50)


def hang_up_halfway(_: RasaLike, connection: socket.socket) -> None:
    connection.sendall(_head("200 OK", 1_000) + b'{"intent_ranking": [')


@contextmanager
def rasa_like(behave: Behaviour) -> Iterator[RasaLike]:
    """The server on a port of its own, ended with the block."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = RasaLike(url=f"http://127.0.0.1:{listening.getsockname()[1]}", behave=behave)
        threading.Thread(target=_accept, args=(listening, server), daemon=True).start()
        yield server
        server.over.set()


def _accept(listening: socket.socket, server: RasaLike) -> None:
    while not server.over.is_set():
        try:
            connection, _ = listening.accept()
        except OSError:  # closed with the block
            return
        threading.Thread(target=_serve, args=(connection, server), daemon=True).start()


def _serve(connection: socket.socket, server: RasaLike) -> None:
    with connection:
        request = _read(connection)
        if request:
            server.asked.append(request)
            try:
                server.behave(server, connection)
            except OSError:  # the client has given up
                return


def _read(connection: socket.socket) -> str:
    received = b""
    while b"\r\n\r\n" not in received or not received.endswith(b"}"):
        chunk = connection.recv(65_536)
        if not chunk:
            return ""
        received += chunk
    return received.decode()


def _head(status: str, length: int) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode()
