"""The HTTP side: /bot<token>/<method>, /file/bot<token>/<path> and the /control interface of the tests."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from emulators.telegram import acts
from emulators.telegram.methods import METHODS, Parameters
from emulators.telegram.refusals import TOKEN, Refusal, bad_request
from emulators.telegram.world import Fault, World

FAULT_KINDS = {"too_many_requests", "server_error", "time_out", "drop"}


def application(world: World) -> Starlette:
    """The server of one bot. Its state is `app.state.world`; /control/reset puts a new one there."""
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", bot_method, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", file_download),
            Route("/control/updates", control_updates, methods=["POST"]),
            Route("/control/faults", control_faults, methods=["POST"]),
            Route("/control/reset", control_reset, methods=["POST"]),
            Route("/control/close", control_close, methods=["POST"]),
            Route("/control/sent", control_sent),
            Route("/control/state", control_state),
        ],
        exception_handlers={Refusal: refuse},
    )
    app.state.world = world
    return app


async def refuse(_: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)  # noqa: S101 -- registered for this class only
    return JSONResponse(refusal.as_json(), status_code=refusal.status)


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
    if name.lower() not in METHODS:
        raise Refusal(404, "Not Found")
    given = await _parameters(request)
    world.calls.append({"method": name, "offset": given.values.get("offset")})
    fault = world.fault_for(name)
    if fault is None:
        return await _performed(world, name, given)
    if fault.performed:
        await _performed(world, name, given)
    return await _misbehave(fault)


async def _performed(world: World, name: str, given: Parameters) -> Response:
    result = await METHODS[name.lower()](world, given)
    return JSONResponse({"ok": True, "result": result})


async def _misbehave(fault: Fault) -> Response:
    if fault.kind == "too_many_requests":
        words = f"Too Many Requests: retry after {fault.seconds}"
        raise Refusal(429, words, retry_after=fault.seconds)
    if fault.kind == "server_error":
        raise Refusal(502, "Bad Gateway")
    if fault.kind == "time_out":
        await asyncio.sleep(fault.seconds)
        raise Refusal(504, "Gateway Timeout")
    return StreamingResponse(_cut_short(), headers={"content-length": "1000"})


async def _cut_short() -> AsyncIterator[bytes]:
    """Less than was promised: uvicorn closes the connection, and the client sees it drop."""
    yield b'{"ok": '


async def _parameters(request: Request) -> Parameters:
    values: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        values |= await _json(request)
    elif request.method == "POST":
        values |= dict(await request.form())
    return Parameters(values=values)


async def _json(request: Request) -> dict[str, Any]:
    """The JSON object in the body, {} for an empty one."""
    try:
        given = json.loads(await request.body() or b"{}")
    except ValueError as problem:
        raise bad_request("can't parse the body as JSON") from problem
    if not isinstance(given, dict):
        raise bad_request("JSON object expected in the body")
    return given


async def file_download(request: Request) -> Response:
    world = _world(request)
    content = world.files.get(request.path_params["path"].removeprefix("files/"))
    if content is None:
        raise Refusal(404, "Not Found")
    return Response(content, media_type="application/octet-stream")


async def control_updates(request: Request) -> Response:
    """Act as a citizen, see emulators/telegram/acts.py."""
    order = await _json(request)
    try:
        made = acts.perform(request.app.state.world, order)
    except KeyError as missing:
        raise bad_request(f"this act needs {missing}") from missing
    return JSONResponse({"update_ids": made})


async def control_faults(request: Request) -> Response:
    """Order a fault, see emulators.telegram.world.Fault; the method may be "*"."""
    try:
        fault = Fault(**await _json(request))
    except TypeError as problem:
        raise bad_request(f"no such fault: {problem}") from problem
    if fault.kind not in FAULT_KINDS:
        raise bad_request(f"no fault {fault.kind!r}; known: {', '.join(sorted(FAULT_KINDS))}")
    request.app.state.world.faults.append(fault)
    return JSONResponse({"ok": True})


async def control_reset(request: Request) -> Response:
    """A new world. With {"next_update_id": N} the world stays and only counts on from N."""
    order = await _json(request)
    world: World = request.app.state.world
    if "next_update_id" in order:
        world.skip_to(int(order["next_update_id"]))
    else:
        world.close()
        request.app.state.world = World(token=world.token)
    return JSONResponse({"ok": True})


async def control_close(request: Request) -> Response:
    """Hold no poll open any more: the server is about to stop."""
    request.app.state.world.close()
    return JSONResponse({"ok": True})


async def control_sent(request: Request) -> Response:
    """Messages the bot sent, oldest first, as they are now; ?chat=ID for one chat."""
    world: World = request.app.state.world
    chat = request.query_params.get("chat")
    kept = [
        {"method": method, **message}
        for method, message in world.sent
        if chat in (None, str(message["chat"]["id"]))
    ]
    return JSONResponse(kept)


async def control_state(request: Request) -> Response:
    """Unconfirmed updates, calls received, commands set and taps answered."""
    world: World = request.app.state.world
    return JSONResponse(
        {
            "pending": [update["update_id"] for update in world.pending],
            "calls": world.calls,
            "commands": world.commands,
            "callbacks": world.callbacks,
            "webhook": world.webhook,
        }
    )
