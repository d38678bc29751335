"""How a bot gets its updates: by asking for them, or by a webhook; never by both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from emulators.telegram.methods import METHODS, Method, Parameters
from emulators.telegram.refusals import Refusal, bad_request
from emulators.telegram.sender import Webhook
from emulators.telegram.world import Json, World
from emulators.webhooks import is_loopback

PORTS = frozenset({443, 80, 88, 8443})
SECRET = re.compile(r"[A-Za-z0-9_-]*")
SECRET_CHARACTERS = 256
CONNECTIONS = 40, 100


async def get_updates(world: World, given: Parameters) -> list[Json]:
    """Long polling: `offset` confirms everything before it; what is not confirmed is given again."""
    if world.sender.webhook:
        raise Refusal(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    _set_allowed(world, given)
    world.confirm(given.number("offset"))
    limit = min(max(given.number("limit", 100), 1), 100)
    return await world.updates(limit, min(given.number("timeout"), 50))


def _set_allowed(world: World, given: Parameters) -> None:
    """Names the server does not know are passed over."""
    allowed = given.array("allowed_updates")
    if allowed is not None:
        world.allowed = frozenset(name for name in allowed if isinstance(name, str)) or None


async def set_webhook(world: World, given: Parameters) -> bool:
    """An empty address takes the webhook away. The waiting updates are sent to the new one."""
    url, secret = given.text("url"), given.text("secret_token")
    if url:
        _check_address(url)
    if len(secret) > SECRET_CHARACTERS:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    usual, most = CONNECTIONS
    connections = min(max(given.number("max_connections", usual), 1), most)
    _set_allowed(world, given)
    _drop(world, given)

    async def obey(name: str, values: Json) -> None:
        await _obeyed(world, name, values)

    webhook = Webhook(url=url, secret_token=secret, max_connections=connections, obey=obey)
    world.receive_by(webhook if url else None)
    return True


def _check_address(url: str) -> None:
    """Plain addresses of this machine are taken, as a Bot API server of one's own takes them."""
    if is_loopback(url):
        return
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


async def _obeyed(world: World, name: str, values: Json) -> None:
    """Carry out the call in the program's answer. What is wrong with it nobody learns."""
    method = METHODS.get(name.lower())
    world.calls.append({"method": name, "offset": None, "by": "answer"})
    if method is not None:
        try:
            await method(world, Parameters(values=values))
        except Refusal:
            return


async def delete_webhook(world: World, given: Parameters) -> bool:
    _drop(world, given)
    world.receive_by(None)
    return True


def _drop(world: World, given: Parameters) -> None:
    if given.text("drop_pending_updates").lower() == "true":
        world.pending.clear()


async def get_webhook_info(world: World, _: Parameters) -> Json:
    about: Json = {
        "url": world.sender.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.pending),
    }
    if world.sender.webhook is None:
        return about
    about |= {"max_connections": world.sender.webhook.max_connections, **world.sender.last_problem()}
    return about | ({"allowed_updates": sorted(world.allowed)} if world.allowed else {})


RECEIVING_METHODS: Mapping[str, Method] = {
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}
