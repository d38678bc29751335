"""/control of the Telegram emulator: what tests and demonstrations order, beside the faults."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from emulators.faults import WrongOrder
from emulators.orders import order_of, way_of
from emulators.telegram import acts
from emulators.telegram.world import World


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


async def updates(request: Request) -> Response:
    """Act as a citizen, see emulators/telegram/acts.py."""
    order = await order_of(request)
    try:
        made = acts.perform(_world(request), order)
    except KeyError as missing:
        raise WrongOrder(f"this act needs {missing}") from missing
    return JSONResponse({"update_ids": made})


async def webhook(request: Request) -> Response:
    """How a webhook is called: {"scale": 0.001, "deadline": 2.0}, and emulators.orders.way_of."""
    sender, order = _world(request).sender, await order_of(request)
    sender.scale = float(order.get("scale", sender.scale))
    sender.deadline = float(order.get("deadline", sender.deadline))
    way_of(order, sender.courier.ways)
    return JSONResponse({"ok": True})


async def limits(request: Request) -> Response:
    """More messages a second are refused with 429: {"overall": 30, "per_chat": 1, "burst": 3}."""
    limits, order = _world(request).limits, await order_of(request)
    limits.set(
        overall=float(order.get("overall", 0)),
        per_chat=float(order.get("per_chat", 0)),
        burst=float(order.get("burst", limits.burst)),
    )
    return JSONResponse({"ok": True})


async def reset(request: Request) -> Response:
    """A new world. With {"next_update_id": N} the world stays and only counts on from N."""
    order = await order_of(request)
    world = _world(request)
    if "next_update_id" in order:
        world.skip_to(int(order["next_update_id"]))
    else:
        world.close()
        request.app.state.world = World(token=world.token)
    return JSONResponse({"ok": True})


async def close(request: Request) -> Response:
    """Hold no poll open any more: the server is about to stop."""
    _world(request).close()
    return JSONResponse({"ok": True})


async def sent(request: Request) -> Response:
    """Messages the bot sent, oldest first, as they are now; ?chat=ID for one chat."""
    world = _world(request)
    chat = request.query_params.get("chat")
    kept = [
        {"method": method, **message}
        for method, message in world.sent
        if chat in (None, str(message["chat"]["id"]))
    ]
    return JSONResponse(kept)


async def idle(request: Request) -> Response:
    """Whether no update is under way to a webhook, held back by a fault or to be sent again."""
    return JSONResponse({"is_idle": _world(request).is_idle})


async def state(request: Request) -> Response:
    """Unconfirmed updates, calls received, commands set and taps answered."""
    world = _world(request)
    return JSONResponse(
        {
            "pending": [update["update_id"] for update in world.pending],
            "calls": world.calls,
            "commands": world.commands,
            "profile": world.profile,
            "callbacks": world.callbacks,
            "webhook": world.sender.url,
            "attempts": world.sender.attempts,
            "refused_by_limits": world.limits.refused,
        }
    )


CONTROLS = [
    *(
        Route(f"/control/{order.__name__}", order, methods=["POST"])
        for order in (updates, webhook, limits, reset, close)
    ),
    *(Route(f"/control/{asked.__name__}", asked) for asked in (sent, idle, state)),
]
