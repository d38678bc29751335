"""/control of the Zalo emulator: what tests and demonstrations order, beside the faults."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from emulators.faults import WrongOrder
from emulators.orders import order_of, way_of
from emulators.zalo import acts
from emulators.zalo.people import Account, Template
from emulators.zalo.world import World


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


async def updates(request: Request) -> Response:
    """Act as a citizen or as an official, see emulators/zalo/acts.py."""
    made = acts.perform(_world(request), await order_of(request), str(request.base_url))
    return JSONResponse({"msg_ids": made})


async def webhook(request: Request) -> Response:
    """What the console of the app sets: {"url": …, "scale": 0.001, "deadline": 2.0, "only_hash": false}.

    A public address needs a way to a program on this machine, see emulators.orders.way_of.
    """
    sender, order = _world(request).sender, await order_of(request)
    sender.scale = float(order.get("scale", sender.scale))
    sender.deadline = float(order.get("deadline", sender.deadline))
    sender.only_hash = bool(order.get("only_hash", sender.only_hash))
    way_of(order, sender.courier.ways)
    if "url" in order:
        sender.set(str(order["url"]))
    return JSONResponse({"url": sender.url, "is_enabled": sender.is_enabled})


async def clock(request: Request) -> Response:
    """Move the emulated time ahead: {"hours": 49}. Tokens, windows and uploads age by it."""
    world, order = _world(request), await order_of(request)
    world.ahead += timedelta(hours=float(order.get("hours", 0)))
    return JSONResponse({"now": world.now().isoformat()})


async def account(request: Request) -> Response:
    """Set what the operator has bought and set, by the fields of emulators.zalo.people.Account."""
    world, order = _world(request), await order_of(request)
    known = {each.name for each in fields(Account)}
    if order.keys() - known:
        raise WrongOrder(f"an account has {', '.join(sorted(known))}")
    quotas = world.account.quotas | order.pop("quotas", {})
    world.account = replace(world.account, quotas=quotas, **order)
    return JSONResponse({name: getattr(world.account, name) for name in sorted(known)})


async def template(request: Request) -> Response:
    """Have a template approved, by the fields of emulators.zalo.people.Template."""
    try:
        approved = Template(**await order_of(request))
    except TypeError as problem:
        raise WrongOrder(f"no such template: {problem}") from problem
    _world(request).templates[approved.id] = approved
    return JSONResponse({"ok": True})


async def keys(request: Request) -> Response:
    """{"act": "expire" | "revoke" | "authorise"}: end the access token, all tokens, or give a code."""
    world, order = _world(request), await order_of(request)
    match order.get("act"):
        case "expire":
            world.keys.expire(world.now())
        case "revoke":
            world.keys.revoke()
        case "authorise":
            return JSONResponse({"code": world.keys.authorise(world.now(), str(order.get("challenge", "")))})
        case other:
            raise WrongOrder(f"no act {other!r} of keys; known: authorise, expire, revoke")
    return JSONResponse({"ok": True})


async def pair(request: Request) -> Response:
    """The two tokens that open now, as the console's API explorer would show them."""
    return JSONResponse(_world(request).keys.pair())


async def reset(request: Request) -> Response:
    """A new world behind the same secrets; the tokens are new, and no webhook is set."""
    old = _world(request)
    old.stop()
    request.app.state.world = World(credentials=old.credentials)
    return JSONResponse({"ok": True})


async def close(request: Request) -> Response:
    """Send nothing more: the server is about to stop."""
    _world(request).stop()
    return JSONResponse({"ok": True})


async def chat(request: Request) -> Response:
    """What stands in the chat of ?user=…, or in all of them in turn, oldest first; src 0 is the account."""
    wanted = request.query_params.get("user")
    people = [each for each in _world(request).people.values() if wanted in (None, each.id)]
    return JSONResponse([{"user": each.id, **message} for each in people for message in each.chat])


async def deliveries(request: Request) -> Response:
    """Every event that went to the webhook, oldest first, with the status of each attempt (null: none)."""
    return JSONResponse(_world(request).sender.deliveries)


async def idle(request: Request) -> Response:
    """Whether no event is under way, held back by a fault or to be sent again."""
    return JSONResponse({"is_idle": _world(request).sender.is_idle})


async def state(request: Request) -> Response:
    world = _world(request)
    told: dict[str, Any] = {
        "calls": world.calls,
        "quotas": world.account.quotas,
        "balance": world.account.balance,
        "refreshed": world.keys.refreshed,
        "webhook": world.sender.url,
        "webhook_is_enabled": world.sender.is_enabled,
        "now": world.now().isoformat(),
    }
    return JSONResponse(told)


CONTROLS = [
    *(
        Route(f"/control/{order.__name__}", order, methods=["POST"])
        for order in (updates, webhook, clock, account, template, keys, reset, close)
    ),
    *(Route(f"/control/{asked.__name__}", asked) for asked in (pair, chat, deliveries, idle, state)),
]
