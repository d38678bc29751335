"""What Zalo answers: 200 with `error` other than 0 is a refusal, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from bot.channels.zalo.errors import ZaloRefusal, ZaloUnreachable
from bot.channels.zalo.values import Json, word

#: A reply's lease is a minute: a call, a new token and the call again are through before it ends.
TIMEOUT = httpx.Timeout(10.0, connect=5.0)
TOO_MANY = 429
RATE = -32


def answer_of(response: httpx.Response) -> Json:
    """The answer's object. Raises ZaloRefusal with Zalo's number, ZaloUnreachable when there is none."""
    if response.is_server_error:
        raise ZaloUnreachable(f"Zalo đang gặp sự cố (HTTP {response.status_code}).")
    answer = _object(response)
    code = _code(answer, response)
    if code:
        raise ZaloRefusal(code, _words(answer) or f"HTTP {response.status_code}")
    return answer


@contextmanager
def unreachable() -> Iterator[None]:
    """The library's errors as ours. Their texts may hold an address, so only their names are kept."""
    try:
        yield
    except httpx.TimeoutException as problem:
        raise ZaloUnreachable("Zalo không trả lời kịp.") from problem
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise ZaloUnreachable(f"Chưa kết nối được Zalo ({type(problem).__name__}).") from problem


def _object(response: httpx.Response) -> Json:
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if isinstance(answer, dict):
        return answer
    if response.is_error:
        return {}
    raise ZaloUnreachable("Zalo trả lời không đọc được.")


def _code(answer: Json, response: httpx.Response) -> int:
    """0 when all is well."""
    said = answer.get("error", 0)
    if isinstance(said, str) and said.lstrip("-").isdecimal():
        said = int(said)
    if isinstance(said, int) and said:
        return said
    if response.status_code == TOO_MANY:
        return RATE
    return response.status_code if response.is_error or said else 0


def _words(answer: Json) -> str:
    return next((said for name in _WORDS if (said := word(answer.get(name)))), "")[:200]


_WORDS = ("message", "error_description", "error_name")
