"""The HTTP side: the paths of Zalo's hosts under one address, the media it names, and /control."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from emulators.faults import Fault, Faults, WrongOrder, answered
from emulators.orders import fault_route, refuse_order
from emulators.page import page_routes
from emulators.zalo.calls import ENDPOINTS, Endpoint
from emulators.zalo.control import CONTROLS
from emulators.zalo.refusals import Refusal
from emulators.zalo.seen import about, seen
from emulators.zalo.world import World


def application(world: World) -> Starlette:
    """The service around one account. Its state is `app.state.world`; /control/reset puts a new one there."""
    routes: list[BaseRoute] = [
        Route(each.path, _answering(each), methods=[each.method], name=each.name) for each in ENDPOINTS
    ]
    routes += [
        Route("/v4/oa/access_token", access_token, methods=["POST"]),
        Route("/v4/oa/permission", permission),
        Route("/media/{path:path}", media),
        Route("/uploads/{upload_id}", uploaded),
        fault_route(_faults),
        *page_routes(about, seen),
        *CONTROLS,
    ]
    app = Starlette(routes=routes, exception_handlers={WrongOrder: refuse_order})
    app.state.world = world
    return app


def _faults(request: Request) -> Faults:
    world: World = request.app.state.world
    return world.faults


def _answering(endpoint: Endpoint) -> Any:
    async def answer(request: Request) -> Response:
        world: World = request.app.state.world
        chat = await _addressee(request)
        world.calls.append({"call": endpoint.name, "user": chat})
        fault = world.faults.strikes(endpoint.name, chat)
        return await answered(request, fault, lambda: _performed(world, endpoint, request), misbehaved)

    return answer


async def _performed(world: World, endpoint: Endpoint, request: Request) -> Response:
    limits = {"X-RateLimit-Limit": str(world.account.requests_a_minute), "X-RateLimit-Remain": "0"}
    try:
        world.keys.check(request.headers.get("access_token", ""), world.now())
        limits["X-RateLimit-Remain"] = str(world.count_request())
        world.account.check()
        data = await endpoint.call(world, request)
    except Refusal as refusal:
        return JSONResponse(refusal.as_json(), headers=limits)
    return JSONResponse({"data": data, "error": 0, "message": "Success"}, headers=limits)


async def _addressee(request: Request) -> str:
    """Whom a call is about, "" when that cannot be read from it."""
    if request.method != "POST" or "json" not in request.headers.get("content-type", ""):
        return ""
    try:
        body = json.loads(await request.body())
        return str(body.get("recipient", body).get("user_id", ""))
    except (ValueError, AttributeError):
        return ""


def misbehaved(fault: Fault) -> Response:
    """The ordered refusal in the words of the service, or of the gateway before it."""
    if fault.kind == "server_error":
        return HTMLResponse("<html><h1>502 Bad Gateway</h1></html>", status_code=502)
    refusal = Refusal(-32 if fault.kind == "too_many_requests" else -220)
    headers = {"X-RateLimit-Limit": "4000", "X-RateLimit-Remain": "0"} if refusal.code == -32 else {}
    return JSONResponse(refusal.as_json(), headers=headers)


async def access_token(request: Request) -> Response:
    """POST /v4/oa/access_token: a form, and the App Secret in the header `secret_key`. Always HTTP 200."""
    world: World = request.app.state.world
    form = dict(await request.form())
    world.calls.append({"call": "access_token", "user": ""})

    async def exchange() -> Response:
        try:
            pair = world.keys.exchange(form, request.headers.get("secret_key", ""), world.now())
        except Refusal as refusal:
            return JSONResponse(refusal.as_json())
        return JSONResponse(pair)

    return await answered(request, world.faults.strikes("access_token"), exchange, misbehaved)


async def permission(request: Request) -> Response:
    """GET /v4/oa/permission: the administrator agrees at once, and is sent back with a code."""
    world: World = request.app.state.world
    asked = request.query_params
    if asked.get("app_id") != world.credentials.app_id or not asked.get("redirect_uri"):
        return JSONResponse(Refusal(-14003, "Invalid redirect uri").as_json())
    code = world.keys.authorise(world.now(), asked.get("code_challenge", ""))
    back = {"code": code, "oa_id": world.credentials.oa_id, "state": asked.get("state", "")}
    return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}")


async def media(request: Request) -> Response:
    """What a citizen sent. Anybody who has the address gets it, as with the service's own addresses."""
    world: World = request.app.state.world
    content = world.media.get(request.path_params["path"])
    if content is None:
        return Response("Not Found", status_code=404)
    return await answered(request, world.faults.strikes("media"), lambda: _served(content), misbehaved)


async def uploaded(request: Request) -> Response:
    """What the program uploaded, for the page."""
    world: World = request.app.state.world
    upload = world.uploads.get(request.path_params["upload_id"])
    return await _served(upload.content) if upload else Response("Not Found", status_code=404)


async def _served(content: bytes) -> Response:
    return Response(content, media_type="application/octet-stream")
