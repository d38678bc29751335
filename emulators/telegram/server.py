"""The HTTP side: /bot<token>/<method>, /file/bot<token>/<path> and the /control interface of the tests."""

from __future__ import annotations

import math
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from emulators.faults import Fault, Faults, WrongOrder, answered
from emulators.orders import fault_route, order_of, refuse_order
from emulators.page import page_routes
from emulators.telegram.albums import ALBUM_METHODS
from emulators.telegram.control import CONTROLS
from emulators.telegram.documents import DOCUMENT_METHODS
from emulators.telegram.editing import EDITING_METHODS
from emulators.telegram.methods import METHODS, Parameters
from emulators.telegram.positions import POSITION_METHODS
from emulators.telegram.profile import PROFILE_METHODS
from emulators.telegram.receiving import RECEIVING_METHODS
from emulators.telegram.refusals import TOKEN, Refusal, bad_request
from emulators.telegram.seen import about, seen
from emulators.telegram.world import World

ALL_METHODS = {
    **METHODS,
    **DOCUMENT_METHODS,
    **ALBUM_METHODS,
    **POSITION_METHODS,
    **EDITING_METHODS,
    **PROFILE_METHODS,
    **RECEIVING_METHODS,
}
#: What is counted as a message by the limits.
COUNTED = tuple(
    name for name in ALL_METHODS if name.startswith(("send", "edit")) and name != "sendchataction"
)


def application(world: World) -> Starlette:
    """The server of one bot. Its state is `app.state.world`; /control/reset puts a new one there."""
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", bot_method, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", file_download),
            fault_route(_faults),
            *page_routes(about, seen),
            *CONTROLS,
        ],
        exception_handlers={Refusal: refuse, WrongOrder: refuse_order, ClientDisconnect: hung_up},
    )
    app.state.world = world
    return app


def _faults(request: Request) -> Faults:
    world: World = request.app.state.world
    return world.faults


async def refuse(_: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)  # noqa: S101 -- registered for this class only
    return JSONResponse(refusal.as_json(), status_code=refusal.status)


async def hung_up(_: Request, __: Exception) -> Response:
    """The program was killed in the middle of a call: nobody reads this."""
    return Response(status_code=400)


def _world(request: Request) -> World:
    """The world of the token in the address. A wrong token is refused as the real server does."""
    world: World = request.app.state.world
    token = request.path_params["token"]
    if not TOKEN.fullmatch(token):
        raise Refusal(404, "Not Found")
    if token != world.token:
        raise Refusal(401, "Unauthorized")
    return world


async def bot_method(request: Request) -> Response:
    world = _world(request)
    name = request.path_params["method"]
    if name.lower() not in ALL_METHODS:
        raise Refusal(404, "Not Found")
    given = await _parameters(request)
    world.calls.append({"method": name, "offset": given.values.get("offset")})
    fault = world.faults.strikes(name, given.text("chat_id"))
    return await answered(request, fault, lambda: _performed(world, name, given), misbehaved)


async def _performed(world: World, name: str, given: Parameters) -> Response:
    if name.lower() in COUNTED:
        world.limits.take(given.text("chat_id"))
    result = await ALL_METHODS[name.lower()](world, given)
    return JSONResponse({"ok": True, "result": result})


def misbehaved(fault: Fault) -> Response:
    """The ordered refusal in the words of the service, or of the gateway before it."""
    if fault.kind == "too_many_requests":
        seconds = math.ceil(fault.seconds)
        raise Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
    if fault.kind == "expired_token":
        raise Refusal(401, "Unauthorized")
    raise Refusal(502, "Bad Gateway")


async def _parameters(request: Request) -> Parameters:
    values: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        values |= await _json(request)
    elif request.method == "POST":
        values |= dict(await request.form())
    return Parameters(values=values)


async def _json(request: Request) -> dict[str, Any]:
    try:
        return await order_of(request)
    except WrongOrder as problem:
        raise bad_request(str(problem)) from problem


async def file_download(request: Request) -> Response:
    world = _world(request)
    content = world.files.get(request.path_params["path"].removeprefix("files/"))
    if content is None:
        raise Refusal(404, "Not Found")
    fault = world.faults.strikes("file")
    return await answered(request, fault, lambda: _served(content), misbehaved)


async def _served(content: bytes) -> Response:
    return Response(content, media_type="application/octet-stream")
