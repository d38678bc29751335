"""Orders of a test or a demonstration to an emulator: the part of /control that both have."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from emulators.faults import Faults, WrongOrder
from emulators.webhooks import is_loopback


async def order_of(request: Request) -> dict[str, Any]:
    """The JSON object in the body, {} for an empty one. Raises WrongOrder."""
    try:
        given = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError) as problem:
        raise WrongOrder("can't parse the body as JSON") from problem
    if not isinstance(given, dict):
        raise WrongOrder("JSON object expected in the body")
    return given


async def refuse_order(_: Request, problem: Exception) -> Response:
    """The handler of WrongOrder: 400, with what is possible."""
    return JSONResponse({"description": str(problem)}, status_code=400)


def way_of(order: Mapping[str, Any], ways: dict[str, str]) -> None:
    """Take up a way, if there is one: {"leads": "https://a.example.vn", "to": "http://127.0.0.1:8000"}."""
    if "leads" not in order:
        return
    if not is_loopback(str(order.get("to", ""))):
        raise WrongOrder('"to" is an address of this machine, such as http://127.0.0.1:8000')
    ways[str(order["leads"])] = str(order["to"])


def fault_route(faults_of: Callable[[Request], Faults]) -> Route:
    """/control/faults: POST orders one (emulators.faults.Fault), GET tells them, DELETE forgets them."""

    async def control_faults(request: Request) -> Response:
        faults = faults_of(request)
        if request.method == "POST":
            faults.order(await order_of(request))
        elif request.method == "DELETE":
            faults.forget()
        return JSONResponse(faults.as_json())

    return Route("/control/faults", control_faults, methods=["POST", "GET", "DELETE"])
