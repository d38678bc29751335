"""What a request asks: a JSON object in the body, or one in the parameter `data`."""

from __future__ import annotations

import json

from starlette.requests import Request

from emulators.zalo.refusals import invalid, too_much
from emulators.zalo.world import Json


async def body_of(request: Request) -> Json:
    """The JSON object in the body."""
    try:
        given = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):
        raise invalid("body") from None
    if not isinstance(given, dict):
        raise invalid("body")
    return given


def asked_of(request: Request) -> Json:
    """What a GET asks: JSON in the parameter `data`."""
    try:
        asked = json.loads(request.query_params.get("data", "{}"))
    except (ValueError, RecursionError):
        raise invalid("data") from None
    if not isinstance(asked, dict):
        raise invalid("data")
    return asked


def number_of(asked: Json, name: str, most: int) -> int:
    value = asked.get(name, 0 if name == "offset" else most)
    if not isinstance(value, int) or value < 0:
        raise invalid(name)
    if value > most:
        raise too_much()
    return value
