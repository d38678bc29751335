"""The calls that send: consulting messages, and templates by user id or telephone number."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from emulators.zalo import events
from emulators.zalo.asking import body_of
from emulators.zalo.messages import composed
from emulators.zalo.people import Person, Template
from emulators.zalo.refusals import Refusal, invalid
from emulators.zalo.world import Json, World


async def send_consulting(world: World, request: Request) -> Json:
    """POST /v3.0/oa/message/cs: who may be written to, then what is written, then who pays."""
    body = await body_of(request)
    recipient = body.get("recipient")
    person = world.person(recipient.get("user_id") if isinstance(recipient, dict) else None)
    person.check_open(world.now())
    made = composed(world, body.get("message"))
    quota = world.account.quota_for(person, world.now())
    return _sent(world, person, made | {"quota_type": quota}, quota)


def _sent(world: World, person: Person, made: Json, quota: str) -> Json:
    message_id = events.from_account(world, person, made)
    paid_by = {"quota_type": quota, "owner_type": "OA", "owner_id": world.credentials.oa_id}
    head = {"message_id": message_id, "user_id": person.id, "sent_time": world.timestamp()}
    return {**head, "quota": paid_by}


async def send_template(world: World, request: Request) -> Json:
    """POST /v3.0/oa/message/template: an approved and paid message, whenever the person last wrote."""
    body = await body_of(request)
    person = world.person(body.get("user_id"))
    template = _approved(world, body, unknown=invalid("template_id"))
    if not template.goes_by_user_id:
        raise Refusal(-249)
    data = _filled(template, body.get("template_data"), wrong=invalid("template_data"))
    if person.is_inactive:
        raise Refusal(-227)
    if person.restricts or not person.allows_templates:
        raise Refusal(-244)
    world.account.pay(template.price)
    made = {"kind": "template", "template_id": template.id, "template_data": data}
    return _sent(world, person, made, "template")


async def send_template_by_phone(world: World, request: Request) -> Json:
    """POST /message/template at the business host: the same by telephone number, 84… without a plus."""
    body = await body_of(request)
    phone = str(body.get("phone", ""))
    if not (phone.isdecimal() and phone.startswith("84") and len(phone) == 11):
        raise Refusal(-108)
    template = _approved(world, body, unknown=Refusal(-109))
    data = _filled(template, body.get("template_data"), wrong=Refusal(-112))
    person = next((each for each in world.people.values() if each.phone == phone), None)
    if person is None or person.is_inactive or not person.allows_templates:
        raise Refusal(-114)
    world.account.pay(template.price)
    made = {"kind": "template", "template_id": template.id, "template_data": data}
    msg_id = events.from_account(world, person, made)
    return {"msg_id": msg_id, "sent_time": world.timestamp(), "tracking_id": str(body.get("tracking_id", ""))}


def _approved(world: World, body: Json, *, unknown: Refusal) -> Template:
    template = world.templates.get(str(body.get("template_id", "")))
    if template is None or not template.is_enabled:
        raise unknown
    return template


def _filled(template: Template, data: Any, *, wrong: Refusal) -> dict[str, str]:
    """Every parameter of the template and no other, none longer than was approved."""
    if not isinstance(data, dict) or data.keys() != template.parameters.keys():
        raise wrong
    for name, most in template.parameters.items():
        if not isinstance(data[name], str) or not 0 < len(data[name]) <= most:
            raise wrong
    return dict(data)


async def message_v2(_: World, __: Request) -> Json:
    raise Refusal(-240)
