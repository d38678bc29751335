"""The calls that ask: for a person, the account, its quotas and what was written."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from emulators.zalo import refusals
from emulators.zalo.asking import asked_of, body_of, number_of
from emulators.zalo.people import Person
from emulators.zalo.world import Json, World


async def user_detail(world: World, request: Request) -> Json:
    person = world.person(asked_of(request).get("user_id"))
    last = person.last_interaction
    return {
        "user_id": person.id,
        "user_id_by_app": person.id_by_app,
        "user_external_id": "",
        "display_name": person.name,
        "user_alias": person.name,
        "is_sensitive": False,
        "user_last_interaction_date": last.strftime("%d/%m/%Y") if last else "",
        "user_is_follower": person.follows,
        "avatar": "",
        "tags_and_notes_info": {"notes": [], "tag_names": []},
    }


async def user_list(world: World, request: Request) -> Json:
    asked = asked_of(request)
    offset, count = number_of(asked, "offset", 9_951), number_of(asked, "count", 50)
    ids = [person.id for person in world.people.values()]
    page = [{"user_id": user_id} for user_id in ids[offset : offset + count]]
    return {"total": len(ids), "count": count, "offset": offset, "users": page}


async def quota_message(world: World, request: Request) -> Any:
    """POST /v3.0/oa/quota/message. `remain` of the free window is no longer given since 1 March 2026."""
    body = await body_of(request)
    if "user_id" not in body:
        owner = {"quota_owner": "OA", "owner_id": world.credentials.oa_id}
        return [{"quota_type": name, "remain": left, **owner} for name, left in world.account.quotas.items()]
    person = world.person(body["user_id"])
    last = person.last_interaction
    if last is None:
        return {"last_interaction": "", "cs_reply": {}}
    until = int(last.timestamp() * 1000) + refusals.FREE_HOURS * 3_600_000
    reply = {"quota_type": "reply", "expired_date": str(until)} if person.writes_for_free(world.now()) else {}
    return {"last_interaction": str(int(last.timestamp() * 1000)), "cs_reply": reply}


async def get_oa(world: World, _: Request) -> Json:
    return {
        "oa_id": world.credentials.oa_id,
        "name": world.name,
        "description": "",
        "is_verified": world.account.is_verified,
        "num_follower": sum(person.follows for person in world.people.values()),
        "package_name": "Emulated" if world.account.has_package else "",
    }


async def conversation(world: World, request: Request) -> list[Json]:
    """What stands in one chat, newest first, ten at most."""
    asked = asked_of(request)
    person = world.person(asked.get("user_id"))
    offset, count = number_of(asked, "offset", 10_000), number_of(asked, "count", 10)
    rows = [_row(world, person, message) for message in reversed(person.chat)]
    return rows[offset : offset + count]


async def recent_messages(world: World, request: Request) -> list[Json]:
    """The newest messages of all chats, ten at most: each row is a message, not a chat."""
    asked = asked_of(request)
    offset, count = number_of(asked, "offset", 10_000), number_of(asked, "count", 10)
    rows = [_row(world, person, message) for person in world.people.values() for message in person.chat]
    rows.sort(key=lambda row: str(row["message_id"]), reverse=True)
    return rows[offset : offset + count]


def _row(world: World, person: Person, message: Json) -> Json:
    account = {"id": world.credentials.oa_id, "display_name": world.name}
    citizen = {"id": person.id, "display_name": person.name}
    sender, receiver = (citizen, account) if message["src"] else (account, citizen)
    ends = {f"from_{key}": value for key, value in sender.items()}
    ends |= {f"to_{key}": value for key, value in receiver.items()}
    about = {"src": message["src"], "time": message["time"], "type": message["kind"]}
    return {**about, "message": message.get("text", ""), "message_id": message["msg_id"], **ends}
