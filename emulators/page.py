"""The page by which a person chats through an emulator: / in a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

PAGE = Path(__file__).with_name("page.html")


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """One message as a citizen sees it. by: citizen, account or official; links: label → address."""

    by: str
    text: str
    at: float
    picture: str = ""
    note: str = ""
    buttons: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class About:
    """What the page shows beside the chat. acts: label → what is posted to /control/updates."""

    service: str
    account: str
    connection: str
    acts: dict[str, dict[str, Any]]


def page_routes(
    about: Callable[[Request], About], seen: Callable[[Request, str], list[Bubble]]
) -> list[Route]:
    """The page, and what it asks for: /control/about and /control/seen?user=…"""

    async def page(_: Request) -> Response:
        return FileResponse(PAGE)

    async def told(request: Request) -> Response:
        return JSONResponse(asdict(about(request)))

    async def bubbles(request: Request) -> Response:
        wanted = request.query_params.get("user", "")
        return JSONResponse([asdict(bubble) for bubble in seen(request, wanted)])

    return [Route("/", page), Route("/control/about", told), Route("/control/seen", bubbles)]
